"""What would happen: one call at any instant against any table, and last week's calls against a draft."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opened
from tests.browser.drafts import goes_to, opens_a_draft, sets_hours


def tries(page: Page, **fields: str) -> Locator:
    """Fill in the what-if page, by the ids of its fields, and press the button; gives what it says."""
    page.goto("/ops/what-if")
    for name, value in fields.items():
        box = page.locator(f"main #{name}")
        if name in ("territory", "department", "language", "against"):
            box.select_option(value)
        else:
            box.fill(value)
    page.get_by_role("button", name="Try", exact=True).click()
    return page.get_by_role("region", name="What would happen")


def test_a_saturday_night_in_haiti(opened: Opened) -> None:
    """A dialled number, a caller, a date, a time and any clock give the decision and every row behind it."""
    page = opened("viewer")
    asked = {"dnis": "+13128435147", "territory": "HT", "department": "billing", "language": "fr"}
    clock = {"day": "2026-12-05", "time": "03:00", "zone": "America/Port-au-Prince"}
    said = tries(page, **asked, **clock)
    expect(said).to_contain_text("2026-12-05 03:00 EST")
    expect(said).to_contain_text("Closed: the billing desk in French.")
    expect(said).to_contain_text("It opens on Monday 2026-12-07 at 03:00 (UTC-05:00).")
    expect(said.get_by_role("link", name="coverage/HT/billing/fr", exact=True)).to_be_visible()
    clock |= {"day": "2026-12-07"}
    expect(tries(page, **asked, **clock)).to_contain_text("Open: the billing desk in French")


def test_the_clock_may_be_anybodys(opened: Opened) -> None:
    """The same wall time in Tokyo and in Rome is another instant, so another answer."""
    page = opened("viewer")
    asked = {
        "territory": "IT",
        "department": "billing",
        "language": "it",
        "day": "2026-12-03",
        "time": "17:30",
    }
    expect(tries(page, **asked, zone="Asia/Tokyo")).to_contain_text("Open: the billing desk in Italian")
    expect(tries(page, **asked, zone="Europe/Rome")).to_contain_text("Closed: the billing desk in Italian")


def test_a_draft_is_tried_beside_the_live_table(opened: Opened) -> None:
    """Against a draft the page says what the draft would do and, beside it, what the live table does."""
    page = opened("editor")
    draft = opens_a_draft(page, "Austria closes at noon")
    sets_hours(page, draft, "AT/billing/de", "Mo-Fr 09:00-12:00")
    asked = {
        "territory": "AT",
        "department": "billing",
        "language": "de",
        "day": "2026-12-03",
        "time": "15:00",
    }
    number = draft.rpartition("/")[2]
    said = tries(page, **asked, zone="Europe/Vienna", against=f"draft-{number}")
    expect(said).to_contain_text("Closed: the billing desk in German.")
    expect(said.get_by_role("heading", name=re.compile("^The live table"))).to_contain_text("otherwise")
    expect(said).to_contain_text("Open: the billing desk in German")


def test_bad_input_is_said_at_its_field(opened: Opened) -> None:
    """A number or clock that is none is said there, and the rest of the form stays."""
    page = opened("viewer")
    tries(page, dnis="12", zone="Mars/Olympus", territory="IT", department="billing")
    expect(page.get_by_label("On the clock of")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Department")).to_have_value("billing")


def test_impact_lists_the_calls_that_would_go_elsewhere(opened: Opened) -> None:
    """Last week's calls, decided again by the draft: those that go elsewhere are listed, and summed up."""
    page = opened("editor")
    draft = opens_a_draft(page, "Italian billing rests")
    goes_to(page, "Impact")
    expect(page.get_by_role("main")).to_contain_text("None of these calls would go elsewhere.")
    sets_hours(page, draft, "IT/billing/it", "off")
    goes_to(page, "Impact")
    sums = page.get_by_role("table", name=re.compile("^How many calls would go elsewhere"))
    expect(sums.get_by_role("row").nth(1)).to_contain_text("Italy")
    calls = page.get_by_role("table", name=re.compile("^Calls that would go elsewhere"))
    first = calls.get_by_role("row").nth(1)
    expect(first).to_contain_text("billing, Italian")
    expect(first).to_contain_text("closed")
    with page.expect_download() as file:
        page.get_by_role("link", name="All of them as CSV").click()
    assert "IT" in file.value.path().read_text(encoding="utf-8-sig")
