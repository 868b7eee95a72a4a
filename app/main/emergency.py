"""``callgate emergency``: close now, or say something to every caller, until an instant that is named."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from app.access.model import operator
from app.adapters.clock import SystemClock
from app.faults import Fault, FaultCode
from app.main.context import author, database
from app.main.explain import instant
from routing.compiled import DEPARTMENTS
from routing.table import Emergency, Territory

_SCOPE = (
    click.option("--territory", default="*", help="A territory's key; every one if not given."),
    click.option("--department", type=click.Choice(["*", *DEPARTMENTS]), default="*"),
    click.option("--language", default="*", help="BCP-47; every one if not given."),
    click.option("--from", "start", default="", help="An instant with an offset; now if not given."),
    click.option("--until", "end", required=True, help="An instant with an offset."),
    click.option("--reason", required=True, help="Why, for the audit."),
    click.option(
        "--say", "texts", multiple=True, metavar="LANGUAGE=TEXT", help="What callers hear; repeatable."
    ),
    click.option("--by", "who", default=author, help="Who decides; the user of this session if not given."),
)


def _scoped(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_SCOPE):
        command = option(command)
    return command


@click.group()
def emergency() -> None:
    """Closures and announcements beside the table: they reach calls under way, too."""


@emergency.command()
@_scoped
def close(who: str, **scope: Any) -> None:
    """Close desks from now, or --from, until an instant."""
    _add(scope, closes=True, who=who)


@emergency.command()
@_scoped
def announce(who: str, **scope: Any) -> None:
    """Say something to callers before the department is asked, until an instant."""
    if not scope["texts"]:
        raise Fault(FaultCode.BAD_INPUT, "An announcement needs its words: --say en=TEXT.")
    _add(scope, closes=False, who=who)


@emergency.command("list")
def list_() -> None:
    """List what is in force or to come."""
    now = SystemClock().now()
    with database() as sql:
        entries = sql.tables.overlay_entries()
    for number, kind, entry in entries:
        if entry.end > now:
            click.echo(f"{number}  {kind}: {_words(entry)}")


@emergency.command()
@click.argument("number", type=int)
@click.option("--by", "who", default=author, help="Who decides; the user of this session if not given.")
def end(number: int, who: str) -> None:
    """End a closure or an announcement now; NUMBER as listed."""
    with database() as sql:
        entry = sql.tables.end_overlay_entry(number, actor=operator(who), now=SystemClock().now())
    click.echo(_words(entry))


def _add(scope: dict[str, Any], *, closes: bool, who: str) -> None:
    now = SystemClock().now()
    start, end = instant(scope["start"]) if scope["start"] else now, instant(scope["end"])
    if end <= max(start, now):
        raise Fault(FaultCode.BAD_INPUT, "It must end later than now, and later than it starts.")
    entry = Emergency(
        start=start,
        end=end,
        territory=scope["territory"],
        department=scope["department"],
        language=scope["language"],
        reason=scope["reason"],
        text=dict(map(_said, scope["texts"])),
    )
    with database() as sql:
        latest = sql.tables.latest()
        _known(entry.territory, sql.tables.read(latest).territories if latest else ())
        sql.tables.add_to_overlay(entry, closes=closes, actor=operator(who), now=now)
    click.echo(_words(entry))


def _known(territory: str, territories: tuple[Territory, ...]) -> None:
    if territory != "*" and territory not in {row.key for row in territories}:
        raise Fault(FaultCode.BAD_INPUT, f"The published table has no territory {territory}.")


def _said(text: str) -> tuple[str, str]:
    language, found, words = text.partition("=")
    if not (language and found and words.strip()):
        raise Fault(FaultCode.BAD_INPUT, f"{text!r} is not LANGUAGE=TEXT, as in en=We are closed today.")
    return language, words.strip()


def _words(entry: Emergency) -> str:
    parts = (entry.territory, entry.department, entry.language)
    what = ", ".join(part for part in parts if part != "*") or "everything"
    return f"{what}, from {_shown(entry.start)} until {_shown(entry.end)}: {entry.reason}"


def _shown(at: datetime) -> str:
    return at.isoformat(timespec="minutes")
