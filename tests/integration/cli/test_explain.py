"""``callgate explain``: the decision in sentences, as JSON, and for thousands of rows at once."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.integration.cli.conftest import Cli
from tests.unit.routing import oracle

HEADER = ("dnis", "ani", "at", "department", "language", "territory")
YEAR = 2026


def batch(cli: Cli, rows: list[dict[str, str]]) -> list[dict[str, object]]:
    """What ``explain --batch`` says of these questions."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, restval="")
    writer.writeheader()
    writer.writerows(rows)
    path = cli.var / "batch.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return [json.loads(line) for line in cli.succeeds("explain", "--batch", str(path)).splitlines()]


def asked(row: oracle.Row, at: datetime) -> dict[str, str]:
    """A question about a row of the sample, by territory and variant."""
    territory = f"{row.territory}:{row.variant}" if row.variant else row.territory
    return {
        "dnis": row.numbers[0] if row.numbers else "",
        "at": at.isoformat(),
        "department": row.department,
        "language": row.language,
        "territory": territory,
    }


def instants(row: oracle.Row) -> list[datetime]:
    """A minute before, at and after each clock change of the row's zone, and on an ordinary day."""
    changes = oracle.changes(row.zone, YEAR)
    around = [change + timedelta(minutes=minutes) for change in changes for minutes in (-1, 0, 61)]
    return [*around, datetime(YEAR, 5, 13, 11, 30, tzinfo=UTC)]


def test_every_row_agrees_with_the_minute_walk(published: Cli) -> None:
    """For every row, around each clock change of its zone, the batch says what a walk of minutes finds."""
    rows = [row for row in oracle.rows() if row.department and row.severity in {"", "C"}]
    cases = [(row, at) for row in rows for at in instants(row)]
    answers = batch(published, [asked(row, at) for row, at in cases])
    assert len(answers) == len(cases) > 1500
    for (row, at), answer in zip(cases, answers, strict=True):
        expected = oracle.next_opening(row, at)
        assert answer["territory"] == row.territory
        assert answer["open"] == oracle.open_at(row, at), (row, at, answer)
        assert answer["languages"] == oracle.languages_at(row, at), (row, at, answer)
        assert answer["next_opening"] == (expected.isoformat() if expected else None), (row, at, answer)
        assert answer["version"] == 1
        assert answer["because"]


def test_every_line_finds_its_territory_by_the_callers_number(published: Cli) -> None:
    """On every dialable line a caller of each of its countries lands there, or is asked which one it is."""
    countries = {row.territory: row.country for row in oracle.rows()}
    numbers = _example_numbers()
    cases = [
        (line, countries[key], key)
        for line, territories in oracle.lines().items()
        for key in territories
        if countries[key] in numbers
    ]
    answers = batch(published, [{"dnis": line, "ani": numbers[country]} for line, country, _ in cases])
    for (line, country, key), answer in zip(cases, answers, strict=True):
        served = oracle.served_by(line, country)
        if len(served) == 1:
            assert (answer["territory"], answer["ask"]) == (key, []), (line, country, answer)
        else:
            assert sorted(answer["ask"] or ()) == sorted(served), (line, country, answer)  # type: ignore[call-overload] # JSON


def _example_numbers() -> dict[str, str]:
    import phonenumbers  # noqa: PLC0415 - the test's own source of numbers

    regions = {row.country for row in oracle.rows()} & phonenumbers.SUPPORTED_REGIONS
    found = {region: phonenumbers.example_number(region) for region in regions}
    form = phonenumbers.PhoneNumberFormat.E164
    return {region: phonenumbers.format_number(number, form) for region, number in found.items() if number}


def test_forty_thousand_rows_are_answered(published: Cli) -> None:
    """A batch of 40,000 rows gives as many answers, in order."""
    row = {"dnis": "+13128435147", "ani": "+50934101234", "department": "billing", "language": "fr"}
    start = datetime(YEAR, 1, 1, tzinfo=UTC)
    answers = batch(
        published, [row | {"at": (start + timedelta(minutes=13 * n)).isoformat()} for n in range(40_000)]
    )
    assert len(answers) == 40_000
    assert {answer["territory"] for answer in answers} == {"HT"}
    assert {answer["open"] for answer in answers} == {True, False}


def test_sentences_name_each_row_that_decided(published: Cli) -> None:
    """Explain says in words where, when and why, with the rows' own names."""
    said = published.succeeds(
        *("explain", "--dnis", "+13128435147", "--ani", "+50934101234", "--department", "billing"),
        *("--language", "fr", "--at", "2026-11-20T03:30:00-05:00"),
    )
    assert "Haiti" in said
    assert "coverage/HT/billing/fr" in said
    assert "Open" in said


def test_the_number_of_guadeloupe_asks(published: Cli) -> None:
    """A +590 number may be of three territories of the line: only a question can tell."""
    said = json.loads(
        published.succeeds("explain", "--dnis", "+13128435147", "--ani", "+590690123456", "--json")
    )
    assert sorted(said["ask"]) == ["BL", "GP", "MF"]


def test_faults_of_a_batch_are_all_listed(published: Cli) -> None:
    """An instant without offset and an unknown department are told by row and column; nothing is answered."""
    path = published.var / "bad.csv"
    path.write_text(
        f"{','.join(HEADER)}\n+13128435147,,2026-01-01T00:00:00,,,\n,,,sales,,IT\n", encoding="utf-8"
    )
    said = published.refuses("explain", "--batch", str(path))
    assert "bad.csv, row 2, column at" in said
    assert "bad.csv, row 3, column department" in said


@pytest.mark.parametrize("text", ["dnis,at\n+13128435147,\n", f"{','.join(HEADER)}\n+13128435147,,\n", ""])
def test_a_batch_of_another_form_is_refused(published: Cli, text: str) -> None:
    """Missing columns, short rows and an empty file are told, and nothing is answered."""
    path = published.var / "form.csv"
    path.write_text(text, encoding="utf-8")
    assert "form.csv" in published.refuses("explain", "--batch", str(path))


def test_without_a_table_it_says_what_to_do(cli: Cli) -> None:
    """Before the first import, explain names the command that is missing."""
    assert "callgate table import" in cli.refuses("explain", "--dnis", "+13128435147")


def test_an_earlier_version_can_be_asked(published: Cli) -> None:
    """With --version the answer is the one of that version."""
    published.succeeds("table", "export", str(published.var / "table"))
    Path(published.var / "table" / "lines.csv").write_text(
        (published.var / "table" / "lines.csv")
        .read_text(encoding="utf-8")
        .replace("+13128435147", "+13128435199"),
        encoding="utf-8",
    )
    published.succeeds("table", "import", str(published.var / "table"))
    now = json.loads(published.succeeds("explain", "--dnis", "+13128435147", "--json"))
    before = json.loads(published.succeeds("explain", "--dnis", "+13128435147", "--version", "1", "--json"))
    assert (now["decision"], before["decision"]) == ("fallback", "ask")
    assert "no version 9" in published.refuses("explain", "--dnis", "+13128435147", "--version", "9")
