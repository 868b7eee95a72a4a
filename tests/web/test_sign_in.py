"""The sign-in page and one's own account, as readers meet them."""

import pytest
from sqlalchemy import update

from app.access.model import Role, operator
from app.adapters.sql.account_rows import UserEntry
from app.web.ops.sign_in import own_path
from tests.web.conftest import PASSWORD, Desk, Reader, Shown

NEW = "another long walk home"


def code_of(desk: Desk, name: str) -> str:
    """The code a person's app shows."""
    own, found = desk.use_cases.people.own, desk.services.sql.accounts.find(name)
    assert found is not None
    return own.codes.code(found.pending or found.nonce, desk.clock.now(), found.used_step) or ""


def signs_in(reader: Reader, name: str, password: str, code: str = "", there: str = "") -> Shown:
    page = reader.get(f"/ops/sign-in?next={there}").html
    found = page.find("input", {"name": "csrf_token"})
    reader.csrf = str(found["value"]) if found else ""
    to = str(page.find("input", {"name": "next"})["value"])  # type: ignore[index]  # the page has it
    form = {"name": name, "password": password, "code": code, "next": to}
    answer = reader.post("/ops/sign-in", form)
    reader.csrf = ""  # another session, another token
    return answer


def test_signing_in_leads_to_where_one_was_going(desk: Desk) -> None:
    """Name, password and code lead to the page that was asked for, and the session may publish there."""
    reader = desk.anybody()
    answer = signs_in(reader, "publisher", PASSWORD, code_of(desk, "publisher"), "/ops/account?x=1")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/ops/account?x=1")
    page = reader.get("/ops/account")
    assert "publisher" in page.words
    assert "This session began without one" not in page.words


@pytest.mark.parametrize(
    ("name", "there", "leads_to"),
    [
        ("agent", "", "/desk"),
        ("agent", "/ops/account", "/ops/account"),
        ("supervisor", "", "/ops/"),
        ("supervisor", "/desk/calls/7", "/desk/calls/7"),
        ("admin", "//evil.example", "/ops/"),
    ],
)
def test_everybody_begins_where_their_work_is(desk: Desk, name: str, there: str, leads_to: str) -> None:
    """Agents begin at the calls desk, everybody else at the ops desk, unless a page was asked for."""
    answer = signs_in(desk.anybody(), name, PASSWORD, code_of(desk, name), there)
    assert (answer.status_code, answer.headers["Location"]) == (303, leads_to)


def test_a_wrong_sign_in_keeps_the_name_and_nothing_else(desk: Desk) -> None:
    """The page says one sentence whatever is wrong; name and way stay, password and code do not."""
    reader = desk.anybody()
    for name in ("publisher", "nobody"):
        answer = signs_in(reader, name, "not the password", "123456", "/ops/account")
        assert answer.status_code == 422
        assert "Name, password or one-time code is not right." in answer.words
        given = {field.get("name"): field.get("value") for field in answer.html.find_all("input")}
        assert (given["name"], given["next"]) == (name, "/ops/account")
        assert not given["password"]
        assert not given["code"]
    assert reader.get("/ops/account").status_code == 303


