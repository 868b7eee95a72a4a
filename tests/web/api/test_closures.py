"""Closures and announcements by the API, and what becomes of requests that are not as described."""

from collections.abc import Callable

import pytest

from tests.web.api.conftest import Program
from tests.web.conftest import Shown

Programs = Callable[..., Program]
UNTIL = "2026-11-20T18:30:00+01:00"
CLOSURE = {"until": UNTIL, "reason": "burst pipe", "territory": "IT", "department": "billing"}
STORM = {"until": UNTIL, "incident": "Storm", "text": {"en": "Delays."}}


def test_a_closure_is_made_extended_and_ended(program: Programs) -> None:
    """A closure is listed while it holds, moved against the end that was seen, ended once."""
    publisher = program("publisher")
    made = publisher.post("/closures", CLOSURE)
    assert made.status_code == 201
    assert made.json["scope"] == "Italy, billing department"
    number = made.json["number"]
    moved = {"until": "2026-11-20T20:00:00Z", "expecting": made.json["until"]}
    assert publisher.post(f"/closures/{number}/move-end", moved).json["until"] == "2026-11-20T20:00:00+00:00"
    assert publisher.post(f"/closures/{number}/move-end", moved).status_code == 409
    assert program("viewer").get("/closures").json["total"] == 1
    assert publisher.post(f"/announcements/{number}/end").status_code == 404
    assert publisher.post(f"/closures/{number}/end").json["ended_by"].startswith("publisher")
    assert publisher.post(f"/closures/{number}/end").status_code == 409
    acts = program("editor").get("/audit?q=closure").json
    assert [act["what"] for act in acts["acts"]] == ["closure_ended", "closure_end_moved", "closure_added"]


def test_an_incident_ends_all_of_it(program: Programs) -> None:
    """Announcements carry their incident's name and end together."""
    publisher = program("publisher")
    for _ in range(2):
        assert publisher.post("/announcements", STORM).status_code == 201
    assert publisher.post("/incidents/end", {"incident": "Storm"}).json == {"ended": 2}
    assert publisher.get("/announcements").json["total"] == 0
    assert publisher.get("/announcements?show=over").json["total"] == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"until": "2026-11-20T09:00:00Z"}, "until"),
        ({"until": "2026-11-20 19:00"}, "until"),
        ({"until": None}, "until"),
        ({"from": "2026-11-19T10:00:00Z"}, "from"),
        ({"territory": "ZZ"}, "territory"),
        ({"department": "sales"}, "department"),
        ({"reason": ""}, "reason"),
        ({"reason": "a\x00b"}, "reason"),
        ({"text": {"tlh": "Qapla"}}, "text.tlh"),
        ({"text": {"en": 5}}, "text.en"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    program: Programs, change: dict[str, object], field: str
) -> None:
    """A faulty body is refused with a sentence at each field; nothing is closed."""
    answer = program("publisher").post("/closures", {**CLOSURE, **change})
    assert answer.status_code == 422
    assert list(answer.json["error"]["fields"]) == [field]
    assert program("viewer").get("/closures").json["total"] == 0


def test_roles_hold_for_tokens(program: Programs) -> None:
    """Without a token: 401; with too small a role, or one made without a one-time code: 403 in JSON."""
    nobody = Program(program("viewer").desk)
    answer = nobody.post("/closures", CLOSURE)
    assert (answer.status_code, answer.headers["WWW-Authenticate"].split()[0].lower()) == (401, "bearer")
    for owner, strong in (("editor", True), ("publisher", False)):
        answer = program(owner, strong=strong).post("/closures", CLOSURE)
        assert (answer.status_code, answer.json["error"]["code"]) == (403, "forbidden")
    assert program("viewer").get("/audit").status_code == 403


def test_cookies_count_for_nothing(program: Programs) -> None:
    """A session of the pages opens nothing here, so that no other site can use it."""
    client = program("publisher").desk.as_("publisher").client
    assert client.get("/api/v1/history").status_code == 401
    assert client.post("/api/v1/closures", json=CLOSURE).status_code == 401


def test_every_error_is_json(program: Programs) -> None:
    """Unknown addresses, methods, types, sizes and bodies are answered in the one form of errors."""
    publisher = program("publisher")
    client, headers = publisher.desk.app.test_client(), publisher.headers()
    answers = {
        404: client.get("/api/v1/nothing", headers=headers),
        405: client.delete("/api/v1/closures", headers=headers),
        400: client.post("/api/v1/closures", data="{", content_type="application/json", headers=headers),
        415: client.post("/api/v1/closures", data={"until": UNTIL}, headers=headers),
        413: client.post("/api/v1/closures", json={"reason": "x" * 100_000}, headers=headers),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        assert set(Shown(answer).json["error"]) == {"code", "sentence", "fields"}
    deep = "[" * 50_000
    answer = client.post("/api/v1/closures", data=deep, content_type="application/json", headers=headers)
    assert answer.status_code == 400


def test_an_instant_of_no_offset_or_with_a_body_of_odd_numbers_is_refused(program: Programs) -> None:
    """JSON's extensions (NaN) are no JSON."""
    publisher = program("publisher")
    answer = publisher.desk.app.test_client().post(
        "/api/v1/table/rollback",
        data='{"version": NaN, "expecting": 1}',
        content_type="application/json",
        headers=publisher.headers(),
    )
    assert answer.status_code == 400
