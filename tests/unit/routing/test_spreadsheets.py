"""What spreadsheets make of a table's files: read through where it is harmless, said where it is not."""

import pytest

from routing import flat, load
from routing.cells import MOST_ROWS, read, write
from routing.table import Closure

COLUMNS = ("name", "hours")


def rows(text: str) -> list[dict[str, str]]:
    sheet, faults = read("schedules.csv", text, COLUMNS, COLUMNS)
    assert faults == []
    return [dict(row.cells) for row in sheet.rows]


@pytest.mark.parametrize(
    "text",
    [
        "name,hours\noffice,24/7\n",
        "\ufeffname;hours\r\noffice;24/7\r\n",
        "sep=;\r\nname;hours\r\noffice;24/7\r\n",
        "name;hours;;\noffice;24/7;;\n;;;\n",
        'name,hours\n="office","=""24/7"""\n',
        'name,hours\n"office "," 24/7"\n',
    ],
    ids=["plain", "mark and semicolons", "separator told", "empty columns", "kept as text", "blanks"],
)
def test_harmless_habits_are_read_through(text: str) -> None:
    """However a spreadsheet saved it, the same row is read."""
    assert rows(text) == [{"name": "office", "hours": "24/7"}]


def test_a_cell_beyond_the_header_is_a_fault() -> None:
    """Columns at the end are passed over only while they hold nothing."""
    _, faults = read("schedules.csv", "name,hours,\noffice,24/7,more\n", COLUMNS, COLUMNS)
    assert [(fault.row, "3 cells" in fault.sentence) for fault in faults] == [(2, True)]


@pytest.mark.parametrize("cell", ["3.90212E+11", "3,90212E+11", "4E+10"])
def test_a_number_cut_short_is_a_fault(cell: str) -> None:
    """A number a spreadsheet shortened is told as that, at its cell: its digits are lost."""
    found = load.read({"queues.csv": f'name,target\nnight,"{cell}"\n'})
    assert any(
        (fault.row, fault.column) == (2, "target") and "cut short" in fault.sentence for fault in found.faults
    )


def test_a_number_without_its_plus_is_told() -> None:
    """A number whose + a spreadsheet took away is a fault that says what to write."""
    found = load.read({"lines.csv": "name,number,printed,territories,default\nx,390212345678,x,IT,IT\n"})
    assert any("write +390212345678" in fault.sentence for fault in found.faults)


def test_times_may_lose_their_zero() -> None:
    """9:00, as spreadsheets save 09:00, is nine o'clock."""
    found = load.read({"closures.csv": "day,start,end\n2026-12-24,9:00,09:30:00\n"})
    assert found.document
    closure = found.document.closures[0]
    assert isinstance(closure, Closure)
    assert (str(closure.start), str(closure.end)) == ("09:00:00", "09:30:00")


@pytest.mark.parametrize("text", ["1E+10", "'1E+10", '="x"', "'=x", "+x", "-1"])
def test_texts_that_look_so_survive(text: str) -> None:
    """A text that looks like a spreadsheet's mark is written so that it is read back as it was."""
    sheet, faults = read("x.csv", write(("a",), [[text]]), ("a",), ("a",))
    assert faults == []
    assert sheet.rows[0].cells["a"] == text


def test_a_flat_file_with_a_separator_line_is_known() -> None:
    """A flat file is one, even after a spreadsheet's own first line."""
    assert flat.recognises("sep=;\nregion;territory_key;hours_as_printed\n")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name,hours\n" + "x,y\n" * (MOST_ROWS + 1), f"more than {MOST_ROWS} rows"),
        ("a," * 1_000_000 + "\nx,y\n", "more than 100 columns"),
    ],
    ids=["rows", "columns"],
)
def test_a_file_that_is_no_table_is_not_read_to_its_end(text: str, sentence: str) -> None:
    """One sentence, not a fault for each of a million cells: a server has calls to answer."""
    sheet, [fault] = read("schedules.csv", text, COLUMNS, COLUMNS)
    assert sheet.rows == ()
    assert sentence in fault.sentence
