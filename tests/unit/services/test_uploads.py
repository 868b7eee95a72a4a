"""What people upload, before a row of it is read."""

import json
import time

import pytest

from app.services.uploads import Unreadable, table_files
from routing import load
from routing.document import to_json
from tests.unit.routing.building import WHOLE


def table(rows: list[dict[str, str]]) -> bytes:
    return json.dumps({"schema": 1, "schedules": rows}).encode()


def test_a_column_that_no_section_has_is_named() -> None:
    """A JSON row's column that is none of its section's is refused with those that are."""
    found = table_files([("table.json", table([{"name": "short", "hrs": "24/7"}]))])
    assert isinstance(found, Unreadable)
    assert found.sentence == "schedules: there is no column 'hrs'; the columns are name, hours."


def test_what_is_downloaded_is_read_again() -> None:
    """The JSON of a document is the files of that document: texts, words, dates and whole numbers."""
    files = table_files([("table.json", json.dumps(to_json(WHOLE)).encode())])
    assert not isinstance(files, Unreadable)
    assert load.read(files).document == WHOLE


@pytest.mark.parametrize("value", [True, 1.5, {}, [5]])
def test_only_whole_numbers_are_taken_beside_texts(value: object) -> None:
    """In a column of whole numbers, too, anything but one is refused; a number elsewhere is no text."""
    for row in ({"name": "night", "overflow_after": value}, {"name": 5}):
        found = table_files([("t.json", json.dumps({"schema": 1, "queues": [row]}).encode())])
        assert isinstance(found, Unreadable)
        assert "holds no text; write it in quotes" in found.sentence


def test_rows_with_columns_of_their_own_take_no_square_of_their_number() -> None:
    """Ten thousand rows, each with another column, are refused at once: they would be 100 million cells."""
    data = table([{f"column {number}": ""} for number in range(10_000)])
    began = time.perf_counter()
    assert isinstance(table_files([("table.json", data)]), Unreadable)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    "data", [b"{" * 200_000, b"PK\x03\x04 no archive", b'{"schema": ' + b"9" * 5000 + b"}"]
)
def test_what_only_looks_like_a_table_is_refused(data: bytes) -> None:
    """Nesting without end, half an archive and endless numbers are refused in a sentence."""
    assert isinstance(table_files([("table", data)]), Unreadable)
