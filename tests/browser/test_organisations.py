"""Organisations: who they are, which addresses count, limits in force, and a person's data."""

import json
import re

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Opened
from tests.browser.served import Site

ITALIAN = "+39800917919"


def finds(page: Page, text: str, name: str) -> None:
    """Search, and open the organisation found."""
    page.goto("/ops/organisations")
    page.get_by_label("Name, account, number, or a contact's name or address").fill(text)
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def code_for(site: Site, address: str) -> str:
    """The code in the newest letter to an address, once it has arrived in the development outbox."""
    for _ in range(20):
        letters = site.callgate("outbox").split(f"to {address}")
        found = re.search(r"^\D*(\d{6,8})\D*$", letters[-1], re.MULTILINE) if len(letters) > 1 else None
        if found:
            return found[1]
    raise AssertionError(f"no code for {address} arrived")


def test_an_organisation_is_found_and_edited(opened: Opened) -> None:
    """Found by a contact's address; a faulty cell is said at the cell, and the rest of the form is kept."""
    page = opened("editor")
    finds(page, "dana.whitfield@example.com", "Harbor and Pine Logistics")
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Priority").fill("7")
    page.get_by_label("Numbers and ranges").fill("+12025550110 555-0177")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Numbers and ranges")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Priority")).to_have_value("7")
    page.get_by_label("Numbers and ranges").fill("+12025550110 +1202555013*")
    page.get_by_label("What a registered number is worth").select_option("attested")
    page.get_by_role("button", name="Save").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("+1202555013*")
    expect(main).to_contain_text("only what the carrier vouches for")
    expect(main).to_contain_text("changed here since")


def test_a_new_address_is_confirmed_by_a_code(opened: Opened, site: Site) -> None:
    """The old address is told, the new one gets a code; once keyed it counts, after a day's hold."""
    page = opened("editor")
    finds(page, "Coral Bay", "Coral Bay Diving")
    contact = page.get_by_role("table", name="Contacts in their order").get_by_role("row").nth(1)
    old = re.findall(r"[\w.]+@example\.com", contact.inner_text())[0]
    contact.get_by_role("link", name=re.compile("^Edit")).click()
    page.get_by_label("E-mail address").fill("not an address")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("E-mail address")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("E-mail address").fill("reef@example.com")
    page.get_by_role("button", name="Save").click()
    expect(contact).to_contain_text("gets no codes")
    contact.get_by_role("button", name=re.compile("^Send confirmation code.*e-mail")).click()
    box = contact.get_by_label(re.compile("^Code that"))
    box.fill("000000")
    contact.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("alert")).to_be_visible()
    box.fill(code_for(site, "reef@example.com"))
    contact.get_by_role("button", name="Confirm").click()
    expect(contact).to_contain_text("codes from")
    assert f"to {old}" in site.callgate("outbox", "--limit", "1000")


def test_a_limit_is_lifted_by_two_people(opened: Opened, site: Site) -> None:
    """One publisher asks with a reason and cannot agree alone; another agrees, and the limit is over."""
    for _ in range(3):
        call = site.phone().dials(ITALIAN, ani="+390655550188").presses("2").presses("1")
        call.keys("12345678").presses("1").presses("1").hangs_up()
    first, second = opened("publisher"), opened("second")
    first.goto("/ops/limits")
    limit = first.get_by_role("row").filter(has_text="Giulia Conti, Rossi Forniture")
    limit.get_by_text("Ask to lift").click()
    limit.get_by_label("Reason").fill("ring giulia.conti@example.com")
    limit.get_by_role("button", name="Ask", exact=True).click()
    expect(limit.get_by_label("Reason")).to_have_attribute("aria-invalid", "true")
    limit.get_by_label("Reason").fill("their mail was down")
    limit.get_by_role("button", name="Ask", exact=True).click()
    expect(limit).to_contain_text("A second person has to agree.")
    expect(limit.get_by_role("button", name="Agree and lift")).to_have_count(0)
    second.goto("/ops/limits")
    theirs = second.get_by_role("row").filter(has_text="Giulia Conti, Rossi Forniture")
    theirs.get_by_role("button", name="Agree and lift").click()
    expect(theirs).to_have_count(0)
    expect(second.get_by_role("main")).to_contain_text("Asked by publisher, decided by second")


def test_an_import_is_tried_first(opened: Opened) -> None:
    """The dry run says row by row what files would do; applied, each record names its source."""
    page = opened("editor")
    organisations = (
        "account_number,name,country,cloud,language,trust_caller_id,code_digits,priority,numbers\n"
    )
    organisations += "0042,Brightwater Instruments Ltd,GB,,en,match,6,1,+442079460100 +4420794602*\n"
    faulty = organisations + "99,Too Short,GB,,en,match,6,1,\n"
    contacts = "account_number,name,role,email,phone,phone_can_text,language,confirmed\n"
    contacts += "0042,Amelia Hart,admin,amelia.hart@example.com,+447700900142,true,en,2025-01-15T10:00:00Z\n"
    for content in (faulty, organisations):
        page.goto("/ops/organisations/import")
        for label, text in (("Organisations (CSV)", content), ("Contacts (CSV)", contacts)):
            file: FilePayload = {"name": "file.csv", "mimeType": "text/csv", "buffer": text.encode()}
            page.get_by_label(label).set_input_files(file)
        page.get_by_label("Source").fill("crm")
        page.get_by_role("button", name="See what they would do").click()
        rows = page.get_by_role("table", name="What each row would do")
        expect(rows).to_be_visible()
        if content is faulty:
            expect(rows.get_by_role("row").filter(has_text="fault")).to_contain_text(
                "an account number is 4 to 12 digits"
            )
            expect(page.get_by_role("button", name="Apply exactly this")).to_have_count(0)
    expect(rows.get_by_role("row", name=re.compile("0042 changed"))).to_contain_text("name")
    expect(rows.get_by_role("row").filter(has_text="Owen Price")).to_contain_text("off the profile")
    page.get_by_role("button", name="Apply exactly this").click()
    expect(page.get_by_role("link", name="To the organisations")).to_be_visible()
    finds(page, "0042", "Brightwater Instruments Ltd")
    expect(page.get_by_role("main")).to_contain_text("(crm)")


def test_a_persons_data_is_given_out_and_erased(opened: Opened) -> None:
    """An admin downloads what is kept of a person, and erases it after typing the name and a reason."""
    page = opened("admin")
    finds(page, "Atelier Lumen", "Atelier Lumen")
    page.get_by_role("link", name="People's data").click()
    page.get_by_role("link", name="Hugo Lemaire").click()
    with page.expect_download() as file:
        page.get_by_role("button", name="Download everything (JSON)").click()
    assert "hugo.lemaire@example.com" in json.dumps(json.loads(file.value.path().read_text(encoding="utf-8")))
    page.get_by_label("Type the person's name").fill("Hugo")
    page.get_by_label("Reason").fill("asked for it in writing")
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_label("Type the person's name")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Type the person's name").fill("Hugo Lemaire")
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_role("heading", name="Atelier Lumen", level=1)).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text("Hugo")
    page.goto("/ops/organisations?q=hugo.lemaire@example.com")
    expect(page.get_by_role("main")).to_contain_text("No organisation is found by this.")
