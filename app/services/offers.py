"""Who answers in one country, for each variant and cloud that has numbers or hours of its own."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.services.telephone import Telephone, telephones
from routing import keys
from routing.compiled import DEPARTMENTS, RoutingTable
from routing.decide import Facts, Kind, decide
from routing.picture import Span, Strip, picture
from routing.table import Overlay, Territory


@dataclass(frozen=True, slots=True)
class LanguageHours:
    """One desk: a department in a language."""

    language: str
    open: bool
    next_opening: datetime | None  # None: open, or never
    week: tuple[Span, ...]  # open stretches of this week, on the country's clock


@dataclass(frozen=True, slots=True)
class DepartmentHours:
    """A department's desks in one country."""

    name: str
    open: bool
    next_opening: datetime | None  # the first of any language
    desks: tuple[LanguageHours, ...]

    @property
    def open_languages(self) -> tuple[str, ...]:
        """The languages that are answered now."""
        return tuple(desk.language for desk in self.desks if desk.open)


@dataclass(frozen=True, slots=True)
class Offer:
    """The numbers of one variant and cloud, and when its departments answer."""

    cloud: str
    variant: str  # as printed
    telephones: tuple[Telephone, ...]
    departments: tuple[DepartmentHours, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One country at an instant."""

    table: RoutingTable
    overlay: Overlay
    territory: Territory
    at: datetime
    clock: str


def offers(
    table: RoutingTable, overlay: Overlay, territory: Territory, at: datetime, clock: str
) -> tuple[Offer, ...]:
    """The country's offers, the global cloud first; none where it has neither number nor desk.

    ``clock`` is the zone of the country: its week begins on its Monday, its hours are told on it.
    """
    asked = _Asked(table, overlay, territory, at, clock)
    numbers = telephones(table.document.lines, territory)
    found = (
        Offer(
            cloud,
            variant,
            tuple(one for one in numbers if one.cloud == cloud and _serves(one.variant, variant)),
            tuple(
                hours
                for department in DEPARTMENTS
                if (hours := _department(asked, cloud, variant, department)).desks
            ),
        )
        for cloud in _clouds(table, territory, numbers)
        for variant in _variants(table, territory, numbers, cloud)
    )
    return tuple(offer for offer in found if offer.telephones or offer.departments)


def _clouds(table: RoutingTable, territory: Territory, numbers: tuple[Telephone, ...]) -> list[str]:
    rows = (row.cloud for row in table.document.coverage if row.territory == territory.key)
    return sorted({*rows, *(one.cloud for one in numbers)}) or [""]


def _variants(
    table: RoutingTable, territory: Territory, numbers: tuple[Telephone, ...], cloud: str
) -> tuple[str, ...]:
    """The variants as printed, each once; an empty one where there are none."""
    rows = (
        row.variant
        for row in table.document.coverage
        if row.territory == territory.key and row.cloud == cloud
    )
    named = (*rows, *(one.variant for one in numbers if one.cloud == cloud))
    return tuple({keys.slug(variant): variant for variant in named if variant}.values()) or ("",)


def _serves(own: str, variant: str) -> bool:
    return not own or keys.slug(own) == keys.slug(variant)


def _department(asked: _Asked, cloud: str, variant: str, department: str) -> DepartmentHours:
    facts = Facts(territory=asked.territory.key, department=department, cloud=cloud, variant=variant)
    board = asked.table.board(asked.territory, keys.slug(variant), cloud)
    decision = decide(asked.table, asked.overlay, facts, asked.at)
    week = picture(board, asked.overlay, department, asked.at, asked.clock)
    return DepartmentHours(
        name=department,
        open=decision.kind is Kind.TRANSFER,
        next_opening=decision.next_opening,
        desks=tuple(_desk(asked, facts, strip) for strip in week.strips),
    )


def _desk(asked: _Asked, facts: Facts, strip: Strip) -> LanguageHours:
    decision = decide(asked.table, asked.overlay, replace(facts, language=strip.language), asked.at)
    return LanguageHours(strip.language, decision.kind is Kind.TRANSFER, decision.next_opening, strip.spans)
