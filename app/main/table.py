"""``callgate table``: check, import, export, history, rollback."""

from pathlib import Path

import click

from app.access.model import operator
from app.adapters.clock import SystemClock
from app.factory.tables import build_tables
from app.faults import Fault, FaultCode
from app.main.context import author, database, settings
from app.main.files import read_csv
from app.main.second import proved
from app.services.publishing import Outcome, Published, Refused, SecondNeeded
from routing import load
from routing.remarks import Remark


@click.group()
def table() -> None:
    """The routing table: versions that are checked, published, and brought back."""


@table.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option("--by", "who", default=author, help="Who publishes; the user of this session if not given.")
@click.option("--second", metavar="NAME", help="The account of a second publisher, for a new destination.")
@click.option("--second-stdin", is_flag=True, help="Read its password and its one-time code from stdin.")
def import_(paths: tuple[str, ...], who: str, second: str | None, second_stdin: bool) -> None:
    """Publish flat CSV files, or a folder of CSV files, as the next version.

    Calls go to a number or SIP address that the published version does not have only when a second publisher
    wants it, too: asked for password and one-time code.
    """
    files, found = read_csv(paths), settings()
    with database(found) as sql:
        desk, clock = build_tables(sql, found).desk, SystemClock()
        outcome = desk.publish(files, actor=operator(who), now=clock.now())
        if isinstance(outcome, SecondNeeded) and second:
            others = (proved(second, who, sql, found, clock, stdin=second_stdin),)
            outcome = desk.publish(files, actor=operator(who), now=clock.now(), others=others)
    _tell(outcome)


@table.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
def check(paths: tuple[str, ...]) -> None:
    """Report every fault and warning of files; nothing is published."""
    files, told = read_csv(paths), settings()
    with database(told) as sql:
        found = build_tables(sql, told).desk.read(files)
    _remarks(found.faults, "fault")
    _remarks(found.warnings, "warning")
    click.echo(f"{len(found.faults)} faults, {len(found.warnings)} warnings.")
    if found.faults:
        raise click.exceptions.Exit(2)


@table.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option("--version", type=int, default=None, help="A published version; the newest if not given.")
def export(folder: Path, version: int | None) -> None:
    """Write a version as a folder of CSV files; imported again it exports byte-equal."""
    with database() as sql:
        number = version or sql.tables.latest()
        if not number:
            raise Fault(
                FaultCode.NO_TABLE, "No routing table is published: run `callgate table import FILE...`."
            )
        document = sql.tables.read(number)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in load.write(document).items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    click.echo(f"Version {number} is in {folder}.")


@table.command()
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--offset", type=click.IntRange(0), default=0)
@click.option("--full", is_flag=True, help="Every sentence of each difference.")
def history(limit: int, offset: int, full: bool) -> None:
    """List the versions, newest first: who, when, what changed."""
    with database() as sql:
        rows = sql.tables.history(limit=limit, offset=offset)
    for row in rows:
        click.echo(f"{row.version}  {row.published_at:%Y-%m-%d %H:%M:%S}Z  {row.author}")
        shown = row.sentences if full else row.sentences[:5]
        for sentence in shown:
            click.echo(f"    {sentence}")
        if len(shown) < len(row.sentences):
            click.echo(f"    ... and {len(row.sentences) - len(shown)} more (--full)")


@table.command()
@click.argument("version", type=int)
@click.option("--by", "who", default=author, help="Who rolls back; the user of this session if not given.")
def rollback(version: int, who: str) -> None:
    """Publish an earlier version again, as the next one."""
    found = settings()
    with database(found) as sql:
        desk = build_tables(sql, found).desk
        outcome = desk.roll_back(version, actor=operator(who), now=SystemClock().now())
    _tell(outcome)


def _tell(outcome: Outcome) -> None:
    match outcome:
        case Published():
            _published(outcome)
        case Refused(faults=faults):
            _remarks(faults, "fault")
            click.echo(f"{len(faults)} faults; nothing was changed.", err=True)
            raise click.exceptions.Exit(2)
        case SecondNeeded(destinations=destinations):
            raise Fault(
                FaultCode.NOT_YOURS,
                f"Calls would go somewhere new ({', '.join(destinations)}): a second publisher must agree. "
                "Add --second NAME, a publisher's account with a one-time code; nothing was changed.",
            )
        case _:
            raise Fault(
                FaultCode.CONFLICT,
                "Another version was published meanwhile: look at what changed, try again.",
            )


def _published(outcome: Published) -> None:
    _remarks(outcome.warnings, "warning")
    for sentence in outcome.sentences[:20]:
        click.echo(f"  {sentence}")
    if len(outcome.sentences) > 20:
        click.echo(f"  ... and {len(outcome.sentences) - 20} more: `callgate table history --full --limit 1`")
    click.echo(f"Version {outcome.version} is published, with {len(outcome.warnings)} warnings.")


def _remarks(remarks: tuple[Remark, ...], kind: str) -> None:
    for remark in remarks:
        click.echo(f"{kind}: {remark}", err=True)
