"""``/api/v1/organisations``: a directory keeps records fresh, and reads them back."""

from collections.abc import Callable
from typing import Any

from tests.web.api.conftest import Program
from tests.web.conftest import Shown

PATH = "/organisations/555000"
BODY: dict[str, Any] = {
    "source": "crm",
    "name": "Alfa",
    "country": "IT",
    "numbers": ["+390655550100", "+39065555*"],
    "contacts": [
        {"name": "Anna", "role": "admin", "email": "anna@example.com", "confirmed": "2026-01-02T03:04:05Z"},
        {"name": "Bruno", "role": "user", "phone": "+390655550101", "confirmed": None},
    ],
}


def put(program: Program, body: dict[str, Any], path: str = PATH) -> Shown:
    client = program.desk.app.test_client()
    return Shown(client.put(f"/api/v1{path}", json=body, headers=program.headers()))


def test_put_is_idempotent_and_confirms(program: Callable[..., Program]) -> None:
    """Added, then unchanged, then changed; each time its source confirms the record at that instant."""
    editor = program("editor")
    added = put(editor, BODY)
    assert (added.status_code, added.json["result"]) == (201, "added")
    first = added.json["organisation"]
    assert (first["source"], first["numbers"]) == ("crm", ["+39065555*", "+390655550100"])
    editor.desk.clock.advance(3600)
    again = put(editor, BODY)
    assert (again.status_code, again.json["result"]) == (200, "unchanged")
    second = again.json["organisation"]
    assert second["source_confirmed_at"] > first["source_confirmed_at"]
    assert second["contacts"][0]["source_confirmed_at"] == second["source_confirmed_at"]
    assert {**second, "source_confirmed_at": "", "contacts": []} == {
        **first,
        "source_confirmed_at": "",
        "contacts": [],
    }
    fewer = put(editor, BODY | {"contacts": BODY["contacts"][:1]})
    assert fewer.json["result"] == "changed"
    shown = program("viewer").get(PATH)
    assert [one["name"] for one in shown.json["contacts"]] == ["Anna"]
    assert program("viewer").get("/organisations?q=alfa").json["total"] == 1


def test_faults_are_told_by_field_and_change_nothing(program: Callable[..., Program]) -> None:
    """What a file's row would be refused for is refused here, at its field; so is what is not known."""
    editor = program("editor")
    bad = {
        **BODY,
        "country": "ZZ",
        "contacts": [{"name": "Anna", "role": "admin"}, {"name": "Anna", "role": "user", "email": "x"}],
    }
    refused = put(editor, bad)
    assert refused.status_code == 422
    assert set(refused.json["error"]["fields"]) == {
        "country",
        "contacts[0].email",
        "contacts[1].email",
        "contacts[1].name",
    }
    unknown = put(editor, BODY | {"colour": "red"})
    assert set(unknown.json["error"]["fields"]) == {"colour"}
    assert put(editor, BODY, "/organisations/12").json["error"]["fields"].keys() == {"account_number"}
    assert editor.get(PATH).status_code == 404


def test_put_takes_an_editor(program: Callable[..., Program]) -> None:
    """A viewer's token reads and writes nothing; without a token nothing is read."""
    assert put(program("viewer"), BODY).status_code == 403
    nobody = program("viewer")
    nobody.token = ""
    assert nobody.get(PATH).status_code == 401
