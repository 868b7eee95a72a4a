"""Organisations at the desk: found, edited, confirmed by a code, imported, one person's data."""

import io
import re
from pathlib import Path
from typing import Any

import pytest

from app.access.model import Role
from app.adapters.outbox_file import DevelopmentOutbox
from app.services.directory import CONTACT_COLUMNS, ORGANISATION_COLUMNS
from tests.web.conftest import Desk, Reader, Shown

ROSSI = "/ops/organisations/1"
PEOPLE = "1000,Anna,admin,anna@example.com,,,it,"


def form_of(page: Shown, action: str = "") -> dict[str, str]:
    """The values a form was shown with."""
    for form in page.html.find_all("form", {"method": "post"}):
        if str(form.get("action", "")) == action:
            fields = [one for one in form.find_all(["input"]) if one.get("name") != "csrf_token"]
            checked = [one for one in fields if one.get("type") != "checkbox" or one.has_attr("checked")]
            values = {str(one["name"]): str(one.get("value", "")) for one in checked}
            for select in form.find_all("select"):
                option = select.find("option", selected=True)
                values[str(select["name"])] = str(option["value"]) if option else ""
            return values
    raise AssertionError(action)


def error_at(page: Shown, name: str) -> str:
    """What is said at a field, found as assistive technology finds it."""
    [field] = page.html.select(f'[name="{name}"][aria-invalid="true"]')
    [told] = [one for one in str(field["aria-describedby"]).split() if one.startswith("error")]
    return page.html.select(f"#{told}")[0].get_text()


def uploads(firms: str, people: str) -> dict[str, Any]:
    accounts = "\n".join([",".join(ORGANISATION_COLUMNS), firms]).encode()
    contacts = "\n".join([",".join(CONTACT_COLUMNS), people]).encode()
    return {
        "organisations": (io.BytesIO(accounts), "firms.csv"),
        "contacts": (io.BytesIO(contacts), "people.csv"),
        "source": "crm",
    }


def settled(reader: Reader, page: Shown) -> Shown:
    """The page of an import once it is no longer at work."""
    for _ in range(200):
        if "Refresh" not in page.headers:
            return page
        page = reader.get(page.request.path)
    raise AssertionError(page.words)


def test_list_and_search(desk: Desk) -> None:
    """Everybody with an account finds an organisation by its name, account, number or a contact."""
    viewer = desk.as_(Role.VIEWER)
    assert "Rossi Forniture" in viewer.get("/ops/organisations").words
    for query in ("rossi", "12345678", "giulia.conti@example", "+46 70 174 06 12"):
        page = viewer.get("/ops/organisations?q=" + query.replace("+", "%2B"))
        assert [one.get_text() for one in page.html.select("tbody th")] == ["Rossi Forniture"], query
    assert "No organisation is found" in viewer.get("/ops/organisations?q=nobody").words
    assert "Send confirmation code" not in viewer.get(ROSSI).words
    assert viewer.get(f"{ROSSI}/edit").status_code == 403


def test_organisation_is_edited(desk: Desk) -> None:
    """A fault stands at its field with the rest kept; what is right is saved, and the stale form told."""
    editor = desk.as_(Role.EDITOR)
    values = form_of(editor.get(f"{ROSSI}/edit"))
    wrong = editor.post(f"{ROSSI}/edit", values | {"country": "Italia", "name": "Rossi & Figli"})
    assert wrong.status_code == 422
    assert "two capital letters" in error_at(wrong, "country")
    assert form_of(wrong)["name"] == "Rossi & Figli"
    saved = editor.post(f"{ROSSI}/edit", values | {"name": "Rossi & Figli"}, follow=True)
    assert saved.html.h1 is not None
    assert saved.html.h1.get_text() == "Rossi & Figli"
    late = editor.post(f"{ROSSI}/edit", values | {"name": "Bianchi"})
    assert (late.status_code, "Somebody changed this" in late.words) == (422, True)


def test_organisation_and_contact_are_added(desk: Desk) -> None:
    """From empty forms to a profile; a contact needs an address, told where it is missing."""
    editor = desk.as_(Role.EDITOR)
    values = form_of(editor.get("/ops/organisations/new"))
    made = editor.post(
        "/ops/organisations/new",
        values | {"account_number": "777000", "name": "Neu", "country": "DE"},
        follow=True,
    )
    path = made.request.path
    empty = form_of(editor.get(f"{path}/contacts/new"))
    wrong = editor.post(f"{path}/contacts/new", empty | {"name": "Nina"})
    assert "needs an e-mail address or a phone" in error_at(wrong, "email")
    added = editor.post(
        f"{path}/contacts/new", empty | {"name": "Nina", "email": "nina@example.com"}, follow=True
    )
    assert "Nina" in added.words
    assert "not confirmed gets no codes" in added.words


