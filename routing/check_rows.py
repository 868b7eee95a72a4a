"""Rows by themselves, the names they give each other, and the order of queues."""

from collections.abc import Iterator
from datetime import date

from routing.calendars import UnknownCountry, public_holidays
from routing.compiled import RoutingTable
from routing.desks import ANYWHERE
from routing.locate import Placed, placed
from routing.remarks import Origins, Remark
from routing.sections import SECTIONS, Column, Kind
from routing.table import Closure

FALLBACK = "fallback"
_MENTIONED_YEAR = 2026  # any year shows whether a country's holidays are known


def row_errors(table: RoutingTable, origins: Origins) -> Iterator[Remark]:
    """Cells that hold what they must not, rows that stand twice, names of rows that are not there."""
    for section in SECTIONS:
        seen: dict[str, int] = {}
        for place in placed(table.document, section.name, origins):
            yield from _cells(place, section.columns)
            # Rows read from files were compared while reading, where each still has its own place.
            if place.key in seen and place.key not in origins:
                yield place.error("", f"{place.key} stands already in row {seen[place.key]}; keep one")
            seen.setdefault(place.key, place.number)
    yield from _unknown_territories(table, origins)
    yield from _closures(table, origins)
    yield from _calendars(table, origins)
    yield from _queues(table, origins)


def row_warnings(table: RoutingTable, origins: Origins) -> Iterator[Remark]:
    """Closures and notices that reach nobody."""
    document = table.document
    clouds = {row.cloud for row in document.coverage}
    for place in placed(document, "closures", origins):
        cloud = place.row.cloud
        if cloud != ANYWHERE and cloud not in clouds:
            yield place.warning("cloud", f"no desk is in the cloud {cloud!r}; this closes nothing")


def _cells(place: Placed, columns: tuple[Column, ...]) -> Iterator[Remark]:
    for column in columns:
        value = getattr(place.row, column.name)
        if column.required and not value:
            yield place.error(column.name, "must not be empty")
        words = value if column.kind is Kind.WORDS else (value,) if isinstance(value, str) and value else ()
        for word in words:
            if column.check and (sentence := column.check(word)):
                yield place.error(column.name, sentence)


def _unknown_territories(table: RoutingTable, origins: Origins) -> Iterator[Remark]:
    for section in ("coverage", "closures", "notices"):
        for place in placed(table.document, section, origins):
            key = place.row.territory
            if key != ANYWHERE and table.territory(key) is None:
                yield place.error(
                    "territory", f"there is no territory {key!r}; add it to the territories or write *"
                )


def _closures(table: RoutingTable, origins: Origins) -> Iterator[Remark]:
    for place in placed(table.document, "closures", origins):
        row: Closure = place.row
        if row.effect == "closed" and row.end is not None and row.start is not None and row.end <= row.start:
            yield place.error(
                "end", "a closure ends on its own day, after its start; write a second row for the next"
            )


def _calendars(table: RoutingTable, origins: Origins) -> Iterator[Remark]:
    for place in placed(table.document, "calendars", origins):
        row = place.row
        if (row.day is None) == (not row.country):
            yield place.error("day", "write either a day or a country whose public holidays are meant")
        elif row.country and not _has_holidays(row.country):
            yield place.error(
                "country", f"no public holidays are known for {row.country}; list the days instead"
            )


def _has_holidays(country: str) -> bool:
    try:
        days: frozenset[date] = public_holidays(country, _MENTIONED_YEAR)
    except UnknownCountry:
        return False
    return bool(days)


def _queues(table: RoutingTable, origins: Origins) -> Iterator[Remark]:
    document = table.document
    known = {row.queue or f"{row.department}-{row.language}" for row in document.coverage}
    known |= {row.name for row in document.queues} | {FALLBACK}
    overflow = {row.name: row.overflow for row in document.queues}
    for place in placed(document, "queues", origins):
        name = place.row.overflow
        if name and name not in known:
            yield place.error(
                "overflow", f"there is no queue {name!r}; name one of the table's, or leave it empty"
            )
        elif name and _returns(place.row.name, overflow):
            yield place.error(
                "overflow", f"calls would go round: {place.row.name} comes back to itself; end it somewhere"
            )


def _returns(name: str, overflow: dict[str, str]) -> bool:
    seen = set()
    step = overflow.get(name, "")
    while step and step not in seen:
        if step == name:
            return True
        seen.add(step)
        step = overflow.get(step, "")
    return False
