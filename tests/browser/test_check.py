"""What keeps a draft from being published, and what is signed off one by one."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Opened
from tests.browser.drafts import goes_to, opens_a_draft, saves, sets_hours


def test_an_error_keeps_a_draft_from_going_live(opened: Opened) -> None:
    """An unknown queue is an error at its row, and the publish button says so instead of publishing."""
    page = opened("publisher")
    draft = opens_a_draft(page, "A queue that leads nowhere")
    page.goto(f"{draft}/rows/queues/new")
    page.get_by_label("Name", exact=True).fill("late-shift")
    page.get_by_label("Tried next").fill("not-there")
    saves(page)
    goes_to(page, "Check")
    error = page.get_by_role("listitem").filter(has=page.get_by_text("Error", exact=True))
    expect(error).to_contain_text("there is no queue 'not-there'")
    expect(error.get_by_role("button", name=re.compile("^Sign off"))).to_have_count(0)
    goes_to(page, "Publish")
    page.get_by_role("button", name="Publish as version").click()
    expect(page.get_by_role("alert")).to_contain_text("Not published")
    goes_to(page, "Check")
    error.get_by_role("link", name="queue/late-shift").click()
    expect(page.get_by_label("Tried next")).to_have_value("not-there")


def test_a_destination_that_cannot_be_dialled_is_refused_at_once(opened: Opened) -> None:
    """A number that is none is said at its cell, with what would be right, and never gets into the draft."""
    page = opened("editor")
    draft = opens_a_draft(page, "A wrong number")
    page.goto(f"{draft}/rows/queues/new")
    page.get_by_label("Name", exact=True).fill("wrong-number")
    page.get_by_label("Where its calls go").fill("number:+390")
    page.get_by_role("button", name="Save in this draft").click()
    target = page.get_by_label("Where its calls go")
    expect(target).to_have_attribute("aria-invalid", "true")
    expect(target).to_have_accessible_description(re.compile(r"is no target; write number:\+39"))
    expect(page.get_by_label("Name", exact=True)).to_have_value("wrong-number")


def test_warnings_are_signed_off_one_by_one(opened: Opened) -> None:
    """A window that a clock change swallows is warned of with its date; each warning takes a signature."""
    page = opened("publisher")
    draft = opens_a_draft(page, "Polish nights")
    sets_hours(page, draft, "PL/technical/pl", "Mo-Fr 08:00-18:00; Su 02:15-02:45")
    goes_to(page, "Check")
    waiting = page.get_by_role("listitem").filter(
        has=page.get_by_role("button", name=re.compile("^Sign off"))
    )
    skipped = waiting.filter(has_text=re.compile(r"-03-\d\d the clock skips 02:00-03:00"))
    expect(skipped.first).to_be_visible()
    expect(waiting.filter(has_text=re.compile(r"-10-\d\d the clock repeats")).first).to_be_visible()
    number = waiting.count()
    skipped.first.get_by_label("Note (if you like)").fill("the colleagues know")
    skipped.first.get_by_role("button", name=re.compile("^Sign off")).click()
    expect(waiting).to_have_count(number - 1)
    signed = page.get_by_role("listitem").filter(has_text="Signed off by publisher")
    expect(signed).to_contain_text("the colleagues know")
    goes_to(page, "Publish")
    page.get_by_role("button", name="Publish as version").click()
    expect(page.get_by_role("alert")).to_contain_text("Not published")
    goes_to(page, "Check")
    signed.get_by_role("button", name="Take the signature back").click()
    expect(waiting).to_have_count(number)


def test_a_language_nobody_answers_on_a_saturday(opened: Opened) -> None:
    """Closing the last desk of a language on a weekday is warned of by day and language."""
    page = opened("editor")
    draft = opens_a_draft(page, "No Polish on Fridays")
    for key in ("PL/technical/pl", "PL/billing/pl"):
        sets_hours(page, draft, key, "Mo-Th 08:00-18:00")
    goes_to(page, "Check")
    said = page.get_by_role("listitem").filter(has_text="nobody answers technical Polish on Friday, Saturday")
    expect(said.first).to_be_visible()


def test_a_language_without_prompts_is_warned_of(opened: Opened) -> None:
    """A desk in a language that has no announcements is a warning of its own."""
    page = opened("editor")
    draft = opens_a_draft(page, "Greek for Greece")
    page.goto(f"{draft}/rows/coverage/new?territory=GR")
    page.get_by_label("Department").select_option("billing")
    page.get_by_label("Language").select_option("el")
    page.get_by_label("Notation").fill("Mo-Fr 09:00-17:00")
    saves(page)
    goes_to(page, "Check")
    said = page.get_by_role("listitem").filter(has_text="without prompts in it")
    expect(said.filter(has_text="territory/GR")).to_be_visible()
