"""The browser phone: the simulated carrier with a face, over the whole application."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import Tag

from app.callflow.diagram import ways
from app.callflow.model import State
from app.callflow.script import SCRIPT
from app.factory.application import create_app
from app.factory.services import Services, build
from app.settings import Environment, Settings
from app.simulator.clock import SimulatedClock
from app.web.pages.access import right_of
from tests.web.conftest import Desk, Reader, Shown

LINE, CALLER, AGENT = "+39800917919", "+390655550100", "+12025550142"


@pytest.fixture
def services(
    settings: Settings, clock: SimulatedClock, tmp_path: Path, desk_database: Path
) -> Iterator[Services]:
    """As development serves: with its own outbox and its own carrier."""
    (tmp_path / "calls.db").write_bytes(desk_database.read_bytes())
    built = build(settings, clock=clock, wake=lambda: None)
    built.tables.refresh()
    yield built
    built.close()


@dataclass
class Browser:
    """Somebody at the page, without JavaScript."""

    desk: Desk
    reader: Reader

    @property
    def page(self) -> Shown:
        return self.reader.get("/phone")

    def posts(self, path: str, fields: Mapping[str, str]) -> Shown:
        if not self.reader.csrf:
            token = self.page.html.find("input", {"name": "csrf_token"})
            assert isinstance(token, Tag)
            self.reader.csrf = str(token["value"])
        return self.reader.post(path, fields, follow=True)

    def calls(self, **fields: str) -> Shown:
        return self.posts("/phone/calls", {"dnis": LINE, "ani": CALLER, **fields})

    def presses(self, keys: str, telephone: int = 0) -> Shown:
        return self.posts(f"/phone/telephones/{telephone}", {"keys": keys})

    def does(self, act: str, telephone: int = 0) -> Shown:
        return self.posts(f"/phone/telephones/{telephone}", {"act": act})

    def passes(self, seconds: int) -> Shown:
        """The page after so long, looked at every second."""
        for _ in range(seconds):
            self.desk.clock.advance(1)
            self.asks_carrier()
            page = self.page
        return page

    def gets_mail(self) -> str:
        """The inbox, once what is due went out."""
        services = self.desk.services
        services.sender.tick(services.clock.now())
        return part(self.page, "phone-inbox")

    def asks_carrier(self) -> None:
        """What the thread does that asks the carrier."""
        services = self.desk.services
        services.handover.asking.tick(services.clock.now())


@pytest.fixture
def browser(desk: Desk) -> Browser:
    return Browser(desk, desk.anybody())


def part(page: Shown, name: str) -> str:
    found = page.html.find(id=name)
    assert isinstance(found, Tag)
    return re.sub(r"\s+", " ", found.get_text(" ")).strip()


def buttons(page: Shown, words: str) -> list[str]:
    """Where the buttons lead whose words begin so."""
    return [
        str(one["formaction"])
        for one in page.html.select("#phone-part button")
        if one.get_text().strip().startswith(words)
    ]


def test_a_call_from_the_first_prompt_to_an_agent(browser: Browser) -> None:
    """Call, keys, the code out of the inbox: the caller is verified, a telephone rings, answers, accepts."""
    page = browser.calls()
    assert "Italia" in part(page, "phone-call")
    assert "it-IT" in part(page, "phone-call")
    assert "Now: language." in part(page, "phone-script")
    browser.presses("1")
    browser.presses("1")
    assert "Now: account." in part(browser.presses("12"), "phone-script")
    browser.presses("345678#")
    browser.presses("1")
    browser.presses("1")
    assert "giulia.conti@example.com" in browser.gets_mail()
    code = re.search(r"\b\d{6}\b", browser.gets_mail())
    assert code
    page = browser.presses(f"{code[0]}#")
    assert "la verifica è riuscita" in part(page, "phone-call")
    page = browser.passes(15)
    [answer] = buttons(page, "Answer")
    assert f"technical-it {AGENT}" in part(page, "phone-others")
    page = browser.does("answer", int(answer.rpartition("/")[2]))
    assert "Identità verificata" in part(page, "phone-others")
    [accept] = buttons(page, "Press 1")
    browser.presses("1", int(accept.rpartition("/")[2]))
    page = browser.page
    assert f"In conversation with technical-it ({AGENT})." in part(page, "phone-call")
    assert f"In conversation with {CALLER}." in part(page, "phone-others")
    row = browser.desk.services.sql.ledger.calls(limit=1)[0]
    assert (row.level, row.method, row.queue) == ("code", "email", "technical-it")
    browser.does("hang-up")
    assert "The call is over." in part(browser.page, "phone-call")


def test_who_waits_is_taken_at_the_desk_and_rings_here(browser: Browser) -> None:
    """A caller of no known firm waits in the fallback queue; an agent's own number rings on the page."""
    agent = browser.desk.as_("agent")
    for path, form in (("reach", {"reach": "+12025550199"}), ("duty", {"duty": "available"})):
        assert agent.post(f"/desk/{path}", form).status_code == 303
    browser.calls(dnis="+442079460999")
    page = browser.passes(20)
    assert "Waits in the queue fallback." in part(page, "phone-call")
    taken = agent.post("/desk/next")
    assert "/desk/conversations/" in taken.headers["Location"]
    page = browser.passes(2)
    assert "agent +12025550199 It rings." in part(page, "phone-others")
    number = int(buttons(page, "Answer")[0].rpartition("/")[2])
    browser.does("answer", number)
    browser.passes(3)
    browser.presses("1", number)
    page = browser.passes(6)
    assert "In conversation with agent (+12025550199)" in part(page, "phone-call")
    browser.does("hang-up", number)
    assert "The call is over." in part(browser.passes(1), "phone-others")


