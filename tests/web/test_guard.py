"""The guard before every page, whatever the page."""

import pytest
from flask import Blueprint, Flask

from app.access.model import Actor, Right, Role
from app.faults import Fault, FaultCode
from app.web.pages import needs
from app.web.pages.access import OPEN, guarded, right_of
from tests.web.conftest import Desk

#: Views anybody may ask, beside those whose blueprints guard themselves; each has a reason to be open.
PUBLIC = {
    "home.root",
    "sign_in.sign_in",
    "sign_in.submit",
    "sign_in.sign_out",
    "lines.index",
    "lines.country",
    "api_lines.listed",
    "api_lines.country",
    "api.described",
    "api.page",
}


class Nobody:
    """Doors that know nobody."""

    def person(self, token: str, where: str) -> Actor | None:
        return None

    def program(self, token: str, where: str) -> Actor | None:
        return None


def test_every_route_says_who_may_ask(desk: Desk) -> None:
    """Each route needs a right, guards itself like the carrier's, or stands in the list of public ones."""
    for rule in desk.app.url_map.iter_rules():
        right = right_of(desk.app, rule.endpoint)
        if rule.endpoint.partition(".")[0] in OPEN or rule.endpoint in PUBLIC:
            assert right == "public"
        else:
            assert isinstance(right, Right), rule.endpoint


def test_a_view_without_a_right_is_refused_at_the_start() -> None:
    """An application with a view that nobody guarded does not start."""
    app, pages = Flask(__name__, static_folder=None), Blueprint("bare", __name__)
    pages.add_url_rule("/bare", "view", lambda: "")
    app.register_blueprint(pages)
    with pytest.raises(Fault) as caught:
        guarded(app, Nobody())
    assert caught.value.code is FaultCode.SETTINGS
    assert "bare.view" in caught.value.sentence
    needs(Right.VIEW)(app.view_functions["bare.view"])
    guarded(app, Nobody())


def test_nobody_is_shown_a_page_of_the_desk(desk: Desk) -> None:
    """Without a session every page leads to the sign-in, which leads back."""
    answer = desk.anybody().get("/ops/?x=1")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/ops/sign-in?next=%2Fops%2F%3Fx%3D1"


def test_a_form_from_elsewhere_changes_nothing(desk: Desk) -> None:
    """A POST without the desk's own token is refused, signed in or not."""
    reader = desk.as_(Role.ADMIN)
    answer = reader.client.post("/ops/sign-out")
    assert answer.status_code == 400
    assert reader.get("/ops/").status_code == 200


def test_pages_are_kept_by_no_cache_and_load_nothing_from_elsewhere(desk: Desk) -> None:
    """Every page of the desk says that it is not to be kept, framed, or mixed with strangers' files."""
    headers = desk.as_(Role.VIEWER).get("/ops/").headers
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


def test_a_session_ends(desk: Desk) -> None:
    """After 15 idle minutes the next page asks to sign in again."""
    reader = desk.as_(Role.VIEWER)
    assert reader.get("/ops/").status_code == 200
    desk.clock.advance(15 * 60)
    assert reader.get("/ops/").status_code == 303
