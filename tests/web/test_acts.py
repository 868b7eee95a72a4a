"""Whoever changes what is live leaves an entry in the audit, whichever way it is done."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from app.access.model import Role, operator
from app.services.emergency_wanted import Wanted
from app.web.ops.closure_form import ClosureForm
from tests.web.api.conftest import token_of
from tests.web.conftest import Desk

ENDS = "2026-11-20T17:30:00+00:00"
CLOSURE: dict[str, Any] = {"until": ENDS, "reason": "burst pipe", "territory": "IT"}
FORM = {
    "kind": "closure",
    "until_date": "2026-11-20",
    "until_time": "18:30",
    "reason": "burst pipe",
    "step": "apply",
}
_BLUEPRINTS = ("closures", "history", "audit", "api_closures", "api_publishing", "api_drafts", "api_explain")
#: Every way to act on what is live: the view's name, its address, what it is sent, what it is known by.
ACTS: dict[str, tuple[str, dict[str, Any], str]] = {
    "closures.add": ("/ops/closures/new", {}, "closure_added"),
    "closures.end": ("/ops/closures/1/end", {}, "closure_ended"),
    "closures.move_end": (
        "/ops/closures/1/move-end",
        {"until_date": "2026-11-22", "until_time": "09:00", "expecting": ENDS},
        "closure_end_moved",
    ),
    "closures.end_incident": ("/ops/closures/end-incident", {"incident": "Storm"}, "closure_ended"),
    "history.roll_back": ("/ops/history/1/roll-back", {"expecting": "1"}, "table_published"),
    "api_closures.addClosure": ("/api/v1/closures", CLOSURE, "closure_added"),
    "api_closures.endClosure": ("/api/v1/closures/1/end", {}, "closure_ended"),
    "api_closures.moveClosureEnd": (
        "/api/v1/closures/1/move-end",
        {"until": "2026-11-22T09:00:00Z", "expecting": ENDS},
        "closure_end_moved",
    ),
    "api_closures.addAnnouncement": (
        "/api/v1/announcements",
        {"until": ENDS, "incident": "Storm", "text": {"en": "Delays."}},
        "announcement_added",
    ),
    "api_closures.endAnnouncement": ("/api/v1/announcements/2/end", {}, "announcement_ended"),
    "api_closures.moveAnnouncementEnd": (
        "/api/v1/announcements/2/move-end",
        {"until": "2026-11-22T09:00:00Z", "expecting": ENDS},
        "announcement_end_moved",
    ),
    "api_closures.endIncident": ("/api/v1/incidents/end", {"incident": "Storm"}, "closure_ended"),
    "api_publishing.rollBack": ("/api/v1/table/rollback", {"version": 1, "expecting": 1}, "table_published"),
    "api_publishing.publish": ("/api/v1/table/publish", {"draft": 1, "revision": 1}, "table_published"),
    "api_drafts.importTable": (
        "/api/v1/table/import",
        {"title": "New", "files": {"schedules.csv": "name,hours\nshort,24/7\n"}},
        "draft_opened",
    ),
}
QUIET = {"api_drafts.checkTable", "api_explain.explain"}  # posted for their size; they change nothing


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """Closure 1 and announcement 2, both of the incident Storm, and draft 1 of the publisher's."""
    end, now = datetime.fromisoformat(ENDS), desk.clock.now()
    for closes in (True, False):
        wanted = Wanted(closes, None, end, reason="storm", incident="Storm", text={"en": "Delays."})
        desk.use_cases.closing.add(wanted, actor=operator("test"), now=now)
    found = desk.services.sql.accounts.find("publisher")
    assert found is not None
    who = replace(operator("publisher"), user=found.user.id)
    desk.use_cases.drafts.open(who, "Mine", now)
    return desk


def acts(desk: Desk) -> list[tuple[str, str]]:
    with desk.services.sql.engine.connect() as connection:
        found = connection.execute(text("SELECT who, what FROM audit ORDER BY id DESC LIMIT 5")).all()
    return [(who, what) for who, what in found if who.startswith("publisher")]


@pytest.mark.parametrize("endpoint", ACTS)
def test_an_act_is_written_down(busy: Desk, endpoint: str) -> None:
    """Done from a page or by a program, the audit says who did what."""
    path, sent, what = ACTS[endpoint]
    reader = busy.as_(Role.PUBLISHER)
    if path.startswith("/api/"):
        headers = {"Authorization": f"Bearer {token_of(busy, 'publisher')}"}
        answer = busy.app.test_client().post(path, json=sent, headers=headers)
        assert answer.status_code in {200, 201}, answer.text
    else:
        if endpoint == "closures.add":
            languages = tuple(busy.services.words.languages)
            sent = {**FORM, "seen": ClosureForm.of(FORM, languages).mark}
        assert reader.post(path, sent).status_code == 303
    assert what in [done for _, done in acts(busy)]


def test_every_way_to_act_is_tried(desk: Desk) -> None:
    """No address of these that takes a change is missing above."""
    posts = {
        rule.endpoint
        for rule in desk.app.url_map.iter_rules()
        if "POST" in (rule.methods or set()) and rule.endpoint.partition(".")[0] in _BLUEPRINTS
    }
    assert posts == set(ACTS) | QUIET
