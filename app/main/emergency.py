"""``callgate emergency``: close now, or say something to every caller, until an instant that is named."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import click

from app.access.model import operator
from app.adapters.clock import SystemClock
from app.faults import Fault, FaultCode
from app.main.context import author, database
from app.main.explain import instant
from app.ports.closings import Phase, Selected
from app.services.emergencies import Closing, Shown
from app.services.emergency_wanted import LONGEST_INCIDENT, Wanted
from app.services.tables import Tables
from app.services.wrong import Wrong
from app.telephony.words import Words
from routing.compiled import DEPARTMENTS

_MOST = 1000  # listed of each kind
_SCOPE = (
    click.option("--territory", default="*", help="A territory's key; every one if not given."),
    click.option("--department", type=click.Choice(["*", *DEPARTMENTS]), default="*"),
    click.option("--language", default="*", help="BCP-47; every one if not given."),
    click.option("--from", "start", default="", help="An instant with an offset; now if not given."),
    click.option("--until", "end", required=True, help="An instant with an offset."),
    click.option("--reason", required=True, help="Why, for the audit and the desk's pages."),
    click.option(
        "--incident", default="", help="What several of these belong to, to end them together (on the pages)."
    ),
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
    with _closing() as closing:
        for phase in (Phase.IN_FORCE, Phase.TO_COME):
            for shown in closing.page(Selected(phase), now, limit=_MOST)[0]:
                click.echo(f"{shown.entry.number}  {_kind(shown)}: {_words(shown)}")


@emergency.command()
@click.argument("number", type=int)
@click.option("--by", "who", default=author, help="Who decides; the user of this session if not given.")
def end(number: int, who: str) -> None:
    """End a closure or an announcement now; NUMBER as listed."""
    with _closing() as closing:
        shown = closing.end(number, actor=operator(who), now=SystemClock().now())
    click.echo(_words(shown))


@contextmanager
def _closing() -> Iterator[Closing]:
    """The use case over the database and the newest table, if there is one."""
    with database() as sql:
        tables = Tables(sql.tables)
        tables.refresh()
        yield Closing(sql.closings, tables, Words.load().languages)


def _add(scope: dict[str, Any], *, closes: bool, who: str) -> None:
    now = SystemClock().now()
    wanted = Wanted(
        closes=closes,
        start=instant(scope["start"]) if scope["start"] else None,
        end=instant(scope["end"]),
        territory=scope["territory"],
        department=scope["department"],
        language=scope["language"],
        reason=scope["reason"],
        incident=scope["incident"] or ("" if closes else scope["reason"][:LONGEST_INCIDENT]),
        text=dict(map(_said, scope["texts"])),
    )
    with _closing() as closing:
        found = closing.add(wanted, actor=operator(who), now=now)
    if isinstance(found, Wrong):
        raise Fault(FaultCode.BAD_INPUT, " ".join(found.faults.values()))
    click.echo(_words(found))


def _said(text: str) -> tuple[str, str]:
    language, found, words = text.partition("=")
    if not (language and found and words.strip()):
        raise Fault(FaultCode.BAD_INPUT, f"{text!r} is not LANGUAGE=TEXT, as in en=We are closed today.")
    return language, words.strip()


def _kind(shown: Shown) -> str:
    return "closure" if shown.closes else "announcement"


def _words(shown: Shown) -> str:
    row = shown.entry.emergency
    parts = (row.territory, row.department, row.language)
    what = ", ".join(part for part in parts if part != "*") or "everything"
    incident = f" [{shown.incident}]" if shown.incident else ""
    return f"{what}, from {_shown(row.start)} until {_shown(row.end)}: {row.reason}{incident}"


def _shown(at: datetime) -> str:
    return at.isoformat(timespec="minutes")
