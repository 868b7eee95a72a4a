"""Which territory a dialled line means for this caller."""

from collections.abc import Sequence
from dataclasses import dataclass

from routing.compiled import RoutingTable
from routing.numbers import caller_regions, keyed_regions
from routing.table import Line, Territory


@dataclass(frozen=True, slots=True)
class One:
    """The call is for this territory; ``guessed`` when only the caller's number told it from others."""

    territory: str
    guessed: bool


@dataclass(frozen=True, slots=True)
class Several:
    """The caller's region has these territories on the line: only a menu can tell."""

    territories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """Nothing tells the line's territories apart: the caller keys a calling code."""

    territories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """No line is reached by what was dialled."""


def territories_for(
    table: RoutingTable, dnis: str, ani: str | None, cloud: str = ""
) -> One | Several | Many | Unknown:
    """What a call to ``dnis`` (an address of a line) from ``ani`` (E.164; None: withheld) is for.

    A line with one territory means it. One with several means the only one in the caller's region; a menu
    where the region has two or more; a keyed calling code where it has none or the number is withheld.
    """
    line = table.line(dnis, cloud)
    return Unknown() if line is None else meaning(table, line, ani)


def meaning(table: RoutingTable, line: Line, ani: str | None) -> One | Several | Many:
    """As ``territories_for``, for a line already found."""
    if len(line.territories) == 1:
        return One(line.territories[0], guessed=False)
    near = table.in_regions(line, caller_regions(ani)) if ani else ()
    if len(near) == 1:
        return One(near[0], guessed=True)
    return Several(near) if near else Many(line.territories)


def by_calling_code(table: RoutingTable, territories: Sequence[str], digits: str) -> tuple[str, ...]:
    """The territories among these that a keyed calling code means (``509``; ``1876`` with +1's area code).

    Empty: there is no such country here.
    """
    return _in_regions(table, territories, keyed_regions(digits))


def _in_regions(table: RoutingTable, territories: Sequence[str], regions: frozenset[str]) -> tuple[str, ...]:
    found = ((key, table.territory(key)) for key in territories)
    return tuple(key for key, territory in found if territory and _is_in(territory, regions))


def _is_in(territory: Territory, regions: frozenset[str]) -> bool:
    return territory.country_code in regions or not regions.isdisjoint(territory.members)
