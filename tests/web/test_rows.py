"""Rows of a draft as lists and forms."""

import pytest

from app.access.model import Role
from routing import edit
from routing.table import Coverage, Queue
from tests.web.drafts import Opened, opened, part, value, words

__all__ = ["opened"]

SECTIONS = ("territories", "lines", "coverage", "schedules", "queues", "calendars", "closures", "notices")
IT = "/rows/coverage/edit?key=coverage/IT/technical/it"
ROW = {"territory": "IT", "department": "technical", "language": "it", "by": "own", "zone": "Europe/Rome"}


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_is_a_list_with_a_form_for_a_new_row(opened: Opened, section: str) -> None:
    """Each section of the table can be looked through and added to, and every input has a label."""
    assert opened.get(f"/rows/{section}").status_code == 200
    form = opened.get(f"/rows/{section}/new", follow=True)
    assert form.status_code == 200
    inputs = form.html.select("main input:not([type=hidden]), main select, main textarea")
    assert {one["id"] for one in inputs} == {label["for"] for label in form.html.select("main label")}


def test_a_list_is_filtered_and_paged(opened: Opened) -> None:
    """Rows are found by country, department, language and any words, a page at a time."""
    found = opened.get("/rows/coverage?q=italian&department=billing&territory=IT")
    assert [link.text for link in found.html.select("tbody a")] == ["IT/billing/it"]
    assert len(opened.get("/rows/coverage?page=2").html.select("tbody tr")) == 50


def test_a_saved_row_is_the_drafts_next_revision(opened: Opened) -> None:
    """A row is saved at once, and the page says as which revision."""
    found = opened.post(IT, {**ROW, "hours": "Mo-Fr 07:00-19:00"}, follow=True)
    assert "Saved, revision 2" in found.text
    row = edit.find(opened.document, "coverage", "coverage/IT/technical/it")
    assert isinstance(row, Coverage)
    assert row.hours == "Mo-Fr 07:00-19:00"
    assert opened.desk.services.tables.current().document != opened.document


def test_a_faulty_cell_is_told_at_the_cell_and_the_rest_kept(opened: Opened) -> None:
    """Nothing is saved, the sentence stands at the input, and what was typed is still there."""
    cells = {**ROW, "hours": "Mo-Fr nine to five", "zone": "Europe/Roma", "note": "as <agreed>"}
    found = opened.post(IT, cells)
    assert found.status_code == 422
    assert value(found, "zone") == "Europe/Roma"
    assert part(found, "zone")["aria-invalid"] == "true"
    assert "Europe/Rome" in words(found, "error-zone")
    assert "Mo-Fr 09:00-17:00" in words(found, "error-hours")
    assert words(found, "note") == "as <agreed>"
    assert opened.draft.revision == 1


def test_a_queue_says_what_takes_over_and_when(opened: Opened) -> None:
    """A queue's form suggests what may take over, and keeps seconds as a number and the backup."""
    form = opened.get("/rows/queues/new")
    known = {option["value"] for option in form.html.select("#overflow-known option")}
    assert {"technical-en", "fallback", "voicemail"} <= known
    cells = {"name": "night", "overflow": "voicemail", "overflow_after": "300", "unverified": "transfer"}
    opened.post("/rows/queues/new", {**cells, "backup": "sip:night@example.com"}, follow=True)
    row = edit.find(opened.document, "queues", "queue/night")
    assert row == Queue("night", "", "voicemail", overflow_after=300, backup="sip:night@example.com")
    found = opened.post("/rows/queues/edit?key=queue/night", {**cells, "overflow_after": "soon"})
    assert (found.status_code, value(found, "overflow_after")) == (422, "soon")
    assert "whole seconds" in words(found, "error-overflow_after")


def test_another_tab_that_saved_first_is_shown_beside_what_was_typed(opened: Opened) -> None:
    """A form of an earlier revision is not saved: it says what changed and keeps what was typed."""
    opened.post(IT, {**ROW, "hours": "Mo-Fr 07:00-19:00", "note": "first"})
    found = opened.post(IT, {**ROW, "hours": "24/7", "note": "second"}, revision=1)
    assert found.status_code == 409
    assert "In the draft now: first" in found.words
    assert words(found, "note") == "second"
    assert found.html.select("main input[name=revision][value='2']")
    assert opened.draft.revision == 2


def test_only_the_owner_changes_a_draft(opened: Opened) -> None:
    """Everybody sees a draft; another editor cannot change it, and a viewer neither."""
    path = f"/ops/drafts/{opened.number}{IT}"
    for role, status in ((Role.PUBLISHER, 403), (Role.VIEWER, 403)):
        reader = opened.desk.as_(role)
        assert reader.get(path).html.select("main fieldset[disabled]")
        assert reader.post(path, {"revision": 1, **ROW, "hours": "24/7"}).status_code == status
    assert opened.draft.revision == 1


def test_a_row_is_taken_away_and_a_missing_one_is_not_found(opened: Opened) -> None:
    """Removing takes the row out of the draft; its form is gone then."""
    assert opened.post(IT, {"press": "remove"}).status_code == 303
    assert edit.find(opened.document, "coverage", "coverage/IT/technical/it") is None
    assert opened.get(IT).status_code == 404
    assert opened.get("/rows/nothing").status_code == 404


def test_a_draft_that_was_discarded_is_not_changed(opened: Opened) -> None:
    """Once a draft is over its forms are closed, and a form that was open changes nothing."""
    opened.reader.post(f"/ops/drafts/{opened.number}/discard", {"revision": 1})
    assert opened.get(IT).html.select("main fieldset[disabled]")
    assert opened.post(IT, {**ROW, "hours": "24/7"}).status_code == 409
    assert opened.draft.revision == 1


def test_a_territory_in_use_stays(opened: Opened) -> None:
    """What other rows name is not removed: the page lists who names it."""
    found = opened.post("/rows/territories/edit?key=territory/IT", {"press": "remove"})
    assert found.status_code == 409
    assert "coverage/IT/technical/it" in found.words
    assert opened.draft.revision == 1


def test_a_country_has_everything_in_one_place(opened: Opened) -> None:
    """The country's page holds its desks, numbers and closing days, with a way to add each."""
    assert opened.get("/countries?q=italy").headers["Location"].endswith("/countries/IT")
    found = opened.get("/countries/IT")
    assert "Billing, Italian" in found.words
    assert "Close on a day, or open specially" in found.words
    assert opened.get("/countries/XX").status_code == 404
