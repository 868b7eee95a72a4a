"""``callgate explain``: what would happen to a call, and why."""

import sys
from datetime import datetime
from pathlib import Path

import click
import orjson

from app.adapters.clock import SystemClock
from app.faults import Fault, FaultCode
from app.main.batch import instant_of, read_questions
from app.main.context import database
from app.main.files import read
from app.services.tables import Tables
from routing.compiled import DEPARTMENTS, RoutingTable
from routing.decide import Facts, decide
from routing.explain import as_json, sentences
from routing.numbers import caller_number
from routing.table import Overlay


def instant(text: str) -> datetime:
    """An RFC 3339 instant; Fault BAD_INPUT when it is none, or has no offset."""
    at = instant_of(text)
    if at is None:
        raise Fault(
            FaultCode.BAD_INPUT, f"{text!r} is no instant with an offset, as in 2026-12-24T12:00+01:00."
        )
    return at


@click.command()
@click.option("--dnis", default="", help="The number dialled.")
@click.option("--ani", default="", help="The caller's number; none: withheld.")
@click.option("--territory", default="", help="A territory's key; it decides when given.")
@click.option("--at", "at_text", default="", help="An instant with an offset; now if not given.")
@click.option("--department", type=click.Choice(DEPARTMENTS), default=None)
@click.option("--language", default="", help="BCP-47, as in it.")
@click.option("--version", type=int, default=None, help="A published version; the newest if not given.")
@click.option("--json", "as_object", is_flag=True, help="One JSON object instead of sentences.")
@click.option("--batch", type=click.Path(path_type=Path), default=None, metavar="FILE.csv")
def explain(
    dnis: str,
    ani: str,
    territory: str,
    at_text: str,
    department: str | None,
    language: str,
    version: int | None,
    as_object: bool,
    batch: Path | None,
) -> None:
    """Say which desk would take a call, and every row that decides; --batch answers a CSV of questions."""
    if not (dnis or territory or batch):
        raise Fault(
            FaultCode.BAD_INPUT, "Say what was dialled (--dnis), or where (--territory), or give --batch."
        )
    now = SystemClock().now()
    at = instant(at_text) if at_text else now
    facts = Facts(dnis, caller_number(ani), territory, department or "", language)
    with database() as sql:
        tables = Tables(sql.tables)
        tables.refresh()
        table = tables.version(version) if version else tables.current()
    if batch:
        _answer(batch, table, tables.overlay(), now)
        return
    decision = decide(table, tables.overlay(), facts, at)
    if as_object:
        click.echo(orjson.dumps(as_json(decision), option=orjson.OPT_INDENT_2))
        return
    for sentence in sentences(table, facts, decision, at):
        click.echo(sentence)


def _answer(batch: Path, table: RoutingTable, overlay: Overlay, now: datetime) -> None:
    """One JSON object a row, or every fault of the file and nothing else."""
    questions, faults = read_questions(batch.name, read(batch), now)
    for fault in faults:
        click.echo(f"fault: {fault}", err=True)
    if faults:
        click.echo(f"{len(faults)} faults; nothing was answered.", err=True)
        raise click.exceptions.Exit(2)
    out = sys.stdout.buffer
    for facts, at in questions:
        out.write(orjson.dumps(as_json(decide(table, overlay, facts, at))) + b"\n")
    out.flush()
