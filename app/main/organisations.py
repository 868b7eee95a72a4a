"""``callgate organisations``: who the customers are."""

from pathlib import Path

import click

from app.access.model import operator
from app.adapters.clock import SystemClock
from app.main.context import author, database
from app.main.files import read
from app.services.directory import CsvFile, read_directory


@click.group()
def organisations() -> None:
    """Customer organisations and their contacts."""


@organisations.command("import")
@click.argument("organisations_file", metavar="ORGANISATIONS.csv", type=click.Path(path_type=Path))
@click.argument("contacts_file", metavar="CONTACTS.csv", type=click.Path(path_type=Path))
@click.option("--by", "who", default=author, help="Who imports; the user of this session if not given.")
def import_(organisations_file: Path, contacts_file: Path, who: str) -> None:
    """Add or update organisations and contacts: all of them or, with any fault, none."""
    files = [CsvFile(path.name, read(path)) for path in (organisations_file, contacts_file)]
    found = read_directory(*files)
    for fault in found.faults:
        click.echo(f"fault: {fault}", err=True)
    if found.faults:
        click.echo(f"{len(found.faults)} faults; nothing was changed.", err=True)
        raise click.exceptions.Exit(2)
    with database() as sql:
        added, updated = sql.directory.replace(
            found.organisations, found.contacts, actor=operator(who), now=SystemClock().now()
        )
    click.echo(f"{added} organisations added, {updated} updated; {len(found.contacts)} contacts.")


@organisations.command()
@click.argument("account", metavar="ACCOUNT")
@click.argument("name", metavar="NAME")
@click.option("--by", "who", default=author, help="Who decides; the user of this session if not given.")
@click.option("--with", "second", required=True, help="The second person who decides.")
@click.option("--reason", required=True, help="Why, for the audit.")
def confirm(account: str, name: str, who: str, second: str, reason: str) -> None:
    """Confirm a contact anew whom 100 wrong codes in a row switched off: codes again in 24 hours."""
    with database() as sql:
        now = SystemClock().now()
        sql.directory.confirm(account, name, people=(who, second), reason=reason, now=now)
    click.echo(f"{name} may receive codes again 24 hours from now.")
