"""The pictures of the README: the main pages of ``callgate demo``, as they are now."""

import re
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


def phone_and_desk(browser: Browser, site: Site) -> None:
    """A call on the browser phone, and the page of the agent who took it and has a code read out."""
    phone, desk = someone(browser, site), someone(browser, site, "agent")
    phone.goto("/phone")
    phone.get_by_label("Call", exact=True).select_option("+448000326417")
    phone.get_by_label("From", exact=True).fill("+447700900142")
    phone.get_by_label("Day").fill(next_christmas_eve().isoformat())
    phone.get_by_label("Time").fill("11:00")
    phone.get_by_role("button", name="Call now").click()
    phone.get_by_role("group", name="Keypad").get_by_role("button", name="1", exact=True).click()
    desk.goto("/desk")
    desk.get_by_role("button", name="Be available").click()
    desk.get_by_role("rowheader").wait_for()
    desk.get_by_role("button", name="Take next").click()
    phone.get_by_role("button", name=re.compile("^Answer")).click()
    phone.get_by_role("button", name=re.compile("^Press 1")).click()
    desk.get_by_role("button", name="Send; the caller reads it to me").click()
    desk.get_by_label("Code that the caller reads out").wait_for()
    desk.evaluate("() => document.querySelector('[data-told]').remove()")
    taken(desk, "conversation")
    phone.get_by_role("article").first.wait_for()
    taken(phone, "phone")


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
    page = someone(browser, site, "publisher")
    draft = draft_of_the_day(page)
    for picture in PICTURES:
        picture(page, draft)
        taken(page, picture.__name__.replace("_", "-"))
    phone_and_desk(browser, site)  # last: it sets the clock


def someone(browser: Browser, site: Site, who: str = "") -> Page:
    """The browser of somebody who signed in, or of anybody."""
    context = browser.new_context(
        base_url=site.url,
        storage_state=signed_in(browser, site, who) if who else None,
        viewport={"width": SIZE[0], "height": SIZE[1]},
        locale="en-GB",
        timezone_id="Europe/Rome",
        reduced_motion="reduce",
    )
    return context.new_page()


def taken(page: Page, name: str) -> None:
    """Write one picture."""
    page.screenshot(path=FOLDER / f"{name}.png", scale="css", animations="disabled", caret="hide")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as site, chromium() as browser:
        take(browser, site)


if __name__ == "__main__":
    main()
