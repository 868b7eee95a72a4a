"""Schedules that many desks share."""

from routing.table import Schedule
from tests.web.drafts import Opened, opened, value, words

__all__ = ["opened"]

KEY = "coverage/IT/billing/it"
SHARE = f"/schedules/share?key={KEY}"


def test_a_desks_hours_become_a_schedule_of_all_that_keep_them(opened: Opened) -> None:
    """Sharing a row's hours makes a schedule, which the rows of the same hours use as well when asked."""
    assert opened.post(SHARE, {"name": "office", "also": "1"}).status_code == 303
    users = [row for row in opened.document.coverage if row.schedule == "office"]
    assert opened.document.schedules == (Schedule("office", "Mo-Fr 09:00-17:00"),)
    assert len(users) > 1
    assert all(not row.hours for row in users)
    assert f"Used by {len(users)} rows" in opened.get("/schedules").words


def test_a_schedule_is_edited_and_renamed_once_for_all(opened: Opened) -> None:
    """Its hours and its name change in one form, and every row that uses it follows."""
    opened.post(SHARE, {"name": "office"})
    form = {"name": "early", "hours": "Mo-Fr 07:00-15:00"}
    assert opened.post("/rows/schedules/edit?key=schedule/office", form).status_code == 303
    assert opened.document.schedules == (Schedule("early", "Mo-Fr 07:00-15:00"),)
    assert [row.territory for row in opened.document.coverage if row.schedule == "early"] == ["IT"]


def test_a_schedule_in_use_is_not_removed(opened: Opened) -> None:
    """Removing one that rows use is refused with the list of them."""
    opened.post(SHARE, {"name": "office"})
    found = opened.post("/rows/schedules/edit?key=schedule/office", {"press": "remove"})
    assert found.status_code == 409
    assert KEY in found.words
    assert opened.document.schedules


def test_a_name_that_is_none_is_told_at_the_name(opened: Opened) -> None:
    """A schedule's name is checked, and what was typed is kept."""
    found = opened.post(SHARE, {"name": "office hours"})
    assert found.status_code == 422
    assert value(found, "name") == "office hours"
    assert "use letters, digits" in words(found, "error-name")
    assert opened.draft.revision == 1
