"""What the cells of one row say together, when each by itself is right."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from routing.calendars import UnknownCountry, public_holidays
from routing.table import CalendarDay, Closure, Coverage

_MENTIONED_YEAR = 2026  # any year shows whether a country's holidays are known


def row_faults(row: Any) -> Iterator[tuple[str, str]]:
    """What is wrong within a row whose cells are right: column and sentence, for each fault."""
    match row:
        case Coverage():
            if bool(row.hours) == bool(row.schedule):
                yield "hours", "write either hours or the name of a schedule"
        case Closure():
            ends_first = row.end is not None and row.start is not None and row.end <= row.start
            if row.effect == "closed" and ends_first:
                yield "end", "a closure ends on its own day, after its start; write a second row for the next"
        case CalendarDay():
            yield from _calendar(row)


def _calendar(row: CalendarDay) -> Iterator[tuple[str, str]]:
    if (row.day is None) == (not row.country):
        yield "day", "write either a day or a country whose public holidays are meant"
    elif row.country and not _has_holidays(row.country):
        yield "country", f"no public holidays are known for {row.country}; list the days instead"


def _has_holidays(country: str) -> bool:
    try:
        days: frozenset[date] = public_holidays(country, _MENTIONED_YEAR)
    except UnknownCountry:
        return False
    return bool(days)
