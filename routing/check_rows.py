"""Rows by themselves, and the territories they name."""

from collections.abc import Iterator
from typing import Any

from routing.compiled import RoutingTable
from routing.desks import ANYWHERE
from routing.locate import Placed, placed
from routing.remarks import Origins, Remark
from routing.row_rules import row_faults
from routing.sections import SECTIONS, Column, Kind


def row_errors(table: RoutingTable, origins: Origins) -> Iterator[Remark]:
    """Cells that hold what they must not, rows that stand twice, names of rows that are not there."""
    for section in SECTIONS:
        seen: dict[str, int] = {}
        for place in placed(table.document, section.name, origins):
            yield from _cells(place, section.columns)
            for column, sentence in row_faults(place.row):
                yield place.error(column, sentence)
            # Rows read from files were compared while reading, where each still has its own place.
            if place.key in seen and place.key not in origins:
                yield place.error("", f"{place.key} stands already in row {seen[place.key]}; keep one")
            seen.setdefault(place.key, place.number)
    yield from _unknown_territories(table, origins)


def row_warnings(table: RoutingTable, origins: Origins) -> Iterator[Remark]:
    """Closures and notices that reach nobody."""
    document = table.document
    clouds = {row.cloud for row in document.coverage}
    for place in placed(document, "closures", origins):
        cloud = place.row.cloud
        if cloud != ANYWHERE and cloud not in clouds:
            yield place.warning("cloud", f"no desk is in the cloud {cloud!r}; this closes nothing")


def _cells(place: Placed, columns: tuple[Column, ...]) -> Iterator[Remark]:
    for column in columns:
        value = getattr(place.row, column.name)
        if column.required and not value:
            yield place.error(column.name, "must not be empty")
        for word in _words(value, column):
            if column.check and (sentence := column.check(word)):
                yield place.error(column.name, sentence)


def _words(value: Any, column: Column) -> tuple[str, ...]:
    """What a cell's check looks at; dates and times are what they are."""
    match column.kind:
        case Kind.WORDS:
            return tuple(value)
        case Kind.WHOLE if value is not None:
            return (str(value),)
        case Kind.TEXT if value:
            return (value,)
        case _:
            return ()


def _unknown_territories(table: RoutingTable, origins: Origins) -> Iterator[Remark]:
    for section in ("coverage", "closures", "notices"):
        for place in placed(table.document, section, origins):
            key = place.row.territory
            if key != ANYWHERE and table.territory(key) is None:
                yield place.error(
                    "territory", f"there is no territory {key!r}; add it to the territories or write *"
                )
