"""A folder of CSV files, one for each section, to a document and back.

See ``routing.values`` for what a cell's text means and ``routing.cells`` for the CSV itself.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from routing import cells, check, values
from routing.compiled import RoutingTable
from routing.remarks import Loaded, Origins, Remark
from routing.sections import SECTIONS, Section
from routing.table import Document

_FILES = {section.file: section for section in SECTIONS}
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
    document, faults, origins = parse(files, over)
    told = {(fault.file, fault.row, fault.column) for fault in faults}
    # A faulty cell stands in the document as if it were empty, so that faults between rows are found as well.
    between = check.errors(RoutingTable(document, 0), origins)
    faults += [fault for fault in between if (fault.file, fault.row, fault.column) not in told]
    return Loaded(None if faults else document, tuple(sorted(faults)), origins=origins)


def parse(
    files: Mapping[str, bytes | str], over: Document | None = None
) -> tuple[Document, list[Remark], Origins]:
    """The document as far as the files can be read, the faults of their cells, and where each row stood.

    Rows that lack a cell they need are not in it; of others, faulty cells are as if empty.
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
    return document, faults, origins


def write(document: Document) -> dict[str, str]:
    """File name -> CSV text for every section, empty ones too; ``read`` gives the same document back."""
    return {
        section.file: cells.write(
            [column.name for column in section.columns],
            (
                [values.text(getattr(row, column.name)) for column in section.columns]
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
        held, wrong = values.values(section, row.cells)
        faults += [
            Remark(section.file, row.number, column, sentence)
            for column, sentence in wrong.items()
            if column in sheet.header
        ]
        built = values.built(section, held)
        if built is None:
            continue
        rows.append(built)
        key = section.key(built)
        if key in origins:
            sentence = f"{key} stands already in row {origins[key][1]}; keep one"
            faults.append(Remark(section.file, row.number, "", sentence))
        origins.setdefault(key, (section.file, row.number))
    return tuple(rows), faults
