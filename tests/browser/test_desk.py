"""An agent at the desk: a phone in one hand, a browser before them, and a caller who waits."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.centre import Centre
from tests.browser.test_sign_in import signs_in
from tests.web.conftest import PASSWORD
from tests.web.test_sign_in import code_of

PHONE = "+12025550123"
NOT_VERIFIED = "not verified"
BY_MAIL = "verified: code by e-mail"


def card(page: Page) -> Locator:
    """Who calls, and how sure that is."""
    return page.locator("#talk-state .card")


def test_from_the_sign_in_to_the_conversation(centre: Centre) -> None:
    """An agent signs in, says where the phone rings, is available, sees who waits, and takes them."""
    page, person = centre.opened(), centre.phone.person(PHONE)
    page.goto("/desk")
    signs_in(page, "agent", PASSWORD, code_of(centre.desk, "agent"))
    centre.skilled("agent")
    page.get_by_label("Where your phone rings").fill(PHONE)
    centre.presses(page, "Keep")
    centre.presses(page, "Be available")
    expect(page.get_by_text("You are available.")).to_be_visible()
    expect(page.get_by_text("Nobody waits.")).to_be_visible()
    caller = centre.waits()
    row = page.get_by_role("table", name=re.compile("^Who waits")).get_by_role("row").nth(1)
    words = r"Rossi Forniture\s*not verified\s*Italian\s*Italy\s*technical-it"
    expect(row).to_contain_text(re.compile(words))
    clock = row.locator("time")
    expect(clock).to_have_text(re.compile(r"^\d+:\d\d$"))
    expect(clock).not_to_have_text(clock.inner_text())  # it runs
    centre.presses(page, "Take next")
    expect(page.get_by_text("Your phone rings: answer it, and press 1.")).to_be_visible()
    person.answers().hears("Rossi Forniture").presses("1")
    caller.talks_with(person)
    for name in ("Hold", "Mute yourself", "End the call", "Send; the caller keys it", "Hand on"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()


def test_a_code_that_the_caller_keys(centre: Centre) -> None:
    """The badge changes by itself once the caller keyed the code, which no screen ever shows."""
    person = centre.staffed("agent")
    caller, page = centre.waits(), centre.at("agent")
    centre.talks(page, person)
    expect(card(page)).to_contain_text(NOT_VERIFIED)
    page.get_by_label(re.compile("e-mail")).first.check()
    centre.presses(page, "Send; the caller keys it")
    expect(page.get_by_text("The caller keys a code; you hear music meanwhile.")).to_be_visible()
    centre.phone.passes(1)
    page.evaluate("() => { window.kept = true; }")
    code = centre.inbox.code()
    caller.keys(code).talks_with(person)
    expect(card(page)).to_contain_text(BY_MAIL)
    expect(card(page)).to_contain_text("***@")
    assert page.evaluate("() => window.kept"), "the page was loaded again"
    assert code not in page.content()
    page.get_by_role("link", name="The call and its timeline").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(BY_MAIL)
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()
    assert code not in page.content()


def test_a_code_that_the_caller_reads_out(centre: Centre) -> None:
    """What the agent types is hidden as it is typed; a wrong code is told, the right one raises the level."""
    person = centre.staffed("agent")
    centre.waits()
    page = centre.at("agent")
    centre.talks(page, person)
    centre.presses(page, "Send; the caller reads it to me")
    expect(page.get_by_text("A code is on its way")).to_be_visible()
    field = page.get_by_label("Code that the caller reads out")
    expect(field).to_have_attribute("type", "password")
    for typed, level in (("000000", NOT_VERIFIED), (centre.inbox.code(), "verified: by an agent")):
        field.fill(typed)
        centre.presses(page, "Check")
        expect(card(page)).to_contain_text(level)
        assert typed not in page.content()
    expect(field).to_have_count(0)  # no code is on its way any more


def test_hold_mute_end_and_wrap_up(centre: Centre) -> None:
    """Each press is carried out and offers the way back; after the end the agent writes down what it was."""
    person = centre.staffed("agent")
    caller, page = centre.waits(), centre.at("agent")
    centre.talks(page, person)
    centre.presses(page, "Hold")
    caller.hears_music("hold")
    centre.presses(page, "Bring the caller back from hold")
    caller.talks_with(person)
    centre.presses(page, "Mute yourself")
    centre.presses(page, "Unmute yourself")
    centre.presses(page, "End the call")
    assert person.over
    expect(page.get_by_text("This conversation is over.")).to_be_visible()
    expect(page.get_by_role("heading", name="Code step")).to_have_count(0)
    page.get_by_label("Write a note", exact=True).fill("A cable was loose.")
    page.get_by_role("button", name="Keep, and be available again").click()
    expect(page.get_by_label("solved", exact=True)).to_be_focused()  # one has to be chosen
    page.get_by_label("solved", exact=True).check()
    centre.presses(page, "Keep, and be available again")
    expect(page.get_by_text("You are available.")).to_be_visible()
    page.go_back()
    page.reload()
    page.get_by_role("link", name="The call and its timeline").click()
    expect(page.get_by_role("main")).to_contain_text("A cable was loose.")
    expect(page.get_by_role("main")).to_contain_text("solved")


def test_what_is_written_outlives_another_press(centre: Centre) -> None:
    """A note and choices are there yet after Hold was pressed; a note that was added is not written twice."""
    person = centre.staffed("agent")
    caller, page = centre.waits(), centre.at("agent")
    centre.talks(page, person)
    note, chosen = page.get_by_label("Write a note"), page.get_by_label(re.compile("Marco Rossi.*text"))
    note.fill("Half a sentence")
    chosen.check()
    page.get_by_label("solved", exact=True).check()
    centre.presses(page, "Hold")
    caller.hears_music("hold")
    expect(page.get_by_role("button", name="Bring the caller back from hold")).to_be_visible()
    for field in (chosen, page.get_by_label("solved", exact=True)):
        expect(field).to_be_checked()
    expect(note).to_have_value("Half a sentence")
    centre.presses(page, "Add the note")
    expect(page.get_by_role("listitem").filter(has_text="Half a sentence")).to_be_visible()
    expect(note).to_have_value("")
    expect(chosen).to_be_checked()
    note.fill("More")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile("sign-in"))
    assert page.evaluate("() => sessionStorage.length") == 0


def test_a_note_outlives_a_session_that_ends(centre: Centre) -> None:
    """Whoever is signed out for idleness while they wrap up signs in again, and finds what they wrote."""
    person = centre.staffed("agent")
    centre.waits()
    page = centre.at("agent")
    centre.talks(page, person)
    person.hangs_up()
    note = page.get_by_label("Write a note", exact=True)
    expect(page.get_by_text("This conversation is over.")).to_be_visible()
    note.fill("A cable was loose.")
    centre.phone.passes(16 * 60)
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
    signs_in(page, "agent", PASSWORD, code_of(centre.desk, "agent"))
    expect(note).to_have_value("A cable was loose.")


def test_nothing_typed_is_lost_while_the_page_keeps_itself_fresh(centre: Centre) -> None:
    """A colleague comes, the caller goes while the agent writes: both are seen, what was typed stays."""
    person = centre.staffed("agent")
    caller, page = centre.waits(), centre.at("agent")
    centre.talks(page, person)
    centre.presses(page, "Send; the caller reads it to me")
    chosen = page.get_by_label(re.compile("Marco Rossi.*text"))
    code = page.get_by_label("Code that the caller")
    code.fill("12")
    chosen.check()
    centre.staffed(centre.joins("nora"))  # somebody more to hand on to
    expect(page.get_by_label("To", exact=True).get_by_role("option", name="nora")).to_have_count(1)
    expect(chosen).to_be_checked()
    expect(code).to_have_value("12")
    page.get_by_label("solved", exact=True).check()
    notes = page.get_by_label("Write a note", exact=True)
    notes.fill("Half a sen")
    caller.hangs_up()
    expect(page.get_by_text("This conversation is over.")).to_be_visible()
    expect(notes).to_be_focused()
    notes.press_sequentially("tence")
    expect(notes).to_have_value("Half a sentence")
    expect(page.get_by_label("solved", exact=True)).to_be_checked()
    centre.presses(page, "Keep, and be available again")
    expect(page.get_by_text("You are available.")).to_be_visible()
