"""What people do with drafts, step by step, by the words they read."""

import re
from urllib.parse import quote

from playwright.sync_api import Page, expect


def opens_a_draft(page: Page, title: str) -> str:
    """Open a draft of one's own, from the list of drafts; gives its path."""
    page.goto("/ops/drafts")
    page.get_by_role("link", name="New draft").click()
    page.get_by_label("What is it for?").fill(title)
    page.get_by_role("button", name="Open the draft").click()
    expect(page.get_by_role("navigation", name="Steps")).to_be_visible()
    return f"/ops/drafts/{page.url.split('/drafts/')[1].split('/')[0]}"


def edits_row(page: Page, draft: str, section: str, key: str) -> None:
    """Open the form of one row."""
    page.goto(f"{draft}/rows/{section}/edit?key={quote(f'{section}/{key}')}")


def sets_hours(page: Page, draft: str, key: str, notation: str) -> None:
    """Give a desk other hours by their notation, and save."""
    edits_row(page, draft, "coverage", key)
    page.get_by_label("Notation").fill(notation)
    saves(page)


def saves(page: Page) -> None:
    """Save the row that is open; the page goes on to the rows."""
    page.get_by_role("button", name="Save in this draft").click()
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()


def goes_to(page: Page, step: str) -> None:
    """Follow one of the draft's tabs."""
    page.get_by_role("navigation", name="Steps").get_by_role("link", name=step, exact=True).click()


def publishes(page: Page) -> int:
    """Press publish; gives the version that is live now."""
    goes_to(page, "Publish")
    page.get_by_role("button", name="Publish as version").click()
    return live_version(page)


def live_version(page: Page) -> int:
    """The version that the page says went live just now."""
    said = page.get_by_role("status").filter(has_text=re.compile("is live|live as version"))
    expect(said).to_be_visible()
    numbers = re.findall(r"[Vv]ersion (\d+)", said.inner_text())
    return int(numbers[-1])


def signs_everything_off(page: Page, draft: str) -> None:
    """Sign off every warning that waits for it."""
    page.goto(f"{draft}/check")
    buttons = page.get_by_role("button", name=re.compile("^Sign off"))
    for left in range(buttons.count(), 0, -1):
        buttons.first.click()
        expect(buttons).to_have_count(left - 1)


def rolls_back(page: Page, version: int) -> int:
    """Bring a version back; gives the number it has now."""
    page.goto(f"/ops/history/{version}")
    page.get_by_role("button", name=f"Roll back to version {version}").click()
    return live_version(page)
