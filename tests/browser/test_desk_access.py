"""The agents' desk for everybody: axe finds nothing, nobody needs a large screen, a mouse or scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import barriers, unreached
from tests.browser.centre import QUEUE, Centre
from tests.browser.pages import DESK_PAGES
from tests.calls.ways import call_id

_SAID = "() => { const at = document.activeElement; return (at.labels?.[0] ?? at).innerText.trim(); }"
_SCROLLED = "one => one.scrollLeft"
SECOND = ("20250117", "+390655550101")  # Atelier Lumen, from another number


@pytest.fixture
def busy(centre: Centre) -> dict[str, str]:
    """A desk with something on every page; gives the addresses of a conversation and of its call."""
    boss, person = centre.desk.as_("supervisor"), centre.staffed("supervisor")
    centre.staffed(centre.joins("nora"))
    caller = centre.waits()
    talk = boss.post("/desk/next").headers["Location"]
    centre.phone.passes(0)
    person.answers().presses("1")
    boss.post("/desk/supervise/interpreters", {"language": "fr", "name": "Yves", "address": "+12025550166"})
    reroute = {"queue": "billing-de", "to": QUEUE, "hours": "2", "reason": "strike"}
    boss.post("/desk/supervise/reroutes", reroute)
    boss.post(f"{talk}/notes", {"text": "A cable."})
    centre.waits(*SECOND)
    return {"talk": talk, "call": f"/desk/calls/{call_id(centre.desk.services, caller)}"}


@pytest.mark.parametrize("endpoint", DESK_PAGES)
def test_axe_finds_nothing(centre: Centre, busy: dict[str, str], endpoint: str) -> None:
    """Each page meets WCAG 2.2 AA at 1280 and at 400 pixels, and Tab comes to everything in it."""
    page = centre.at("supervisor")
    for address in DESK_PAGES[endpoint]:
        answer = page.goto(address.format(**busy))
        assert answer is not None
        assert answer.status == 200, answer.url
        assert barriers(page) == [], answer.url
        assert unreached(page) == [], answer.url


def test_axe_finds_nothing_in_any_state(centre: Centre) -> None:
    """Nor while the phone rings, with the caller on hold, while a code is keyed, nor when it is over."""
    person, page = centre.staffed("agent"), centre.at("agent")
    assert barriers(page) == []
    caller = centre.waits()
    centre.presses(page, "Take next")
    assert barriers(page) == []
    person.answers().presses("1")
    for button, said in (
        ("Hold", "Bring the caller back from hold"),
        ("Bring the caller back from hold", "Hold"),
        ("Mute yourself", "Unmute yourself"),
        ("Send; the caller keys it", "The caller keys a code; you hear music meanwhile."),
    ):
        centre.presses(page, button)
        expect(page.locator("#talk-state")).to_contain_text(said)
        assert barriers(page) == [], button
    caller.hangs_up()
    expect(page.get_by_text("This conversation is over.")).to_be_visible()
    assert barriers(page) == []


def test_the_keyboard_alone_is_enough(centre: Centre) -> None:
    """Tab, Enter and Space take a caller, hold them and bring them back, end the call, and write it down."""
    person = centre.staffed("agent")
    caller, page = centre.waits(), centre.at("agent")
    enters(centre, page, "Take next")
    person.answers().presses("1")
    enters(centre, page, "Hold")
    enters(centre, page, "Bring the caller back from hold")
    caller.talks_with(person)
    enters(centre, page, "End the call")
    tabs_to(page, "solved")
    page.keyboard.press("Space")
    enters(centre, page, "Keep, and be available again")
    expect(page.get_by_text("You are available.")).to_be_visible()


def enters(centre: Centre, page: Page, words: str) -> None:
    """Come to a button by Tab, once it is there, and press Enter."""
    expect(page.get_by_role("button", name=words, exact=True)).to_be_visible()
    tabs_to(page, words)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Enter")
    centre.phone.passes(0)


def tabs_to(page: Page, words: str) -> None:
    """Press Tab until the focus is on what says this."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(_SAID) == words:
            return
    raise AssertionError(f"Tab does not come to {words}")


