"""Changes to one section of a document, from the text of cells: a new document, or what is wrong.

What rows ask of each other (a schedule that is not there, say) is not judged here: ``routing.check`` finds
it in the document that comes out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from routing import values as row_values
from routing.cells import clean
from routing.row_rules import row_faults
from routing.sections import Section, section_of
from routing.table import Document

# The column whose like stand together: a new row goes after the last of them, else to the end.
_BESIDE = {
    "territories": "section",
    "coverage": "territory",
    "calendars": "calendar",
    "closures": "territory",
    "notices": "territory",
}
# Of these a row has one: writing it in many rows at once takes the other away.
_INSTEAD = {("coverage", "hours"): "schedule", ("coverage", "schedule"): "hours"}


@dataclass(frozen=True, slots=True)
class Edited:
    """The document with the row in it, and the row's natural key."""

    document: Document
    key: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a row cannot be as asked: column -> sentence, ``""`` being the row as a whole."""

    faults: dict[str, str]


class Change(NamedTuple):
    """One cell that a bulk change alters: the row's key as it was, the text before and after."""

    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Bulk:
    """What a bulk change does. With any fault (key -> sentence) ``document`` is as it was."""

    document: Document
    changed: tuple[Change, ...]
    faults: dict[str, str]


def cells(section: str, row: Any) -> dict[str, str]:
    """A row as text by column, as a CSV file would hold it.

    Raises:
        KeyError: no section has this name; so do all functions here.
    """
    return {column.name: row_values.text(getattr(row, column.name)) for column in section_of(section).columns}


def keyed(document: Document, section: str) -> Iterator[tuple[str, Any]]:
    """The rows of a section in their order, each with its natural key."""
    named = section_of(section)
    return ((named.key(row), row) for row in getattr(document, section))


def find(document: Document, section: str, key: str) -> Any | None:
    """The row of a natural key, such as ``coverage/IT/technical/it``; None: there is none."""
    return next((row for own, row in keyed(document, section) if own == key), None)


def put(document: Document, section: str, key: str | None, values: Mapping[str, str]) -> Edited | Wrong:
    """The document with a row as these cells say: a new one without ``key``, else instead of the one named.

    A column left out stays as it is, in a new row empty; names of no column are left aside. A row whose key
    changes moves to its like. Refused are faulty cells, and a key that another row has.
    """
    named = section_of(section)
    rows = list(keyed(document, section))
    place = next((index for index, (own, _) in enumerate(rows) if own == key), None)
    if key is not None and place is None:
        return Wrong({"": f"{key} is not there any more; add it as a new row if it is still wanted"})
    before = {} if place is None else cells(section, rows[place][1])
    row, faults = _row(named, before | {name: clean(text) for name, text in values.items()})
    if row is None or faults:
        return Wrong(faults)
    own = named.key(row)
    if any(other == own and index != place for index, (other, _) in enumerate(rows)):
        return Wrong({"": f"{own} stands in the table already; change that row, or what names this one"})
    return Edited(_with(document, section, _placed(section, [row for _, row in rows], place, row)), own)


def remove(document: Document, section: str, key: str) -> Document:
    """The document without the row of this key; the same where there is none."""
    rows = list(keyed(document, section))
    place = next((index for index, (own, _) in enumerate(rows) if own == key), len(rows))
    return _with(document, section, [row for index, (_, row) in enumerate(rows) if index != place])


def bulk(document: Document, section: str, keys: Iterable[str], column: str, text: str) -> Bulk:
    """One cell written alike into many rows: all of them or, with any fault, none.

    Writing hours takes a schedule's name away, and the other way round.

    Raises:
        KeyError: no such section, or no such column in it.
    """
    named = section_of(section)
    texts = _texts(named, column, clean(text))
    places = {own: index for index, (own, _) in enumerate(keyed(document, section))}
    rows = list(getattr(document, section))
    taken = set(places)
    changed: list[Change] = []
    faults: dict[str, str] = {}
    for key in dict.fromkeys(keys):
        if key not in places:
            faults[key] = "this row is not there any more"
            continue
        before = rows[places[key]]
        row, wrong = _rewritten(named, before, texts, taken)
        if row is None:
            faults[key] = wrong.get(column) or next(iter(wrong.values()))
        elif row != before:
            rows[places[key]] = row
            changed.append(Change(key, *(row_values.text(getattr(one, column)) for one in (before, row))))
    return Bulk(document if faults else _with(document, section, rows), tuple(changed), faults)


def _texts(section: Section, column: str, text: str) -> dict[str, str]:
    """The cells that writing a column in many rows writes. Raises KeyError: no such column."""
    texts = {section.column(column).name: text}
    other = _INSTEAD.get((section.name, column))
    return texts | {other: ""} if text and other else texts


def _rewritten(
    section: Section, before: Any, texts: Mapping[str, str], taken: set[str]
) -> tuple[Any | None, dict[str, str]]:
    """The row with these cells written over it; none, and what is wrong, where it cannot be."""
    row, wrong = _row(section, cells(section.name, before) | dict(texts))
    if row is not None and not wrong:
        wrong = _renamed(section.key(before), section.key(row), taken)
    return (None, wrong) if wrong else (row, {})


def _renamed(key: str, own: str, taken: set[str]) -> dict[str, str]:
    """Why a row cannot have the key ``own``; when it can, the key is taken in place of the one it had."""
    if own == key:
        return {}
    if own in taken:
        return {"": f"it would be {own}, which stands in the table already"}
    taken.remove(key)
    taken.add(own)
    return {}


def _row(section: Section, texts: Mapping[str, str]) -> tuple[Any | None, dict[str, str]]:
    """The row these cells make, if any, and what is wrong with it by column."""
    held, faults = row_values.values(section, texts)
    row = row_values.built(section, held)
    return row, faults if faults or row is None else dict(row_faults(row))


def _placed(section: str, rows: list[Any], place: int | None, row: Any) -> list[Any]:
    beside = _BESIDE.get(section)
    if place is not None and (beside is None or getattr(rows[place], beside) == getattr(row, beside)):
        return [*rows[:place], row, *rows[place + 1 :]]
    rest = rows if place is None else rows[:place] + rows[place + 1 :]
    like = [index for index, other in enumerate(rest) if beside and _like(other, row, beside)]
    end = like[-1] + 1 if like else len(rest)
    return [*rest[:end], row, *rest[end:]]


def _like(other: Any, row: Any, column: str) -> bool:
    return bool(getattr(other, column) == getattr(row, column))


def _with(document: Document, section: str, rows: Iterable[Any]) -> Document:
    return replace(document, **{section: tuple(rows)})
