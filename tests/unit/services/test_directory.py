"""Reading the directory's files: every fault by row and column, or every row."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.directory import (
    CONTACT_COLUMNS,
    ORGANISATION_COLUMNS,
    CsvFile,
    DirectoryFiles,
    read_directory,
)
from app.services.samples import sample_directory
from routing.tables import sample

FIRM = "12345678,Rossi,IT,,it,match,6,5,+442079460100 +4420794602*"
PERSON = "12345678,Giulia,admin,giulia@example.com,+12025550114,true,it,2026-01-02T03:04:05Z"


def organisations(*rows: str) -> CsvFile:
    return CsvFile("organisations.csv", "\n".join([",".join(ORGANISATION_COLUMNS), *rows]))


def contacts(*rows: str) -> CsvFile:
    return CsvFile("contacts.csv", "\n".join([",".join(CONTACT_COLUMNS), *rows]))


def with_cell(row: str, columns: tuple[str, ...], column: str, cell: str) -> str:
    cells = row.split(",")
    cells[columns.index(column)] = cell
    return ",".join(cells)


def places(files: DirectoryFiles) -> list[tuple[str, int, str]]:
    return [(fault.file, fault.row, fault.column) for fault in files.faults]


def test_rows_are_read_as_written() -> None:
    """Every cell of a good row arrives, typed."""
    files = read_directory(organisations(FIRM), contacts(PERSON))
    assert files.faults == ()
    [firm], [person] = files.organisations, files.contacts
    assert (firm.account_number, firm.name, firm.country, firm.language) == ("12345678", "Rossi", "IT", "it")
    assert (firm.trust_caller_id, firm.code_digits, firm.priority) == ("match", 6, 5)
    assert firm.numbers == ("+442079460100", "+4420794602*")
    assert (person.name, person.role, person.email) == ("Giulia", "admin", "giulia@example.com")
    assert (person.phone, person.phone_can_text) == ("+12025550114", True)
    assert person.confirmed == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_empty_cells_have_a_meaning() -> None:
    """No policy is match, no length is 6, no priority is 0, no texts is no, unconfirmed is None."""
    files = read_directory(organisations("0042,Firm,GB,,,,,,"), contacts("0042,Al,user,a@example.com,,,,"))
    [firm], [person] = files.organisations, files.contacts
    assert (firm.account_number, firm.trust_caller_id, firm.code_digits, firm.priority) == (
        "0042",
        "match",
        6,
        0,
    )
    assert (person.phone_can_text, person.confirmed) == (False, None)


def test_files_as_a_spreadsheet_writes_them() -> None:
    """A byte order mark, semicolons, CRLF and TRUE in capitals are read like any file."""
    firm = ";".join(ORGANISATION_COLUMNS) + "\r\n" + FIRM.replace(",", ";") + "\r\n"
    person = ";".join(CONTACT_COLUMNS) + "\r\n" + PERSON.replace(",", ";").replace("true", "TRUE") + "\r\n"
    files = read_directory(
        CsvFile("o.csv", b"\xef\xbb\xbf" + firm.encode()), CsvFile("c.csv", b"\xef\xbb\xbf" + person.encode())
    )
    assert files.faults == ()
    assert files.contacts[0].phone_can_text


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("account_number", "123"),
        ("account_number", "1234567890123"),
        ("account_number", "١٢٣٤٥"),
        ("account_number", ""),
        ("name", ""),
        ("name", "x" * 101),
        ("country", "Italy"),
        ("country", "it"),
        ("country", "ZZ"),
        ("country", "UK"),
        ("country", "EU"),
        ("country", "XA"),
        ("country", "419"),
        ("country", ""),
        ("cloud", "Deutsche Cloud"),
        ("cloud", "Germany"),
        ("cloud", "21-vianet"),
        ("cloud", "_"),
        ("cloud", "x" * 33),
        ("language", "italiano"),
        ("language", "qq"),
        ("language", "und"),
        ("language", "it-ZZ"),
        ("language", "it-Xxxx"),
        ("language", "es-999"),
        ("language", "pt_BR"),
        ("trust_caller_id", "always"),
        ("code_digits", "7"),
        ("priority", "-1"),
        ("priority", "10"),
        ("priority", "high"),
        ("numbers", "0612345678"),
        ("numbers", "+0612345678"),
        ("numbers", "+3906*"),
        ("numbers", "+442079460100;+442079460101"),
        ("numbers", "+266696687"),
        ("numbers", "+٣٩٠٥٥٥٥٥٠١٢٣٤"),
    ],
)
def test_faulty_cell_of_an_organisation(column: str, cell: str) -> None:
    """A cell that cannot be is reported by file, row and column; nothing is kept."""
    row = with_cell(FIRM, ORGANISATION_COLUMNS, column, cell)
    files = read_directory(organisations("7777,Other,FR,,fr,,,,", row), contacts())
    assert places(files) == [("organisations.csv", 3, column)]
    assert (files.organisations, files.contacts) == ((), ())


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("account_number", "12"),
        ("name", ""),
        ("role", "boss"),
        ("role", ""),
        ("email", "giulia"),
        ("email", "giulia@example"),
        ("email", "giulia@@example.com"),
        ("email", "giulia conti@example.com"),
        ("email", "giùlia@example.com"),
        ("email", ".giulia@example.com"),
        ("email", "giulia@-example.com"),
        ("email", "g" * 65 + "@example.com"),
        ("phone", "555 0114"),
        ("phone", "+1202555011*"),
        ("phone_can_text", "maybe"),
        ("language", "IT"),
        ("language", "zz"),
        ("language", "pt-UK"),
        ("confirmed", "2026-01-02"),
        ("confirmed", "2026-01-02T03:04:05"),
        ("confirmed", "2026-13-02T03:04:05Z"),
        ("confirmed", "0001-01-01T00:00:00+14:00"),
        ("confirmed", "20260102T030405Z"),
        ("confirmed", "yes"),
    ],
)
def test_faulty_cell_of_a_contact(column: str, cell: str) -> None:
    """A cell that cannot be is reported by file, row and column; nothing is kept."""
    files = read_directory(organisations(FIRM), contacts(with_cell(PERSON, CONTACT_COLUMNS, column, cell)))
    assert places(files) == [("contacts.csv", 2, column)]
    assert (files.organisations, files.contacts) == ((), ())


@pytest.mark.parametrize(
    ("column", "cell", "right"),
    [
        ("country", "ZZ", "two capital letters in ISO 3166-1, such as IT"),
        ("language", "qq", "such as it, pt-BR or cmn"),
        ("cloud", "Germany", "such as germany or 21vianet"),
    ],
)
def test_a_faulty_code_says_what_would_be_right(column: str, cell: str, right: str) -> None:
    """A country, language or cloud that cannot be is told with one that could."""
    row = with_cell(FIRM, ORGANISATION_COLUMNS, column, cell)
    [fault] = read_directory(organisations(row), contacts()).faults
    assert right in fault.sentence


def test_every_country_and_language_of_the_table_is_known() -> None:
    """Whatever country, language or cloud the table has lines for, a customer may be of."""
    table = sample()
    rows = [
        *(("country", row.country_code) for row in table.territories if row.country_code),
        *(("country", member) for row in table.territories for member in row.members),
        *(("language", row.language) for row in table.coverage),
        *(("language", tag) for row in table.territories for tag in row.prompt_languages),
        *(("cloud", row.cloud) for row in table.coverage),
    ]
    firms = [
        with_cell(with_cell(FIRM, ORGANISATION_COLUMNS, column, cell), ORGANISATION_COLUMNS, *account)
        for number, (column, cell) in enumerate(sorted(set(rows)))
        for account in [("account_number", f"{number:06}")]
    ]
    assert len(firms) > 250
    assert read_directory(organisations(*firms), contacts()).faults == ()


@pytest.mark.parametrize("language", ["", "cmn", "yue", "zh-Hant-TW", "es-419", "pt-BR", "sr-Latn", "fil"])
def test_a_language_there_is(language: str) -> None:
    """A language's tag may name a script and a region; the table's names for Chinese count; empty is none."""
    files = read_directory(
        organisations(with_cell(FIRM, ORGANISATION_COLUMNS, "language", language)),
        contacts(with_cell(PERSON, CONTACT_COLUMNS, "language", language)),
    )
    assert files.faults == ()
    assert files.organisations[0].language == files.contacts[0].language == language


def test_every_fault_is_reported() -> None:
    """All faults of both files are told together, in their order."""
    files = read_directory(
        organisations("12,,Italy,,,,,,", FIRM, FIRM),
        contacts(PERSON, PERSON, "9999,Al,admin,,,true,,"),
    )
    assert places(files) == [
        ("contacts.csv", 3, "name"),
        ("contacts.csv", 4, "account_number"),
        ("contacts.csv", 4, "email"),
        ("contacts.csv", 4, "phone_can_text"),
        ("organisations.csv", 2, "account_number"),
        ("organisations.csv", 2, "country"),
        ("organisations.csv", 2, "name"),
        ("organisations.csv", 4, "account_number"),
    ]
    assert all(len(fault.sentence) > 20 for fault in files.faults)


def test_two_administrators_are_fine() -> None:
    """An account may have several people of one role, as long as their names differ."""
    second = with_cell(PERSON, CONTACT_COLUMNS, "name", "Anna")
    assert len(read_directory(organisations(FIRM), contacts(PERSON, second)).contacts) == 2


def test_missing_column_is_told_once() -> None:
    """A column that is not there is one fault of the header, not one of every row."""
    header = ",".join(CONTACT_COLUMNS[:-1])
    file = CsvFile("contacts.csv", "\n".join([header, *[PERSON.rpartition(",")[0]] * 3]))
    found = places(read_directory(organisations(FIRM), file))
    assert found.count(("contacts.csv", 1, "confirmed")) == 1
    assert not [place for place in found if place[2] == "confirmed" and place[1] > 1]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"\x00\x00", b'"'])
def test_what_is_no_csv_is_a_fault(data: bytes) -> None:
    """An empty file, another encoding, an open quote: a fault, never a traceback."""
    assert read_directory(CsvFile("o.csv", data), contacts(PERSON)).faults


@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Whatever the bytes, there is either a fault or a row that could be stored."""
    header = ",".join(ORGANISATION_COLUMNS).encode() + b"\n"
    files = read_directory(CsvFile("o.csv", header + data), contacts())
    assert files.faults or all(row.account_number for row in files.organisations)


def test_sample_is_sound() -> None:
    """The sample files are without fault and hold the cases that the product shows."""
    files = read_directory(*sample_directory())
    assert files.faults == ()
    assert {row.trust_caller_id for row in files.organisations} == {"match", "attested", "never"}
    assert {row.code_digits for row in files.organisations} == {6, 8}
    assert any(number.endswith("*") for row in files.organisations for number in row.numbers)
    assert {row.role for row in files.contacts} == {"admin", "billing_admin", "owner", "user"}
    assert all(row.email.endswith("@example.com") for row in files.contacts)