def test_a_code_by_call_rings_at_the_contact(browser: Browser) -> None:
    """A code call rings on the page; answered, it says the code in figures once 1 is pressed."""
    browser.calls(ani="+390655550199")
    for keys in ("1", "1", "300400#", "1", "2"):
        browser.presses(keys)
    assert "Code call" in browser.gets_mail()
    [answer] = buttons(browser.page, "Answer")
    number = int(answer.rpartition("/")[2])
    browser.does("answer", number)
    page = browser.presses("1", number)
    assert "+493023125142" in part(page, "phone-others")


def test_the_script_is_drawn_with_its_state_lit(browser: Browser) -> None:
    """Every state has its box; the one the call stands at is lit, and so is each way on from it."""
    drawing = browser.calls().html.select_one("#phone-script svg")
    assert drawing
    assert len(drawing.select("rect")) == len(SCRIPT)
    assert [one.get_text().strip() for one in drawing.select("text.lit")] == ["language"]
    assert len(drawing.select("path.lit")) == len(ways(State.LANGUAGE))
    assert "lit" in str(drawing["aria-label"])


def test_keys_that_nothing_hears_are_said_to_be_lost(browser: Browser) -> None:
    """Keys before a call, other signs, and acts a telephone cannot do are refused in a sentence."""
    assert "has nothing to do" in browser.presses("1").text
    assert "0-9, * and #" in browser.presses("12a").text
    assert "0-9, * and #" in browser.does("juggle").text
    assert "has nothing to do" in browser.does("answer", 7).text
    browser.calls()
    assert "has nothing to do" in browser.does("answer").text
    assert "A call goes on" in browser.calls().text


def test_the_clock_is_the_callers_choice(browser: Browser) -> None:
    """At night the desk is closed; sessions go by the real clock, and the present comes back on request."""
    viewer = browser.desk.as_("viewer")
    page = browser.calls(day="2026-11-21", time="03:00", zone="Europe/Rome")
    browser.presses("1")
    page = browser.presses("1")
    assert "Now: closed." in part(page, "phone-script") or "Now: offer" in part(page, "phone-script")
    assert browser.desk.services.clock.now() == datetime(2026, 11, 21, 2, tzinfo=UTC)
    assert viewer.get("/ops/").status_code == 200
    assert "A call goes on" in browser.posts("/phone/clock", {}).text
    browser.does("hang-up")
    assert "clock was set" in part(browser.page, "phone-clock")
    browser.posts("/phone/clock", {})
    assert browser.desk.services.clock.now() == browser.desk.clock.now()


def test_a_form_that_is_wrong_says_so_at_its_field(browser: Browser) -> None:
    """No number, no such zone, no such statement: 422, and nobody is called."""
    for name, wrong in (("ani", "12"), ("zone", "Mars/Olympus"), ("attestation", "A"), ("dnis", "")):
        page = browser.calls(**{"day": "2026-11-20", name: wrong})
        assert page.status_code == 422, name
    assert "Nobody has called yet." in part(browser.page, "phone-call")


def test_the_part_that_changes_says_nothing_while_nothing_does(browser: Browser) -> None:
    """With its ETag the part is 304 until a key is pressed."""
    browser.calls()
    first = browser.reader.get("/phone/now")
    etag = {"If-None-Match": first.headers["ETag"]}
    assert browser.reader.get("/phone/now", headers=etag).status_code == 304
    browser.presses("1")
    assert browser.reader.get("/phone/now", headers=etag).status_code == 200


def test_without_javascript_the_page_comes_again_unless_it_is_told_not_to(browser: Browser) -> None:
    """It is loaded again every five seconds, and left alone for whoever types."""
    assert "http-equiv" in browser.page.text
    assert "http-equiv" not in browser.reader.get("/phone?still=1").text


def test_anybody_may_call_and_no_form_is_taken_from_elsewhere(browser: Browser) -> None:
    """In development nobody signs in to call, and every form needs the page's own token."""
    app = browser.desk.app
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/phone")]
    assert {right_of(app, rule.endpoint) for rule in rules} == {"public"}
    paths = [rule.rule.replace("<int:telephone>", "0") for rule in rules if "POST" in (rule.methods or ())]
    assert len(paths) == 3
    for path in paths:
        assert browser.reader.client.post(path, data={"dnis": LINE, "act": "answer"}).status_code == 400
    assert "Nobody has called yet." in part(browser.page, "phone-call")


def test_production_has_no_phone(services: Services, settings: Settings) -> None:
    """In production nothing is at any of its addresses, and the carrier is the real one."""
    produced = replace(settings, environment=Environment.PRODUCTION)
    app = create_app(produced, replace(services, settings=produced))
    for path in ("/phone", "/phone/now"):
        assert app.test_client().get(path).status_code == 404
    assert not [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/phone")]
    real = build(produced)
    assert real.simulated is None
    real.close()
