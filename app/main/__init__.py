"""The command line: ``callgate``. Faults are one sentence on standard error, and exit code 2."""

import sys

import click

from app.faults import Fault
from app.main.lazy import Lazy

_PLACES = {
    "call": "app.main.phone:call",
    "calls": "app.main.calls:calls",
    "db": "app.main.database:db",
    "demo": "app.main.demo:demo",
    "diagram": "app.main.diagram:diagram",
    "emergency": "app.main.emergency:emergency",
    "explain": "app.main.explain:explain",
    "organisations": "app.main.organisations:organisations",
    "outbox": "app.main.outbox:outbox",
    "receipt": "app.main.receipt:receipt",
    "serve": "app.main.serve:serve",
    "table": "app.main.table:table",
    "twilio": "app.main.carrier:twilio",
    "users": "app.main.users:users",
    "worker": "app.main.serve:worker",
}


@click.group(cls=Lazy, places=_PLACES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="callgate")
def cli() -> None:
    """Phone-support verification and routing."""


def main() -> None:
    """Run the command line."""
    try:
        cli(standalone_mode=True)
    except Fault as fault:
        click.echo(f"callgate: {fault.sentence}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
