"""Every page for everybody: axe finds nothing, a small screen suffices, so do a keyboard and no scripts."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.access import barriers, unreached
from tests.browser.conftest import WIDE, Opened
from tests.browser.drafts import (
    edits_row,
    goes_to,
    live_version,
    opens_a_draft,
    rolls_back,
    saves,
    sets_hours,
)
from tests.browser.pages import DESK_PAGES, NO_PAGES, PAGES
from tests.browser.served import Site, signed_in
from tests.browser.test_close_now import fills_the_end
from tests.web.conftest import Desk


@pytest.fixture(scope="session")
def examples(browser: Browser, site: Site) -> dict[str, str]:
    """Something to look at: a draft with a bit of everything, an import, a call, a closure to come."""
    context = browser.new_context(
        base_url=site.url,
        storage_state=signed_in(browser, site, "admin"),
        viewport={"width": WIDE[0], "height": WIDE[1]},
    )
    page = context.new_page()
    draft = opens_a_draft(page, "A bit of everything")
    made = {"draft": draft, "against": f"draft-{draft.rpartition('/')[2]}"}
    fills_the_draft(page, draft)
    page.goto(f"{draft}/rows/closures")
    made["closing_day"] = quote(f"closure/{page.get_by_role('rowheader').get_by_role('link').inner_text()}")
    page.goto(f"{draft}/import")
    row = b"name,hours\noffice-hours,Mo-Fr 09:00-16:30\nlate,Mo-Fr 12:00-20:00\nwrong,9 to 5\n"
    page.get_by_label("Files").set_input_files(
        {"name": "schedules.csv", "mimeType": "text/csv", "buffer": row}
    )
    page.get_by_role("button", name="See what they would do").click()
    expect(page.get_by_role("table", name="What each row would do")).to_be_visible()
    made["tried"] = page.url.rpartition("/")[2]
    page.goto("/ops/calls?level=code")
    made["call"] = str(page.get_by_role("rowheader").get_by_role("link").first.get_attribute("href"))
    made["job"], made["closure"] = tries_organisations(page), announces_something_to_come(page)
    context.close()
    return made


def fills_the_draft(page: Page, draft: str) -> None:
    page.goto(f"{draft}/closing-days/new?country=IT")
    page.get_by_label("Day", exact=True).fill("2030-12-24")
    page.get_by_label("From", exact=True).fill("12:00")
    saves(page)
    page.goto(f"{draft}/rows/schedules/new")
    page.get_by_label("Name", exact=True).fill("office-hours")
    page.get_by_label("Notation").fill("Mo-Fr 09:00-17:00")
    saves(page)
    page.goto(f"{draft}/calendars")
    page.get_by_label("Name", exact=True).fill("poland")
    page.get_by_label("Public holidays of").fill("PL")
    page.get_by_role("button", name="Add the calendar").click()
    sets_hours(page, draft, "IT/billing/it", "Mo-Fr 22:00-06:00; Su 02:15-02:45")
    page.goto(f"{draft}/rows/queues/new")
    page.get_by_label("Name", exact=True).fill("late-shift")
    page.get_by_label("Tried next").fill("not-there")
    saves(page)


def tries_organisations(page: Page) -> str:
    """A dry run with a fault; gives its number."""
    page.goto("/ops/organisations/import")
    for label, heads in (
        ("Organisations (CSV)", "account_number,name\n42,X\n"),
        ("Contacts (CSV)", "name\nY\n"),
    ):
        page.get_by_label(label).set_input_files(
            {"name": "file.csv", "mimeType": "text/csv", "buffer": heads.encode()}
        )
    page.get_by_role("button", name="See what they would do").click()
    expect(page.get_by_role("table", name="What each row would do")).to_be_visible()
    return page.url.rpartition("/")[2]


def announces_something_to_come(page: Page) -> str:
    """An announcement that is far from being in force; gives its number."""
    page.goto("/ops/closures/new?kind=announcement&territory=BV&incident=Planned+work")
    page.get_by_label("English").fill("Work is planned.")
    page.get_by_label("From, date").fill("2035-01-02")
    page.get_by_label("From, time").fill("08:00")
    page.get_by_label("Until, date").fill("2035-01-02")
    page.get_by_label("Until, time").fill("18:00")
    page.get_by_role("button", name="Look at what happens").click()
    page.get_by_role("button", name="Announce now").click()
    page.goto("/ops/closures?show=to_come")
    return page.get_by_role("row").filter(has_text="Bouvet Island").get_by_role("link").first.inner_text()


def test_every_page_is_looked_at(desk: Desk) -> None:
    """Whatever the service shows to people stands in the list of pages that these tests look at."""
    found = {rule.endpoint for rule in desk.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    shown = {name for name in found if desk.app.view_functions[name] and not is_for_programs(name)}
    assert shown == PAGES.keys() | DESK_PAGES.keys() | NO_PAGES


def is_for_programs(endpoint: str) -> bool:
    return endpoint.partition(".")[0] in {
        "static",
        "bootstrap",
        "health",
        "music",
        "voice",
        "well_known",
    } or (endpoint.startswith("api") and endpoint != "api.page")


@pytest.mark.parametrize("endpoint", PAGES)
def test_axe_finds_nothing(opened: Opened, examples: dict[str, str], endpoint: str) -> None:
    """Each page meets WCAG 2.2 AA at 1280 and at 400 pixels, and needs no scrolling sideways."""
    page = opened("" if endpoint.startswith(("lines", "sign_in")) else "admin")
    for address in PAGES[endpoint]:
        answer = page.goto(address.format(**examples))
        assert answer is not None
        assert answer.status == 200, answer.url
        assert barriers(page) == [], answer.url


def test_refusals_are_for_everybody_too(opened: Opened) -> None:
    """Pages that say what is wrong meet the same rules: a faulty form, a missing page, a missing right."""
    page = opened("editor")
    for address in ("/ops/users", "/ops/nothing-here", "/ops/countries/QQ"):
        page.goto(address)
        assert barriers(page) == [], address
    draft = opens_a_draft(page, "Faulty on purpose")
    edits_row(page, draft, "coverage", "AU/billing/en")
    page.get_by_label("Notation").fill("9 to 5")
    page.get_by_role("button", name="Save in this draft").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert barriers(page) == []
    page = opened("agent")
    for address in ("/ops/countries", "/ops/account"):
        page.goto(address)
        assert barriers(page) == [], address
    page = opened("publisher")
    page.goto("/ops/closures/new?territory=LU")
    page.get_by_label("Reason").fill("Nothing serious")
    fills_the_end(page)
    page.get_by_role("button", name="Look at what happens").click()
    expect(page.get_by_role("region", name="This is what happens")).to_be_visible()
    assert barriers(page) == []


@pytest.mark.parametrize(
    "address",
    [
        "{draft}/rows/coverage/edit?key=coverage/IT/billing/it",
        "{draft}/closing-days/new?country=IT",
        "/ops/closures/new",
        "/ops/organisations/1",
        "/ops/what-if",
        "/ops/countries/IT",
        "/ops/calls",
        "{call}",
        "/lines/IT",
    ],
)
def test_everything_is_reached_by_keyboard(opened: Opened, examples: dict[str, str], address: str) -> None:
    """Tab comes to every link, button and field of the page, and the focus is always to be seen."""
    page = opened("admin")
    page.goto(address.format(**examples))
    assert unreached(page) == []


def test_the_main_way_needs_no_javascript(opened: Opened) -> None:
    """Open a draft, close a desk, check, look at the impact, publish and roll back, all without scripts."""
    page = opened("publisher", javascript=False)
    draft = opens_a_draft(page, "No scripts in Malta")
    page.goto(draft)
    page.get_by_role("link", name="Close a desk for a day, or open one").click()
    page.get_by_label("Country", exact=True).select_option("MT")
    page.get_by_label("Department", exact=True).select_option("billing")
    page.get_by_label("Day", exact=True).fill("2031-12-24")
    page.get_by_role("button", name="Show what it does").click()
    expect(page.get_by_role("status").filter(has_text="becomes")).to_be_visible()
    page.get_by_label("Reason").press("Enter")
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    goes_to(page, "Check")
    expect(page.get_by_role("status").filter(has_text="0 errors")).to_be_visible()
    goes_to(page, "Impact")
    expect(page.get_by_role("main")).to_contain_text(re.compile("calls? that asked for a desk since"))
    goes_to(page, "Publish")
    page.get_by_role("button", name="Publish as version").click()
    version = live_version(page)
    assert rolls_back(page, version - 1) == version + 1
