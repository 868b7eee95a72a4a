"""Publishing: differences in words, a second publisher, versions published meanwhile, two people at once."""

import time

from playwright.sync_api import expect

from tests.browser.access import barriers
from tests.browser.conftest import Opened
from tests.browser.drafts import (
    edits_row,
    goes_to,
    live_version,
    opens_a_draft,
    publishes,
    saves,
    sets_hours,
    signs_everything_off,
)
from tests.browser.served import Site
from tests.integration.cli.conftest import Cli
from tests.integration.cli.test_processes import free_port, phone_to, serving

SWEDISH = "+46201605899"
ENOUGH = 20  # seconds on whatever machine; each process looks once a second


def test_a_new_destination_takes_two_publishers(opened: Opened) -> None:
    """Calls to a number they never went to need a second person; the first alone publishes nothing."""
    first, second = opened("publisher"), opened("second")
    draft = opens_a_draft(first, "A desk in Lyon")
    first.goto(f"{draft}/rows/queues/new")
    first.get_by_label("Name", exact=True).fill("billing-lyon")
    first.get_by_label("Where its calls go").fill("number:+33478000000")
    saves(first)
    signs_everything_off(first, draft)
    goes_to(first, "Publish")
    expect(first.get_by_role("main")).to_contain_text("Calls would go somewhere new: number:+33478000000.")
    first.get_by_role("button", name="Publish as version").click()
    expect(first.get_by_role("status").filter(has_text="another publisher")).to_be_visible()
    first.get_by_role("button", name="Publish as version").click()
    expect(first.get_by_role("main")).to_contain_text("publisher did; another publisher is needed.")
    second.goto(f"{draft}/publish")
    expect(second.get_by_role("main")).to_contain_text("Queue billing-lyon: added, to number:+33478000000")
    second.get_by_role("button", name="Publish as version").click()
    version = live_version(second)
    second.goto(f"/ops/history/{version}")
    expect(second.get_by_role("main")).to_contain_text("Queue billing-lyon: added")


def test_an_editor_cannot_publish(opened: Opened) -> None:
    """An editor's publish page shows the difference and says who can; there is no button."""
    page = opened("editor")
    draft = opens_a_draft(page, "Danish mornings")
    sets_hours(page, draft, "DK/billing/en", "Mo-Fr 07:45-17:00")
    goes_to(page, "Publish")
    expect(page.get_by_role("main")).to_contain_text(
        "Billing, Denmark, English: Monday to Friday 07:45-17:00"
    )
    expect(page.get_by_role("main")).to_contain_text("Publishers and admins can publish it")
    expect(page.get_by_role("button", name="Publish as version")).to_have_count(0)


def test_two_people_edit_at_once(opened: Opened) -> None:
    """Who publishes second is told, keeps everything, settles the row both changed, and publishes."""
    first, second = opened("publisher"), opened("second")
    mine = opens_a_draft(first, "Spain opens earlier")
    theirs = opens_a_draft(second, "Spain closes later")
    sets_hours(first, mine, "ES/billing/es", "Mo-Fr 08:20-17:00")
    sets_hours(first, mine, "ES/technical/es", "Mo-Fr 08:20-21:00")
    sets_hours(second, theirs, "ES/billing/es", "Mo-Fr 09:00-17:40")
    sets_hours(second, theirs, "ES/billing/en", "Mo-Fr 09:00-17:40")
    version = publishes(first)
    second.goto(f"{theirs}/publish")
    expect(second.get_by_role("main")).to_contain_text(f"Version {version} was published since")
    second.get_by_role("button", name="Publish as version").click()
    expect(second.get_by_role("status").filter(has_text="was published meanwhile")).to_be_visible()
    rows = second.get_by_role(
        "table", name="The row as it was, as it was published, and as it is in this draft"
    )
    hours = rows.get_by_role("row", name="Hours")
    expect(hours).to_contain_text("Mo-Fr 08:20-17:00")
    expect(hours).to_contain_text("Mo-Fr 09:00-17:40")
    expect(rows).to_have_count(1)
    assert barriers(second) == []
    second.get_by_role("button", name="Keep this draft's row").click()
    assert publishes(second) == version + 1
    second.goto(f"/ops/history/{version + 1}")
    changes = second.get_by_role("main")
    expect(changes).to_contain_text("Billing, Spain, Spanish: Monday to Friday 09:00-17:40 added")
    expect(changes).to_contain_text("Billing, Spain, English: Monday to Friday 09:00-17:40 added")
    expect(changes).not_to_contain_text("Technical, Spain, Spanish")


def test_one_draft_in_two_windows(opened: Opened) -> None:
    """What another window saved is not overwritten unseen: what was typed stays, the reader is told."""
    page = opened("publisher")
    other = page.context.new_page()
    draft = opens_a_draft(page, "Two windows")
    for window in (page, other):
        edits_row(window, draft, "coverage", "CH/billing/it")
    page.get_by_label("Notation").fill("Mo-Fr 08:10-17:00")
    saves(page)
    other.get_by_label("Notation").fill("Mo-Fr 09:00-16:50")
    other.get_by_role("button", name="Save in this draft").click()
    expect(other.get_by_role("alert")).to_contain_text("the draft was changed meanwhile")
    expect(other.get_by_role("alert")).to_contain_text("08:10-17:00")
    expect(other.get_by_label("Notation")).to_have_value("Mo-Fr 09:00-16:50")
    saves(other)
    page.goto(draft)
    expect(page.get_by_role("main")).to_contain_text("Monday to Friday 09:00-16:50 added")


def test_another_process_serves_a_publish_at_once(opened: Opened, site: Site) -> None:
    """A notice published in the browser is soon heard in calls to another server process."""
    page, port = opened("publisher"), free_port()
    with serving(Cli(site.var), port):
        assert "Stockholm" not in phone_to(port).dials(SWEDISH, ani="+46855501234").said
        draft = opens_a_draft(page, "Stockholm has moved")
        page.goto(f"{draft}/rows/notices/new?territory=SE")
        page.get_by_label("Kind").select_option("service")
        page.get_by_label("Language", exact=True).fill("en")
        page.get_by_label("What callers hear").fill("Our Stockholm office has moved.")
        saves(page)
        signs_everything_off(page, draft)
        publishes(page)
        until = time.monotonic() + ENOUGH
        while "Stockholm" not in phone_to(port).dials(SWEDISH, ani="+46855501234").said:
            assert time.monotonic() < until, "the notice was not heard"
