"""Drafts in a browser: opened, listed, taken back, discarded; only their owner changes them."""

import re

import pytest

from app.access.model import Role
from tests.web.conftest import Desk, Reader


def opened(reader: Reader, title: str = "Christmas in Italy") -> str:
    """The path of a new draft."""
    page = reader.post("/ops/drafts/new", {"title": title}, follow=True)
    assert page.status_code == 200, page.words
    found = re.search(r"/ops/drafts/\d+", page.request.path)
    assert found
    return found[0]


def closing(reader: Reader, draft: str, day: str = "2026-12-24", revision: int = 1) -> None:
    """Put a closing day into a draft, by its form."""
    form = {"revision": revision, "day": day, "effect": "closed", "territory": "IT", "press": "save"}
    page = reader.post(f"{draft}/rows/closures/new", form, follow=True)
    assert page.status_code == 200, page.words


def test_a_new_draft_is_found_in_the_list(desk: Desk) -> None:
    """A draft opens with a title, stands in the list of open ones and on its own page."""
    editor = desk.as_(Role.EDITOR)
    draft = opened(editor)
    listed = editor.get("/ops/drafts?whose=mine&q=christmas")
    assert listed.html.find("a", href=draft)
    page = desk.as_(Role.VIEWER).get(draft)
    assert "Christmas in Italy" in page.words
    assert "you can look, not change" in page.words
    assert "There is no such draft." in editor.get("/ops/drafts?q=easter").words


def test_a_draft_for_a_country_goes_on_to_it(desk: Desk) -> None:
    """Opened for a country, a draft leads to that country's rows; an unknown country is left aside."""
    editor = desk.as_(Role.EDITOR)
    page = editor.get("/ops/drafts/new?country=IT")
    assert "Open the draft for Italy" in page.words
    answer = editor.post("/ops/drafts/new", {"title": "Italy", "country": "IT"})
    assert answer.headers["Location"].endswith("/countries/IT")
    strange = editor.post("/ops/drafts/new", {"title": "Nowhere", "country": "../../x"})
    assert re.fullmatch(r"/ops/drafts/\d+", strange.headers["Location"])


@pytest.mark.parametrize("title", ["", "  ", "x" * 121], ids=["empty", "blank", "long"])
def test_a_title_that_cannot_be_is_said_at_the_field(desk: Desk, title: str) -> None:
    """A wrong title opens nothing; the field says what to write and keeps what was typed."""
    page = desk.as_(Role.EDITOR).post("/ops/drafts/new", {"title": title})
    field = page.html.find(id="title")
    assert page.status_code == 422
    assert field
    assert field["value"] == title
    assert page.html.find(id="error-title")


def test_the_last_change_is_taken_back(desk: Desk) -> None:
    """A change stands among the steps and what it changes; undoing it leaves the draft as it was."""
    editor = desk.as_(Role.EDITOR)
    draft = opened(editor)
    closing(editor, draft)
    assert "Closure on 2026-12-24" in editor.get(draft).words
    again = editor.post(f"{draft}/undo", {"revision": 1})
    assert again.status_code == 409
    assert "changed meanwhile" in again.words
    undone = editor.post(f"{draft}/undo", {"revision": 2}, follow=True)
    assert "Nothing yet" in undone.words
    assert "Taken back" in undone.text


def test_a_draft_is_renamed_and_discarded_by_its_owner(desk: Desk) -> None:
    """Its owner gives it another title and ends it; others may not."""
    editor, other = desk.as_(Role.EDITOR), desk.as_(Role.PUBLISHER)
    draft = opened(editor)
    for form in ("rename", "discard", "undo"):
        assert other.post(f"{draft}/{form}", {"title": "Mine", "revision": 1}).status_code == 403
    assert editor.post(f"{draft}/rename", {"title": ""}).status_code == 422
    assert "Advent" in editor.post(f"{draft}/rename", {"title": "Advent"}, follow=True).words
    editor.post(f"{draft}/discard", {})
    assert editor.post(f"{draft}/discard", {}).status_code == 409
    assert "Advent" in editor.get("/ops/drafts?state=discarded").words
    assert "Advent" not in editor.get("/ops/drafts").words


def test_viewers_open_no_drafts(desk: Desk) -> None:
    """Without the right to edit, the form is refused and says who may."""
    page = desk.as_(Role.VIEWER).post("/ops/drafts/new", {"title": "x"})
    assert page.status_code == 403
    assert "Editors" in page.words


def test_a_draft_that_is_not_there(desk: Desk) -> None:
    """An unknown number is a page that says so, on every page of a draft."""
    for path in ("", "/check", "/publish", "/conflicts", "/import", "/export.zip"):
        assert desk.as_(Role.VIEWER).get(f"/ops/drafts/987{path}").status_code == 404
