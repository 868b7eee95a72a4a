"""What people upload, as a table's files: CSV files as they are, a zip of a folder, or a JSON document."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from routing import cells, flat
from routing.document import SCHEMA
from routing.sections import SECTIONS, Kind, section_of

LARGEST = 8 * 1024 * 1024  # of what is sent
LARGEST_UNPACKED = 64 * 1024 * 1024
_MOST_ENTRIES = 100
_COPY = re.compile(r"\s*\(\d+\)(?=\.csv$)")  # what a browser adds to a second download of one name
_FILES = frozenset(section.file for section in SECTIONS)
_NAMES = ", ".join(section.name for section in SECTIONS)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why nothing can be made of what was sent."""

    sentence: str


Files = Mapping[str, bytes | str]


def table_files(sent: Sequence[tuple[str, bytes]]) -> Files | Unreadable:
    """The table's files in what was sent: pairs of a name and its content."""
    given = [(name, data) for name, data in sent if name or data]
    if not given:
        return Unreadable("Choose a file: CSV, a zip of CSV files, or JSON.")
    if len(given) == 1:
        name, data = given[0]
        if data.startswith(b"PK\x03\x04"):
            return _zipped(data)
        if name.lower().endswith(".json") or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            return json_files(data)
    return _by_name(given)


def json_files(data: bytes | str) -> Files | Unreadable:
    """The sections of a JSON document, each as the CSV file it would be; row 2 is a section's first."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        return Unreadable(f"The file is no JSON: {str(error)[:200]}.")
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        return Unreadable(f'The JSON is no table: write an object with "schema": {SCHEMA} and the sections.')
    return sections_as_files({name: rows for name, rows in value.items() if name != "schema"})


def sections_as_files(sections: Mapping[str, Any]) -> Files | Unreadable:
    """Section name -> rows as CSV files, so that all is read one way.

    A row is column -> text, a list of words, or the number of a column that holds whole numbers.
    """
    found: dict[str, bytes | str] = {}
    for name, rows in sections.items():
        if f"{name}.csv" not in _FILES:
            return Unreadable(f"There is no section {name[:40]!r}; the sections are {_NAMES}.")
        if not isinstance(rows, list):
            return Unreadable(f"The section {name} is no list of rows.")
        known = [column.name for column in section_of(name).columns]
        whole = {column.name for column in section_of(name).columns if column.kind is Kind.WHOLE}
        columns = {column: None for row in rows if isinstance(row, dict) for column in row}
        strange = next((column for column in columns if column not in known), None)
        if strange is not None:  # and, were each row's another one, more cells than memory holds
            told = f"there is no column {strange[:40]!r}; the columns are {', '.join(known)}"
            return Unreadable(f"{name}: {told}.")
        lines = []
        for number, row in enumerate(rows, start=2):
            line = _line(row, columns, whole)
            if isinstance(line, str):
                return Unreadable(f"{name}, row {number}: {line}")
            lines.append(line)
        found[f"{name}.csv"] = cells.write(list(columns) or known, lines)
    return found or Unreadable(f"There are no sections in it; they are {_NAMES}.")


def _line(row: Any, columns: Mapping[str, None], whole: Collection[str]) -> list[str] | str:
    """The cells of a row, or what is wrong with it; ``whole`` are the columns of whole numbers."""
    if not isinstance(row, dict):
        return "this is no row; write an object of columns."
    line = []
    for column in columns:
        value = row.get(column)
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            line.append(" ".join(value))
        elif value is None or isinstance(value, str):
            line.append(value or "")
        elif column in whole and isinstance(value, int) and not isinstance(value, bool):
            line.append(str(value))
        else:
            return f"column {column[:40]} holds no text; write it in quotes."
    return line


def _zipped(data: bytes) -> Files | Unreadable:
    """The CSV files of an archive, whatever folder they are in."""
    sent: list[tuple[str, bytes]] = []
    left = LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if _is_csv(entry)]
            if len(entries) > _MOST_ENTRIES:
                return Unreadable(f"The zip holds {len(entries)} files; a table has {len(SECTIONS)}.")
            for entry in entries:
                with archive.open(entry) as opened:
                    content = opened.read(left + 1)
                left -= len(content)
                if left < 0:
                    return Unreadable("What is in the zip is too large: send the sections one by one.")
                sent.append((entry.filename, content))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        return Unreadable("The zip cannot be opened: pack it again, without a password.")
    return _by_name(sent) if sent else Unreadable("There is no CSV file in the zip.")


def _is_csv(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.lower().endswith(".csv") and not entry.filename.startswith("__MACOSX/")


def _by_name(sent: Sequence[tuple[str, bytes]]) -> Files | Unreadable:
    found: dict[str, bytes | str] = {}
    for path, data in sent:
        name = _file_name(path, data)
        if name in found:
            return Unreadable(f"Two of the files are {name}: send one of them.")
        found[name] = data
    return found


def _file_name(path: str, data: bytes) -> str:
    """The name of the section a file holds: as it is called or, if that says nothing, as its header says."""
    bare = re.split(r"[/\\]", path)[-1]
    name = _COPY.sub("", bare.lower())
    if name in _FILES or flat.recognises(data[:2000].decode("utf-8", "replace")):
        return name if name in _FILES else bare or "table.csv"
    header = cells.header(data)
    fitting = [
        section.file
        for section in SECTIONS
        if header
        and {column.name for column in section.columns if column.required} <= header
        and header <= {column.name for column in section.columns}
    ]
    return fitting[0] if len(fitting) == 1 else bare or "table.csv"
