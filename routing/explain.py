"""A decision in sentences, and as JSON."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any

from routing import keys, words
from routing.compiled import RoutingTable
from routing.decide import Decision, Facts, Kind
from routing.table import CalendarDay, Closure, Coverage, Queue

_REROUTE = "reroute/"


def as_json(decision: Decision) -> dict[str, Any]:
    """The decision with JSON's own types; ``next_opening`` is ISO 8601 with the desk's offset, or None.

    ``ask`` holds the territories the caller must be asked about and is empty when none.
    """
    opening = decision.next_opening
    return {
        "decision": decision.kind.value,
        "question": decision.question,
        "territory": decision.territory,
        "guessed": decision.guessed,
        "ask": list(decision.options),
        "department": decision.department,
        "language": decision.language,
        "open": decision.open,
        "next_opening": None if opening is None else opening.isoformat(),
        "queue": decision.queue,
        "languages": list(decision.languages),
        "other_department": decision.other_department,
        "because": list(decision.because),
        "version": decision.version,
    }


def sentences(table: RoutingTable, facts: Facts, decision: Decision, at: datetime) -> list[str]:
    """The decision for people: how the territory was told, each row that decided, what becomes of the call.

    Each sentence that rests on a row ends with the row's natural key in brackets.
    """
    rows = (because for because in decision.because if not because.startswith(_REROUTE))
    return [
        *filter(None, reasons(table, facts, rows)),
        *_reroutes(decision),
        *_outcome(table, decision),
        f"Table version {decision.version}, at {keys.instant(at)}.",
    ]


def reasons(table: RoutingTable, facts: Facts, because: Iterable[str]) -> list[str]:
    """What each of these rows says, by its natural key; "" for a row that this version does not have.

    Of the facts only the line that was dialled is looked at.
    """
    return [_because(table, key, facts) for key in because]


_OF_NO_ROW = {
    "region": "The caller's number is of {}: a guess the caller may correct.",
    "missing": "NO SUCH DESK: the table has no row for it, so it is closed [{}].",
    "reroute": "The calls of {0} were sent to another queue at that time [reroute/{0}].",
    "unknown": "UNKNOWN: the table has none of this name [{}].",
}


def _because(table: RoutingTable, key: str, facts: Facts) -> str:
    kind, _, rest = key.partition("/")
    if kind in _ROWS:
        return _ROWS[kind](table, key)
    if kind == "line":
        return _line(table, facts, key)
    return _OF_NO_ROW.get(kind, "BROKEN: this row cannot work and counts as closed [{}].").format(rest)


def _reroutes(decision: Decision) -> Iterator[str]:
    """Which queue's calls are sent where for now, in the order they go."""
    sent = [key.removeprefix(_REROUTE) for key in decision.because if key.startswith(_REROUTE)]
    for queue, to in pairwise([*sent, decision.queue]):
        yield f"For now the calls of {queue} are sent to {to} [{_REROUTE}{queue}]."


def _territory(table: RoutingTable, key: str) -> str:
    return f"The call is for {_name(table, key.partition('/')[2])} [{key}]."


def _online_only(table: RoutingTable, key: str) -> str:
    territory = table.territory(key.partition("/")[2])
    name, text = (territory.name, territory.online_only) if territory else (key, "")
    return f"{name} has online support only: {text} [{key}]."


def _emergency(_: RoutingTable, key: str) -> str:
    return f"An emergency closure is in force [{key}]."


def _line(table: RoutingTable, facts: Facts, key: str) -> str:
    line = table.line(facts.dnis, facts.cloud)
    served = line.territories if line else ()
    names = _name(table, served[0]) if len(served) == 1 else f"{len(served)} territories"
    return f"{line.printed if line else facts.dnis} serves {names} [{key}]."


def _coverage(table: RoutingTable, key: str) -> str:
    row = next((row for row in table.document.coverage if keys.coverage(row) == key), None)
    if row is None:
        return ""
    hours = row.hours or f"schedule {row.schedule}"
    desk = f"{words.department(row.department)}, {words.language(row.language)}: {hours}"
    return f"{desk} on the clock of {row.zone or 'the territory'}{_serves(row)} [{key}]."


def _serves(row: Coverage) -> str:
    return ", a default row for territories without one of their own" if row.territory == "*" else ""


def _closure(table: RoutingTable, key: str) -> str:
    row: Closure | None = next((row for row in table.document.closures if keys.closure(row) == key), None)
    what = "A special opening" if row and row.effect == "open" else "A closure"
    return f"{what} holds{f': {row.reason}' if row and row.reason else ''} [{key}]."


def _calendar(table: RoutingTable, key: str) -> str:
    name, _, day = key.removeprefix("calendar/").partition("/")
    rows: Iterator[CalendarDay] = (
        row for row in table.document.calendars if row.calendar == name and row.day
    )
    reason = next((row.name for row in rows if row.day and row.day.isoformat() == day and row.name), "")
    return f"{day} is a day off in the calendar {name}{f': {reason}' if reason else ''} [{key}]."


_ROWS: dict[str, Callable[[RoutingTable, str], str]] = {
    "territory": _territory,
    "coverage": _coverage,
    "closure": _closure,
    "calendar": _calendar,
    "emergency": _emergency,
    "online_only": _online_only,
}


def _outcome(table: RoutingTable, decision: Decision) -> Iterator[str]:
    match decision.kind:
        case Kind.FALLBACK:
            yield "The line is unknown: the call goes to the fallback queue."
        case Kind.ASK if decision.question == "department":
            yield "The caller is asked for the department."
        case Kind.ASK:
            names = ", ".join(_name(table, key) for key in decision.options)
            yield f"The caller is asked for the country: {names}." if names else "The country is not known."
        case Kind.TRANSFER:
            spoken = words.language(decision.language)
            yield f"Open: the {decision.department} desk in {spoken} takes it, queue {decision.queue}."
            yield from _queue(table.queue(decision.queue))
        case Kind.CLOSED:
            yield from _closed(decision)


def _closed(decision: Decision) -> Iterator[str]:
    desk = words.language(decision.language) if decision.language else "every language"
    yield f"Closed: the {decision.department} desk in {desk}."
    if decision.languages:
        yield f"Open now in {', '.join(words.language(tag) for tag in decision.languages)}."
    if decision.other_department:
        yield f"Open now: {decision.other_department}."
    if decision.next_opening:
        opening = decision.next_opening
        yield f"It opens on {opening.strftime('%A %Y-%m-%d at %H:%M')} ({opening.tzname()})."
    else:
        yield "It never opens."


def _queue(queue: Queue) -> Iterator[str]:
    after = "" if queue.overflow_after is None else f" after {queue.overflow_after} seconds at the latest"
    then = f"then to {queue.overflow or 'fallback'}{after}"
    yield f"Its calls go to {queue.target or f'queue:{queue.name}'}, {then}."
    if queue.backup:
        yield f"While no agent can be asked they go to {queue.backup}."


def _name(table: RoutingTable, key: str) -> str:
    territory = table.territory(key)
    return f"{territory.name} ({key})" if territory else key
