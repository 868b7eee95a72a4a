"""What a caller needs before they call: a country's numbers, who answers when, what is said of it now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol

from app.services.offers import Offer, offers
from app.services.telephone import Telephone, telephones
from routing.compiled import DEPARTMENTS, RoutingTable
from routing.decide import Facts, Kind, decide
from routing.table import Emergency, Overlay, Territory
from routing.zones import zone

_EVERY = "*"
_ENGLISH = "en"
_UTC = "UTC"


class Live(Protocol):
    """The table and the overlay that calls see now."""

    def current(self) -> RoutingTable:
        """The newest version; Fault NO_TABLE before the first."""
        ...

    def overlay(self) -> Overlay:
        """Emergency closures and announcements."""
        ...


@dataclass(frozen=True, slots=True)
class Listed:
    """A country in the list: its numbers, and which departments answer now."""

    territory: Territory
    telephones: tuple[Telephone, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """All that is said to the public of one country at an instant."""

    territory: Territory
    zone: str  # the country's own clock
    at: datetime
    version: int
    offers: tuple[Offer, ...]  # one for each variant and cloud that has numbers or hours of its own
    closures: tuple[Emergency, ...]  # in force now
    announcements: tuple[Emergency, ...]
    groups: tuple[Territory, ...]  # groups of countries this one is in, with numbers of their own

    @property
    def has_line(self) -> bool:
        """Whether there is any number to call."""
        return any(offer.telephones for offer in self.offers)

    @property
    def clock(self) -> tzinfo:
        """The country's own clock."""
        return zone(self.zone)


@dataclass(frozen=True, slots=True)
class Lines:
    """The public's view of the table that calls see now."""

    tables: Live

    def listed(self, now: datetime) -> tuple[Listed, ...]:
        """Every country in the table's order; Fault NO_TABLE before the first version."""
        table, overlay = self.tables.current(), self.tables.overlay()
        return tuple(
            Listed(
                territory,
                telephones(table.lines_of(territory.key), territory),
                _open_now(table, overlay, territory, now),
            )
            for territory in table.document.territories
        )

    def territories(self) -> tuple[Territory, ...]:
        """Every country's row; Fault NO_TABLE."""
        return self.tables.current().document.territories

    def country(self, key: str, now: datetime) -> Country | None:
        """One country by its key in any letter case; None where the table has none; Fault NO_TABLE."""
        table, overlay = self.tables.current(), self.tables.overlay()
        territory = table.territory(key) or table.territory(key.upper())
        if territory is None:
            return None
        own = territory.zones[0] if territory.zones else _UTC
        return Country(
            territory=territory,
            zone=own,
            at=now,
            version=table.version,
            offers=offers(table, overlay, territory, now, own),
            closures=_said(overlay.closures, territory, now),
            announcements=_said(overlay.announcements, territory, now),
            groups=tuple(
                group for group in table.document.territories if territory.country_code in group.members
            ),
        )


def text_of(row: Emergency, language: str) -> tuple[str, str]:
    """What callers hear of a closure or announcement, and in which language: theirs, else English."""
    spoken = language if row.text.get(language) else _ENGLISH
    return row.text.get(spoken, ""), spoken


def _open_now(table: RoutingTable, overlay: Overlay, territory: Territory, now: datetime) -> tuple[str, ...]:
    """The departments that answer, as a call that says nothing more than its country would find them."""
    return tuple(
        department
        for department in DEPARTMENTS
        if decide(table, overlay, Facts(territory=territory.key, department=department), now).kind
        is Kind.TRANSFER
    )


def _said(rows: Iterable[Emergency], territory: Territory, now: datetime) -> tuple[Emergency, ...]:
    return tuple(
        row for row in rows if row.territory in {_EVERY, territory.key} and row.start <= now < row.end
    )
