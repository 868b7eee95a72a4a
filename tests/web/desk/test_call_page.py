"""A call opened by a link: for whom it opens, and what a receipt in the address proves."""

from app.access.model import Role, operator
from app.simulator.call import CallInProgress
from tests.calls.ways import call_id
from tests.web.conftest import Desk
from tests.web.desk.conftest import Seat


def receipt_of(seat: Seat, at: str) -> str:
    link = seat.get(at).html.find("a", string="The call and its timeline")
    assert link
    return str(link["href"]).partition("receipt=")[2]


def test_for_whom_it_opens(desk: Desk, seat: Seat, caller: CallInProgress) -> None:
    """For whoever handled it or may see every call; for another agent only with a receipt that holds."""
    page = f"/desk/calls/{call_id(desk.services, caller)}"
    assert seat.get(page).status_code == 403
    token = receipt_of(seat, seat.takes())
    shown = seat.get(page)
    assert shown.status_code == 200
    assert "Rossi Forniture" in shown.words
    assert "What happened" in shown.words
    now = desk.services.clock.now()
    desk.services.sql.accounts.add("other", Role.AGENT, "", actor=operator("test"), now=now, nonce="n")
    other = desk.as_("other")
    assert other.get(page).status_code == 403
    assert "The receipt in this address holds" in other.get(f"{page}?receipt={token}").words
    assert other.get(f"{page}?receipt={token[:-4]}AAAA").status_code == 403


def test_a_receipt_that_proves_nothing_is_told(desk: Desk, seat: Seat, caller: CallInProgress) -> None:
    """One of another call, a changed one, and no receipt at all, each in a sentence."""
    page = f"/desk/calls/{call_id(desk.services, caller)}"
    token = receipt_of(seat, seat.takes())
    boss = desk.as_(Role.SUPERVISOR)
    assert "its signature is wrong" in boss.get(f"{page}?receipt={token[:-4]}AAAA").words
    assert "this is no receipt" in boss.get(f"{page}?receipt=x").words
    desk.clock.advance(3600)
    boss = desk.as_(Role.ADMIN)
    assert "it has expired" in boss.get(f"{page}?receipt={token}").words


def test_no_digits_of_a_code(desk: Desk, seat: Seat, caller: CallInProgress) -> None:
    """The page tells who was called, and no whole address."""
    page = f"/desk/calls/{call_id(desk.services, caller)}"
    words = desk.as_(Role.SUPERVISOR).get(page).words
    assert "@" not in words.replace("***@", "")


def test_a_crm_gets_the_address_outside(desk: Desk, seat: Seat, caller: CallInProgress) -> None:
    """The address for a CRM begins with PUBLIC_URL, by whatever name the page was asked for."""
    page = f"/desk/calls/{call_id(desk.services, caller)}"
    token = receipt_of(seat, seat.takes())
    assert f"{desk.services.settings.public_url}{page}?receipt={token}" in seat.get(page).words
