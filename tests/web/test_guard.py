"""The guard before every page, whatever the page."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Blueprint, Flask, request
from werkzeug.exceptions import NotFound

from app.access.model import STRONG, Actor, Right, Role
from app.factory.application import create_app
from app.factory.services import Services
from app.faults import Fault, FaultCode
from app.settings import Settings
from app.web.pages import needs
from app.web.pages.access import OPEN, guarded, right_of
from tests.web.api.conftest import token_of
from tests.web.conftest import Desk, Shown

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
    "well_known.jwks",  # public keys: with them anybody checks a receipt, and nobody makes one
    "api.described",
    "api.page",
}


class Nobody:
    """Doors that know nobody."""

    def person(self, token: str, where: str, *, used: bool = True) -> Actor | None:
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


def test_a_page_that_asks_by_itself_says_so_at_the_door(settings: Settings) -> None:
    """Only a view marked as a poll is asked for without counting as use, and nobody but its right gets in."""
    app, pages, asked = Flask(__name__, static_folder=None), Blueprint("board", __name__), Asked()
    app.secret_key = settings.secret_key
    for name, poll in (("board", False), ("fresh", True)):
        pages.add_url_rule(f"/{name}", name, needs(Right.HANDLE, poll=poll)(_nothing(name)))
    app.register_blueprint(pages)
    guarded(app, asked)
    client = app.test_client()
    with client.session_transaction() as session:
        session["token"] = "a session"
    assert [client.get(path).status_code for path in ("/board", "/fresh")] == [200, 200]
    assert asked.used == [True, False]
    asked.role = Role.VIEWER
    assert client.get("/fresh").status_code == 403


class Asked(Nobody):
    """Doors that know somebody, and write down what they were told of each request."""

    def __init__(self) -> None:
        self.used: list[bool] = []
        self.role = Role.AGENT

    def person(self, token: str, where: str, *, used: bool = True) -> Actor | None:
        self.used.append(used)
        return Actor("anna", self.role)


def _nothing(name: str) -> Callable[[], str]:
    def view() -> str:
        return name

    return view


def test_agents_meet_the_calls_and_their_own_account(desk: Desk) -> None:
    """An agent begins at the calls desk, keeps an account, and reads who may see what they may not."""
    agent = desk.as_(Role.AGENT)
    first = agent.get("/ops/")
    assert (first.status_code, first.headers["Location"]) == (303, "/desk")
    for path in ("/ops/account", "/ops/account/code", "/ops/tokens"):
        page = agent.get(path)
        assert page.status_code == 200
        assert _links(page) == ["/desk"]
    refused = agent.get("/ops/countries")
    assert refused.status_code == 403
    assert "Your role (agent) does not include this. Viewers, editors" in refused.words
    assert "Ask admin, editor, publisher, second, supervisor." in refused.words
    assert _links(refused) == ["/desk"]


def test_the_frame_leads_where_ones_role_may_go(desk: Desk) -> None:
    """Supervisors see the calls desk and the ops pages, viewers only these; no link leads to a refusal."""
    links = {role: _links(desk.as_(role).get("/ops/account")) for role in Role}
    assert [role for role in Role if "/desk" in links[role]] == [Role.AGENT, Role.SUPERVISOR, Role.ADMIN]
    for role in set(Role) - {Role.AGENT}:
        assert "/ops/countries" in links[role]
        for path in set(links[role]) - {"/desk"}:
            assert desk.as_(role).get(path).status_code == 200, path


def test_refusals_at_the_calls_desk_stand_in_its_frame(desk: Desk) -> None:
    """Under ``/desk``, too, a refusal has the links of one's role, and says who may or what is missing."""
    desk.app.add_url_rule("/desk/queues", "queues", needs(Right.SUPERVISE)(_nothing("queues")))
    refused = desk.as_(Role.AGENT).get("/desk/queues")
    assert (refused.status_code, _links(refused)) == (403, ["/desk"])
    assert "Supervisors and admins may do this. Ask admin, supervisor." in refused.words
    weak = desk.as_(Role.SUPERVISOR, strong=False).get("/desk/queues")
    assert weak.status_code == 403
    assert "This needs a one-time code" in weak.words
    assert desk.as_(Role.SUPERVISOR).get("/desk/queues").status_code == 200


