"""Reports as a page and as a file."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from app.access.model import Role
from app.callflow.model import Call, State
from app.services.moment import rfc3339
from tests.web.conftest import Desk, Shown

REPORTS = "/ops/reports"


def record(desk: Desk, call_id: str, *, days_ago: float = 1, **changes: Any) -> None:
    """A connected call for Italy's billing desk."""
    at = desk.clock.now() - timedelta(days=days_ago)
    usual: dict[str, Any] = {
        "turn": 5,
        "state": State.GOODBYE,
        "territory": "IT",
        "department": "billing",
        "desk_language": "it",
        "queue": "billing-it",
        "asked_department": "billing",
        "asked_language": "it",
        "met": "open",
        "decided_at": rfc3339(at),
        "queued_at": rfc3339(at),
        "connected_at": rfc3339(at + timedelta(seconds=75)),
    }
    call = Call(call_id, "AC1", "CA1", "+39800917919", "+390655550100", rfc3339(at), 1)
    desk.services.sql.ledger.record(call.having(**{**usual, **changes}), ended="completed")


def table(page: Shown, title: str) -> dict[str, list[str]]:
    """A table of the page: the cells of each row by its name."""
    found = next(
        one
        for one in page.html.find_all("table")
        if one.caption and one.caption.get_text(strip=True) == title
    )
    rows = found.select("tbody tr, tfoot tr")
    return {
        row.th.get_text(strip=True): [cell.get_text(strip=True) for cell in row.find_all("td")]
        for row in rows
        if row.th
    }


def test_the_last_seven_days_by_day(desk: Desk) -> None:
    """The page opens with the last seven days, each with a row, and says all of it in one sentence."""
    record(desk, "one")
    record(desk, "two", met="other_language_open", connected_at="", queued_at="")
    page = desk.as_(Role.VIEWER).get(REPORTS)
    assert page.status_code == 200
    rows = table(page, "Calls, and where they went")
    assert len(rows) == 8
    assert rows["2026-11-19"] == rows["All"] == ["2", "1", "0", "0", "0", "0", "1", "0", "0", "0"]
    assert "2 calls, 1 connected, 1 met a closed desk, 0 verified." in page.words
    assert table(page, "Waiting")["All"][2:4] == ["1:15", "1:15"]


@pytest.mark.parametrize(
    ("by", "name"), [("country", "Italy"), ("queue", "billing-it"), ("language", "Italian")]
)
def test_other_rows_have_their_names(desk: Desk, by: str, name: str) -> None:
    """Rows of countries and languages are named for people; each chart tells its numbers in words."""
    record(desk, "one")
    page = desk.as_(Role.VIEWER).get(f"{REPORTS}?by={by}")
    assert table(page, "Closed desks, and what callers took instead")[name] == ["1", "0", "0 %", "0", "0"]
    told = [one.get_text(strip=True) for one in page.html.select("svg desc")]
    assert f"{name}: 1" in told
    assert len(told) == 3


def test_filters(desk: Desk) -> None:
    """A filter leaves out what is otherwise, and stands in the form."""
    record(desk, "one")
    record(desk, "two", territory="FR", asked_language="fr")
    page = desk.as_(Role.VIEWER).get(f"{REPORTS}?by=country&territory=FR")
    assert "1 call, 1 connected" in page.words
    assert page.html.select_one("#territory option[selected]").get_text() == "France"  # type: ignore[union-attr]  # stands there


def test_nothing_to_report(desk: Desk) -> None:
    """Days without calls are said to have none."""
    page = desk.as_(Role.VIEWER).get(f"{REPORTS}?from=2020-01-01&to=2020-01-02")
    assert "There was no such call in these days." in page.words


def test_bad_input_keeps_the_rest(desk: Desk) -> None:
    """A day that is none is said at its field; what else was given stays. So it is for the file."""
    for path in (REPORTS, f"{REPORTS}.csv"):
        page = desk.as_(Role.VIEWER).get(f"{path}?from=yesterday&by=queue&zone=Asia/Tokyo")
        assert page.status_code == 422
        assert "“yesterday” is no day" in page.html.select_one("#error-from").get_text()  # type: ignore[union-attr]  # as above
        assert page.html.select_one("#zone")["value"] == "Asia/Tokyo"  # type: ignore[index]  # as above


def test_the_file(desk: Desk) -> None:
    """The CSV file has the same rows; a cell that a spreadsheet would work out is made harmless."""
    record(desk, "one", queue="=1+1")
    answer = desk.as_(Role.VIEWER).get(f"{REPORTS}.csv?by=queue")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "calls-by-queue-2026-11-14-to-2026-11-20.csv" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [(row["queue"], row["connected"]) for row in rows] == [("'=1+1", "1"), ("total", "1")]
