"""``callgate calls``: what became of each call."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

import click

from app.faults import Fault, FaultCode
from app.main.context import database
from app.ports.records import Recorded
from app.services.call_story import CallStories, CallStory, as_json
from app.services.tables import Tables
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
@click.option("--json", "as_document", is_flag=True, help="Print one JSON document.")
def show(call_id: str, as_document: bool) -> None:
    """Print a call and its timeline; the beginning of its ID is enough."""
    with database() as sql:
        story = CallStories(sql.stories, Tables(sql.tables).version).story(call_id)
    if story is None:
        raise Fault(FaultCode.BAD_INPUT, f"No single call begins with {call_id}: see `callgate calls list`.")
    if as_document:
        click.echo(json.dumps(as_json(story), ensure_ascii=False, indent=2))
        return
    for line in (*_facts(story.call), "", *_timeline(story)):
        click.echo(line)


def _facts(call: Recorded) -> Iterator[str]:
    yield f"Call {call.call_id}"
    yield f"  {call.ani or 'withheld'} -> {call.dnis}, {_at(call.started_at)} to {_at(call.ended_at)}"
    desk = " ".join(part for part in (call.territory, call.department, call.desk_language) if part)
    waited = "" if call.wait_seconds is None else f", answered after {call.wait_seconds} s"
    yield f"  desk {desk or '-'}; queue {call.queue or '-'}{waited}"
    level = call.level + (f" by {call.method}" if call.method else "")
    yield f"  {level}, {call.organisation_name or 'nobody known'}"
    if call.parent_id:
        yield f"  called back, as asked for in {call.parent_id}"
    ended = f", {call.ended}" if call.ended else ""
    yield f"  {call.outcome.value}{ended}; last state {call.state or '-'}; table version {call.table_version}"


def _timeline(story: CallStory) -> Iterator[str]:
    """What happened, oldest first; what is about the same stands under one heading."""
    for kind, entries in groupby(story.entries, key=lambda entry: entry.kind):
        yield kind.value
        for entry in entries:
            yield f"  {_at(entry.at)}  {entry.what}{f'  ({entry.detail})' if entry.detail else ''}"
            yield from (f"      {reason.sentence or reason.key}" for reason in entry.reasons)


def _at(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}Z" if at else "now"
