from dataclasses import fields, replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing import load
from routing.cells import clean
from routing.remarks import Loaded
from routing.table import Closure, Document, Notice, Territory
from tests.unit.routing.building import WHOLE

FILES = load.write(WHOLE)


def changed(file: str, old: str, new: str) -> Loaded:
    assert old in FILES[file]
    return load.read({**FILES, file: FILES[file].replace(old, new)})


def test_what_is_written_reads_as_the_same() -> None:
    """Every section is written, reads as an equal document, and is written again byte for byte."""
    found = load.read(FILES)
    assert found.faults == ()
    assert found.document == WHOLE
    assert load.write(found.document) == FILES
    assert set(FILES) == {f"{field.name}.csv" for field in fields(Document)}


def test_every_section_of_the_test_document_is_filled() -> None:
    """The round trip above covers every section."""
    assert all(getattr(WHOLE, field.name) for field in fields(Document))


@pytest.mark.parametrize(
    "form",
    [
        lambda text: text.encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text + "\n\n",
    ],
)
def test_bom_and_line_ends_make_no_difference(form: object) -> None:
    """Files may be bytes or text, start with a byte order mark, end lines with CRLF and hold blank lines."""
    assert callable(form)
    assert load.read({name: form(text) for name, text in FILES.items()}).document == WHOLE


def test_semicolons_separate_as_well() -> None:
    """A file whose header has semicolons is separated by them."""
    files = {"schedules.csv": "name;hours\noffice;Mo-Fr 09:00-12:00,13:00-17:00\n"}
    found = load.read(files)
    assert found.document is not None
    assert found.document.schedules[0].hours == "Mo-Fr 09:00-12:00,13:00-17:00"


def test_columns_in_any_order_and_none_but_the_needed() -> None:
    """Columns may stand in any order; those that may be left out have their defaults."""
    found = load.read({"territories.csv": "name,key\nItaly,IT\n"})
    assert found.document == Document(territories=(Territory("IT", "", "Italy"),))


WORDS = st.text(max_size=30).map(clean)


@given(st.lists(WORDS.filter(bool), min_size=1, max_size=5), WORDS)
def test_any_text_survives(texts: list[str], reason: str) -> None:
    """Any text, formulas and apostrophes in front as well, comes back equal and is written alike again."""
    document = Document(
        territories=(Territory("IT", "IT", "Italy", zones=("Europe/Rome",)),),
        notices=tuple(Notice("*", "privacy", f"x{chr(97 + n)}", text) for n, text in enumerate(texts)),
        closures=(Closure(date(2026, 1, 1), start=time(1), reason=reason),),
    )
    files = load.write(document)
    found = load.read(files)
    assert found.faults == ()
    assert found.document == document
    assert load.write(found.document) == files


@given(st.text(max_size=40))
def test_no_cell_is_a_formula(text: str) -> None:
    """No written cell starts a formula in a spreadsheet, but for a number in E.164."""
    written = load.write(Document(notices=(Notice("*", "privacy", "en", text),)))["notices.csv"]
    cell = written.split("privacy,en,", 1)[1].lstrip('"')
    assert cell[:1] not in {"=", "-", "@", "+"} or cell.strip().lstrip("+").isdigit()


def test_numbers_are_left_as_they_are() -> None:
    """A number in E.164 is no formula; what is printed with a plus is guarded."""
    assert "\n+33157324297,+33157324297,'+33 1 57 32 42 97," in FILES["lines.csv"]


def test_line_breaks_become_blanks() -> None:
    """A line break within a cell becomes one blank, so that nothing written spans two lines."""
    files = load.write(Document(notices=(Notice("*", "privacy", "en", "one\r\ntwo\x00\x1b[31m"),)))
    assert files["notices.csv"].count("\n") == 2
    assert "one two [31m" in files["notices.csv"]


