"""The dates on which two tables differ by date: closures, special openings, calendars."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from routing.calendars import UnknownCountry, public_holidays
from routing.table import CalendarDay, Document

MOST_WEEKS: Final = 12
_AHEAD = 366  # days looked at: a country's public holidays go on for ever


def changed_weeks(live: Document, draft: Document, today: date) -> tuple[date, ...]:
    """The Mondays of the next weeks, this one included, that hold a date only one of the tables has."""
    last = today + timedelta(days=_AHEAD)
    mondays = {
        day - timedelta(days=day.weekday())
        for day in changed_days(live, draft, years=range(today.year, last.year + 1))
        if today - timedelta(days=today.weekday()) <= day <= last
    }
    return tuple(sorted(mondays)[:MOST_WEEKS])


def changed_days(live: Document, draft: Document, *, years: Collection[int]) -> frozenset[date]:
    """Every date of a closure or calendar row that only one of them has, or that other desks keep."""
    closures = {row.day for row in set(live.closures) ^ set(draft.closures)}
    rows = set(live.calendars) ^ set(draft.calendars)
    swapped = _swapped(live, draft)
    rows |= {row for row in (*live.calendars, *draft.calendars) if row.calendar in swapped}
    return frozenset(closures | {day for row in rows for day in _days(row, years)})


def _swapped(live: Document, draft: Document) -> set[str]:
    """The calendars that some desk keeps in one of the tables only."""
    kept = [
        {(row.territory, row.variant, row.cloud, row.department, row.language, row.calendar) for row in rows}
        for rows in (live.coverage, draft.coverage)
    ]
    return {keeps[-1] for keeps in kept[0] ^ kept[1] if keeps[-1]}


def _days(row: CalendarDay, years: Collection[int]) -> set[date]:
    if row.day is not None:
        return {row.day}
    try:
        return {day for year in years for day in public_holidays(row.country, year)}
    except UnknownCountry:
        return set()