def test_too_many_tries_say_how_long_to_wait(desk: Desk) -> None:
    """After five wrong tries the page answers 429 with the wait, for programs, too."""
    reader = desk.anybody()
    for _ in range(5):
        signs_in(reader, "editor", "not the password")
    answer = signs_in(reader, "editor", PASSWORD, code_of(desk, "editor"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    assert "Please wait 15 minutes" in answer.words


def test_a_new_session_ends_the_one_before(desk: Desk) -> None:
    """Whoever signs in where somebody was signed in gets another session, and the old one is over."""
    reader = desk.anybody()
    signs_in(reader, "viewer", PASSWORD, code_of(desk, "viewer"))
    with reader.client.session_transaction() as session:
        before = session["token"]
    signs_in(reader, "editor", PASSWORD, code_of(desk, "editor"))
    assert desk.use_cases.sign_in.actor(before, "", desk.clock.now()) is None
    assert "editor" in reader.get("/ops/account").words


def test_signing_out_ends_the_session_for_good(desk: Desk) -> None:
    """After it the cookie of before opens nothing."""
    reader = desk.as_(Role.EDITOR)
    with reader.client.session_transaction() as session:
        token = session["token"]
    answer = reader.post("/ops/sign-out", follow=True)
    assert "You are signed out." in answer.text
    assert desk.use_cases.sign_in.actor(token, "", desk.clock.now()) is None


@pytest.mark.parametrize(
    "there",
    [
        "",
        "//evil.example",
        "https://evil.example/ops",
        "/ops//../\\evil.example",
        "/opsevil.example",
        "/desktop",
        "/ops@evil.example",
        "/elsewhere",
        "javascript:alert(1)",
        "/ops/\r\nSet-Cookie: a=b",
        "/ops/\n",
        " /ops/",
    ],
)
def test_a_link_leads_nowhere_but_to_the_desk(there: str) -> None:
    """Whatever a link brings along as the way on, only the desk's own paths are taken."""
    assert own_path(there) == ""


def test_own_paths_are_kept_whole() -> None:
    """A path of the desk is gone on to with everything that belongs to it."""
    for there in ("/ops", "/ops?x=1", "/ops/drafts/7/lines?q=a%20b&page=2", "/desk", "/desk/calls/7"):
        assert own_path(there) == there


def test_setting_up_codes_in_the_pages(desk: Desk) -> None:
    """Password, picture and text for the app, then a code: from there on the session may publish."""
    sql = desk.services.sql
    hashed = desk.use_cases.people.own.passwords.hashed(PASSWORD)
    sql.accounts.add("newcomer", Role.PUBLISHER, hashed, actor=operator("test"), now=desk.clock.now())
    reader = desk.as_("newcomer", strong=False)
    assert "not set up" in reader.get("/ops/account").words
    wrong = reader.post("/ops/account/code", {"password": "not the password"})
    assert wrong.status_code == 422
    assert "This is not your present password." in wrong.words
    page = reader.post("/ops/account/code", {"password": PASSWORD}, follow=True)
    picture, seed = page.html.find("main").find("img"), page.html.find(id="seed")  # type: ignore[union-attr]  # every page has one
    assert picture is not None
    assert seed is not None
    assert str(picture["src"]).startswith("data:image/svg+xml")
    assert picture["alt"]
    assert len(seed.get_text().replace(" ", "")) == 32
    refused = reader.post("/ops/account/code/confirm", {"code": "12"})
    assert refused.status_code == 422
    assert "not the code the app shows now" in refused.words
    reader.post("/ops/account/code/confirm", {"code": code_of(desk, "newcomer")})
    with reader.client.session_transaction() as session:
        found = desk.use_cases.sign_in.actor(session["token"], "", desk.clock.now())
    assert found is not None
    assert found.strong
    away = reader.post("/ops/account/code/remove", {"remove_password": PASSWORD}, follow=True)
    assert "not set up" in away.words


def test_ones_own_account_is_changed_at_each_field(desk: Desk) -> None:
    """Password and clock are changed, or the field says what is wrong; times follow the clock chosen."""
    reader = desk.as_(Role.VIEWER)
    wrong = reader.post("/ops/account/clock", {"zone": "Rome"})
    assert wrong.status_code == 422
    assert wrong.html.find("input", {"name": "zone", "value": "Rome", "aria-describedby": True})
    right = reader.post("/ops/account/clock", {"zone": "Europe/Rome"}, follow=True)
    assert "CET" in right.words
    forms = {"password": PASSWORD, "new": "short", "again": "short"}
    assert "at least 12 characters" in reader.post("/ops/account/password", forms).words
    forms = {"password": PASSWORD, "new": NEW, "again": NEW}
    assert "The password is changed." in reader.post("/ops/account/password", forms, follow=True).text
    assert signs_in(desk.anybody(), "viewer", NEW, code_of(desk, "viewer")).status_code == 303


def test_sessions_are_seen_and_ended(desk: Desk) -> None:
    """The account page lists one's sessions; others' are not there, and all but the present one end."""
    reader = desk.as_(Role.EDITOR)
    other = desk.session_token("editor")
    stranger = desk.use_cases.sign_in.actor(desk.session_token("viewer"), "", desk.clock.now())
    assert stranger is not None
    page = reader.get("/ops/account")
    assert len(page.html.find_all("tbody")[-1].find_all("tr")) == 2
    assert reader.post(f"/ops/account/sessions/{stranger.session}/end").status_code == 404
    reader.post("/ops/account/sessions/end-others")
    assert desk.use_cases.sign_in.actor(other, "", desk.clock.now()) is None
    assert reader.get("/ops/account").status_code == 200


def test_development_shows_its_sample_sign_ins(desk: Desk) -> None:
    """Where sample accounts are, the page of development shows what they sign in with; nobody else's."""
    assert "Sample sign-ins" not in desk.anybody().get("/ops/sign-in").words
    with desk.services.sql.engine.begin() as connection:
        connection.execute(update(UserEntry).where(UserEntry.name == "editor").values(sample=True))
    page = desk.anybody().get("/ops/sign-in")
    names = [cell.get_text() for cell in page.html.select("tbody th")]
    codes = [cell.get_text() for cell in page.html.select("tbody code")]
    assert names == ["editor"]
    assert signs_in(desk.anybody(), "editor", PASSWORD, codes[0]).status_code == 303
