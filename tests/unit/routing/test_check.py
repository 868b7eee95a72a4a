from dataclasses import replace
from datetime import date

import pytest

from routing import flat, load, tables
from routing.check import check, errors
from routing.compiled import RoutingTable
from routing.remarks import Remark, Severity
from routing.table import Closure, Coverage, Document, Line, Queue, Territory
from tests.unit.routing.building import BILLING, DESK, ITALY, LINE, WHOLE, table

ALL = {"it", "en", "fr", "de"}


def remarks(where: RoutingTable, severity: Severity) -> list[Remark]:
    return [remark for remark in check(where, ALL) if remark.severity is severity]


def warned(where: RoutingTable) -> str:
    return "\n".join(str(remark) for remark in remarks(where, Severity.WARNING))


def line(*keys: str, **fields: str) -> Line:
    return replace(LINE, territories=keys, default=keys[0], **fields)  # type: ignore[arg-type]  # fields are text


def country(key: str, code: str = "") -> Territory:
    return Territory(key, code or key, key, zones=("Europe/Rome",))


def test_nothing_is_wrong_with_a_whole_document() -> None:
    """A document with something right in every section has no error."""
    assert remarks(RoutingTable(WHOLE, 1), Severity.ERROR) == []


@pytest.mark.parametrize(
    ("where", "file", "row", "column", "part"),
    [
        (table(lines=(line("IT", "XX"),)), "lines.csv", 2, "territories", "no territory 'XX'"),
        (table(lines=(replace(LINE, default="FR"),)), "lines.csv", 2, "default", "write one of IT"),
        (table(lines=(LINE, line("FR", name="x"))), "lines.csv", 3, "number", "already"),
        (
            table(lines=(LINE, line("FR", name="x", number="+33142345678"))),
            "",
            0,
            "",
            "",
        ),
        (
            table(lines=(LINE, replace(LINE, name="x", number="", reached_as=(LINE.number,)))),
            "lines.csv",
            3,
            "reached_as",
            "already",
        ),
        (table(lines=(replace(LINE, number="0212"),)), "lines.csv", 2, "number", "E.164"),
        (table(replace(DESK, hours="PH off")), "coverage.csv", 2, "hours", "not weekly"),
        (table(replace(DESK, hours="9-17")), "coverage.csv", 2, "hours", "opening_hours"),
        (table(replace(DESK, hours="")), "coverage.csv", 2, "hours", "either hours or"),
        (table(replace(DESK, schedule="x")), "coverage.csv", 2, "hours", "either hours or"),
        (table(replace(DESK, hours="", schedule="x")), "coverage.csv", 2, "schedule", "no schedule 'x'"),
        (table(replace(DESK, zone="Rome")), "coverage.csv", 2, "zone", "IANA"),
        (table(replace(DESK, calendar="x")), "coverage.csv", 2, "calendar", "no calendar 'x'"),
        (table(replace(DESK, territory="XX")), "coverage.csv", 2, "territory", "no territory 'XX'"),
        (table(DESK, BILLING, DESK), "coverage.csv", 4, "", "row 2"),
        (
            table(replace(DESK, variant="Plan A"), replace(DESK, variant="plan a", language="en")),
            "coverage.csv",
            3,
            "variant",
            "short name",
        ),
        (table(queues=(Queue("a", "here"),)), "queues.csv", 2, "target", "no target"),
        (table(queues=(Queue("a", overflow="b"),)), "queues.csv", 2, "overflow", "no queue 'b'"),
        (table(queues=(Queue("a", overflow="a"),)), "queues.csv", 2, "overflow", "round"),
        (
            table(queues=(Queue("a", overflow="b"), Queue("b", overflow="c"), Queue("c", overflow="b"))),
            "queues.csv",
            3,
            "overflow",
            "round",
        ),
        (
            table(replace(DESK, territory="*", zone=""), territories=(replace(ITALY, zones=()),)),
            "territories.csv",
            2,
            "zones",
            "must not be empty",
        ),
        (table(territories=(ITALY, ITALY)), "territories.csv", 3, "", "row 2"),
        (
            table(closures=(Closure(date(2026, 1, 1), territory="XX"),)),
            "closures.csv",
            2,
            "territory",
            "no territory",
        ),
    ],
)
def test_what_cannot_work_is_an_error(
    where: RoutingTable, file: str, row: int, column: str, part: str
) -> None:
    """What cannot work is reported as an error at its row and column; two lines with two numbers are none."""
    found = [(remark.file, remark.row, remark.column) for remark in remarks(where, Severity.ERROR)]
    assert ((file, row, column) in found) == bool(file)
    assert bool(found) == bool(file)
    assert part in "\n".join(str(remark) for remark in remarks(where, Severity.ERROR))


def test_a_queue_of_the_rows_may_be_an_overflow() -> None:
    """An overflow may name any queue that a desk's calls go to, and the fallback."""
    queues = (Queue("a", overflow="technical-it"), Queue("b", overflow="fallback"), Queue("c", overflow="a"))
    assert remarks(table(queues=queues), Severity.ERROR) == []