@pytest.mark.parametrize(
    ("file", "old", "new", "row", "column", "part"),
    [
        ("coverage.csv", "Mo-Fr 09:00-17:00", "Mo-Fr 0900", 2, "hours", "opening_hours"),
        ("coverage.csv", "Mo-Fr 09:00-17:00", "Jan 09:00-17:00", 2, "hours", "not weekly"),
        ("coverage.csv", "Mo-Fr 09:00-17:00", "", 2, "hours", "either hours or the name"),
        ("coverage.csv", "Europe/Rome", "Europe/Roma", 2, "zone", "IANA"),
        ("coverage.csv", "IT,technical", "XX,technical", 2, "territory", "no territory"),
        ("coverage.csv", "IT,technical", "IT,sales", 2, "department", "technical, billing"),
        ("coverage.csv", "technical,it", "technical,italian", 2, "language", "primary tag"),
        ("coverage.csv", "office", "offices", 3, "schedule", "no schedule"),
        ("coverage.csv", ",italy,", ",spain,", 3, "calendar", "no calendar"),
        ("coverage.csv", "IT,billing,it", "IT,billing", 3, "", "cells where the header has"),
        ("lines.csv", "+390212345678,02 ", "0212345678,02 ", 2, "number", "E.164"),
        ("lines.csv", "02 12345678,IT,IT", "02 12345678,IT XX,IT", 2, "territories", "no territory"),
        ("lines.csv", "02 12345678,IT,IT", "02 12345678,IT,FR", 2, "default", "not among"),
        ("lines.csv", "02 12345678,IT,IT", "02 12345678,,IT", 2, "territories", "must not be empty"),
        ("lines.csv", "primary,unknown", "first,unknown", 2, "role", "primary, alternative"),
        ("lines.csv", "sip:desk@", "desk@", 4, "reached_as", "sip:name@host"),
        ("territories.csv", "Europe/Berlin", "Berlin", 4, "zones", "IANA"),
        ("territories.csv", "IT,IT,Italy", "it,IT,Italy", 2, "key", "capitals"),
        ("territories.csv", "IT,IT,Italy", "IT,ITA,Italy", 2, "country_code", "ISO 3166-1"),
        ("territories.csv", "AT BE", "AT Belgium", 4, "members", "ISO 3166-1"),
        ("schedules.csv", "Fr 09:00-12:00", "Fr 9-12", 2, "hours", "opening_hours"),
        ("queues.csv", "sip:money@example.com", "money", 2, "target", "number:+390212345678"),
        ("queues.csv", ",technical-it,", ",technical-xx,", 2, "overflow", "no queue"),
        ("queues.csv", ",technical-it,", ",money,", 2, "overflow", "round"),
        (
            "queues.csv",
            ",number:+390655550100",
            ",number:+448712345678",
            3,
            "overflow",
            "premium rate number",
        ),
        ("queues.csv", ",number:+390655550100", ",queue:money", 3, "overflow", "another queue's name"),
        ("queues.csv", ",number:+390655550100", ",tel:+390655550100", 3, "overflow", "or voicemail"),
        ("queues.csv", "voicemail", "Voicemail", 4, "overflow", "or voicemail"),
        ("queues.csv", ",300,", ",9,", 3, "overflow_after", "whole seconds from 10 to 86400"),
        ("queues.csv", ",300,", ",86401,", 3, "overflow_after", "whole seconds from 10 to 86400"),
        ("queues.csv", ",300,", ",5 min,", 3, "overflow_after", "whole seconds"),
        ("queues.csv", ",300,", ",300.0,", 3, "overflow_after", "whole seconds"),
        ("queues.csv", ",300,", ",٣٠٠,", 3, "overflow_after", "whole seconds"),
        ("queues.csv", "sip:desk@", "queue:desk@", 3, "backup", "no backup"),
        ("queues.csv", "sip:desk@example.com", "voicemail", 3, "backup", "no backup"),
        ("queues.csv", "money,sip", "voicemail,sip", 2, "name", "means leaving a message"),
        ("coverage.csv", ",money,", ",VoiceMail,", 3, "queue", "means leaving a message"),
        ("queues.csv", "refuse", "hang up", 2, "unverified", "transfer, refuse"),
        ("calendars.csv", "2026-08-14,", "14.8.2026,", 3, "day", "2026-12-24"),
        ("calendars.csv", "2026-08-14,", ",", 3, "day", "either a day or a country"),
        ("calendars.csv", "italy,,IT", "italy,,XQ", 2, "country", "no public holidays"),
        ("closures.csv", "2026-12-24", "2026-02-30", 2, "day", "2026-12-24"),
        ("closures.csv", "12:00,", "noon,", 3, "start", "09:00"),
        ("closures.csv", "12:00,", "12:00:30,", 3, "start", "hours and minutes only"),
        ("closures.csv", "12:00,,", "12:00,11:00,", 3, "end", "after its start"),
        ("closures.csv", ",IT,billing", ",XX,billing", 2, "territory", "no territory"),
        ("closures.csv", "closed,12", "shut,12", 3, "effect", "closed, open"),
        ("notices.csv", "privacy", "secret", 2, "kind", "privacy, service"),
        ("notices.csv", "IT,privacy", "XX,privacy", 2, "territory", "no territory"),
        ("territories.csv", "section", "sektion", 1, "sektion", "no column of this name"),
        ("schedules.csv", "name,hours", "name,name", 1, "hours", "missing"),
        ("schedules.csv", "name,hours", "name,name", 1, "name", "twice"),
        ("schedules.csv", "office", '"office', 2, "", "no CSV"),
    ],
)
def test_every_fault_names_file_row_and_column(
    file: str, old: str, new: str, row: int, column: str, part: str
) -> None:
    """A faulty cell is reported at its file, row and column, with what would be right."""
    found = changed(file, old, new)
    assert found.document is None
    at_place = [
        str(fault) for fault in found.faults if (fault.file, fault.row, fault.column) == (file, row, column)
    ]
    assert any(part in sentence for sentence in at_place), found.faults


