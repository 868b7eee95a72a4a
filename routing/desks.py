"""Desks: coverage rows as they serve one territory, and the board of all of a territory's desks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from routing import keys
from routing.calendars import Calendar, UnknownCountry, public_holidays
from routing.hours import Hours
from routing.special_days import SpecialDays, in_scope
from routing.table import Closure, Coverage, Territory
from routing.targets import queue_of
from routing.week import NotHours, Week, week
from routing.zones import UnknownZone, clock

ANYWHERE = "*"
_NEVER = Week(((),) * 7, (), ())


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """One coverage row as it serves a territory."""

    key: str
    department: str
    language: str
    queue: str
    zone: str
    hours: Hours
    broken: str = ""  # why it can never open


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """The desks of one territory, variant, cloud and severity, by department in row order."""

    territory: str
    variant: str  # the slug that serves; empty: the territory has none
    cloud: str
    desks: dict[str, tuple[Desk, ...]]
    by_language: dict[tuple[str, str], Desk]
    knows_variant: bool  # the variant asked for, if any, is one the territory has
    exact: bool  # and so are cloud and severity

    def desk(self, department: str, language: str) -> Desk | None:
        """The department's desk of a language; of ``it-IT``, where it has none, that of ``it``."""
        found = self.by_language.get((department, language))
        return found or self.by_language.get((department, language.partition("-")[0].lower()))

    def of(self, department: str) -> tuple[Desk, ...]:
        """The department's desks, at most one a language."""
        return self.desks.get(department, ())


class Desks:
    """The coverage rows, grouped by the place they serve."""

    __slots__ = ("_anywhere", "_calendars", "_closures", "_rows", "_schedules")

    def __init__(
        self,
        rows: Iterable[Coverage],
        schedules: Mapping[str, str],
        calendars: Mapping[str, Calendar],
        closures: tuple[Closure, ...],
    ) -> None:
        self._rows: dict[str, dict[str, list[Coverage]]] = {}  # territory -> cloud -> rows
        self._anywhere: dict[str, list[Coverage]] = {}  # cloud -> rows
        self._schedules = schedules
        self._calendars = calendars
        self._closures: dict[str, list[Closure]] = {}
        for row in rows:
            clouds = self._anywhere if row.territory == ANYWHERE else self._rows.setdefault(row.territory, {})
            clouds.setdefault(row.cloud, []).append(row)
        for closure in closures:
            self._closures.setdefault(closure.territory, []).append(closure)

    def board(self, territory: Territory, variant: str, cloud: str, severity: str) -> Board:
        """The desks that serve a territory; see ``RoutingTable.board``."""
        clouds = self._rows.get(territory.key, {})
        serving = cloud or ("" if "" in clouds or not clouds else next(iter(clouds)))
        rows = clouds.get(serving, [])
        chosen = _variant(rows, variant)
        own = [row for row in rows if not row.variant or keys.slug(row.variant) == chosen]
        own = _one_a_language(own, severity)
        own += self._defaults(territory, serving, own)
        desks: dict[str, tuple[Desk, ...]] = {}
        for row in own:
            desks[row.department] = (*desks.get(row.department, ()), self._desk(row, territory))
        by_language = {(desk.department, desk.language): desk for group in desks.values() for desk in group}
        known = _is_known(rows, variant)
        exact = known and cloud in {"", *clouds} and severity in {"", *(row.severity for row in rows)}
        return Board(territory.key, chosen, serving, desks, by_language, known, exact)

    def languages(self, territory: Territory) -> tuple[str, ...]:
        """The languages of all desks that serve a territory, in row order, whatever the cloud or variant."""
        clouds = self._rows.get(territory.key, {})
        own = [row for rows in clouds.values() for row in rows]
        defaults = self._defaults(territory, "", clouds.get("", [])) if "" in clouds or not clouds else []
        return tuple(dict.fromkeys(row.language for row in (*own, *defaults)))

    def _defaults(self, territory: Territory, cloud: str, own: list[Coverage]) -> list[Coverage]:
        """The ``*`` rows for what a territory has no row of; none where there is no telephone support."""
        if territory.online_only:
            return []
        has = {(row.department, row.language) for row in own}
        missing = [row for row in self._anywhere.get(cloud, []) if (row.department, row.language) not in has]
        return _one_a_language(missing, "")

    def _desk(self, row: Coverage, territory: Territory) -> Desk:
        zone_key = row.zone or (territory.zones[0] if territory.zones else "")
        broken, hours = self._hours(row, zone_key, territory.key)
        return Desk(keys.coverage(row), row.department, row.language, queue_of(row), zone_key, hours, broken)

    def _hours(self, row: Coverage, zone_key: str, territory: str) -> tuple[str, Hours]:
        try:
            there = clock(zone_key)
            hours = week(self._text(row))
            special_days = SpecialDays(self._dated(row, territory), self._calendar(row))
        except UnknownZone:
            return f"unknown zone {zone_key!r}", Hours(_NEVER, clock("UTC"), SpecialDays({}, None))
        except (NotHours, UnknownCountry, KeyError) as fault:
            return str(fault.args[0]), Hours(_NEVER, there, SpecialDays({}, None))
        return "", Hours(hours, there, special_days)

    def _text(self, row: Coverage) -> str:
        if not row.schedule:
            return row.hours
        if row.schedule not in self._schedules:
            raise KeyError(f"unknown schedule {row.schedule!r}")
        return self._schedules[row.schedule]

    def _calendar(self, row: Coverage) -> Calendar | None:
        if not row.calendar:
            return None
        if row.calendar not in self._calendars:
            raise KeyError(f"unknown calendar {row.calendar!r}")
        calendar = self._calendars[row.calendar]
        for country in calendar.countries:
            public_holidays(country, 2026)  # any year: raises for a country that has none
        return calendar

    def _dated(self, row: Coverage, territory: str) -> dict[int, tuple[Closure, ...]]:
        if not self._closures:
            return {}
        rows = (*self._closures.get(territory, ()), *self._closures.get(ANYWHERE, ()))
        return in_scope(rows, row, territory)


def _variant(rows: list[Coverage], asked: str) -> str:
    """The slug of the variant asked for, else of the first one listed; empty where rows have none."""
    slugs = dict.fromkeys(keys.slug(row.variant) for row in rows if row.variant)
    if asked:
        named = {name: keys.slug(row.variant) for row in rows if row.variant for name in _names(row.variant)}
        found = named.get(asked) or named.get(keys.whole_slug(asked))
        if found:
            return found
    return "" if not slugs or any(not row.variant for row in rows) else next(iter(slugs))


def _is_known(rows: list[Coverage], asked: str) -> bool:
    names = {name for row in rows if row.variant for name in _names(row.variant)}
    return not asked or asked in names or keys.whole_slug(asked) in names


def _names(variant: str) -> tuple[str, str, str]:
    return variant, keys.slug(variant), keys.whole_slug(variant)


def _one_a_language(rows: list[Coverage], severity: str) -> list[Coverage]:
    """The row that serves each department and language, in row order.

    Of several severities: the one asked for; else the row for any; else the lowest on offer (the last of
    A < B < C), since higher ones are a matter of contract.
    """
    best: dict[tuple[str, str], Coverage] = {}
    for row in rows:
        desk = (row.department, row.language)
        if desk not in best or _rank(row, severity) > _rank(best[desk], severity):
            best[desk] = row
    return list(best.values())


def _rank(row: Coverage, severity: str) -> tuple[bool, bool, bool, str]:
    return (bool(severity) and row.severity == severity, not row.severity, bool(row.variant), row.severity)