def test_the_focus_stays_with_its_caller(centre: Centre) -> None:
    """Somebody comes to stand before the caller whose button has the focus: it keeps it, where it stands."""
    centre.staffed("supervisor")
    centre.waits(*SECOND)
    boss = centre.at("supervisor")
    boss.set_viewport_size({"width": 640, "height": 800})  # where a row is one line
    button = boss.get_by_role("button", name="Take Atelier Lumen")
    button.focus()
    left = boss.get_by_role("region", name="Who waits").evaluate(_SCROLLED)
    assert left > 0
    centre.waits()
    rows = boss.get_by_role("table", name=re.compile("^Who waits")).get_by_role("rowheader")
    expect(rows).to_have_text(["Rossi Forniture", "Atelier Lumen"])
    expect(button).to_be_focused()
    assert boss.get_by_role("region", name="Who waits").evaluate(_SCROLLED) == left


def test_a_press_counts_though_the_board_changes_under_it(centre: Centre) -> None:
    """News that comes between a button's going down and coming up takes no press away."""
    person = centre.staffed("supervisor")
    second, boss = centre.waits(*SECOND), centre.at("supervisor")
    boss.get_by_role("button", name="Take Atelier Lumen").hover()
    boss.mouse.down()
    with boss.expect_response(lambda answer: answer.url.endswith("/board") and answer.status == 200):
        centre.waits()
    boss.wait_for_event("request", lambda asked: asked.url.endswith("/board"))  # that news was dealt with
    with boss.expect_response(lambda answer: answer.request.method == "POST"):
        boss.mouse.up()
    centre.phone.passes(0)
    person.answers().presses("1")
    second.talks_with(person)


def test_no_form_needs_javascript(centre: Centre) -> None:
    """From the reach to the wrap-up, with a code, a transfer and a note, all without scripts."""
    person = centre.phone.person("+12025550123")
    centre.skilled("agent")
    page = centre.at("agent", javascript=False)
    page.goto("/desk?still=1")
    page.get_by_label("Where your phone rings").fill("+12025550123")
    centre.presses(page, "Keep")
    centre.presses(page, "Be available")
    caller = centre.waits()
    centre.presses(page, "Take next")
    person.answers().presses("1")
    page.get_by_role("link", name="Load it again").click()
    page.get_by_label("Write a note", exact=True).fill("Asked for a cable.")
    centre.presses(page, "Add the note")
    expect(page.get_by_text("Asked for a cable.")).to_be_visible()
    page.get_by_label("Account number the caller names").fill("20250117")
    page.get_by_role("button", name="Look up").click()
    centre.presses(page, "Send; the caller reads it to me")
    page.get_by_label("Code that the caller reads out").fill(centre.inbox.code())
    centre.presses(page, "Check")
    expect(page.locator("#talk-state")).to_contain_text(re.compile(r"verified: by an agent\s*Atelier Lumen"))
    page.get_by_label("To", exact=True).select_option("queue:billing-it")
    centre.presses(page, "Hand on")
    expect(page.get_by_text("Waits for an agent of billing-it.")).to_be_visible()
    centre.presses(page, "Take it back")
    caller.talks_with(person)
    centre.presses(page, "End the call")
    page.get_by_label("solved", exact=True).check()
    centre.presses(page, "Keep, and be available again")
    expect(page.get_by_text("You are available.")).to_be_visible()


def test_a_supervisor_needs_no_javascript(centre: Centre) -> None:
    """Skills, re-routes and interpreters are set without scripts."""
    boss = centre.at("supervisor", javascript=False)
    boss.goto("/desk/supervise")
    desk = boss.get_by_role("group", name=re.compile("^agent:"))
    desk.get_by_label("technical", exact=True).check()
    desk.get_by_label("Italian", exact=True).check()
    centre.presses(boss, "Keep agent")
    expect(desk.get_by_label("technical", exact=True)).to_be_checked()
    boss.get_by_label("Name", exact=True).fill("Yves")
    boss.get_by_label("Number or SIP address").fill("+12025550166")
    centre.presses(boss, "Add")
    centre.presses(boss, "Remove Yves")
    expect(boss.get_by_text("Yves")).to_have_count(0)
