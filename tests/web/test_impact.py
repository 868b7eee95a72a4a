"""What a draft would do to last week's calls: the page and its file."""

import csv
import io
from dataclasses import replace
from datetime import date, time

from app.access.model import Role, operator
from app.services.drafts import Draft
from routing.table import Closure, Document
from tests.web.conftest import Desk
from tests.web.test_reports import record

NOON = Closure(date(2026, 12, 24), start=time(12), territory="IT", department="billing")
AFTERNOON, MORNING = 0.875, 1.05  # days before Friday 10:00 UTC: Thursday 14:00 and 09:48 in Rome


def draft(desk: Desk, **sections: object) -> Draft:
    drafts, now, editor = desk.use_cases.drafts, desk.clock.now(), operator("editor")
    opened = drafts.open(editor, "Christmas", now)
    document: Document = replace(opened.document, **sections)  # type: ignore[arg-type]  # sections by their names
    changed = drafts.change(opened.id, opened.revision, document, editor, now, "changed")
    assert isinstance(changed, Draft)
    return changed


def test_a_closing_day_and_the_calls_it_touches(desk: Desk) -> None:
    """Closing Italy's billing desk on 24 December from noon lists Thursday afternoon's call, and says why."""
    record(desk, "afternoon", days_ago=AFTERNOON)
    record(desk, "morning", days_ago=MORNING)
    made = draft(desk, closures=(NOON,))
    page = desk.as_(Role.VIEWER).get(f"/ops/drafts/{made.id}/impact")
    assert page.status_code == 200
    assert "2 calls that asked for a desk" in page.words
    assert "1 call would go elsewhere" in page.words
    assert "as if in the week of 21 December 2026" in page.words
    [listed] = page.html.select("table")[1].select("tbody tr")
    assert "2026-12-24" in listed.get_text()
    assert "billing-it (Italian)" in listed.get_text()
    assert "opens Fri 2026-12-25" in " ".join(listed.get_text().split())
    why = desk.as_(Role.VIEWER).get(str(listed.a["href"]) if listed.a else "")
    assert "A closure holds" in why.words
    [line] = page.html.select("table")[0].select("tbody tr")
    narrowed = desk.as_(Role.VIEWER).get(str(line.a["href"]) if line.a else "")
    assert "Show all" in narrowed.words


def test_the_file_lists_every_call(desk: Desk) -> None:
    """The CSV file has a row for each call that would go elsewhere, with both ends."""
    for number in range(60):
        record(desk, f"call{number}", days_ago=AFTERNOON)
    made = draft(desk, closures=(NOON,))
    page = desk.as_(Role.VIEWER).get(f"/ops/drafts/{made.id}/impact?page=2")
    assert "51 to 60 of 60" in page.words
    answer = desk.as_(Role.VIEWER).get(f"/ops/drafts/{made.id}/impact.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(rows) == 60
    assert (rows[0]["way"], rows[0]["before_queue"], rows[0]["after"]) == ("closes", "billing-it", "closed")
    assert rows[0]["tried_at"].startswith("2026-12-24")


def test_a_draft_that_touches_nobody(desk: Desk) -> None:
    """A draft as the live table is touches no call, and the page says so; what is no draft is not found."""
    record(desk, "one")
    made = draft(desk)
    page = desk.as_(Role.VIEWER).get(f"/ops/drafts/{made.id}/impact")
    assert "None of these calls would go elsewhere." in page.words
    assert "Each call was tried at its own time" in page.words
    assert desk.as_(Role.VIEWER).get("/ops/drafts/999/impact").status_code == 404