@pytest.mark.parametrize(
    ("where", "part"),
    [
        (table(lines=(replace(LINE, number="+390000000"),)), "fits no numbering plan"),
        (
            table(territories=(ITALY, country("GP"), country("MF")), lines=(line("GP", "MF"),)),
            "only a menu can tell GP from MF",
        ),
        (
            table(territories=(ITALY, country("A1", "IT"), country("A2", "IT")), lines=(line("A1", "A2"),)),
            "only a menu can tell A1 from A2",
        ),
        (
            table(
                territories=(ITALY, *(country(f"IT-{n}", "IT") for n in range(9))),
                lines=(line(*(f"IT-{n}" for n in range(9))),),
            ),
            "9 territories under +39",
        ),
        (table(replace(DESK, language="pl")), "pl is offered without prompts"),
        (table(replace(DESK, hours="off")), "never opens"),
        (
            table(replace(DESK, hours="Su 02:30-08:00")),
            "on 2026-03-29 and 2027-03-28 the clock skips 02:00-03:00, where this window starts",
        ),
        (
            table(replace(DESK, hours="Sa 20:00-02:30")),
            "on 2026-10-25 and 2027-10-31 the clock repeats 02:00-03:00, where this window ends",
        ),
        (table(DESK), "nobody answers billing here"),
        (table(territories=(ITALY, country("NP"))), "nobody answers here and there is no online_only text"),
        (table(closures=(Closure(date(2026, 1, 1), cloud="north"),)), "this closes nothing"),
        (
            table(replace(DESK, hours="Su 02:30-08:00", zone="")),
            "hours: on 2026-03-29 and 2027-03-28 the clock skips",
        ),
        (
            table(replace(DESK, hours="Su 02:30-08:00", zone="", territory="*")),
            "in Europe/Paris, on 2026-03-29 and 2027-03-28 the clock skips",
        ),
    ],
)
def test_what_works_but_should_be_looked_at_is_a_warning(where: RoutingTable, part: str) -> None:
    """What works, but hardly as meant, is a warning and no error."""
    assert part in warned(where)
    assert remarks(where, Severity.ERROR) == []


@pytest.mark.parametrize(
    "hours", ["24/7", "Mo-Fr 09:00-17:00", "Su 09:00-17:00", "Sa 20:00-02:00", "Su 03:00-09:00"]
)
def test_windows_no_clock_change_touches_are_silent(hours: str) -> None:
    """A window that neither starts nor ends within a skipped or repeated hour needs no look."""
    assert "clock" not in warned(table(replace(DESK, hours=hours)))


def test_territories_that_numbers_tell_apart_are_silent() -> None:
    """A shared line whose territories a number or a calling code tells apart needs no look."""
    where = table(
        *(replace(row, territory=key) for key in ("RE", "YT", "HT") for row in (DESK, BILLING)),
        territories=(country("RE"), country("YT"), country("HT")),
        lines=(line("RE", "YT", "HT"),),
    )
    assert "can tell" not in warned(where)


def test_a_territory_with_online_support_only_needs_no_desk() -> None:
    """A territory that says what to do instead needs no desk."""
    silent = Territory("NP", "NP", "Nepal", online_only="write to us")
    assert "NP" not in warned(table(DESK, BILLING, territories=(ITALY, silent)))


def test_remarks_about_a_flat_file_name_its_rows_and_columns() -> None:
    """Remarks on what was read from a flat file name that file, its row and its own columns."""
    files = {path: tables.sample_files()[path] for path in tables.FLAT}
    found = flat.read(files)
    assert found.document is not None
    row = next(n for n, text in enumerate(files["support_lines.csv"].splitlines(), 1) if ",GP," in text)
    told = check(RoutingTable(found.document, 1), ALL, found.origins)
    assert {remark.file for remark in told} == {"support_lines.csv"}
    menu = next(remark for remark in told if "GP from" in remark.sentence)
    assert menu.column == "territory_key"
    assert menu.row < row  # where the shared line is first printed


def test_remarks_without_files_number_rows_as_they_are_written() -> None:
    """Without origins a row's number is the one it has in an export."""
    faulty = Document((ITALY,), (LINE,), (DESK, replace(BILLING, hours="9-17")))
    remark = errors(RoutingTable(faulty, 1))[0]
    assert (remark.file, remark.row) == ("coverage.csv", 3)
    assert "9-17" in load.write(faulty)["coverage.csv"].splitlines()[remark.row - 1]


def test_a_remark_reads_as_a_sentence() -> None:
    """A remark, printed, says file, row, column and what is wrong."""
    assert (
        str(Remark("lines.csv", 3, "number", "must not be empty"))
        == "lines.csv, row 3, column number: must not be empty"
    )
    assert str(Remark("", 0, "", "nothing")) == "nothing"


def test_default_rows_answer_for_all() -> None:
    """A territory without rows is answered by the default rows."""
    rows = (Coverage("*", "technical", "en", "24/7"), Coverage("*", "billing", "en", "24/7"))
    assert "nobody" not in warned(table(*rows))
