"""Whoever changes anything leaves an entry in the audit, whichever way it is done."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from app.access.model import Role, operator
from app.services.emergency_wanted import Wanted
from app.web.ops.closure_form import ClosureForm
from tests.web.acting import Acting
from tests.web.acts import STEPS
from tests.web.api.conftest import token_of
from tests.web.conftest import Desk
from tests.web.desk.acts import AGENT_STEPS

ENDS = "2026-11-20T17:30:00+00:00"
CLOSURE: dict[str, Any] = {"until": ENDS, "reason": "burst pipe", "territory": "IT"}
FORM = {
    "kind": "closure",
    "until_date": "2026-11-20",
    "until_time": "18:30",
    "reason": "burst pipe",
    "step": "apply",
}
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
#: Posted for their size or their secrets; what they lead to is written down where it begins to count.
QUIET = {
    "desk.duty",  # several times an hour; the board and the supervisors' page show it
    "api_drafts.checkTable",
    "api_explain.explain",
    "account_code.begin",
    "exchange.upload",
    "organisation_imports.upload",
    "organisation_imports.discard",
}


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


def test_every_form_of_the_desk_is_written_down(desk: Desk) -> None:
    """Whatever a form changes, the audit says who did it and from where, in the words of the list."""
    on, missing = Acting(desk), []
    for endpoint, (who, what, act) in STEPS.items():
        before = len(written(desk))
        answer = act(on)
        ways = desk.app.url_map.bind("")
        assert ways.match(answer.request.path, method=answer.request.method)[0] == endpoint
        if (who, what, "127.0.0.1") not in written(desk)[before:]:
            missing.append((endpoint, answer.status_code, answer.words))
    assert not missing


def written(desk: Desk) -> list[tuple[str, str, str]]:
    """Who, what and where of every act; a token's acts are its owner's."""
    with desk.services.sql.engine.connect() as connection:
        found = connection.execute(text("SELECT who, what, place FROM audit ORDER BY id")).all()
    return [(who.partition(" (token ")[0], what, place) for who, what, place in found]


def test_every_way_to_act_is_tried(desk: Desk) -> None:
    """No address that takes a change is missing above, but for the carrier's own."""
    ways = {
        rule.endpoint
        for rule in desk.app.url_map.iter_rules()
        if (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"} and not rule.endpoint.startswith("voice.")
    }
    assert ways == set(ACTS) | set(STEPS) | set(AGENT_STEPS) | QUIET
    assert not (set(ACTS) | set(STEPS)) & QUIET
