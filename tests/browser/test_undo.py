"""History and audit: what was live, who did what, and the way back."""

import json

from playwright.sync_api import expect

from tests.browser.conftest import Opened
from tests.browser.drafts import opens_a_draft, publishes, rolls_back, sets_hours


def test_any_version_comes_back_in_one_click(opened: Opened) -> None:
    """History shows author, time and difference; one press publishes an old version again, as a new one."""
    page = opened("publisher")
    draft = opens_a_draft(page, "Brazil, a longer day")
    sets_hours(page, draft, "BR/billing/pt", "Mo-Fr 09:00-19:10")
    version = publishes(page)
    page.goto("/ops/history")
    page.get_by_label("Search").fill("19:10")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=f"Version {version}", exact=True).click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Published by publisher")
    expect(main).to_contain_text("Billing, Brazil, Portuguese: Monday to Friday 09:00-19:10 added")
    page.get_by_role("link", name="Version before").click()
    expect(page.get_by_role("region", name="Bring it back")).to_contain_text("09:00-19:10 removed")
    page.get_by_role("link", name="Try a call against it").click()
    expect(page.get_by_label("Table")).to_have_value(f"version-{version - 1}")
    assert rolls_back(page, version - 1) == version + 1
    page.goto(f"/ops/history/{version + 1}")
    expect(main).to_contain_text("Billing, Brazil, Portuguese: Monday to Friday 09:00-17:00 added")
    expect(main.get_by_text("live", exact=True)).to_be_visible()


def test_two_who_roll_back_at_once(opened: Opened) -> None:
    """A roll back that was decided on an older state is refused, and says what went live meanwhile."""
    page, other = opened("publisher"), opened("second")
    draft = opens_a_draft(page, "The Netherlands, five minutes more")
    sets_hours(page, draft, "NL/billing/nl", "Mo-Fr 09:00-17:05")
    version = publishes(page)
    other.goto(f"/ops/history/{version - 1}")
    back = rolls_back(page, version - 1)
    other.get_by_role("button", name=f"Roll back to version {version - 1}").click()
    expect(other.get_by_role("alert")).to_contain_text(f"Version {back} was published meanwhile.")


def test_a_viewer_sees_history_and_cannot_roll_back(opened: Opened) -> None:
    """The history is everybody's; the button is a publisher's."""
    page = opened("viewer")
    page.goto("/ops/history/1")
    expect(page.get_by_role("heading", name="Version 1", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Roll back")).to_have_count(0)


def test_every_act_is_in_the_audit(opened: Opened) -> None:
    """A publish is found with who did it and from where; an admin downloads all of it."""
    page, admin = opened("publisher"), opened("admin")
    opens_a_draft(page, "Only to be written down")
    admin.goto("/ops/audit")
    admin.get_by_label("Search").fill("Only to be written down")
    admin.get_by_label("Who", exact=True).fill("publisher")
    admin.get_by_role("button", name="Show", exact=True).click()
    row = admin.get_by_role("table").get_by_role("row").nth(1)
    expect(row).to_contain_text("publisher")
    expect(row).to_contain_text("127.0.0.1")
    with admin.expect_download() as file:
        admin.get_by_role("link", name="Download as JSON lines").click()
    lines = file.value.path().read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["who"] for line in lines} == {"publisher"}
    admin.goto("/ops/audit?from=2026-13-45")
    expect(admin.get_by_label("First day")).to_have_attribute("aria-invalid", "true")
