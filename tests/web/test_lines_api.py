"""The public lines as JSON, for any origin."""

from typing import Any

import jsonschema_rs
import pytest

from app.web.api.lines_schema import lines_paths
from tests.web.conftest import Desk, Shown


def checked(page: Shown, path: str) -> Any:
    """The answer, which is what the document says it is."""
    responses = lines_paths()[path]["get"]["responses"]
    schema = responses[str(page.status_code)]["content"]["application/json"]["schema"]
    jsonschema_rs.validate(schema, page.json)
    assert page.headers["Access-Control-Allow-Origin"] == "*"
    return page.json


def test_the_list_as_json(desk: Desk) -> None:
    """The list comes in parts, in a language, searched; beyond its end it is empty."""
    part = checked(desk.anybody().get("/api/v1/lines?language=de&limit=2&offset=1"), "/api/v1/lines")
    assert (part["total"], part["limit"], part["offset"], len(part["countries"])) == (247, 2, 1, 2)
    one = checked(desk.anybody().get("/api/v1/lines?q=Italien&language=de"), "/api/v1/lines")
    assert [(row["key"], row["name"]) for row in one["countries"]] == [("IT", "Italien")]
    assert one["countries"][0]["open"] == ["technical", "billing"]
    assert checked(desk.anybody().get("/api/v1/lines?offset=99999"), "/api/v1/lines")["countries"] == []


def test_a_country_as_json(desk: Desk) -> None:
    """A country has the facts of its page, its instants on its own clock."""
    path = "/api/v1/lines/{key}"
    for key in ("IT", "JP", "HN", "NP", "EEA", "cn"):
        checked(desk.anybody().get(f"/api/v1/lines/{key}"), path)
    italy = checked(desk.anybody().get("/api/v1/lines/IT"), path)
    assert italy["at"] == "2026-11-20T11:00:00+01:00"
    assert italy["offers"][0]["numbers"][0]["uri"] == "tel:+39800917919"
    assert checked(desk.anybody().get("/api/v1/lines/XX"), path)["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=251", "limit"),
        ("limit=%C2%B2", "limit"),
        ("limit=1&limit=2", "limit"),
        ("offset=-1", "offset"),
        ("offset=99999999999999999999", "offset"),
        ("language=xx", "language"),
        ("colour=red", "colour"),
        (f"q={'x' * 101}", "q"),
    ],
)
def test_arguments_that_are_not_understood(desk: Desk, query: str, field: str) -> None:
    """A bad argument is refused by its name, in words."""
    page = desk.anybody().get(f"/api/v1/lines?{query}")
    assert page.status_code == 422
    error = checked(page, "/api/v1/lines")["error"]
    assert set(error["fields"]) == {field}