def _links(page: Shown) -> list[str]:
    return [str(link["href"]) for link in page.html.select("header nav a")]


def _addresses(desk: Desk) -> list[tuple[str, str, str]]:
    """Every address that is not the carrier's: endpoint, method, and a path that leads to it."""
    found = []
    for rule in desk.app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] in OPEN:
            continue
        path = re.sub(r"<int:\w+>", "1", rule.rule)
        path = re.sub(r"<any\((\w+)[^>]*>", r"\1", path)
        path = re.sub(r"<\w+>", "x", path)
        found += [(rule.endpoint, method, path) for method in sorted(rule.methods or ())]
    return found


def test_what_needs_a_code_is_not_done_without_one(desk: Desk) -> None:
    """Wherever publishing or administering is asked for, an admin's session without a code is refused."""
    weak = desk.as_(Role.ADMIN, strong=False)
    token = token_of(desk, "admin", strong=False)
    weak.get("/ops/")
    for endpoint, method, path in _addresses(desk):
        right = right_of(desk.app, endpoint)
        if right not in STRONG or method == "OPTIONS":
            continue
        if path.startswith("/api/"):
            headers = {"Authorization": f"Bearer {token}"}
            answer = desk.app.test_client().open(path, method=method, json={}, headers=headers)
            assert answer.status_code == 403, path
        elif method == "POST":
            assert weak.post(path).status_code == 403, path
        else:
            assert weak.client.open(path, method=method).status_code == 403, path


def test_no_form_is_taken_without_the_desks_own_token(desk: Desk) -> None:
    """Every POST outside the API is refused without the form's token, with another session's, and as JSON."""
    reader = desk.as_(Role.ADMIN)
    strangers = desk.anybody().get("/ops/sign-in").html.find("input", {"name": "csrf_token"})
    assert strangers is not None
    for _, method, path in _addresses(desk):
        if method != "POST" or path.startswith("/api/"):
            continue
        for sent in ({}, {"data": {"csrf_token": strangers["value"]}}, {"json": {"csrf_token": "x"}}):
            assert reader.client.post(path, **sent).status_code == 400, path


def test_a_cookie_counts_for_nothing_at_the_api(desk: Desk) -> None:
    """A browser's session opens no address of the API, and a token no page."""
    reader, token = desk.as_(Role.ADMIN), token_of(desk, "admin")
    for endpoint, method, path in _addresses(desk):
        if not isinstance(right_of(desk.app, endpoint), Right):
            continue
        if path.startswith("/api/"):
            assert reader.client.open(path, method=method, json={}).status_code == 401, path
        elif method == "GET":
            headers = {"Authorization": f"Bearer {token}"}
            assert desk.anybody().get(path, headers=headers).status_code == 303, path


def test_a_number_beyond_what_the_databases_count_is_at_no_address(desk: Desk) -> None:
    """An id larger than the columns hold is not found, rather than asked of a database that refuses it."""
    ways = desk.app.url_map.bind("")
    assert ways.match("/ops/organisations/2147483647")
    with pytest.raises(NotFound):
        ways.match("/ops/organisations/2147483648")


def test_over_https_the_cookie_is_tied_to_the_host(settings: Settings, services: Services) -> None:
    """Where the public address is HTTPS, the cookie has its prefix, and is never sent in the clear."""
    over_tls = replace(settings, public_url="https://calls.example.com")
    app = create_app(over_tls, replace(services, settings=over_tls))
    cookie = app.test_client().get("/ops/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("__Host-callgate=")
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert f"; {part}" in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize(("hops", "seen"), [(0, "127.0.0.1"), (1, "203.0.113.2")])
def test_an_address_is_what_the_proxy_saw(
    settings: Settings, services: Services, hops: int, seen: str
) -> None:
    """What a stranger writes into X-Forwarded-For counts for nothing; what our proxy adds does."""
    behind = replace(settings, proxy_hops=hops)
    app = create_app(behind, replace(services, settings=behind))
    where: list[str | None] = []
    app.before_request(lambda: where.append(request.remote_addr))
    app.test_client().get("/ops/sign-in", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.2"})
    assert where == [seen]
