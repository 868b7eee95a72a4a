"""One calendar's public holidays of a year: which of them close, and the rows that say so."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from routing.holiday_list import Holiday, holidays_of
from routing.table import CalendarDay, Document


@dataclass(frozen=True, slots=True)
class Choice:
    """A public holiday, and whether the calendar closes on it."""

    holiday: Holiday
    closes: bool


def rows_of(document: Document, calendar: str) -> tuple[CalendarDay, ...]:
    """A calendar's rows; none where there is no such calendar."""
    return tuple(row for row in document.calendars if row.calendar == calendar)


def choices(document: Document, calendar: str, region: str, year: int) -> tuple[Choice, ...]:
    """The public holidays of a region in a year, each with whether this calendar closes on it.

    Raises:
        UnknownCountry: none are known for the region.
    """
    rows = rows_of(document, calendar)
    every = any(row.country == region for row in rows)
    days = {row.day for row in rows}
    return tuple(Choice(holiday, every or holiday.day in days) for holiday in holidays_of(region, year))


def choose(
    document: Document, calendar: str, region: str, year: int, days: Collection[date], *, next_too: bool
) -> Document:
    """The document whose calendar closes on these of the region's holidays in a year, and on no others.

    All of them: one row for the country, which holds in every year. Some: a dated row for each and, with
    ``next_too``, for those that are called the same in the year after; no row for the country any more.
    Other days of the calendar stay.

    Raises:
        UnknownCountry: none are known for the region.
    """
    this = holidays_of(region, year)
    wanted = [holiday for holiday in this if holiday.day in days]
    if len(wanted) == len(this):
        return _with(document, calendar, region, this, [CalendarDay(calendar, country=region)])
    then = holidays_of(region, year + 1) if next_too else ()
    names = {holiday.name for holiday in wanted}
    wanted += [holiday for holiday in then if holiday.name in names]
    dated = [CalendarDay(calendar, holiday.day, name=holiday.name) for holiday in wanted]
    return _with(document, calendar, region, (*this, *then), dated)


def _with(
    document: Document,
    calendar: str,
    region: str,
    listed: Collection[Holiday],
    wanted: list[CalendarDay],
) -> Document:
    """The rows wanted instead of those about the holidays listed; rows that stay, stay put."""
    days = {holiday.day for holiday in listed}
    identities = {(row.day, row.country) for row in wanted}
    kept: list[CalendarDay] = []
    last = 0
    for row in document.calendars:
        spoken_of = row.country == region or row.day in days
        if row.calendar != calendar or not spoken_of or (row.day, row.country) in identities:
            kept.append(row)
        if row.calendar == calendar:
            last = len(kept)
    there = {(row.day, row.country) for row in kept if row.calendar == calendar}
    new = [row for row in wanted if (row.day, row.country) not in there]
    place = last if rows_of(document, calendar) else len(kept)
    return replace(document, calendars=(*kept[:place], *new, *kept[place:]))