def test_all_faults_are_reported_together() -> None:
    """Faults in several files are reported at once, those between rows among them, each once."""
    files = {
        **FILES,
        "closures.csv": FILES["closures.csv"].replace("2026-12-24", "Christmas"),
        "queues.csv": FILES["queues.csv"].replace("sip:money", "money"),
        "coverage.csv": FILES["coverage.csv"].replace("office", "offices"),
    }
    found = load.read(files)
    assert [(fault.file, fault.row, fault.column) for fault in found.faults] == [
        ("closures.csv", 2, "day"),
        ("coverage.csv", 3, "schedule"),
        ("queues.csv", 2, "target"),
    ]


def test_a_row_that_stands_twice_is_a_fault() -> None:
    """A natural key may stand once; the second row is reported with the row of the first."""
    text = FILES["coverage.csv"]
    found = load.read({**FILES, "coverage.csv": text + text.splitlines()[1] + "\n"})
    assert [(fault.file, fault.row) for fault in found.faults] == [("coverage.csv", 7)]
    assert "row 2" in found.faults[0].sentence


def test_blank_rows_are_counted() -> None:
    """Rows are numbered as in the file, blank ones too."""
    found = load.read({"schedules.csv": "name,hours\n\n\noffice,never\n"})
    assert [fault.row for fault in found.faults] == [4]


@pytest.mark.parametrize(
    "files", [{}, {"hours.csv": "name\nx\n"}, {"lines.csv": ""}, {"lines.csv": b"\xff\xfe"}]
)
def test_what_is_no_table_is_refused(files: dict[str, bytes | str]) -> None:
    """No file, an unknown one, an empty one or one that is not UTF-8 is a fault with a sentence."""
    found = load.read(files)
    assert found.document is None
    assert found.faults
    assert found.faults[0].sentence


@pytest.mark.parametrize(
    ("data", "row", "part"),
    [
        ("name,hours\nÜbersee,never\n".encode("latin-1"), 2, "not UTF-8 here; save it as CSV in UTF-8"),
        ("territory_key,hours_as_printed\nIT,9\n".encode("utf-16"), 1, "not UTF-8 here; save it as CSV"),
        ("territory_key,hours_as_printed\nIT,9\n".encode("utf-16-le"), 1, "not UTF-8 here; save it as CSV"),
        (b"", 1, "the file is empty"),
        (b"\xef\xbb\xbf\r\n", 1, "the file is empty"),
        ("", 1, "the file is empty"),
        (b'"name,hours\n', 1, "this is no CSV"),
        (b"Land;Nummer\nItalien;800 917 919\n", 1, "its first row is no flat file's header (region, terr"),
    ],
)
def test_a_file_of_another_name_says_what_is_wrong_with_it(data: bytes | str, row: int, part: str) -> None:
    """A file that is no table's by name is told by its encoding, emptiness or first row, before its name."""
    [fault] = load.read({"support.csv": data}).faults
    assert (fault.file, fault.row, fault.column) == ("support.csv", row, "")
    assert part in fault.sentence


def test_a_file_of_another_name_hears_the_names_there_are() -> None:
    """A file that can be read, but is nothing a table has, is told every name a table's file may have."""
    [fault] = load.read({"support.csv": "name,hours\noffice,never\n"}).faults
    assert all(name in fault.sentence for name in FILES)


@given(st.dictionaries(st.sampled_from(sorted(FILES)), st.one_of(st.text(), st.binary()), min_size=1))
def test_any_content_is_a_document_or_faults(files: dict[str, bytes | str]) -> None:
    """Whatever a file holds, reading it ends in a document or in faults."""
    found = load.read(files)
    assert (found.document is None) == bool(found.faults)


def test_the_end_of_the_day_may_be_written() -> None:
    """``24:00`` is the end of a day, and is written as an end left out."""
    found = changed("closures.csv", "12:00,,", "12:00,24:00,")
    assert found.document is not None
    assert found.document == replace(WHOLE)
