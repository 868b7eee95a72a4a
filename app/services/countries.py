"""All countries as the desk lists them: searched, filtered, and what is open in each now.

Everything is answered from the live table in memory; nothing here asks a store.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from string import digits

from app.services.desk_hours import DepartmentNow, department_now
from app.services.tables import Tables
from routing.compiled import DEPARTMENTS, RoutingTable
from routing.decide import Facts, Kind, decide
from routing.table import Line, Overlay, Territory

OWN, SHARED, ONLINE, NONE = "own", "shared", "online", "none"
NOBODY = "nobody"
_NUMBER = re.compile(r"[+(]*[0-9][0-9 ()./-]+")  # what is sought is part of a number rather than a name


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which countries are to be listed; what is empty leaves none out."""

    words: str = ""  # of the name, the key, a number
    section: str = ""  # of the world
    open: str = ""  # a department that answers now, or nobody
    language: str = ""  # that some desk speaks, at whatever hour
    lines: str = ""  # own | shared | online | none


@dataclass(frozen=True, slots=True)
class Row:
    """One country in the list."""

    territory: Territory
    lines: tuple[Line, ...]
    shared: tuple[Territory, ...]  # the others on its lines, in the table's order
    languages: tuple[str, ...]
    departments: tuple[DepartmentNow, ...]

    @property
    def change(self) -> datetime | None:
        """When a department next opens or closes."""
        return min((one.change for one in self.departments if one.change), default=None)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the list can be filtered by."""

    sections: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Countries:
    """The countries of the table that calls see now. Each method may raise Fault NO_TABLE."""

    tables: Tables

    def name(self, key: str) -> str:
        """What people call a country; its key where the table has none such."""
        return self.tables.current().name(key)

    def choices(self) -> Choices:
        """The parts of the world and the languages that the table has."""
        document = self.tables.current().document
        return Choices(
            tuple(dict.fromkeys(row.section for row in document.territories if row.section)),
            tuple(dict.fromkeys(row.language for row in document.coverage)),
        )

    def found(self, wanted: Wanted, now: datetime) -> Sequence[Territory]:
        """The countries wanted, in the table's order."""
        table, overlay = self.tables.current(), self.tables.overlay()
        return tuple(
            territory
            for territory in table.document.territories
            if _matches(territory, table.lines_of(territory.key), wanted)
            and (not wanted.language or wanted.language in _languages(table, territory))
            and (not wanted.open or wanted.open in _open(table, overlay, territory, now))
        )

    def rows(self, territories: Sequence[Territory], now: datetime) -> tuple[Row, ...]:
        """The rows of these countries, of one page say."""
        table, overlay = self.tables.current(), self.tables.overlay()
        return tuple(
            Row(
                territory,
                lines := table.lines_of(territory.key),
                shared_with(table, lines, territory.key),
                _languages(table, territory),
                departments_now(table, overlay, territory, now),
            )
            for territory in territories
        )


def shared_with(table: RoutingTable, lines: Sequence[Line], own: str) -> tuple[Territory, ...]:
    """The other territories that lines serve, each once."""
    keys = dict.fromkeys(key for line in lines for key in line.territories if key != own)
    return tuple(territory for key in keys if (territory := table.territory(key)))


def departments_now(
    table: RoutingTable,
    overlay: Overlay,
    territory: Territory,
    now: datetime,
    *,
    cloud: str = "",
    variant: str = "",
) -> tuple[DepartmentNow, ...]:
    """Both departments of a country, or of one cloud and variant there."""
    board = table.board(territory, variant, cloud)
    asked = (
        Facts(territory=territory.key, department=name, cloud=cloud, variant=variant) for name in DEPARTMENTS
    )
    return tuple(department_now(table, overlay, board, facts, now) for facts in asked)


def _matches(territory: Territory, lines: tuple[Line, ...], wanted: Wanted) -> bool:
    if wanted.section and territory.section != wanted.section:
        return False
    if wanted.lines and wanted.lines not in _kinds(territory, lines):
        return False
    sought = wanted.words
    if _NUMBER.fullmatch(sought):
        return any(_bare(sought) in _bare(text) for line in lines for text in (line.number, line.printed))
    names = [name.casefold() for name in (territory.name, territory.key, *territory.members)]
    return all(any(word in name for name in names) for word in sought.casefold().split())


def _bare(number: str) -> str:
    return "".join(letter for letter in number if letter in digits)


def _kinds(territory: Territory, lines: tuple[Line, ...]) -> Iterator[str]:
    if territory.online_only:
        yield ONLINE
    if not lines:
        yield NONE
    for line in lines:
        yield OWN if len(line.territories) == 1 else SHARED


def _languages(table: RoutingTable, territory: Territory) -> tuple[str, ...]:
    """The languages of the country's desks and prompts, in the order callers are offered them."""
    return table.prompt_languages(territory.key)


def _open(table: RoutingTable, overlay: Overlay, territory: Territory, now: datetime) -> tuple[str, ...]:
    """The departments that answer now, or that nobody does."""
    found = tuple(
        name
        for name in DEPARTMENTS
        if decide(table, overlay, Facts(territory=territory.key, department=name), now).kind is Kind.TRANSFER
    )
    return found or (NOBODY,)
