from dataclasses import replace
from datetime import date, time

import pytest

from routing import edit
from routing.edit import Bulk, Change, Edited, Wrong
from routing.sections import SECTIONS
from routing.table import Coverage, Document, Territory
from tests.unit.routing.building import BILLING, DESK, WHOLE

IT = "coverage/IT/technical/it"
FRENCH = Coverage("FR", "technical", "fr", "24/7")
DESKS = Document(coverage=(DESK, FRENCH))


def edited(outcome: Edited | Wrong) -> Edited:
    assert isinstance(outcome, Edited), outcome
    return outcome


def faults(outcome: Edited | Wrong) -> dict[str, str]:
    assert isinstance(outcome, Wrong), outcome
    return outcome.faults


@pytest.mark.parametrize("section", [section.name for section in SECTIONS])
def test_a_row_put_back_as_its_cells_changes_nothing(section: str) -> None:
    """Every row of every section reads back from its cells as it was, in its place."""
    for key, row in edit.keyed(WHOLE, section):
        assert edit.find(WHOLE, section, key) == row
        outcome = edited(edit.put(WHOLE, section, key, edit.cells(section, row)))
        assert outcome == Edited(WHOLE, key)


@pytest.mark.parametrize("section", [section.name for section in SECTIONS])
def test_a_row_taken_out_can_be_added_again(section: str) -> None:
    """Remove and add undo each other but for the order of rows, and a row that is not there is no matter."""
    for key, row in edit.keyed(WHOLE, section):
        without = edit.remove(WHOLE, section, key)
        assert edit.find(without, section, key) is None
        assert edit.remove(without, section, key) == without
        again = edited(edit.put(without, section, None, edit.cells(section, row))).document
        assert sorted(map(repr, getattr(again, section))) == sorted(map(repr, getattr(WHOLE, section)))


def test_a_new_row_goes_after_the_last_of_its_territory() -> None:
    """Rows of one territory stay together; a territory not there yet comes last."""
    billing = edited(edit.put(DESKS, "coverage", None, edit.cells("coverage", BILLING)))
    assert (billing.document.coverage, billing.key) == ((DESK, BILLING, FRENCH), "coverage/IT/billing/it")
    closure = {"day": "2026-12-24", "territory": "IT", "department": "billing", "start": "12:00"}
    closed = edited(edit.put(WHOLE, "closures", None, closure)).document
    assert [row.territory for row in closed.closures] == ["IT", "IT", "FR", "*"]
    assert closed.closures[1].start == time(12)
    polish = {"territory": "PL", "department": "technical", "language": "pl", "hours": "24/7"}
    assert edited(edit.put(DESKS, "coverage", None, polish)).document.coverage[-1].territory == "PL"


def test_a_row_whose_key_changes_moves_to_its_like() -> None:
    """A row given another territory leaves its place for that territory's rows; otherwise it keeps it."""
    three = replace(DESKS, coverage=(DESK, BILLING, FRENCH))
    moved = edited(edit.put(three, "coverage", IT, {"territory": "FR"}))
    assert moved.key == "coverage/FR/technical/it"
    assert [row.territory for row in moved.document.coverage] == ["IT", "FR", "FR"]
    kept = edited(edit.put(three, "coverage", IT, {"language": "de"}))
    assert kept.document.coverage[0].language == "de"


@pytest.mark.parametrize(
    ("section", "cells", "column", "part"),
    [
        ("coverage", {"hours": "9-17"}, "hours", "write for example"),
        ("coverage", {"hours": ""}, "hours", "either hours or"),
        ("coverage", {"schedule": "office"}, "hours", "either hours or"),
        ("coverage", {"language": ""}, "language", "must not be empty"),
        ("coverage", {"department": "sales"}, "department", "none of technical, billing"),
        ("coverage", {"zone": "Rome"}, "zone", "Europe/Rome"),
        ("coverage", {"territory": "FR", "language": "fr"}, "", "coverage/FR/technical/fr stands"),
    ],
)
def test_a_faulty_cell_is_said_at_the_cell(
    section: str, cells: dict[str, str], column: str, part: str
) -> None:
    """What is wrong stands at its column with what would be right, and there is no document."""
    found = faults(edit.put(DESKS, section, IT, cells))
    assert list(found) == [column]
    assert part in found[column]


