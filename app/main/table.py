"""``callgate table``: check, import, export, history, rollback."""

from pathlib import Path

import click

from app.access.model import operator
from app.adapters.clock import SystemClock
from app.faults import Fault, FaultCode
from app.main.context import author, database
from app.main.files import read_csv
from app.ports import TableStore
from app.services.table_desk import Published, Refused, TableDesk
from app.telephony.words import Words
from routing import load
from routing.remarks import Remark
from routing.tables import starting_document


@click.group()
def table() -> None:
    """The routing table: versions that are checked, published, and brought back."""


def desk(store: TableStore) -> TableDesk:
    """The table desk over a store."""
    return TableDesk(store, Words.load().languages, starting_document())


@table.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option("--by", "who", default=author, help="Who publishes; the user of this session if not given.")
def import_(paths: tuple[str, ...], who: str) -> None:
    """Publish flat CSV files, or a folder of CSV files, as the next version."""
    files = read_csv(paths)
    with database() as sql:
        _tell(desk(sql.tables).publish(files, actor=operator(who), now=SystemClock().now()))


@table.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
def check(paths: tuple[str, ...]) -> None:
    """Report every fault and warning of files; nothing is published."""
    files = read_csv(paths)
    with database() as sql:
        found = desk(sql.tables).read(files)
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
    with database() as sql:
        _tell(desk(sql.tables).roll_back(version, actor=operator(who), now=SystemClock().now()))


def _tell(outcome: Published | Refused) -> None:
    if isinstance(outcome, Refused):
        _remarks(outcome.faults, "fault")
        click.echo(f"{len(outcome.faults)} faults; nothing was changed.", err=True)
        raise click.exceptions.Exit(2)
    _remarks(outcome.warnings, "warning")
    for sentence in outcome.sentences[:20]:
        click.echo(f"  {sentence}")
    if len(outcome.sentences) > 20:
        click.echo(f"  ... and {len(outcome.sentences) - 20} more: `callgate table history --full --limit 1`")
    click.echo(f"Version {outcome.version} is published, with {len(outcome.warnings)} warnings.")


def _remarks(remarks: tuple[Remark, ...], kind: str) -> None:
    for remark in remarks:
        click.echo(f"{kind}: {remark}", err=True)