def test_contacts_are_moved_and_removed(desk: Desk) -> None:
    """The order is the profile's; who is taken off is gone from the page."""
    editor = desk.as_(Role.EDITOR)
    page = editor.get(ROSSI)
    names = [re.sub(r"^\d+\. ", "", one.get_text().strip()) for one in page.html.select("tbody th")]
    forms = [str(form["action"]) for form in page.html.select("form[action$='/move']")]
    values = form_of(page, forms[0])
    moved = editor.post(forms[0], values | {"by": "1"}, follow=True)
    assert names[1] in moved.html.select("tbody th")[0].get_text()
    remove = str(moved.html.select("form[action$='/remove']")[0]["action"])
    stale = editor.post(remove, values, follow=True)
    assert "Somebody changed this" in stale.text
    gone = editor.post(remove, form_of(moved, remove), follow=True)
    assert names[1] not in gone.words


def test_address_is_confirmed_by_its_code(desk: Desk, tmp_path: Path) -> None:
    """The code goes to the address by mail; keyed in, the address is confirmed, and waits a day."""
    editor = desk.as_(Role.EDITOR)
    path = f"{ROSSI}/contacts/new"
    values = form_of(editor.get(path)) | {"name": "Nina", "email": "nina@example.com"}
    page = editor.post(path, values, follow=True)
    send = str(page.html.select("form[action$='/email/send']")[-1]["action"])
    sent = editor.post(send, follow=True)
    assert "A code is on its way" in sent.text
    desk.services.sender.tick(desk.clock.now())
    posted = DevelopmentOutbox(tmp_path / "outbox.jsonl", desk.clock.now).read()
    [mail] = [one.message for one in posted if one.message.to == "nina@example.com"]
    [digits] = re.findall(r"\b\d{6}(?:\d\d)?\b", mail.text)
    key = send.replace("/send", "/key")
    wrong = editor.post(key, {"code": "12"}, follow=True)
    assert "not the whole" in wrong.text
    done = editor.post(key, {"code": digits}, follow=True)
    assert "The address is confirmed" in done.text
    assert "codes from" in done.words


def test_import_is_shown_row_by_row_and_then_applied(desk: Desk) -> None:
    """Faults stand at their rows and nothing can be applied; what is right is applied as it was shown."""
    editor = desk.as_(Role.EDITOR)
    path = "/ops/organisations/import"
    assert editor.post(path, {"source": ""}).status_code == 422
    bad = editor.post(path, uploads("1000,Alfa,Italy,,it,,,,", PEOPLE), follow=True)
    faulty = settled(editor, bad)
    assert "country: a country is its two capital letters" in faulty.words
    assert "Apply exactly this" not in faulty.words
    good = settled(editor, editor.post(path, uploads("1000,Alfa,IT,,it,,,,", PEOPLE), follow=True))
    assert "added (2)" in good.words
    assert desk.as_(Role.PUBLISHER).get(good.request.path).status_code == 404
    assert "Alfa" not in editor.get("/ops/organisations").words
    done = settled(editor, editor.post(f"{good.request.path}/apply", follow=True))
    assert "1 organisation added, 0 updated; 1 contact." in done.words
    assert "(crm)" in editor.get("/ops/organisations?q=alfa").words


def test_one_persons_data_is_handed_out_and_erased(desk: Desk) -> None:
    """An admin downloads everything about somebody, and erases it once the name was typed."""
    assert desk.as_(Role.PUBLISHER).get(f"{ROSSI}/people").status_code == 403
    admin = desk.as_(Role.ADMIN)
    link = admin.get(f"{ROSSI}/people").html.find("a", string="Giulia Conti")
    assert link is not None
    path = str(link["href"])
    export = admin.post(f"{path}/export")
    assert export.headers["Content-Disposition"].startswith("attachment")
    assert export.json["contact"]["email"] == "giulia.conti@example.com"
    wrong = admin.post(f"{path}/erase", {"typed": "giulia", "reason": "asked for"})
    assert wrong.status_code == 422
    assert "Giulia Conti" in error_at(wrong, "typed")
    done = admin.post(f"{path}/erase", {"typed": "Giulia Conti", "reason": "asked for"}, follow=True)
    assert "is erased" in done.text
    assert "Giulia" not in done.words
    assert admin.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/ops/organisations/999999",
        "/ops/organisations/2/contacts/1/edit",
        "/ops/organisations/2/people/1",
        "/ops/organisations/import/999999",
    ],
)
def test_what_belongs_elsewhere_is_not_found(desk: Desk, path: str) -> None:
    """An organisation that is not there, and a contact of another one, are not found."""
    assert desk.as_(Role.ADMIN).get(path).status_code == 404


def test_contact_of_another_organisation_cannot_be_changed(desk: Desk) -> None:
    """Nor can they be removed, moved, confirmed or erased through another organisation's address."""
    admin = desk.as_(Role.ADMIN)
    for act in (
        "contacts/1/remove",
        "contacts/1/move",
        "contacts/1/email/send",
        "contacts/1/email/key",
        "people/1/export",
        "people/1/erase",
    ):
        assert admin.post(f"/ops/organisations/2/{act}", {"revision": "1"}).status_code == 404, act
