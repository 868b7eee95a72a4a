"""Emergency closures and announcements: at once, with an end, and on every page."""

import time
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opened
from tests.browser.served import Site

ENOUGH = 20  # seconds on whatever machine
DANISH, IRISH = "+4580347623", "+3531800995309"


def fills_the_end(page: Page, *, days: int = 1) -> str:
    """Write an end some days from now; gives its date."""
    end = datetime.now(UTC) + timedelta(days=days)  # noqa: TID251 - the service's own clock runs
    page.get_by_label("Until, date").fill(end.date().isoformat())
    page.get_by_label("Until, time").fill("18:00")
    return end.date().isoformat()


def hears_soon(site: Site, number: str, keys: str, text: str, *, gone: bool = False) -> None:
    """Call until this is heard after these keys, or no more; what is in force is looked for every second."""
    until = time.monotonic() + ENOUGH
    while True:
        call = site.phone().dials(number, ani="+4538410000")
        for key in keys:
            call.presses(key)
        if (text in call.said) is not gone:
            return
        call.hangs_up()
        assert time.monotonic() < until, f"{text!r}: {call.said!r}"


def test_a_country_is_closed_at_once(opened: Opened, site: Site) -> None:
    """An end is a must; calls meet the closure in words, every page names it, and ending it opens again."""
    page, reader = opened("publisher"), opened("viewer")
    page.goto("/ops/")
    page.get_by_role("link", name="Close now, or announce something").click()
    page.get_by_role("link", name="Close desks").click()
    page.get_by_label("Country").select_option("DK")
    page.get_by_label("Reason").fill("Fire drill in Copenhagen")
    page.get_by_label("English").fill("The building is being evacuated.")
    page.get_by_role("button", name="Look at what happens").click()  # the browser itself asks for the end
    assert page.get_by_label("Until, date").evaluate("one => one.validity.valueMissing")
    day = fills_the_end(page)
    page.get_by_role("button", name="Look at what happens").click()
    preview = page.get_by_role("region", name="This is what happens")
    expect(preview).to_contain_text("in 1 country")
    expect(preview).to_contain_text(f"{day} 18:00")
    preview.get_by_role("button", name="Close now").click()
    expect(page.get_by_role("status").filter(has_text="Calls meet it within two seconds.")).to_be_visible()
    hears_soon(site, DANISH, "1", "The building is being evacuated.")
    reader.goto("/ops/reports")
    banner = reader.get_by_role("status").filter(has_text="Fire drill in Copenhagen")
    expect(banner).to_contain_text("by publisher until")
    expect(banner).to_contain_text(f"{day} 18:00")
    reader.goto("/ops/countries/DK")
    expect(reader.get_by_role("main")).to_contain_text("Emergency closure")
    page.goto("/ops/closures")
    page.get_by_role("row").filter(has_text="Fire drill in Copenhagen").get_by_role("button").click()
    expect(page.get_by_role("status").filter(has_text="Ended: Denmark")).to_be_visible()
    hears_soon(site, DANISH, "1", "evacuated", gone=True)
    reader.reload()
    expect(reader.get_by_role("status").filter(has_text="Fire drill in Copenhagen")).to_have_count(0)


def test_an_end_that_is_past_is_refused_in_words(opened: Opened) -> None:
    """A closure that would be over already is said at the field, and all that was written stays."""
    page = opened("publisher")
    page.goto("/ops/closures/new")
    page.get_by_label("Country").select_option("FI")
    page.get_by_label("Reason").fill("A power cut")
    page.get_by_label("Until, date").fill("2026-01-02")
    page.get_by_label("Until, time").fill("18:00")
    page.get_by_role("button", name="Look at what happens").click()
    expect(page.get_by_label("Until, date")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Reason")).to_have_value("A power cut")
    expect(page.get_by_label("Country")).to_have_value("FI")


def test_an_end_is_moved(opened: Opened) -> None:
    """A closure that is in force is extended, and one to come is ended before it began."""
    page = opened("publisher")
    page.goto("/ops/closures/new?territory=MT")
    page.get_by_label("Reason").fill("Repairs in Valletta")
    fills_the_end(page)
    page.get_by_role("button", name="Look at what happens").click()
    page.get_by_role("button", name="Close now").click()
    page.get_by_role("row").filter(has_text="Repairs in Valletta").get_by_role("link", name="Extend").click()
    day = fills_the_end(page, days=2)
    page.get_by_role("button", name="Move the end").click()
    expect(page.get_by_role("status").filter(has_text="It ends at another time now")).to_be_visible()
    row = page.get_by_role("status").filter(has_text="Repairs in Valletta")
    expect(row).to_contain_text(f"{day} 18:00")
    page.goto("/ops/closures")
    page.get_by_role("row").filter(has_text="Repairs in Valletta").get_by_role("button").click()
    expect(page.get_by_role("status").filter(has_text="Ended: Malta")).to_be_visible()


def test_an_announcement_belongs_to_an_incident(opened: Opened, site: Site) -> None:
    """Callers and the public page tell an incident's announcement; ending the incident ends all of it."""
    page, anybody = opened("publisher"), opened()
    page.goto("/ops/closures")
    page.get_by_role("link", name="Announce something").click()
    page.get_by_label("Country").select_option("IE")
    page.get_by_label("Incident's name").fill("Mail outage")
    fills_the_end(page)
    page.get_by_label("English").fill("We know that mail is late today.")
    page.get_by_role("button", name="Look at what happens").click()
    page.get_by_role("button", name="Announce now").click()
    expect(page.get_by_role("status").filter(has_text="Announced: Ireland")).to_be_visible()
    hears_soon(site, IRISH, "", "We know that mail is late today.")
    anybody.goto("/lines/IE?lang=en")
    expect(anybody.get_by_role("main")).to_contain_text("We know that mail is late today.")
    page.goto("/ops/closures")
    page.get_by_role("button", name="End the incident Mail outage").click()
    expect(page.get_by_role("status").filter(has_text="“Mail outage” is over")).to_be_visible()
    hears_soon(site, IRISH, "", "mail is late", gone=True)


def test_closing_is_a_publishers(opened: Opened) -> None:
    """An editor sees what is closed and reads who closes."""
    page = opened("editor")
    page.goto("/ops/closures")
    expect(page.get_by_role("main")).to_contain_text("Publishers and admins close and announce")
    expect(page.get_by_role("link", name="Close desks")).to_have_count(0)