def test_all_faulty_cells_are_said_at_once() -> None:
    """A new row with several faults names each of them."""
    cells = {"day": "Christmas", "start": "noon", "territory": "italy"}
    assert sorted(faults(edit.put(WHOLE, "closures", None, cells))) == ["day", "start", "territory"]


def test_a_row_of_two_cells_that_contradict_is_refused() -> None:
    """A closure that ends before it starts, and a calendar of a country without known holidays."""
    closure = {"day": "2026-12-24", "start": "12:00", "end": "10:00"}
    assert list(faults(edit.put(WHOLE, "closures", None, closure))) == ["end"]
    assert list(faults(edit.put(WHOLE, "calendars", None, {"calendar": "a", "country": "XX"}))) == ["country"]


def test_a_row_that_is_gone_is_not_made_anew() -> None:
    """A form sent for a row somebody deleted meanwhile is refused with words, not added."""
    assert "not there any more" in faults(edit.put(DESKS, "coverage", "coverage/XX/billing/it", {}))[""]


def test_cells_lose_control_characters_and_blanks() -> None:
    """What a form sends is cleaned as a file's cells are."""
    document = edited(edit.put(DESKS, "coverage", IT, {"note": " a\r\nb\x00 "})).document
    assert document.coverage[0].note == "a b"


def test_one_change_in_many_rows() -> None:
    """A bulk change writes one cell into every row named and says which cells it altered."""
    found = edit.bulk(DESKS, "coverage", [IT, "coverage/FR/technical/fr", IT], "hours", "24/7")
    assert found.changed == (Change(IT, "Mo-Fr 09:00-17:00", "24/7"),)
    assert [row.hours for row in found.document.coverage] == ["24/7", "24/7"]
    assert found.faults == {}


def test_a_schedule_takes_the_place_of_hours_in_bulk() -> None:
    """Rows given a schedule lose the hours of their own, and the other way round."""
    named = edit.bulk(DESKS, "coverage", [IT], "schedule", "office").document
    assert (named.coverage[0].hours, named.coverage[0].schedule) == ("", "office")
    back = edit.bulk(named, "coverage", [IT], "hours", "Mo 10:00-12:00").document
    assert (back.coverage[0].hours, back.coverage[0].schedule) == ("Mo 10:00-12:00", "")


@pytest.mark.parametrize(
    ("column", "text", "faulty"),
    [
        ("hours", "nine", [IT, "coverage/FR/technical/fr"]),
        ("language", "fr", []),
        ("territory", "", [IT, "coverage/FR/technical/fr"]),
    ],
)
def test_a_bulk_change_is_all_or_nothing(column: str, text: str, faulty: list[str]) -> None:
    """With a fault in any row the document stays as it was, and each faulty row is named."""
    keys = [IT, "coverage/FR/technical/fr", "coverage/gone"]
    found = edit.bulk(DESKS, "coverage", keys, column, text)
    assert found.document == DESKS
    assert sorted(found.faults) == sorted([*faulty, "coverage/gone"])


def test_a_bulk_change_cannot_make_two_rows_one() -> None:
    """Rows that would get the same key are refused, whichever of them comes first."""
    twice = Document(coverage=(DESK, replace(DESK, language="de"), replace(DESK, language="en")))
    keys = [key for key, _ in edit.keyed(twice, "coverage")]
    found: Bulk = edit.bulk(twice, "coverage", keys[1:], "language", "fr")
    assert list(found.faults) == keys[2:]
    assert "stands in the table already" in found.faults[keys[2]]


def test_many_rows_are_changed_in_time_that_grows_with_them() -> None:
    """A bulk change looks at each row a fixed number of times: ten thousand are no matter."""
    rows = tuple(Territory(f"T{number}", "", "Somewhere", "here") for number in range(10_000))
    document = Document(territories=rows)
    found = edit.bulk(
        document, "territories", [key for key, _ in edit.keyed(document, "territories")], "section", "there"
    )
    assert len(found.changed) == len(rows)


def test_a_calendar_day_may_be_a_date_or_a_country() -> None:
    """Each of the two makes a row of the calendar, beside its like."""
    own = edited(edit.put(WHOLE, "calendars", None, {"calendar": "italy", "day": "2026-12-07"}))
    assert own.key == "calendar/italy/2026-12-07"
    assert own.document.calendars[-1].day == date(2026, 12, 7)
