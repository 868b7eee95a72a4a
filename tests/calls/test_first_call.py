"""The call the product exists for."""

from app.simulator.phone import Phone
from tests.calls.inbox import Inbox

ITALY = "+39800917919"
UNREGISTERED = "+390655550100"


def test_an_italian_administrator_is_verified_by_mail(phone: Phone, inbox: Inbox) -> None:
    """From an unregistered number to the technical queue, verified by the code that came by mail."""
    call = phone.dials(ITALY, ani=UNREGISTERED).hears("Italia").hears_language("it").presses("1")
    call.hears("assistenza tecnica").presses("1").keys("12345678").hears("1, 2, 3, 4, 5, 6, 7, 8").presses(
        "1"
    )
    call.presses("1").hears("codice")
    call.waits(25).keys(inbox.code()).hears("verifica")
    call.is_transferred_to("technical-it", level="code").agent_hears("Rossi Forniture, Giulia Conti")
