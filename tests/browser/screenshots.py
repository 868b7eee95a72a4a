"""The pictures of the README: the main pages of ``callgate demo``, as they are now."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.drafts import edits_row, goes_to, opens_a_draft, saves
from tests.browser.served import Site, chromium, demo, signed_in
from tests.browser.test_done import next_christmas_eve

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
SIZE = (1280, 860)


def country(page: Page, _draft: str) -> None:
    page.goto("/ops/countries/IT")


def hours(page: Page, draft: str) -> None:
    edits_row(page, draft, "coverage", "FR/billing/fr")
    page.get_by_label("Notation").fill("Mo-Th 09:00-12:00,13:00-17:30; Fr 22:00-02:00")
    page.get_by_text("ends Saturday 02:00").wait_for()
    page.get_by_label("Notation").evaluate("one => one.closest('fieldset').scrollIntoView()")


def check(page: Page, draft: str) -> None:
    page.goto(f"{draft}/check")


def publish(page: Page, draft: str) -> None:
    page.goto(f"{draft}/publish")


def impact(page: Page, draft: str) -> None:
    page.goto(f"{draft}/impact")


def what_if(page: Page, draft: str) -> None:
    asked = f"territory=IT&department=billing&language=it&day={next_christmas_eve()}&time=12:30"
    page.goto(f"/ops/what-if?{asked}&zone=Europe/Rome&against=draft-{draft.rpartition('/')[2]}&press=try")


def close_now(page: Page, _draft: str) -> None:
    page.goto("/ops/closures/new?territory=DK")
    end = datetime.now(UTC) + timedelta(days=1)  # noqa: TID251 - the service's own clock runs
    page.get_by_label("Until, date").fill(end.date().isoformat())
    page.get_by_label("Until, time").fill("08:00")
    page.get_by_label("Reason").fill("Power cut in Copenhagen")
    page.get_by_label("English").fill(
        "Our Danish desk is closed by a power cut. It opens again tomorrow morning."
    )
    page.get_by_role("button", name="Look at what happens").click()
    page.get_by_role("region", name="This is what happens").wait_for()


def find_number(page: Page, _draft: str) -> None:
    page.goto("/lines/IT?lang=en")


def reports(page: Page, _draft: str) -> None:
    page.goto("/ops/reports")


PICTURES: tuple[Callable[[Page, str], None], ...] = (
    country,
    hours,
    check,
    publish,
    impact,
    what_if,
    close_now,
    find_number,
    reports,
)


def draft_of_the_day(page: Page) -> str:
    """A draft that closes Italy's billing desk on 24 December from noon, with a warning to sign off."""
    draft = opens_a_draft(page, "Italy's billing desk closes early")
    page.goto(f"{draft}/closing-days/new?country=IT")
    page.get_by_label("Department", exact=True).select_option("billing")
    page.get_by_label("Day", exact=True).fill(next_christmas_eve().isoformat())
    page.get_by_label("From", exact=True).fill("12:00")
    page.get_by_label("Reason", exact=True).fill("Christmas Eve")
    saves(page)
    edits_row(page, draft, "coverage", "PL/technical/pl")
    page.get_by_label("Notation").fill("Mo-Fr 08:00-18:00; Su 10:00-12:00")
    saves(page)
    goes_to(page, "Overview")
    return draft


def take(browser: Browser, site: Site) -> None:
    """Write every picture anew."""
    context = browser.new_context(
        base_url=site.url,
        storage_state=signed_in(browser, site, "publisher"),
        viewport={"width": SIZE[0], "height": SIZE[1]},
        locale="en-GB",
        timezone_id="Europe/Rome",
        reduced_motion="reduce",
    )
    page = context.new_page()
    draft = draft_of_the_day(page)
    for picture in PICTURES:
        picture(page, draft)
        name = picture.__name__.replace("_", "-")
        page.screenshot(path=FOLDER / f"{name}.png", scale="css", animations="disabled", caret="hide")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as site, chromium() as browser:
        take(browser, site)


if __name__ == "__main__":
    main()
