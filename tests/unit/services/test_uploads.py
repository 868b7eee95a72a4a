"""What people upload, before a row of it is read."""

import json
import time

import pytest

from app.services.uploads import Unreadable, table_files


def table(rows: list[dict[str, str]]) -> bytes:
    return json.dumps({"schema": 1, "schedules": rows}).encode()


def test_a_column_that_no_section_has_is_named() -> None:
    """A JSON row's column that is none of its section's is refused with those that are."""
    found = table_files([("table.json", table([{"name": "short", "hrs": "24/7"}]))])
    assert isinstance(found, Unreadable)
    assert found.sentence == "schedules: there is no column 'hrs'; the columns are name, hours."


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
