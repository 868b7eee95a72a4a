"""Codes keyed at the same instant, through webhooks."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.factory.application import create_app
from app.factory.services import Services
from app.simulator.clock import SimulatedClock
from app.simulator.phone import Phone
from app.simulator.transport import Response, over_wsgi
from app.simulator.webhooks import Request
from tests.calls.course import ITALY, comes_to, count, goes_on
from tests.calls.inbox import Inbox
from tests.calls.phones import a_phone


def at_once(phone: Phone, requests: list[Request]) -> list[Response]:
    """Send each request in a thread of its own, all together."""
    gate = threading.Barrier(len(requests))

    def send(request: Request) -> Response:
        gate.wait()
        return phone.send(request)

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(send, requests))


def keyed(phone: Phone, inbox: Inbox, ani: str, digits: str | None) -> Request:
    """A webhook with a code, of a call that awaits one; None: the right one."""
    call = goes_on(phone.dials(ITALY, ani=ani), inbox, until="enter_code")
    link = phone.send(call.last_request()).body.decode().partition('action="')[2].partition('"')[0]
    digits = inbox.code() if digits is None else digits
    return phone.request(link.replace("&amp;", "&"), [*call.leg.form(), ("Digits", digits)])


def test_fifty_wrong_codes_of_fifty_calls(
    phone: Phone, inbox: Inbox, services: Services, clock: SimulatedClock, tmp_path: Path
) -> None:
    """Fifty calls for one organisation, a wrong code each at once: never more than twenty are compared.

    Each call has an exchange of its own, so that it stays at its question while the next one gets there.
    """
    transport = over_wsgi(create_app(services.settings, services))
    requests = []
    for number in range(50):
        alone = a_phone(services, clock, seed=f"{tmp_path}/{number}", transport=transport)
        requests.append(keyed(alone, inbox, f"+3906555501{number:02}", "000000"))
    answers = at_once(phone, requests)
    assert {answer.status for answer in answers} == {200}
    assert count(services, "attempts", "compared") <= 20
    # Whoever waited too long for a busy database was not checked; nobody was compared without being counted.
    not_checked = sum(answer.header("X-Call-State") == "transfer_unverified" for answer in answers)
    assert count(services, "attempts") + not_checked == 50
    assert count(services, "levels") == 0
    assert not phone.failures


def test_fifty_wrong_codes_of_one_turn(phone: Phone, inbox: Inbox, services: Services) -> None:
    """One turn of one call, fifty times at once, each with another code: one guess, one answer."""
    call = comes_to("enter_code", phone, inbox)
    code = inbox.code()
    link = phone.send(call.last_request()).body.decode().partition('action="')[2].partition('"')[0]
    wrong = [f"{number:06}" for number in range(51) if f"{number:06}" != code][:49]
    requests = [
        phone.request(link.replace("&amp;", "&"), [*call.leg.form(), ("Digits", digits)])
        for digits in (*wrong, code)
    ]
    answers = at_once(phone, requests)
    assert len({answer.body for answer in answers}) == 1
    assert count(services, "attempts") == 1
    assert count(services, "audit", "what IN ('code_accepted', 'code_rejected')") == 1


def test_eight_right_codes(phone: Phone, inbox: Inbox, services: Services) -> None:
    """The right code, eight times at once: accepted once, all eight answers the same transfer."""
    request = keyed(phone, inbox, "+390655550100", None)
    answers = at_once(phone, [request] * 8)
    assert len({answer.body for answer in answers}) == 1
    assert {answer.header("X-Call-State") for answer in answers} == {"transfer"}
    assert count(services, "levels") == count(services, "attempts") == 1
    assert count(services, "outbox", "kind = 'notice'") == 2
