"""A folder of CSV files, one for each section, to a document and back.

Cells that hold several values separate them by blanks. See ``routing.cells`` for the CSV itself.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from datetime import date, time
from typing import Any

from routing import cells, check
from routing.compiled import RoutingTable
from routing.remarks import Loaded, Origins, Remark
from routing.sections import SECTIONS, Column, Kind, Section
from routing.table import Document

_FILES = {section.file: section for section in SECTIONS}
_DAY_END = "24:00"
_STRANGE = (
    "its first row is no flat file's header (region, territory_key, ...), and its name is none of a table's "
    f"files: {', '.join(_FILES)}"
)


def read(files: Mapping[str, bytes | str], over: Document | None = None) -> Loaded:
    """The document these files hold (file name -> content), or every fault in them.

    A section without a file is kept from ``over``, or empty where there is none. Faults are those of single
    cells and those between rows, such as a line that names no territory of the table; ``routing.check`` adds
    the warnings.
    """
    faults: list[Remark] = []
    origins: Origins = {}
    named = {path.rpartition("/")[2]: data for path, data in files.items()}
    document = over or Document()
    for file, data in named.items():
        section = _FILES.get(file)
        if section is None:
            faults += cells.unreadable(file, data) or [Remark(file, 1, "", _STRANGE)]
            continue
        rows, wrong = _section(section, data, origins)
        faults += wrong
        document = replace(document, **{section.name: rows})
    if not named:
        faults.append(Remark("", 0, "", f"there is nothing to read; a table's files are {', '.join(_FILES)}"))
    told = {(fault.file, fault.row, fault.column) for fault in faults}
    # A faulty cell stands in the document as if it were empty, so that faults between rows are found as well.
    between = check.errors(RoutingTable(document, 0), origins)
    faults += [fault for fault in between if (fault.file, fault.row, fault.column) not in told]
    return Loaded(None if faults else document, tuple(sorted(faults)), origins=origins)


def write(document: Document) -> dict[str, str]:
    """File name -> CSV text for every section, empty ones too; ``read`` gives the same document back."""
    return {
        section.file: cells.write(
            [column.name for column in section.columns],
            (
                [_text(getattr(row, column.name)) for column in section.columns]
                for row in _rows(document, section)
            ),
        )
        for section in SECTIONS
    }


def _rows(document: Document, section: Section) -> tuple[Any, ...]:
    rows: tuple[Any, ...] = getattr(document, section.name)
    return rows


def _section(section: Section, data: bytes | str, origins: Origins) -> tuple[tuple[Any, ...], list[Remark]]:
    names = [column.name for column in section.columns]
    required = [column.name for column in section.columns if column.required]
    sheet, faults = cells.read(section.file, data, names, required)
    rows = []
    for row in sheet.rows:
        values: dict[str, Any] = {}
        for column in section.columns:
            value, sentence = _value(column, row.cells.get(column.name, ""))
            if sentence and column.name in sheet.header:
                faults.append(Remark(section.file, row.number, column.name, sentence))
            if value is not None:
                values[column.name] = value
        built = _built(section, values)
        if built is None:
            continue
        rows.append(built)
        key = section.key(built)
        if key in origins:
            sentence = f"{key} stands already in row {origins[key][1]}; keep one"
            faults.append(Remark(section.file, row.number, "", sentence))
        origins.setdefault(key, (section.file, row.number))
    return tuple(rows), faults


def _built(section: Section, values: dict[str, Any]) -> Any | None:
    """The row, or None where a cell it cannot be without is empty or faulty."""
    if any(column.required and column.name not in values for column in section.columns):
        return None
    bare = {field.name: "" for field in fields(section.row) if field.default is MISSING}
    return section.row(**(bare | values))


def _value(column: Column, text: str) -> tuple[Any | None, str]:
    """A cell's value and what is wrong with it; no value: the field's default."""
    if not text:
        return None, "must not be empty" if column.required else ""
    match column.kind:
        case Kind.DATE:
            return _day(text)
        case Kind.TIME:
            return _time(column, text)
        case Kind.WORDS:
            words = tuple(text.split())
            return words, next(filter(None, (column.check(word) for word in words if column.check)), "")
        case Kind.TEXT:
            sentence = column.check(text) if column.check else ""
            return (None, sentence) if sentence and not column.required else (text, sentence)


def _day(text: str) -> tuple[date | None, str]:
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        return None, f'"{text[:40]}" is no date; write 2026-12-24'


def _time(column: Column, text: str) -> tuple[time | None, str]:
    if text == _DAY_END and column.name == "end":
        return None, ""  # an end left out is the end of the day
    try:
        found = time.fromisoformat(text)
    except ValueError:
        return None, f'"{text[:40]}" is no time of day; write 09:00'
    whole = found.second == found.microsecond == 0 and found.tzinfo is None
    return (found, "") if whole else (None, f'"{text[:40]}": write hours and minutes only, such as 09:00')


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case tuple():
            return " ".join(value)
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case _:
            return str(value)
