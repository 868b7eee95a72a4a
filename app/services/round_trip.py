"""Files over a table, tried out: row by row what each would do, before anything is done."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from app.services.table_desk import read_files
from app.services.uploads import Files
from routing import edit, flat, load
from routing.remarks import Origins, Remark
from routing.sections import SECTIONS, Section
from routing.table import Document

_FLAT = ("territories", "lines", "coverage")  # what flat files replace
_ELSEWHERE = 100  # sentences about rows that are not in the files


class Effect(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"  # it is in the section, and not in the file that replaces it
    FAULT = "fault"


class CellChange(NamedTuple):
    """One cell of a changed row."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What a file's row would do."""

    file: str
    row: int  # as in the file, the header being 1; 0: it is not in the file
    key: str  # natural key; empty where the row cannot be read that far
    effect: Effect
    changes: tuple[CellChange, ...] = ()
    sentences: tuple[str, ...] = ()  # faults, or errors that would keep the draft from being published


@dataclass(frozen=True, slots=True)
class DryRun:
    """Everything files would do. With any fault there is no document: nothing can be put in."""

    document: Document | None
    rows: tuple[Tried, ...]
    elsewhere: tuple[str, ...] = ()  # new errors about rows that are not in the files

    def count(self, effect: Effect) -> int:
        """How many rows meet this."""
        return sum(row.effect is effect for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Read:
    document: Document
    faults: Sequence[Remark]
    origins: Origins
    sections: tuple[Section, ...]


def dry_run(
    files: Files,
    over: Document,
    errors: Callable[[Document, Origins], Sequence[Remark]],
    tell: Callable[[str], None] = lambda _: None,
) -> DryRun:
    """Try files out over a document; time grows with the rows.

    ``errors`` judges what comes out, without keeping it from being put in: a draft may have errors until it
    is published. ``tell`` hears what is being done.
    """
    tell("Reading the rows")
    read = _read(files, over)
    tell("Comparing with the draft")
    rows = list(_compared(over, read))
    if read.faults:
        return DryRun(None, tuple(_faulty(rows, read.faults)))
    tell("Checking what comes out")
    known = {error.mark for error in errors(over, {})}
    found = [error for error in errors(read.document, read.origins) if error.mark not in known]
    here = [error for error in found if error.key in read.origins]
    elsewhere = [str(error) for error in found if error.key not in read.origins]
    return DryRun(read.document, tuple(_with_errors(rows, here)), tuple(elsewhere[:_ELSEWHERE]))


def _read(files: Files, over: Document) -> _Read:
    if any(flat.recognises(_start(data)) for data in files.values()):
        loaded = read_files(files, over)
        sections = tuple(section for section in SECTIONS if section.name in _FLAT)
        return _Read(loaded.document or over, loaded.faults, loaded.origins, sections)
    document, faults, origins = load.parse(files, over)
    return _Read(document, faults, origins, tuple(one for one in SECTIONS if one.file in files))


def _start(data: bytes | str) -> str:
    return data[:4000] if isinstance(data, str) else data[:4000].decode("utf-8", "replace")


def _compared(over: Document, read: _Read) -> Iterator[Tried]:
    """What became of each row that stands in the files, and of those that no longer stand in any."""
    complete = not read.faults  # rows that cannot be read would seem to be missing
    for section in read.sections:
        before = dict(edit.keyed(over, section.name))
        after = dict(edit.keyed(read.document, section.name))
        for key, row in after.items():
            if key in read.origins:
                file, number = read.origins[key]
                yield Tried(file, number, key, *_effect(section.name, before.get(key), row))
        if complete:
            yield from (Tried(section.file, 0, key, Effect.REMOVED) for key in before if key not in after)


def _effect(section: str, before: object, after: object) -> tuple[Effect, tuple[CellChange, ...]]:
    if before is None:
        return Effect.ADDED, ()
    if before == after:
        return Effect.UNCHANGED, ()
    old, new = edit.cells(section, before), edit.cells(section, after)
    return Effect.CHANGED, tuple(
        CellChange(name, old[name], new[name]) for name in new if old[name] != new[name]
    )


def _faulty(rows: Sequence[Tried], faults: Sequence[Remark]) -> Iterator[Tried]:
    """The rows in the order of the files, those with faults saying them."""
    told: dict[tuple[str, int], list[Remark]] = {}
    for fault in faults:
        told.setdefault((fault.file, fault.row), []).append(fault)
    keys = {(row.file, row.row): row.key for row in rows}
    kept = [row for row in rows if (row.file, row.row) not in told]
    wrong = [
        Tried(file, number, keys.get((file, number), ""), Effect.FAULT, sentences=_sentences(found))
        for (file, number), found in told.items()
    ]
    return iter(sorted([*kept, *wrong], key=lambda row: (row.file, row.row)))


def _with_errors(rows: Sequence[Tried], errors: Sequence[Remark]) -> Iterator[Tried]:
    told: dict[str, list[Remark]] = {}
    for error in errors:
        told.setdefault(error.key, []).append(error)
    for row in sorted(rows, key=lambda row: (row.file, row.row)):
        yield replace(row, sentences=_sentences(told[row.key])) if row.key in told else row


def _sentences(remarks: Sequence[Remark]) -> tuple[str, ...]:
    return tuple(f"{one.column}: {one.sentence}" if one.column else one.sentence for one in remarks)
