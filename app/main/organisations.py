"""``callgate organisations``: who the customers are."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from app.access.model import operator
from app.adapters.clock import SystemClock
from app.main.context import author, database
from app.main.files import read
from app.ports import Result
from app.ports.directory import FILES
from app.services.directory import CsvFile, read_directory
from app.services.directory_lines import dry_run as look
from routing.words import counted


@click.group()
def organisations() -> None:
    """Customer organisations and their contacts."""


@organisations.command("import")
@click.argument("organisations_file", metavar="ORGANISATIONS.csv", type=click.Path(path_type=Path))
@click.argument("contacts_file", metavar="CONTACTS.csv", type=click.Path(path_type=Path))
@click.option("--by", "who", default=author, help="Who imports; the user of this session if not given.")
@click.option("--source", default=FILES, show_default=True, help="Which directory the files come from.")
@click.option("--dry-run", is_flag=True, help="Say row by row what would be done, and change nothing.")
def import_(organisations_file: Path, contacts_file: Path, who: str, source: str, dry_run: bool) -> None:
    """Add or update organisations and contacts: all of them or, with any fault, none."""
    files = [CsvFile(path.name, read(path)) for path in (organisations_file, contacts_file)]
    if dry_run:
        _say_what_would_be_done(*files)
        return
    found = read_directory(*files)
    for fault in found.faults:
        click.echo(f"fault: {fault}", err=True)
    if found.faults:
        click.echo(f"{counted(len(found.faults), 'fault')}; nothing was changed.", err=True)
        raise click.exceptions.Exit(2)
    with database() as sql, _bar(len(found.organisations), "Writing") as told:
        added, updated = sql.directory.replace(
            found.organisations,
            found.contacts,
            actor=operator(who),
            now=SystemClock().now(),
            source=source,
            progress=told,
        )
    contacts = counted(len(found.contacts), "contact")
    click.echo(f"{counted(added, 'organisation')} added, {updated} updated; {contacts}.")


def _say_what_would_be_done(organisations_file: CsvFile, contacts_file: CsvFile) -> None:
    with database() as sql:
        found = look(sql.directory, organisations_file, contacts_file)
    for line in found.lines:
        if line.result != Result.UNCHANGED:
            row = f"row {line.row}" if line.row else "no row"
            whose = " ".join(word for word in (line.account, line.contact) if word)
            said = f"{line.file}, {row}: {line.result}: {whose}" + (f": {line.detail}" if line.detail else "")
            click.echo(said, err=line.result == "fault")
    counts = Counter(line.result for line in found.lines)
    click.echo(", ".join(f"{count} {result}" for result, count in sorted(counts.items())) or "No rows.")
    click.echo("Nothing was changed.")
    if found.faults:
        raise click.exceptions.Exit(2)


@contextmanager
def _bar(length: int, label: str) -> Iterator[Callable[[int], None]]:
    """A bar on the terminal; in a file only its label."""
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda done: bar.update(done - bar.pos)


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
