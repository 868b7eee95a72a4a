"""Rows as a CSV file to be kept: UTF-8 with a mark, since spreadsheets ask for one."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from flask import Response

# A spreadsheet would work out what begins so; "+" alone is the beginning of a telephone number.
_FORMULAS = ("=", "-", "@", "\t", "\r")


def csv_file(name: str, rows: Iterable[Sequence[str]]) -> Response:
    """The rows as a file of this name, written as they come."""
    response = Response(_written(rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _written(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "\ufeff"
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _harmless(cell: str) -> str:
    number = cell.startswith("+") and cell[1:].isdigit()
    return f"'{cell}" if cell.startswith((*_FORMULAS, "+")) and not number else cell
