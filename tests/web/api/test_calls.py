"""Recorded calls by the API."""

from collections.abc import Callable
from datetime import timedelta

from app.callflow.happened import Happened
from app.callflow.model import Note
from app.services.moment import rfc3339
from tests.web.api.conftest import Program
from tests.web.test_reports import record

Programs = Callable[..., Program]


def test_calls_come_in_pages_newest_first(program: Programs) -> None:
    """The list says how many there are in all, and each call's facts; arguments narrow it."""
    viewer = program("viewer")
    for number in range(3):
        record(viewer.desk, f"call-{number}", days_ago=3 - number)
    record(viewer.desk, "other", days_ago=5, territory="FR", connected_at="", queue="billing-fr")
    page = viewer.get("/calls?limit=2&offset=1").json
    assert (page["total"], page["limit"], page["offset"]) == (4, 2, 1)
    assert [call["id"] for call in page["calls"]] == ["call-1", "call-0"]
    first = page["calls"][0]
    assert first["started_at"] == "2026-11-18T10:00:00Z"
    assert (first["outcome"], first["wait_seconds"], first["ended"]) == ("connected", 75, "completed")
    for query in ("territory=FR", "outcome=abandoned", "queue=billing-fr", "q=fr", "q=othe"):
        assert [call["id"] for call in viewer.get(f"/calls?{query}").json["calls"]] == ["other"], query
    since, until = "2026-11-17T10:00:00Z", "2026-11-18T11:00:00%2B01:00"
    found = viewer.get(f"/calls?since={since}&until={until}&level=unverified").json
    assert [call["id"] for call in found["calls"]] == ["call-0"]


def test_a_call_comes_with_its_timeline(program: Programs) -> None:
    """Each entry has its instant, what it is about, the word as kept and as people read it."""
    viewer = program("viewer")
    at = viewer.desk.clock.now() - timedelta(days=1)
    notes = (
        Note(rfc3339(at), "open_hours: open", "territory/IT; coverage/IT/billing/it"),
        Note(rfc3339(at + timedelta(seconds=9)), Happened.LEG_RINGS, "agent 7"),
    )
    record(viewer.desk, "a-call", notes=notes)
    found = viewer.get("/calls/a-c").json
    assert (found["id"], found["territory"], found["language"]) == ("a-call", "IT", "it")
    decision, leg = found["timeline"]
    assert decision["kind"] == "decision"
    assert [reason["key"] for reason in decision["reasons"]] == ["territory/IT", "coverage/IT/billing/it"]
    assert decision["reasons"][0]["sentence"] == "The call is for Italy (IT) [territory/IT]."
    assert leg == {
        "at": "2026-11-19T10:00:09Z",
        "kind": "leg",
        "what": "leg_rings",
        "text": "Leg rings",
        "detail": "agent 7",
        "reasons": [],
    }


def test_what_cannot_be_is_said(program: Programs) -> None:
    """A call that is not there, a beginning of several, an argument that is none: each has its status."""
    viewer = program("viewer")
    for name in ("aa-1", "aa-2"):
        record(viewer.desk, name)
    assert viewer.get("/calls/zz").status_code == 404
    several = viewer.get("/calls/aa")
    assert (several.status_code, several.json["error"]["code"]) == (422, "bad_input")
    wrong = viewer.get("/calls?level=sure&outcome=good&since=today&limit=0")
    assert wrong.status_code == 422
    assert set(wrong.json["error"]["fields"]) == {"level", "outcome", "since", "limit"}


def test_calls_are_for_those_who_see_everything(program: Programs) -> None:
    """An agent's token does not list calls; the refusal says whose does."""
    for path in ("/calls", "/calls/x"):
        refused = program("agent").get(path)
        assert refused.status_code == 403
        assert "Viewers, editors, publishers, supervisors and admins" in refused.json["error"]["sentence"]
