"""The public holidays of a country by name, for people who choose on which of them a desk stays closed."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from routing.calendars import named_holidays

_COUNTRY = re.compile(r"[A-Z]{2}")
_PART = re.compile(r"[A-Z0-9]{1,4}")
_ENGLISH = "en_US"


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """One public holiday, by its English name where the data has one."""

    day: date
    name: str


@lru_cache(maxsize=256)
def holidays_of(region: str, year: int) -> tuple[Holiday, ...]:
    """The public holidays of ``IT`` or ``DE-BY`` in a year, in their order: the days of ``public_holidays``.

    Raises:
        UnknownCountry: none are known for this country or subdivision.
    """
    found = named_holidays(region, year, _ENGLISH)
    return tuple(sorted(Holiday(day, name) for day, name in found.items()))


@lru_cache(maxsize=1)
def countries() -> dict[str, tuple[str, ...]]:
    """Countries (ISO 3166-1) whose holidays are known, with their parts that have some of their own."""
    import holidays  # noqa: PLC0415 - a worker that only takes calls starts sooner without it

    known = holidays.list_supported_countries()
    return {
        country: tuple(part for part in parts if _PART.fullmatch(part))
        for country, parts in sorted(known.items())
        if _COUNTRY.fullmatch(country)
    }
