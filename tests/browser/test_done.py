"""The desk's first task, as a stranger with nothing but the sample data would do it."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

from playwright.sync_api import Page, expect

Opened = Callable[..., Page]


def next_christmas_eve() -> date:
    """The next 24 December that is a working day: the desk would be open."""
    today = datetime.now(UTC).date()  # noqa: TID251 - the service's own clock runs
    eves = (date(year, 12, 24) for year in range(today.year, today.year + 7))
    return next(eve for eve in eves if eve > today and eve.weekday() < 5)


def italian_billing(page: Page, day: date, time: str) -> str:
    """What the what-if page says of a caller to Italy's billing desk, against what is live."""
    page.get_by_role("link", name="What if", exact=True).click()
    page.get_by_label("Country", exact=True).select_option("IT")
    page.get_by_label("Department", exact=True).select_option("billing")
    page.get_by_label("Language", exact=True).select_option("it")
    page.get_by_label("Day", exact=True).fill(day.isoformat())
    page.get_by_label("Time", exact=True).fill(time)
    page.get_by_label("On the clock of").fill("Europe/Rome")
    page.get_by_role("button", name="Try", exact=True).click()
    return page.locator("main").inner_text()


def test_close_italys_billing_desk_on_christmas_eve_and_undo_it(opened: Opened) -> None:
    """Close the desk from noon, see whom it touches, publish, see it closed, roll back, see it open."""
    eve, page = next_christmas_eve(), opened("publisher")
    page.goto("/ops/")
    page.get_by_role("link", name="Change hours, numbers or closing days").click()
    page.get_by_role("link", name="New draft").click()
    page.get_by_label("What is it for?").fill("Italy's billing desk closes early")
    page.get_by_role("button", name="Open the draft").click()
    page.get_by_role("link", name="Close a desk for a day, or open one").click()
    page.get_by_label("Country", exact=True).select_option("IT")
    page.get_by_label("Department", exact=True).select_option("billing")
    page.get_by_label("Day", exact=True).fill(eve.isoformat())
    page.get_by_label("From", exact=True).fill("12:00")
    page.get_by_role("button", name="Show what it does").click()
    expect(page.get_by_text("09:00-17:00").first).to_be_visible()
    page.get_by_role("button", name="Save in this draft").click()

    page.get_by_role("navigation", name="Steps").get_by_role("link", name="Impact").click()
    touched = page.get_by_role("region", name="Calls that would go elsewhere").locator("tbody tr")
    expect(touched.first).to_contain_text("Italy")
    expect(touched.filter(has_text="billing, Italian").first).to_contain_text("closed")
    assert touched.filter(has_not_text="Italy").count() == 0
    assert touched.filter(has_text="technical").count() == 0

    page.get_by_role("navigation", name="Steps").get_by_role("link", name="Publish").click()
    page.get_by_role("button", name="Publish as version").click()
    said = page.get_by_role("status").filter(has_text="is live")
    found = re.search(r"Version (\d+) is live", said.first.inner_text())
    assert found

    assert "Closed: the billing desk" in italian_billing(page, eve, "12:30")
    assert "Open: the billing desk" in italian_billing(page, eve, "11:30")

    page.get_by_role("link", name="History", exact=True).click()
    page.get_by_role("link", name=f"Version {int(found[1]) - 1}", exact=True).click()
    page.get_by_role("button", name="Roll back").first.click()
    expect(page.get_by_text("is back: live as version").first).to_be_visible()
    assert "Open: the billing desk" in italian_billing(page, eve, "12:30")
