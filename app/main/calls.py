"""``callgate calls``: what became of each call."""

import click

from app.faults import Fault, FaultCode
from app.main.context import database
from routing.words import counted


@click.group()
def calls() -> None:
    """Calls and their timelines."""


@calls.command("list")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--offset", type=click.IntRange(0), default=0)
def list_(limit: int, offset: int) -> None:
    """List the latest calls, newest first."""
    with database() as sql:
        rows = sql.ledger.calls(limit=limit, offset=offset)
    for row in rows:
        who = row.organisation_name or "nobody known"
        desk = " ".join(part for part in (row.territory, row.department, row.desk_language) if part)
        level = row.level + (f" by {row.method}" if row.method else "")
        start = f"{row.started_at:%Y-%m-%d %H:%M:%S}Z"
        click.echo(f"{row.call_id[:8]}  {start}  {row.ani or 'withheld'} -> {row.dnis}  {desk or '-'}")
        click.echo(f"          {level}, {who}; queue {row.queue or '-'}; {row.ended or row.state}")
    click.echo(f"{counted(len(rows), 'call')}.")


@calls.command()
@click.argument("call_id", metavar="ID")
def show(call_id: str) -> None:
    """Print a call's timeline; the beginning of its ID is enough."""
    with database() as sql:
        notes = sql.ledger.timeline(call_id)
    if not notes:
        raise Fault(FaultCode.BAD_INPUT, f"No single call begins with {call_id}: see `callgate calls list`.")
    for note in notes:
        click.echo(f"{note.at[:19]}Z  {note.what}{f'  ({note.detail})' if note.detail else ''}")
