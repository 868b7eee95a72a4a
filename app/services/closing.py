"""What a closure or special opening does, in words and window by window, before anybody publishes it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from routing import keys, words
from routing.compiled import DEPARTMENTS, RoutingTable
from routing.desks import ANYWHERE, Desk
from routing.table import Closure, Document, Territory
from routing.zones import DAY, EPOCH, zone

_Kind = tuple[str, str, str]  # variant, cloud, severity
_ANY: _Kind = ("", "", "")
_CLOSED = "closed"
_YEARS = range(2, 9999)  # every day of them has one before and one after it on any clock


@dataclass(frozen=True, slots=True)
class Cut:
    """One desk on the day of a closure: its hours as they would be without it, and with it."""

    key: str  # the row it rests on
    territory: str  # its name
    department: str
    language: str
    zone: str
    before: str
    after: str


def sentence(row: Closure, document: Document) -> str:
    """Say what the row does, such as Billing in Italy is closed on Thursday 24 December 2026."""
    names = {territory.key: territory.name for territory in document.territories}
    place = "every country" if row.territory == ANYWHERE else names.get(row.territory, row.territory)
    cloud = "" if row.cloud == ANYWHERE else f" (cloud {row.cloud})" if row.cloud else " (global cloud)"
    language = "every language" if row.language == ANYWHERE else words.language(row.language)
    day = f"{row.day:%A} {row.day.day} {row.day:%B %Y}"
    desk = f"{words.department(row.department)} in {place}{cloud}, {language}"
    return f"{desk}, {_what(row)} on {day}{_times(row)}."


def cuts(document: Document, row: Closure, key: str | None = None) -> Iterator[Cut]:
    """Every desk whose hours on that day change; ``key``: the closure that the row stands instead of."""
    if row.day.year not in _YEARS:
        return
    gone = {key, keys.closure(row)}
    others = tuple(other for other in document.closures if keys.closure(other) not in gone)
    before = RoutingTable(replace(document, closures=others), 0)
    after = RoutingTable(replace(document, closures=(*others, row)), 0)
    kinds = _kinds(document)
    for territory in document.territories:
        if row.territory in {ANYWHERE, territory.key}:
            seen = kinds.get(territory.key, {}) | {_ANY: None}
            yield from _cuts(before, after, territory, row, tuple(seen))


def _kinds(document: Document) -> dict[str, dict[_Kind, None]]:
    """The variants, clouds and severities that have rows of their own, by territory."""
    found: dict[str, dict[_Kind, None]] = {}
    for row in document.coverage:
        found.setdefault(row.territory, {})[row.variant, row.cloud, row.severity] = None
    return found


def _cuts(
    before: RoutingTable, after: RoutingTable, territory: Territory, row: Closure, kinds: tuple[_Kind, ...]
) -> Iterator[Cut]:
    told: set[str] = set()
    for department, kind in product(DEPARTMENTS, kinds):
        was, will = before.board(territory, *kind), after.board(territory, *kind)
        for one, other in zip(was.of(department), will.of(department), strict=True):
            old, new = _hours(one, row), _hours(other, row)
            if old != new and one.key not in told:
                told.add(one.key)
                yield Cut(one.key, territory.name, department, one.language, one.zone, old, new)


def _hours(desk: Desk, row: Closure) -> str:
    """When the desk answers on this date, its last window to its end on the day after."""
    if desk.broken:
        return _CLOSED
    there = zone(desk.zone)
    midnight = datetime(row.day.year, row.day.month, row.day.day, tzinfo=there)
    start, end = _second(midnight), _second(midnight + timedelta(days=1))
    shown = []
    for low, high in desk.hours.spans(start, end + DAY):
        # A desk that never sleeps is told of up to midnight; only nights are followed into the next day.
        last = end if high >= end + DAY else high
        if low < last and low <= end:
            shown.append(f"{_clock(low, end, there)}-{_clock(last, end, there, ends=True)}")
    return ", ".join(shown) or _CLOSED


def _clock(second: int, midnight: int, there: ZoneInfo, *, ends: bool = False) -> str:
    if second == midnight and ends:
        return "24:00"
    return f"{datetime.fromtimestamp(second, there):%H:%M}{' of the next day' if second >= midnight else ''}"


def _second(at: datetime) -> int:
    return int((at - EPOCH).total_seconds())


def _what(row: Closure) -> str:
    if row.effect != "open":
        return "is closed"
    return "is open" if row.start or row.end else "keeps its weekly hours, although it is a day off,"


def _times(row: Closure) -> str:
    if row.start is None and row.end is None:
        return ", the whole day" if row.effect != "open" else ""
    start = f"{row.start:%H:%M}" if row.start else "00:00"
    end = f"{row.end:%H:%M}" if row.end and f"{row.end:%H:%M}" != "00:00" else "24:00"
    return f" from {start} to {end}"
