"""Accounts as admins keep them."""

import pytest

from app.access.model import Role
from tests.web.conftest import PASSWORD, Desk


def test_only_admins_keep_accounts(desk: Desk) -> None:
    """For every other role the pages say who may; an admin without a code is told to give one."""
    for role in set(Role) - {Role.ADMIN}:
        page = desk.as_(role).get("/ops/users")
        assert page.status_code == 403
        assert "Admins may do this." in page.words
    weak = desk.as_(Role.ADMIN, strong=False).get("/ops/users")
    assert weak.status_code == 403
    assert "one-time code" in weak.words


def test_an_account_is_added_found_and_changed(desk: Desk) -> None:
    """From the form to the list, to another role, out and in again; each step says what it did."""
    admin = desk.as_(Role.ADMIN)
    form = {"name": "Zoë", "role": "editor", "zone": "Europe/Rome", "password": "short"}
    wrong = admin.post("/ops/users/add", form)
    assert wrong.status_code == 422
    assert wrong.html.find("input", {"name": "name", "value": "Zoë", "aria-describedby": True})
    assert "at least 12 characters" in wrong.words
    assert "short" not in str(wrong.html.find("input", {"name": "password"}))
    added = admin.post("/ops/users/add", {**form, "name": "zoe", "password": PASSWORD}, follow=True)
    assert "zoe may sign in as editor." in added.text
    found = admin.get("/ops/users?q=zo").html.find("a", string="zoe")
    assert found is not None
    path = str(found["href"])
    for act, said in (
        ("role", "The role is publisher now."),
        ("deactivate", "cannot sign in any more"),
        ("activate", "may sign in again"),
        ("lift-wait", "are forgotten"),
        ("end-sessions", "All sessions of this account are ended."),
        ("reset-code", "The one-time codes are taken away"),
    ):
        assert said in admin.post(f"{path}/{act}", {"role": "publisher"}, follow=True).text


def test_the_last_admin_is_told_so_on_the_page(desk: Desk) -> None:
    """What would leave nobody to keep accounts is refused where it was asked for, and changes nothing."""
    admin, own = desk.as_(Role.ADMIN), desk.services.sql.accounts.find("admin")
    assert own is not None
    for act in ("role", "deactivate"):
        answer = admin.post(f"/ops/users/{own.user.id}/{act}", {"role": "viewer"})
        assert answer.status_code == 409
        assert "admin is the last active admin" in answer.words
    assert admin.get("/ops/users").status_code == 200
    assert admin.post(f"/ops/users/{own.user.id}/reset-code").status_code == 403


@pytest.mark.parametrize("path", ["/ops/users/999999", "/ops/users/99999999999999999999"])
def test_an_account_that_is_not_there(desk: Desk, path: str) -> None:
    """A number nobody has is nothing found, however large."""
    assert desk.as_(Role.ADMIN).get(path).status_code == 404


def test_every_role_can_be_given(desk: Desk) -> None:
    """The forms offer each role, and an account of each is added and found by it."""
    admin = desk.as_(Role.ADMIN)
    for path in ("/ops/users/add", "/ops/users/1"):
        offered = admin.get(path).html.select("select[name=role] option")
        assert {str(option["value"]) for option in offered} == {role.value for role in Role}
    form = {"name": "zoe", "role": "supervisor", "password": PASSWORD}
    assert "zoe may sign in as supervisor." in admin.post("/ops/users/add", form, follow=True).text
    assert "zoe" in admin.get("/ops/users?q=supervis").words


def test_a_role_that_is_none(desk: Desk) -> None:
    """A role the form does not offer is said at its field."""
    admin, found = desk.as_(Role.ADMIN), desk.services.sql.accounts.find("viewer")
    assert found is not None
    answer = admin.post(f"/ops/users/{found.user.id}/role", {"role": "emperor"})
    assert answer.status_code == 422
    assert "Choose one of the roles." in answer.words
    assert admin.post("/ops/users/add", {"name": "x"}).status_code == 422
