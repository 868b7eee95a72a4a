"""What became of the calls: charts, tables and files."""

import csv
import re

from playwright.sync_api import expect

from tests.browser.conftest import Opened


def test_calls_by_day_are_drawn_and_listed(opened: Opened) -> None:
    """The week's calls stand as charts and, with the same numbers, as tables: outcome, code, share, wait."""
    page = opened("viewer")
    page.goto("/ops/")
    page.get_by_role("navigation", name="Desk").get_by_role("link", name="Reports").click()
    for title in ("Calls and what became of them", "Verified calls by method", "Codes by how far they came"):
        chart = page.get_by_role("img", name=re.compile(f"^{title}"))
        expect(chart).to_be_visible()
        assert chart.locator("rect").count() > 0
    for title in ("Calls, and where they went", "Verified callers", "Codes", "Waiting"):
        total = page.get_by_role("table", name=title, exact=True).get_by_role("row", name=re.compile("^All "))
        assert re.search(r"[1-9]", total.inner_text()), title


def test_reports_are_cut_and_downloaded(opened: Opened) -> None:
    """Rows by country, queue or language, of one country or department; the file has the same numbers."""
    page = opened("viewer")
    page.goto("/ops/reports")
    for by, head in (("country", "Country"), ("queue", "Queue"), ("language", "Language")):
        page.get_by_label("Rows by").select_option(by)
        page.get_by_role("button", name="Show").click()
        table = page.get_by_role("table", name="Calls, and where they went")
        expect(table.get_by_role("columnheader", name=head, exact=True)).to_be_visible()
    page.get_by_label("Rows by").select_option("country")
    page.get_by_label("Only country").select_option("IT")
    page.get_by_role("button", name="Show").click()
    row = table.get_by_role("row", name="Italy")
    expect(row).to_be_visible()
    expect(table.get_by_role("row")).to_have_count(3)  # heads, Italy, all
    calls = row.get_by_role("cell").first.inner_text()
    with page.expect_download() as file:
        page.get_by_role("link", name="All numbers as CSV").click()
    with file.value.path().open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(one["country"], one["calls"]) for one in rows if one["country"] == "IT"] == [("IT", calls)]


def test_days_that_are_none_are_said_at_their_field(opened: Opened) -> None:
    """A range that runs backwards is refused in words; the other choices stay."""
    page = opened("viewer")
    page.goto("/ops/reports?by=queue&from=2026-11-20&to=2026-11-01")
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    expect(page.get_by_label("Rows by")).to_have_value("queue")
