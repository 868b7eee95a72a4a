"""A draft carried over to a newer version: a three-way merge of rows by their natural keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from routing import edit
from routing.sections import SECTIONS
from routing.table import Document

Rows = dict[str, Any]  # natural key -> row, in the order of the table


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row that both sides changed, each otherwise: its cells on each side, None where there is no row."""

    section: str
    key: str
    base: dict[str, str] | None
    theirs: dict[str, str] | None
    ours: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Rebased:
    """Our changes on top of theirs; where they conflict our row is kept, and the conflict listed."""

    document: Document
    conflicts: tuple[Conflict, ...]


def rebase(base: Document, theirs: Document, ours: Document) -> Rebased:
    """What ``ours`` made of ``base``, made of ``theirs``, which came of the same base meanwhile."""
    sections: dict[str, tuple[Any, ...]] = {}
    conflicts: list[Conflict] = []
    for section in SECTIONS:
        name = section.name
        before, their, our = (getattr(document, name) for document in (base, theirs, ours))
        if our == before:
            sections[name] = their
        elif before == their:
            sections[name] = our
        else:
            was, there, here = (dict(edit.keyed(document, name)) for document in (base, theirs, ours))
            sections[name] = tuple(_merged(was, there, here))
            conflicts += _conflicts(name, was, there, here)
    return Rebased(Document(**sections), tuple(conflicts))


def _merged(base: Rows, theirs: Rows, ours: Rows) -> Iterator[Any]:
    for key in _ordered(base, theirs, ours):
        row = theirs.get(key) if ours.get(key) == base.get(key) else ours.get(key)
        if row is not None:
            yield row


def _conflicts(section: str, base: Rows, theirs: Rows, ours: Rows) -> Iterator[Conflict]:
    for key in dict.fromkeys((*theirs, *ours, *base)):
        before, their, our = base.get(key), theirs.get(key), ours.get(key)
        if before not in (their, our) and their != our:
            yield Conflict(section, key, *(_cells(section, row) for row in (before, their, our)))


def _cells(section: str, row: Any | None) -> dict[str, str] | None:
    return None if row is None else edit.cells(section, row)


def _ordered(base: Rows, theirs: Rows, ours: Rows) -> list[str]:
    """Both sides' keys: in their order, each row that only we have after the one it follows in ours.

    Where we put the rows of the base into another order, ours leads and theirs is fitted in.
    """
    ours_moved = [key for key in ours if key in base] != [key for key in base if key in ours]
    leading, other = (ours, theirs) if ours_moved else (theirs, ours)
    following: dict[str, list[str]] = {"": []}  # no key is empty: before the first row
    anchor = ""
    for key in leading:
        following.setdefault(key, [])
    for key in other:
        if key in leading:
            anchor = key
        else:
            following[anchor].append(key)
    return [step for key, after in following.items() for step in (key, *after)]
