"""One country as the desk shows it: lines, both departments' week, what holds now, what comes, its calls."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.faults import Fault, FaultCode
from app.ports.records import Recorded, Records
from app.services.countries import departments_now, shared_with
from app.services.desk_hours import DepartmentNow
from app.services.offers import Offer, offers
from app.services.tables import Tables
from routing import keys
from routing.calendars import calendars
from routing.compiled import DEPARTMENTS, RoutingTable
from routing.desks import ANYWHERE, Board
from routing.picture import Picture, picture
from routing.table import Closure, Emergency, Line, Territory
from routing.zones import zone as zone_of

SOON = timedelta(days=30)
LATELY = timedelta(days=7)
_UTC = "UTC"


@dataclass(frozen=True, slots=True)
class Week:
    """One department's week on the country's clock and on the reader's; one picture where they agree."""

    department: str
    there: Picture
    here: Picture | None


@dataclass(frozen=True, slots=True)
class Place:
    """The lines of one cloud and variant of the country, and who answers there."""

    cloud: str
    variant: str  # as printed
    lines: tuple[Line, ...]
    departments: tuple[DepartmentNow, ...]
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day on which a desk of the country does not keep its weekly hours."""

    day: date
    closure: Closure | None  # None: the calendar says so
    calendar: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """All that the desk shows of one country."""

    territory: Territory
    zone: str
    version: int
    at: datetime
    languages: tuple[str, ...]
    places: tuple[Place, ...]
    shared: tuple[Territory, ...]
    special_days: tuple[SpecialDay, ...]
    emergencies: tuple[Emergency, ...]  # in force, or to come
    announcements: tuple[Emergency, ...]

    @property
    def change(self) -> datetime | None:
        """When a department next opens or closes."""
        changes = (one.change for place in self.places for one in place.departments)
        return min((at for at in changes if at), default=None)


@dataclass(frozen=True, slots=True)
class CountryDesk:
    """Countries of the live table, and their recorded calls."""

    tables: Tables
    records: Records

    def country(self, key: str, now: datetime, reader: str) -> Country:
        """One country, its week on its own clock and on that of the reader's zone.

        Raises:
            Fault: NOT_FOUND; NO_TABLE before the first version.
        """
        table, overlay = self.tables.current(), self.tables.overlay()
        territory = table.territory(key)
        if territory is None:
            raise Fault(FaultCode.NOT_FOUND, f'The table has no country "{key[:40]}".')
        zone = territory.zones[0] if territory.zones else _UTC
        lines = table.lines_of(key)
        found = offers(table, overlay, territory, now, zone)
        return Country(
            territory=territory,
            zone=zone,
            version=table.version,
            at=now,
            languages=table.prompt_languages(key),
            places=tuple(self._place(territory, offer, lines, now, (zone, reader)) for offer in found),
            shared=shared_with(table, lines, key),
            special_days=tuple(_special_days(table, territory, now.astimezone(zone_of(zone)).date())),
            emergencies=_meant(overlay.closures, key, now),
            announcements=_meant(overlay.announcements, key, now),
        )

    def calls(self, key: str, now: datetime, *, limit: int, offset: int) -> Sequence[Recorded]:
        """The country's calls of the last seven days, newest first; Fault LEDGER_AWAY."""
        return self.records.of_territory(key, now - LATELY, limit=limit, offset=offset)

    def count_calls(self, key: str, now: datetime) -> int:
        """How many calls that are; Fault LEDGER_AWAY."""
        return self.records.count_of_territory(key, now - LATELY)

    def _place(
        self,
        territory: Territory,
        offer: Offer,
        lines: tuple[Line, ...],
        now: datetime,
        zones: tuple[str, str],
    ) -> Place:
        table, overlay = self.tables.current(), self.tables.overlay()
        shown = {(one.printed, one.cloud, one.variant) for one in offer.telephones}
        board = table.board(territory, offer.variant, offer.cloud)
        names = [name for name in DEPARTMENTS if board.of(name)]
        return Place(
            cloud=offer.cloud,
            variant=offer.variant,
            lines=tuple(line for line in lines if (line.printed, line.cloud, line.variant) in shown),
            departments=departments_now(
                table, overlay, territory, now, cloud=offer.cloud, variant=offer.variant
            ),
            weeks=tuple(self._week(board, name, now, zones) for name in names),
        )

    def _week(self, board: Board, department: str, now: datetime, zones: tuple[str, str]) -> Week:
        overlay = self.tables.overlay()
        there, here = (picture(board, overlay, department, now, zone) for zone in zones)
        same = there.start == here.start and there.end == here.end
        return Week(department, there, None if same else here)


def _meant(rows: Sequence[Emergency], key: str, now: datetime) -> tuple[Emergency, ...]:
    return tuple(row for row in rows if row.territory in {ANYWHERE, key} and now < row.end)


def _special_days(table: RoutingTable, territory: Territory, today: date) -> Iterator[SpecialDay]:
    """Dated closures and openings that reach the country, and its desks' calendars, day by day."""
    document = table.document
    own = {keys.coverage(row): row.calendar for row in document.coverage if row.calendar}
    served = {desk.key for name in DEPARTMENTS for desk in table.board(territory).of(name)}
    kept = calendars(row for row in document.calendars if row.calendar in {own.get(key) for key in served})
    names = {(row.calendar, row.day): row.name for row in document.calendars}
    for number in range(SOON.days):
        day = today + timedelta(days=number)
        for closure in document.closures:
            if closure.day == day and closure.territory in {ANYWHERE, territory.key}:
                yield SpecialDay(day, closure)
        for name, calendar in kept.items():
            if day in calendar:
                yield SpecialDay(day, None, name, names.get((name, day), ""))
