"""The browser phone: a call by keypad and keyboard, heard and spoken, and who is rung beside it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.access import barriers
from tests.browser.conftest import Opened

#: Keeps what would be spoken, whatever voices this machine has.
EARS = """
window.heard = [];
class Speech { constructor(text) { this.text = text; this.lang = ""; } }
window.SpeechSynthesisUtterance = Speech;
Object.defineProperty(window, "speechSynthesis", { value: {
  speak: (speech) => window.heard.push([speech.lang, speech.text]),
  cancel: () => window.heard.push(["", "cut off"]),
} });
"""
NO_VOICE = 'Object.defineProperty(window, "speechSynthesis", { value: undefined });'


def opens_phone(opened: Opened, script: str = EARS) -> Page:
    page = opened()
    page.add_init_script(script)
    page.goto("/phone")
    return page


def story(page: Page) -> str:
    return page.locator("#phone-story").inner_text()


def stands_at(page: Page, state: str) -> None:
    expect(page.locator("#phone-script")).to_contain_text(re.compile(f"Now: {state}\\."))
    expect(page.locator(".phone-name.lit")).to_have_text(re.compile(f"^{state}$"))


def test_a_call_by_keypad_and_keyboard_reaches_an_agent(opened: Opened) -> None:
    """Prompts appear and are spoken in their language; keys, mail and code lead to somebody who answers."""
    page = opens_phone(opened)
    hangs_up_first(page)
    page.get_by_label("Day").fill("2026-12-03")
    page.get_by_label("Time").fill("15:00")
    page.get_by_role("button", name="Call now").click()
    expect(page.locator("#phone-call")).not_to_contain_text("The call is over.")  # one before this one
    stands_at(page, "language")
    expect(page.locator("#phone-story [lang=it-IT]").first).to_be_visible()
    assert any(tongue == "it-IT" and "Italia" in text for tongue, text in page.evaluate("heard"))
    page.get_by_role("group", name="Keypad").get_by_role("button", name="1", exact=True).click()
    stands_at(page, "(department|open hours)")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("1")
    stands_at(page, "account")
    page.keyboard.type("12345678#")
    stands_at(page, "confirm account")
    page.keyboard.press("1")
    stands_at(page, "channel")
    inbox = page.get_by_role("region", name=re.compile("^Inbox"))
    letters = inbox.get_by_role("article").filter(has_text="giulia.conti@example.com")
    before = letters.first.inner_text() if letters.count() else ""  # of another call
    page.keyboard.press("1")
    letter = letters.first
    expect(letter).to_contain_text(re.compile(r"\d{6}"))
    expect(letter).not_to_have_text(before)
    code = re.search(r"\b\d{6}\b", letter.inner_text())
    assert code
    page.get_by_label("Several keys at once").fill(f"{code[0]}#")
    page.get_by_label("Several keys at once").press("Enter")
    expect(page.locator("#phone-story")).to_contain_text("la verifica è riuscita")
    stands_at(page, "transfer")
    assert ["", "cut off"] in page.evaluate("heard")
    page.get_by_role("button", name="Answer technical-it").click()
    expect(page.locator("#phone-others")).to_contain_text("Identità verificata")
    page.get_by_role("button", name="Press 1 technical-it").click()
    expect(page.locator("#phone-call")).to_contain_text("In conversation with technical-it")
    page.mouse.move(0, 0)  # colours of a button under the mouse are on their way
    assert barriers(page) == []
    ends(page)


def test_no_press_is_lost_when_somebody_signs_in(opened: Opened) -> None:
    """Signing in at the desk in another tab changes the form's token: the phone's next press counts still."""
    page = opens_phone(opened)
    hangs_up_first(page)
    page.evaluate("window.stays = true")
    page.context.clear_cookies()
    page.get_by_role("button", name="Call now").click()
    stands_at(page, "language")
    assert page.evaluate("window.stays")  # it was not loaded again
    assert "400" in opened.wrong.pop()  # asked once with the old token, which is refused
    assert opened.wrong == []
    page.get_by_role("button", name="Hang up", exact=True).click()
    expect(page.locator("#phone-call")).to_contain_text("The call is over.")


def test_on_a_narrow_page_the_lit_state_is_in_sight(opened: Opened) -> None:
    """Where the drawing is wider than the page it is moved to where the call stands."""
    page = opens_phone(opened)
    page.set_viewport_size({"width": 400, "height": 900})
    hangs_up_first(page)
    page.get_by_label("Day").fill("2026-12-03")
    page.get_by_label("Time").fill("15:00")
    page.get_by_role("button", name="Call now").click()
    stands_at(page, "language")
    page.get_by_label("Several keys at once").fill("11")
    page.get_by_label("Several keys at once").press("Enter")
    stands_at(page, "account")
    frame, lit = page.locator("#phone-script .table-responsive"), page.locator(".phone-box.lit")
    seen, there = frame.bounding_box(), lit.bounding_box()
    assert seen
    assert there
    assert seen["x"] <= there["x"]
    assert there["x"] + there["width"] <= seen["x"] + seen["width"]
    ends(page)


def test_a_browser_without_a_voice_shows_the_words(opened: Opened) -> None:
    """Where there is no speech synthesis the page says so, and the call goes on in text."""
    page = opens_phone(opened, NO_VOICE)
    hangs_up_first(page)
    expect(page.get_by_text("This browser has no voice")).to_be_visible()
    page.get_by_role("button", name="Call now").click()
    expect(page.locator("#phone-spoken")).to_have_attribute("lang", "it-IT")
    page.get_by_role("button", name="Hang up", exact=True).click()
    expect(page.locator("#phone-call")).to_contain_text("The call is over.")


def test_the_voice_can_be_switched_off(opened: Opened) -> None:
    """Switched off, nothing is spoken; what the caller hears still stands there."""
    page = opens_phone(opened)
    hangs_up_first(page)
    page.get_by_label("Speak what the caller hears").uncheck()
    page.get_by_role("button", name="Call now").click()
    expect(page.locator("#phone-story [data-words]").first).to_be_visible()
    assert [text for tongue, text in page.evaluate("heard") if tongue] == []
    page.get_by_role("button", name="Hang up", exact=True).click()


def test_at_night_the_desk_is_closed(opened: Opened) -> None:
    """The clock of the caller's choice decides: on a Sunday at three the billing desk does not answer."""
    page = opens_phone(opened)
    hangs_up_first(page)
    page.get_by_label("Day").fill("2026-12-06")
    page.get_by_label("Time").fill("03:00")
    page.get_by_role("button", name="Call now").click()
    stands_at(page, "language")
    expect(page.locator("#phone-clock")).to_contain_text("2026-12-06 02:00 UTC")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("1")
    page.keyboard.press("2")
    stands_at(page, "(closed|offer language|offer department)")
    ends(page)


