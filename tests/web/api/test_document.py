"""The document and the routes are one: what is described is answered, what is answered is described."""

import re
from collections.abc import Callable

from tests.web.api.conftest import Program
from tests.web.conftest import Desk


def test_document_and_routes_agree(desk: Desk) -> None:
    """Each route under /api/v1 stands in the document, and the other way round."""
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method)
        for rule in desk.app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and not rule.endpoint.startswith("api.")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    paths = desk.anybody().get("/api/v1/openapi.json").json["paths"]
    described = {(path, method.upper()) for path, methods in paths.items() for method in methods}
    assert routes == described


def test_the_document_is_a_page_too(desk: Desk) -> None:
    """For people there is a page of every operation; neither needs a token or sets a cookie."""
    page = desk.anybody().get("/api/v1/")
    assert page.status_code == 200
    assert "POST /api/v1/closures" in page.words
    assert "Set-Cookie" not in page.headers


def test_reports_are_those_of_the_page(program: Callable[..., Program]) -> None:
    """Reports come by what is asked; a day that is none is said at its field."""
    viewer = program("viewer")
    found = viewer.get("/reports?by=day&from=2026-11-18&to=2026-11-19&zone=Europe/Rome").json
    assert [row["key"] for row in found["rows"]] == ["2026-11-18", "2026-11-19"]
    assert found["total"]["calls"] == 0
    wrong = viewer.get("/reports?from=soon")
    assert (wrong.status_code, list(wrong.json["error"]["fields"])) == (422, ["from"])
    assert "known are" in viewer.get("/reports?colour=red").json["error"]["fields"]["colour"]
