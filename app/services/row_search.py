"""Rows of a section that people look for: by country, part of the world, department, language, any words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from routing import edit, words
from routing.desks import ANYWHERE
from routing.table import Document


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look for; empty: anything."""

    text: str = ""
    column: str = ""  # where the text must stand; empty: anywhere in the row or in the names of what it says
    territory: str = ""
    world: str = ""  # the section of the world its territories are listed under
    department: str = ""
    language: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for."""
        return any((self.text, self.territory, self.world, self.department, self.language))


@dataclass(frozen=True, slots=True)
class Found:
    """A row: its natural key, its cells, and the territories it is about."""

    key: str
    cells: dict[str, str]
    territories: tuple[str, ...]


def territories_of(row: Any) -> tuple[str, ...]:
    """The keys of the territories a row is about: one, several, ``*`` for all; none for a shared row."""
    match row:
        case _ if hasattr(row, "territory"):
            return (row.territory,)
        case _ if hasattr(row, "territories"):
            return tuple(row.territories)
        case _ if hasattr(row, "zones"):
            return (row.key,)
        case _:
            return ()


def search(document: Document, section: str, asked: Asked) -> Iterator[Found]:
    """The rows of a section that fit, in their order. Raises KeyError: no such section."""
    names = {row.key: row.name for row in document.territories}
    worlds = {row.key: row.section for row in document.territories}
    for key, row in edit.keyed(document, section):
        found = Found(key, edit.cells(section, row), territories_of(row))
        if _fits(found, asked, worlds) and _says(found, asked, names):
            yield found


def worlds_of(document: Document) -> tuple[str, ...]:
    """The sections of the world that territories are listed under."""
    return tuple(dict.fromkeys(row.section for row in document.territories if row.section))


def _fits(found: Found, asked: Asked, worlds: dict[str, str]) -> bool:
    if asked.territory and asked.territory not in found.territories:
        return False
    if asked.world and not any(worlds.get(key) == asked.world for key in found.territories):
        return False
    scope = (asked.department, "department"), (asked.language, "language")
    return all(not wanted or found.cells.get(column) == wanted for wanted, column in scope)


def _says(found: Found, asked: Asked, names: dict[str, str]) -> bool:
    wanted = asked.text.casefold().split()
    if not wanted:
        return True
    if asked.column:
        return asked.text.casefold().strip() in found.cells.get(asked.column, "").casefold()
    spoken = [names.get(key, "") for key in found.territories if key != ANYWHERE]
    spoken += [words.language(found.cells.get("language", ""))]
    text = " ".join((found.key, *found.cells.values(), *spoken)).casefold()
    return all(word in text for word in wanted)
