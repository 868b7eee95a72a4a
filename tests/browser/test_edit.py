"""Editing a draft by forms: hours, shared schedules, many rows at once, calendars."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Opened
from tests.browser.drafts import edits_row, opens_a_draft, saves


def test_days_and_notation_follow_each_other(opened: Opened) -> None:
    """What is typed as a notation appears as days and times at once, and the other way round."""
    page = opened("editor")
    draft = opens_a_draft(page, "Portugal, at other times")
    edits_row(page, draft, "coverage", "PT/technical/pt")
    notation = page.get_by_label("Notation")
    notation.fill("Mo-Fr 08:00-12:00,13:00-17:00; Sa 10:00-12:00")
    expect(page.get_by_label("Tuesday, window 2, from")).to_have_value("13:00")
    expect(page.get_by_label("Saturday, window 1, to")).to_have_value("12:00")
    page.get_by_label("Saturday, window 1, to").fill("14:30")
    expect(notation).to_have_value("Mo-Fr 08:00-12:00,13:00-17:00; Sa 10:00-14:30")
    page.get_by_label("Sunday, window 1, from").fill("11:00")
    page.get_by_label("Sunday, window 1, to").fill("12:00")
    expect(notation).to_have_value("Mo-Fr 08:00-12:00,13:00-17:00; Sa 10:00-14:30; Su 11:00-12:00")
    saves(page)
    edits_row(page, draft, "coverage", "PT/technical/pt")
    expect(notation).to_have_value("Mo-Fr 08:00-12:00,13:00-17:00; Sa 10:00-14:30; Su 11:00-12:00")


def test_a_night_is_said_in_words(opened: Opened) -> None:
    """An end before its start is on the next day, and the form says on which and when."""
    page = opened("editor")
    edits_row(page, opens_a_draft(page, "Nights in Greece"), "coverage", "GR/billing/en")
    page.get_by_label("Notation").fill("Mo-Fr 22:00-06:00")
    expect(page.get_by_role("group", name="Monday")).to_contain_text("ends Tuesday 06:00")
    expect(page.get_by_role("group", name="Friday")).to_contain_text("ends Saturday 06:00")


def test_hours_follow_without_javascript(opened: Opened) -> None:
    """Without scripts two buttons do it: the days from the notation, the notation from the days."""
    page = opened("editor", javascript=False)
    draft = opens_a_draft(page, "France, by hand")
    edits_row(page, draft, "coverage", "FR/billing/fr")
    page.get_by_label("Notation").fill("Mo-Th 20:00-02:00")
    page.get_by_role("button", name="Update the days").click()
    expect(page.get_by_label("Thursday, window 1, from")).to_have_value("20:00")
    expect(page.get_by_role("group", name="Thursday")).to_contain_text("ends Friday 02:00")
    page.get_by_label("Friday, window 1, from").fill("09:00")
    page.get_by_label("Friday, window 1, to").fill("12:00")
    page.get_by_role("button", name="Update the notation").click()
    expect(page.get_by_label("Notation")).to_have_value("Mo-Th 20:00-02:00; Fr 09:00-12:00")
    saves(page)


def test_a_faulty_cell_is_said_at_the_cell(opened: Opened) -> None:
    """A notation that means nothing is refused in words at its field; what else was typed stays."""
    page = opened("editor")
    draft = opens_a_draft(page, "A slip of the keyboard")
    edits_row(page, draft, "coverage", "ES/billing/es")
    page.get_by_label("Note", exact=True).fill("as agreed in spring")
    page.get_by_label("Notation").fill("Mo-Fr 9 to 5")
    page.get_by_label("Notation").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Not saved")
    expect(page.get_by_label("Notation")).to_have_value("Mo-Fr 9 to 5")
    expect(page.get_by_label("Notation")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Notation")).to_have_accessible_description(
        re.compile("is not opening_hours notation .* write for example")
    )
    expect(page.get_by_label("Note", exact=True)).to_have_value("as agreed in spring")
    page.goto(draft)
    expect(page.get_by_role("main")).to_contain_text("Nothing yet")


def test_a_shared_schedule_is_edited_once(opened: Opened) -> None:
    """Hours that several desks keep get a name; changed there, they change for everyone who uses them."""
    page = opened("editor")
    draft = opens_a_draft(page, "Office hours by name")
    edits_row(page, draft, "coverage", "IT/billing/it")
    page.get_by_role("link", name="Share these hours with other desks").click()
    page.get_by_label("Name of the schedule").fill("office-hours")
    page.get_by_role("checkbox", name=re.compile("^Also for the")).check()
    page.get_by_role("button", name="Share these hours").click()
    page.goto(f"{draft}/schedules")
    used = page.get_by_role("group").filter(has_text="Used by")
    used.get_by_text(re.compile(r"^Used by \d+ rows$")).click()
    expect(used.get_by_role("link", name="coverage/IT/billing/it", exact=True)).to_be_visible()
    page.get_by_role("link", name="office-hours", exact=True).click()
    page.get_by_label("Notation").fill("Mo-Fr 08:30-16:30")
    saves(page)
    page.goto(f"{draft}/countries/IT")
    expect(page.get_by_role("main")).to_contain_text("Mo-Fr 08:30-16:30")


def test_many_rows_are_changed_at_once(opened: Opened) -> None:
    """Filter, choose one thing to change, look at each row before and after, apply."""
    page = opened("editor")
    draft = opens_a_draft(page, "Dutch billing, an hour later")
    page.goto(f"{draft}/bulk?section=coverage")
    page.get_by_label("Department is").select_option("billing")
    page.get_by_label("Language is").select_option("nl")
    page.get_by_label("Change", exact=True).select_option("hours")
    page.get_by_role("button", name="Show the rows").click()
    expect(page.get_by_role("heading", name=re.compile("rows fit"))).to_be_visible()
    page.get_by_label("New value of Hours").fill("Mo-Fr 9-17")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("alert")).to_contain_text("nothing is applied")
    page.get_by_label("New value of Hours").fill("Mo-Fr 10:15-18:15")
    page.get_by_role("button", name="Preview").click()
    preview = page.get_by_role("table", name="What would change")
    expect(preview.get_by_role("row").nth(1)).to_contain_text("Mo-Fr 10:15-18:15")
    number = preview.get_by_role("row").count() - 1
    page.get_by_role("button", name=f"Apply to {number} rows").click()
    page.goto(draft)
    expect(page.get_by_role("main")).to_contain_text("Dutch: Monday to Friday 10:15-18:15 added")


def test_public_holidays_become_a_calendar(opened: Opened) -> None:
    """A calendar takes a country's public holidays of a year: those ticked close, and days of one's own."""
    page = opened("editor")
    draft = opens_a_draft(page, "Polish holidays")
    page.goto(f"{draft}/calendars")
    page.get_by_label("Name", exact=True).fill("poland")
    page.get_by_label("Public holidays of").fill("PL")
    page.get_by_role("button", name="Add the calendar").click()
    expect(page.get_by_role("heading", name="Calendar poland")).to_be_visible()
    page.get_by_label("Year", exact=True).fill("2027")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("checkbox", name=re.compile("2027-05-03")).uncheck()
    page.get_by_role("checkbox", name="The same days in 2028 too").uncheck()
    page.get_by_role("button", name="Save these days").click()
    main = page.get_by_role("main")
    expect(main.get_by_role("button", name="Remove 2027-11-11")).to_be_visible()
    expect(main.get_by_role("button", name="Remove 2027-05-03")).to_have_count(0)
    page.get_by_label("Day", exact=True).fill("2027-12-23")
    page.get_by_label("What it is called").fill("Stocktaking")
    page.get_by_role("button", name="Add the day").click()
    expect(main).to_contain_text("2027-12-23, Stocktaking")
    edits_row(page, draft, "coverage", "PL/billing/pl")
    page.get_by_label("Closed on the days of").select_option("poland")
    saves(page)
    page.goto(f"{draft}/calendars/poland")
    expect(main.get_by_text("Used by 1 row")).to_be_visible()


def test_a_draft_is_its_owners(opened: Opened) -> None:
    """Somebody else looks at a draft and cannot change it, by page or by address."""
    page, other = opened("editor"), opened("publisher")
    draft = opens_a_draft(page, "Mine alone")
    other.goto(f"{draft}/rows/coverage/edit?key=coverage/IT/billing/it")
    expect(other.get_by_role("main")).to_contain_text("This draft is editor's: you can look, not change.")
    expect(other.get_by_label("Notation")).to_be_disabled()
    expect(other.get_by_role("button", name="Save in this draft")).to_have_count(0)
    answer = other.goto(f"{draft}/closing-days/new")
    assert answer is not None
    assert answer.status in (200, 403)
    expect(other.get_by_role("button", name="Save in this draft")).to_have_count(0)
