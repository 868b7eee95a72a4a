"""CSV text to cells and back.

Reads UTF-8 with or without a byte order mark, commas or semicolons, CRLF or LF. Writes commas and LF.

A spreadsheet takes a cell that starts with ``= + - @`` for a formula. Such a cell is written with an
apostrophe before it, which reading takes away again; numbers in E.164 are left as they are. Control
characters never survive: a line break within a cell becomes a space.

Spreadsheets leave marks of their own: columns without a name at the end, a first line ``sep=;``, text kept
as ``="0123"``, all of which are read through, and long numbers cut to ``3.90212E+11``, which are a fault.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from routing.numbers import to_e164
from routing.remarks import Remark

_SHORTENED = re.compile(r"[0-9][.,]?[0-9]*E\+[0-9]{1,3}")
_FORMULA = re.compile(rf"'*(?:[=+\-@]|{_SHORTENED.pattern}$)")
_GUARDED = re.compile(rf"'+(?:[=+\-@]|{_SHORTENED.pattern}$)")
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
_SEPARATOR = re.compile(r'"?sep=([;,])"?', re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


#: Beyond these a file is no section of a table: reading on would keep a server from its calls for minutes.
MOST_ROWS = 50_000
_MOST_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One row's cells by column, and its number in the file, the header being 1."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's header and rows; blank rows are left out, but counted."""

    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read(
    file: str,
    data: bytes | str,
    columns: Sequence[str],
    required: Sequence[str],
    *,
    most: int = MOST_ROWS,
) -> tuple[Sheet, list[Remark]]:
    """A file's sheet, with everything that is wrong with its form; ``columns`` are those it may have.

    A file with more rows than ``most`` is not read.
    """
    records, faults = _opened(file, data, most)
    if not records:
        faults = faults or [
            Remark(file, 1, "", f"the file is empty; its first row names the columns: {columns[0]}, ...")
        ]
        return Sheet(file, (), ()), faults
    header = _named(records[0][1])
    faults += _header_faults(file, header, columns, required)
    rows = []
    for number, found in records[1:]:
        record = found if any(map(str.strip, found[len(header) :])) else found[: len(header)]
        if len(record) != len(header):
            sentence = (
                f"{len(record)} cells where the header has {len(header)}; quote cells that hold the separator"
            )
            faults.append(Remark(file, number, "", sentence))
        raw = dict(zip(header, map(clean, record), strict=False))
        faults += [
            Remark(file, number, name, f"{cell} is a number cut short: make the column text, write it again")
            for name, cell in raw.items()
            if _SHORTENED.fullmatch(cell)
        ]
        rows.append(Row(number, {name: _plain(cell) for name, cell in raw.items()}))
    return Sheet(file, header, tuple(rows)), faults


def header(data: bytes | str) -> frozenset[str]:
    """The names of a file's columns; none where it cannot be read."""
    records, _ = _opened("", data)
    return frozenset(_named(records[0][1])) if records else frozenset()


def unreadable(file: str, data: bytes | str) -> list[Remark]:
    """Why a file, whichever columns it should have, is no sheet at all; nothing when it may be one."""
    records, faults = _opened(file, data)
    empty = "the file is empty; save the sheet once more, as CSV in UTF-8"
    return faults if records or faults else [Remark(file, 1, "", empty)]


def write(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """CSV text with these rows; what ``read`` gives of it is equal to them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_guarded(clean(cell)) for cell in row] for row in rows)
    return out.getvalue()


def clean(text: str) -> str:
    """Without control characters, and without blanks at either end."""
    return _CONTROL.sub(" ", text).strip()


def _guarded(cell: str) -> str:
    return "'" + cell if _FORMULA.match(cell) and not to_e164(cell) else cell


def _plain(cell: str) -> str:
    """A cell's text without what keeps a spreadsheet from taking it for something else."""
    kept = _KEPT_AS_TEXT.fullmatch(cell)
    if kept:
        return kept[1].strip()
    return cell[1:] if _GUARDED.match(cell) else cell


def _named(record: list[str]) -> tuple[str, ...]:
    """A header without the columns at its end that have no name."""
    header = [cell.strip() for cell in record]
    while len(header) > 1 and not header[-1]:
        header.pop()
    return tuple(header)


def _opened(
    file: str, data: bytes | str, most: int = MOST_ROWS
) -> tuple[list[tuple[int, list[str]]], list[Remark]]:
    faults: list[Remark] = []
    text = _decoded(file, data, faults)
    return _records(file, text, faults, most), faults


def _decoded(file: str, data: bytes | str, faults: list[Remark]) -> str:
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    good, zero, _ = data.partition(b"\x00")  # ASCII in UTF-16 passes for UTF-8, with zeros in between
    try:
        text = good.decode("utf-8-sig")
        wrong = len(good) if zero else None
    except UnicodeDecodeError as error:
        text, wrong = "", error.start
    if wrong is not None:
        row = data.count(b"\n", 0, wrong) + 1
        faults.append(Remark(file, row, "", "the file is not UTF-8 here; save it as CSV in UTF-8"))
        return ""
    return text


def _records(file: str, text: str, faults: list[Remark], most: int) -> list[tuple[int, list[str]]]:
    first = text.partition("\n")[0].strip()
    told = _SEPARATOR.fullmatch(first)
    separator = told[1] if told else ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[tuple[int, list[str]]] = []
    number = 1
    try:
        for number, record in enumerate(reader, start=1):
            if any(cell.strip() for cell in record) and not (told and number == 1):
                found.append((number, record))
            if sentence := _too_much(found, most):
                faults.append(Remark(file, number, "", sentence))
                return []
    except csv.Error as error:
        faults.append(Remark(file, number + bool(found), "", f"this is no CSV: {error}; check the quotes"))
    return found


def _too_much(found: list[tuple[int, list[str]]], most: int) -> str:
    """Why a file is not read on from here; empty: it is."""
    if len(found) > most + 1:
        return f"the file has more than {most} rows; is this the right file?"
    if len(found) == 1 and len(found[0][1]) > _MOST_COLUMNS:
        return f"the first row names more than {_MOST_COLUMNS} columns; is this the right file?"
    return ""


def _header_faults(
    file: str, header: tuple[str, ...], columns: Sequence[str], required: Sequence[str]
) -> list[Remark]:
    known = ", ".join(columns)
    faults = [
        Remark(file, 1, name, f"there is no column of this name; the columns are {known}")
        for name in header
        if name not in columns
    ]
    faults += [
        Remark(file, 1, name, "the column is missing; add it") for name in required if name not in header
    ]
    twice = {name for name in header if header.count(name) > 1}
    return faults + [
        Remark(file, 1, name, "the column stands here twice; keep one") for name in sorted(twice)
    ]
