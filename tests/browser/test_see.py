"""Countries, lines and hours as they are."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Opened


def test_countries_are_searched_filtered_and_paged(opened: Opened) -> None:
    """One table of all countries narrows by words, by a number, by language and line, and turns its pages."""
    page = opened("viewer")
    page.goto("/ops/countries")
    rows = page.get_by_role("table").get_by_role("row")
    expect(page.get_by_role("navigation", name="Pages", exact=True)).to_be_visible()
    first = rows.nth(1).get_by_role("rowheader").inner_text()
    page.get_by_role("navigation", name="Pages", exact=True).get_by_role("link", name="Page 2").click()
    expect(rows.nth(1).get_by_role("rowheader")).not_to_have_text(first)
    page.get_by_label("Country or number").fill("917 919")
    page.get_by_label("Country or number").press("Enter")
    expect(page.get_by_role("rowheader")).to_contain_text(["Italy", "Vatican City"])
    page.goto("/ops/countries")
    page.get_by_label("Language").select_option(label="Italian")
    page.get_by_label("Line").select_option(label="a shared line")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("rowheader").filter(has_text="Italy")).to_be_visible()
    page.get_by_label("Country or number").fill("Atlantis")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("main")).to_contain_text("No country is like that.")


def test_a_country_shows_its_week(opened: Opened) -> None:
    """A country's page has its lines, who shares them, both weeks as pictures on both clocks, its calls."""
    page = opened("viewer")
    page.goto("/ops/countries")
    page.get_by_label("Country or number").fill("Italy")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Italy").click()
    expect(page.get_by_role("heading", name="Italy", level=1)).to_be_visible()
    main = page.get_by_role("main")
    expect(main).to_contain_text("800 917 919")
    expect(main.get_by_role("link", name="Vatican City")).to_be_visible()
    for title in ("Technical, this week", "Billing, this week"):
        for clock in ("", ", on your clock"):
            picture = page.get_by_role("img", name=f"{title}{clock}: the same stands in the table below")
            expect(picture).to_be_visible()
            assert picture.locator("rect").count() >= 7
    figure = page.locator("figure").filter(has_text="Billing, this week clock of Europe/Rome")
    figure.get_by_text("The same as a table").click()
    monday = figure.get_by_role("row", name=re.compile("^Monday"))
    expect(monday).to_contain_text("09:00-")
    calls = page.get_by_role("table", name="Calls of the last 7 days, newest first")
    expect(calls.get_by_role("row").nth(1)).to_be_visible()
    expect(main.get_by_role("link", name="Edit in a draft")).to_have_count(0)


def test_a_country_without_a_line_says_what_instead(opened: Opened) -> None:
    """A country of online support alone is in the list, and its page says so."""
    page = opened("viewer")
    page.goto("/ops/countries?lines=online")
    page.get_by_role("rowheader").first.get_by_role("link").click()
    expect(page.get_by_role("main")).to_contain_text("online only")
