"""Calendars: which dates a calendar's name stands for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from routing.table import CalendarDay


class UnknownCountry(ValueError):  # noqa: N818 - says what is wrong, in the data rather than the program
    """No public holidays are known for this country or subdivision."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The dates on which the desks that name this calendar stay closed."""

    name: str
    days: frozenset[date]
    countries: tuple[str, ...]  # ISO 3166-1, with an optional -SUBDIVISION

    def __contains__(self, day: date) -> bool:
        return day in self.days or any(
            day in public_holidays(country, day.year) for country in self.countries
        )


def calendars(rows: Iterable[CalendarDay]) -> dict[str, Calendar]:
    """The calendars by name."""
    grouped: dict[str, list[CalendarDay]] = {}
    for row in rows:
        grouped.setdefault(row.calendar, []).append(row)
    return {name: _calendar(name, group) for name, group in grouped.items()}


def _calendar(name: str, rows: list[CalendarDay]) -> Calendar:
    return Calendar(
        name,
        frozenset(row.day for row in rows if row.day is not None),
        tuple(row.country for row in rows if row.country),
    )


@lru_cache(maxsize=1024)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of ``IT`` or ``DE-BY`` in a year, as the package ``holidays`` knows them.

    Raises:
        UnknownCountry: it knows none for this country or subdivision.
    """
    return frozenset(named_holidays(country, year))


def named_holidays(country: str, year: int, language: str | None = None) -> Mapping[date, str]:
    """The same days with their names, in a language where the package has it.

    Raises:
        UnknownCountry: as above.
    """
    # Imported when first asked: most tables have no such calendar and a worker starts sooner without it.
    import holidays  # noqa: PLC0415 - see above

    region, _, subdivision = country.partition("-")
    try:
        return holidays.country_holidays(region, subdiv=subdivision or None, years=year, language=language)
    except NotImplementedError:
        raise UnknownCountry(country) from None
