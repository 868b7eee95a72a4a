import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing import flat, tables
from routing.remarks import Loaded
from routing.table import CalendarDay, Coverage, Document, Line, Queue, Territory
from tests.unit.routing import oracle

GOOD = {
    "region": "Europe",
    "territory_key": "IT",
    "country_code": "IT",
    "territory": "Italy",
    "number_as_printed": "800 917 919",
    "number_e164": "+39800917919",
    "number_kind": "toll_free",
    "charges": "none",
    "department": "technical",
    "language": "it",
    "hours": "Mo-Fr 09:00-17:00",
    "timezone": "Europe/Rome",
    "timezone_source": "inferred",
}
ONLINE = {
    **GOOD,
    "number_kind": "none",
    "number_note": "online only",
    **dict.fromkeys(("number_as_printed", "number_e164", "department", "language", "hours"), ""),
}


def text(*rows: dict[str, str], separator: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, (*flat.COLUMNS, *flat.MORE_COLUMNS), restval="", delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(*rows: dict[str, str]) -> Loaded:
    return flat.read({"lines.csv": text(*rows)})


def document(*rows: dict[str, str]) -> Document:
    found = read(*rows)
    assert found.faults == ()
    assert found.document is not None
    return found.document


SAMPLE = flat.read({path: tables.sample_files()[path] for path in tables.FLAT})


def test_the_whole_of_the_real_table_is_read() -> None:
    """Both real files give every row, territory and number, and no fault."""
    assert SAMPLE.faults == ()
    assert SAMPLE.document is not None
    rows = [row for row in oracle.rows() if row.department]
    assert len(SAMPLE.document.coverage) == len(rows) == 730
    assert len(SAMPLE.document.territories) == 247
    assert {line.number for line in SAMPLE.document.lines} - {""} == set(oracle.lines())


def test_a_line_serves_every_territory_that_prints_it() -> None:
    """Rows with the same number make one line; the territories stand in the order of the rows."""
    assert SAMPLE.document is not None
    lines = {line.number: line for line in SAMPLE.document.lines}
    for number, served in oracle.lines().items():
        assert set(lines[number].territories) == set(served)
    assert lines["+18008659408"].default == "US"
    assert lines["+27214273315"].default == "ZA"


def test_one_of_a_kind_of_everything() -> None:
    """One row gives one territory, one line and one coverage row with what its cells say."""
    assert document(GOOD) == Document(
        territories=(Territory("IT", "IT", "Italy", "Europe", ("Europe/Rome",)),),
        lines=(Line("+39800917919", "+39800917919", "800 917 919", ("IT",), "IT", kind="toll_free"),),
        coverage=(Coverage("IT", "technical", "it", "Mo-Fr 09:00-17:00", zone="Europe/Rome"),),
    )


def test_alternatives_are_lines_of_their_own() -> None:
    """Each alternative number is a line that is an alternative, with its own charges."""
    cells = {
        "alternative_number_as_printed": "02 1 (local) | 02 2",
        "alternative_number_e164": "+390212345678 | ",
        "alternative_charges": "none | local",
    }
    lines = document({**GOOD, **cells}).lines
    assert [(line.name, line.role, line.charges) for line in lines] == [
        ("+39800917919", "primary", "none"),
        ("+390212345678", "alternative", "none"),
        ("IT 02 2", "alternative", "local"),
    ]


def test_a_number_that_is_only_printed_is_named_by_its_territory() -> None:
    """A line without E.164 is named by territory, variant and what is printed."""
    row = {**GOOD, "number_e164": "", "variant": "Telkom"}
    assert document(row).lines[0].name == "IT:telkom 800 917 919"


def test_the_inferred_zone_is_the_territorys_own() -> None:
    """Zones the page names may be another country's; the inferred one is the territory's own."""
    rows = {**GOOD, "timezone": "Europe/London", "timezone_source": "page"}, {**GOOD, "department": "billing"}
    assert document(*rows).territories[0].zones == ("Europe/Rome",)
    assert SAMPLE.document is not None
    zones = {row.key: row.zones for row in SAMPLE.document.territories}
    assert zones["AM"] == ("Asia/Yerevan",)
    assert zones["US"][0] == "America/New_York"
    assert "America/Los_Angeles" in zones["US"]
    assert sum(len(found) > 1 for found in zones.values()) == 21


def test_no_telephone_support_is_a_text() -> None:
    """A row of kind none makes a territory with an online_only text, no line and no coverage."""
    found = document(ONLINE)
    assert found.territories[0].online_only == "online only"
    assert (found.lines, found.coverage) == ((), ())


def test_a_group_has_its_members() -> None:
    """The European Economic Area is known by its countries, Germany's own row aside."""
    members = {
        row.key: row.members
        for row in document({**GOOD, "territory_key": "EEA", "country_code": ""}).territories
    }
    assert len(members["EEA"]) == 29
    assert "DE" not in members["EEA"]


@pytest.mark.parametrize(
    ("cells", "column", "part"),
    [
        ({"territory_key": ""}, "territory_key", "must not be empty"),
        ({"territory_key": "it"}, "territory_key", "capitals"),
        ({"country_code": "ITA"}, "country_code", "ISO 3166-1"),
        ({"territory": ""}, "territory", "must not be empty"),
        ({"number_e164": "0039800917919"}, "number_e164", "E.164"),
        ({"number_as_printed": ""}, "number_as_printed", "must not be empty"),
        ({"number_kind": "mobile"}, "number_kind", "toll_free"),
        ({"charges": "free"}, "charges", "none, local"),
        ({"department": "sales"}, "department", "technical, billing"),
        ({"department": ""}, "department", "must not be empty"),
        ({"language": "Italian"}, "language", "primary tag"),
        ({"hours": "9 to 5"}, "hours", "opening_hours"),
        ({"hours": "PH off"}, "hours", "not weekly"),
        ({"hours": ""}, "hours", "must not be empty"),
        ({"timezone": "Rome"}, "timezone", "IANA"),
        ({"timezone_source": "guess"}, "timezone_source", "page, inferred"),
        ({"alternative_number_e164": "+390212345678"}, "alternative_number_e164", "join as many by |"),
        ({"cloud": "a b"}, "cloud", "letters"),
        ({"severity": "A/B"}, "severity", "letters"),
        ({**ONLINE, "number_note": ""}, "number_note", "what to do instead"),
        ({**ONLINE, "hours": "24/7"}, "hours", "must be empty"),
    ],
)
def test_every_fault_names_file_row_and_column(cells: dict[str, str], column: str, part: str) -> None:
    """A faulty cell is reported at its file, row and column, with what would be right."""
    found = read({**GOOD, "department": "billing"}, {**GOOD, **cells})
    assert found.document is None
    places = [(fault.file, fault.row, fault.column) for fault in found.faults if part in fault.sentence]
    assert ("lines.csv", 3, column) in places


@pytest.mark.parametrize(
    ("numbers", "charges", "column"),
    [
        ("+3902", "local", "alternative_number_e164"),
        ("+390212345678", "free", "alternative_charges"),
        ("+390212345678 | ", "local", "alternative_number_e164"),
    ],
)
def test_faults_of_alternatives(numbers: str, charges: str, column: str) -> None:
    """Alternatives are as many numbers and charges as are printed, each one right."""
    cells = {
        "alternative_number_as_printed": "02 1",
        "alternative_number_e164": numbers,
        "alternative_charges": charges,
    }
    assert {fault.column for fault in read({**GOOD, **cells}).faults} == {column}


def test_a_row_that_stands_twice_is_a_fault() -> None:
    """A desk may stand once, in whichever file; the second row names the first."""
    found = flat.read({"a.csv": text(GOOD), "b.csv": text({**GOOD, "hours": "24/7"})})
    assert [(fault.file, fault.row) for fault in found.faults] == [("b.csv", 2)]
    assert "a.csv, row 2" in found.faults[0].sentence


def test_a_territory_is_named_alike_everywhere() -> None:
    """Rows of one territory agree on its name, country and section."""
    found = read(GOOD, {**GOOD, "department": "billing", "territory": "Italia"})
    assert [(fault.row, fault.column) for fault in found.faults] == [(3, "territory")]


def test_a_missing_column_is_a_fault() -> None:
    """A file without a column, or with one nobody knows, is refused with the column's name."""
    found = flat.read({"lines.csv": text(GOOD).replace("timezone_source", "source")})
    assert {(fault.row, fault.column) for fault in found.faults} == {(1, "source"), (1, "timezone_source")}


def test_semicolons_and_bom_are_read() -> None:
    """A spreadsheet's semicolons and byte order mark make no difference."""
    found = flat.read({"lines.csv": b"\xef\xbb\xbf" + text(GOOD, separator=";").encode()})
    assert found.document == document(GOOD)


@pytest.mark.parametrize("files", [{}, {"a.csv": ""}, {"a.csv": text()}])
def test_nothing_to_read_is_a_fault(files: dict[str, str]) -> None:
    """No file, an empty one or a header alone are refused: publishing nothing is a mistake."""
    assert flat.read(files).faults


@given(st.dictionaries(st.sampled_from(flat.COLUMNS), st.text(max_size=20)))
def test_any_cells_are_a_document_or_faults(cells: dict[str, str]) -> None:
    """Whatever the cells hold, reading ends in a document or in faults at their row."""
    found = read({**GOOD, **cells})
    assert (found.document is None) == bool(found.faults)


def test_a_flat_file_is_recognised_by_its_header() -> None:
    """A flat file is told from a section's by its first line."""
    assert flat.recognises(text(GOOD))
    assert not flat.recognises("key,country_code,name\n")


def test_merging_keeps_what_a_flat_file_cannot_say() -> None:
    """Territories, lines, coverage are replaced; default rows, ops' extras, other sections are kept."""
    new = document(GOOD)
    default = Coverage("*", "technical", "en", "24/7")
    old = Document(
        territories=(
            replace(new.territories[0], name="Old", prompt_languages=("de",)),
            Territory("FR", "FR", "France"),
        ),
        lines=(replace(new.lines[0], printed="old", reached_as=("+390287654321",)),),
        coverage=(
            replace(new.coverage[0], hours="off", queue="mine", calendar="italy"),
            Coverage("FR", "technical", "fr", "24/7", zone="Europe/Paris"),
            default,
        ),
        queues=(Queue("mine"),),
        calendars=(CalendarDay("italy", country="IT"),),
    )
    assert flat.merge(old, new) == replace(
        old,
        territories=(replace(new.territories[0], prompt_languages=("de",)),),
        lines=(replace(new.lines[0], reached_as=("+390287654321",)),),
        coverage=(replace(new.coverage[0], queue="mine", calendar="italy"), default),
    )


def test_merging_twice_changes_nothing_more() -> None:
    """Importing the same flat file again gives the same document."""
    assert SAMPLE.document is not None
    once = flat.merge(tables.sample(), SAMPLE.document)
    assert once == tables.sample()
    assert flat.merge(once, SAMPLE.document) == once
