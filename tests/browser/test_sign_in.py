"""Accounts: signing in with a one-time code, what each role may, and sessions that end."""

import re
from datetime import UTC, datetime

import pyotp
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opened
from tests.browser.served import Site

PASSWORD = "a long walk home"


def signs_in(page: Page, name: str, password: str = PASSWORD, code: str = "") -> None:
    """Fill the form of the page that is open, and send it with Enter."""
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_label("One-time code").fill(code)
    page.get_by_label("One-time code").press("Enter")


def test_sign_in_leads_back_to_the_page_wanted(opened: Opened, site: Site) -> None:
    """A wrong password gets one sentence, the right one leads to the page wanted, and signing out ends it."""
    site.callgate("users", "add", "nina", "--role", "editor", "--password-stdin", typed=f"{PASSWORD}\n")
    page = opened()
    page.goto("/ops/history")
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
    signs_in(page, "nina", "not the password")
    expect(page.get_by_role("alert")).to_have_text(
        "Name, password or one-time code is not right. Please try again."
    )
    expect(page.get_by_label("Name", exact=True)).to_have_value("nina")
    signs_in(page, "nina")
    expect(page).to_have_url(f"{site.url}/ops/history")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_have_text("You are signed out.")
    page.goto("/ops/history")
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()


def test_nobody_learns_which_accounts_there_are(opened: Opened) -> None:
    """An account that is not there gets the same sentence as a wrong password."""
    page = opened()
    page.goto("/ops/sign-in")
    signs_in(page, "nobody.at.all")
    expect(page.get_by_role("alert")).to_have_text(
        "Name, password or one-time code is not right. Please try again."
    )


def test_one_time_codes_are_set_up_with_a_picture(opened: Opened, site: Site) -> None:
    """A publisher without codes may not publish; scanning the picture and keying one code changes that."""
    site.callgate("users", "add", "otto", "--role", "publisher", "--password-stdin", typed=f"{PASSWORD}\n")
    page = opened()
    page.goto("/ops/closures/new")
    signs_in(page, "otto")
    expect(page.get_by_role("main")).to_contain_text("one-time code")
    page.goto("/ops/account")
    page.get_by_role("link", name="Set up one-time codes").click()
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Set up one-time codes").click()
    picture = page.get_by_role("img", name="QR code with the text below")
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("one => one.naturalWidth") > 100
    seed = re.sub(r"\W", "", page.locator("#seed").inner_text())
    codes, now = pyotp.TOTP(seed), datetime.now(UTC)  # noqa: TID251 - a server's own clock runs
    page.get_by_label("One-time code").fill("000000")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_label("One-time code")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("One-time code").fill(codes.at(now))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("status")).to_contain_text("One-time codes are set up.")
    page.goto("/ops/closures/new")
    expect(page.get_by_role("heading", name="Close desks")).to_be_visible()


def test_a_role_that_may_not_is_told_who_may(opened: Opened) -> None:
    """A viewer who asks for a page of others gets 403 and reads who can; the menu does not offer it."""
    page = opened("viewer")
    for path, who in (
        ("/ops/users", "admin"),
        ("/ops/closures/new", "publisher"),
        ("/ops/drafts/new", "editor"),
    ):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 403
        expect(page.get_by_role("main")).to_contain_text(re.compile(who, re.IGNORECASE))
    menu = page.get_by_role("navigation", name="Desk")
    expect(menu.get_by_role("link", name="Countries")).to_be_visible()
    expect(menu.get_by_role("link", name="Users")).to_have_count(0)


def test_a_session_ended_elsewhere_is_over(opened: Opened, site: Site) -> None:
    """An account's list of sessions ends one on another device, which then has to sign in again."""
    site.callgate("users", "add", "ida", "--role", "viewer", "--password-stdin", typed=f"{PASSWORD}\n")
    here, there = opened(), opened()
    for page in (here, there):
        page.goto("/ops/account")
        signs_in(page, "ida")
        expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    here.reload()
    here.get_by_role("button", name=re.compile("^End session from")).click()
    expect(here.get_by_role("button", name=re.compile("^End session from"))).to_have_count(0)
    there.reload()
    expect(there.get_by_role("heading", name="Sign in", level=1)).to_be_visible()


def test_an_admin_adds_an_account(opened: Opened) -> None:
    """An account made on the users page signs in, and is gone for good once deactivated."""
    admin, page = opened("admin"), opened()
    admin.goto("/ops/users")
    admin.get_by_role("link", name="Add an account").click()
    admin.get_by_label("Name", exact=True).fill("uwe")
    admin.get_by_label("Role").select_option("viewer")
    admin.get_by_label("First password").fill("short")
    admin.get_by_role("button", name="Add").click()
    expect(admin.get_by_label("First password")).to_have_attribute("aria-invalid", "true")
    expect(admin.get_by_label("Name", exact=True)).to_have_value("uwe")
    admin.get_by_label("First password").fill(PASSWORD)
    admin.get_by_role("button", name="Add").click()
    page.goto("/ops/account")
    signs_in(page, "uwe")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    admin.goto("/ops/users")
    admin.get_by_role("link", name="uwe").click()
    admin.get_by_role("button", name="Deactivate").click()
    page.reload()
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