def test_without_javascript_the_phone_calls_by_forms(opened: Opened) -> None:
    """Without JavaScript each key is a form, and the page comes back with what was heard meanwhile."""
    page = opened(javascript=False)
    page.goto("/phone?still=1")
    hangs_up_first(page)
    page.get_by_role("button", name="Call now").click()
    expect(page.locator("#phone-story")).to_contain_text("Italia")
    page.get_by_role("group", name="Keypad").get_by_role("button", name="1", exact=True).click()
    expect(page.locator("#phone-story")).to_contain_text("presses 1")
    page.get_by_role("button", name="Hang up", exact=True).click()
    expect(page.locator("#phone-call")).to_contain_text("The call is over.")


def ends(page: Page) -> None:
    """Hang up, and let the service's clock show the present again."""
    page.get_by_role("button", name="Hang up", exact=True).click()
    expect(page.locator("#phone-call")).to_contain_text("The call is over.")
    page.get_by_role("button", name="Back to the present").click()
    expect(page.locator("#phone-clock")).to_have_text("")


def hangs_up_first(page: Page) -> None:
    """One process has one caller: whoever called before hangs up."""
    if (
        page.locator("#phone-story").count()
        and "The call is over." not in page.locator("#phone-call").inner_text()
    ):
        page.get_by_role("button", name="Hang up", exact=True).click()
        expect(page.locator("#phone-call")).to_contain_text("The call is over.")
