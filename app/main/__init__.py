"""The command line: ``callgate``. Faults are one sentence on standard error, and exit code 2."""

import sys

import click

from app.faults import Fault
from app.main.calls import calls
from app.main.carrier import twilio
from app.main.database import db
from app.main.demo import demo
from app.main.diagram import diagram
from app.main.emergency import emergency
from app.main.explain import explain
from app.main.organisations import organisations
from app.main.outbox import outbox
from app.main.phone import call
from app.main.receipt import receipt
from app.main.serve import serve, worker
from app.main.table import table
from app.main.users import users


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="callgate")
def cli() -> None:
    """Phone-support verification and routing."""


for command in (
    call,
    calls,
    db,
    demo,
    diagram,
    emergency,
    explain,
    organisations,
    outbox,
    receipt,
    serve,
    table,
    twilio,
    users,
    worker,
):
    cli.add_command(command)


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
