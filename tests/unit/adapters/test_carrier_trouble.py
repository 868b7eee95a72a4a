"""What the carrier's answers mean, when it is in trouble or knows nothing of what it is asked about."""

import pytest

from app.adapters.carrier_control import CarrierControl
from app.adapters.local_carrier import LocalHttp
from app.ports.carrier import (
    Carried,
    Declined,
    EndCall,
    Gone,
    NotNow,
    NotSaid,
    Order,
    Outcome,
    PlaceCall,
    SendCall,
    TakeFromQueue,
)
from app.simulator.conduct import Conduct
from app.simulator.phone import Phone
from tests.unit.adapters.carrier import AGENT, CALLER_ID, EACH, PLACE, control
from tests.unit.simulator.conftest import Line
from tests.unit.simulator.meeting import Meeting


@pytest.mark.parametrize("order", EACH[1:], ids=repr)
def test_what_there_is_not(phone: Phone, order: Order) -> None:
    """What an order is about and is not known to the carrier is gone."""
    assert control(phone).ask(order) == Gone()


def test_an_address_the_carrier_refuses(phone: Phone) -> None:
    """A number that is none is declined with the carrier's status: asking again would not help."""
    order = PlaceCall("nobody", CALLER_ID, PLACE.url, PLACE.status_url, 25)
    assert control(phone).ask(order) == Declined(400)


@pytest.mark.parametrize("order", EACH, ids=repr)
@pytest.mark.parametrize(
    ("conduct", "outcome"),
    [
        (Conduct.TOO_MANY, NotNow()),
        (Conduct.BREAKS, NotNow()),
        (Conduct.HANGS, NotSaid()),
        (Conduct.DROPS, NotSaid()),
    ],
)
def test_the_carrier_in_trouble(meeting: Meeting, order: Order, conduct: Conduct, outcome: Outcome) -> None:
    """Too many requests and a server's error are for later; no answer says nothing of what was done."""
    caller = meeting.joins()
    meeting.phone.person(AGENT)
    queue = meeting.phone.exchange.queue("technical-it").sid
    match order:
        case TakeFromQueue(_, _, url):
            order = TakeFromQueue(queue, caller.sid, url)
        case SendCall(_, url):
            order = SendCall(caller.sid, url)
        case EndCall():
            order = EndCall(caller.sid)
    meeting.phone.rest.will(conduct)
    found = control(meeting.phone).ask(order)
    # A queue the caller is not in refuses before anything can hang.
    assert found == (Gone() if isinstance(order, TakeFromQueue) and outcome == NotSaid() else outcome)


@pytest.mark.parametrize("order", EACH, ids=repr)
def test_the_carrier_away(phone: Phone, order: Order) -> None:
    """Where nothing is reached nothing was done; a ping says so, and when it is back."""
    carrier = control(phone)
    phone.rest.away = True
    assert carrier.ask(order) == carrier.ping() == NotNow()
    phone.rest.away = False
    assert carrier.ping() == Carried()


@pytest.mark.parametrize("conduct", [Conduct.HANGS, Conduct.DROPS])
def test_a_call_that_was_placed_is_found_again(phone: Phone, conduct: Conduct) -> None:
    """After no answer the call is looked up by whom it rings, and not placed twice."""
    phone.rest.will(conduct)
    carrier = control(phone)
    assert carrier.ask(PLACE) == NotSaid()
    found = carrier.look_up(PLACE, 30)
    assert isinstance(found, Carried)
    assert phone.person(AGENT).answers().sid == found.sid


def test_a_call_that_was_not_placed(phone: Phone) -> None:
    """Neither somebody else's call nor one from long ago, nor one that is over, is taken for it."""
    carrier = control(phone)
    assert carrier.look_up(PLACE, 30) == Gone()
    phone.person("+390655550102")
    carrier.ask(PlaceCall("+390655550102", CALLER_ID, PLACE.url, PLACE.status_url, 25))
    assert carrier.look_up(PLACE, 30) == Gone()
    carrier.ask(PLACE)
    phone.passes(2)
    assert carrier.look_up(PLACE, 1) == Gone()
    assert isinstance(carrier.look_up(PLACE, 30), Carried)
    phone.person(AGENT).declines()
    assert carrier.look_up(PLACE, 30) == Gone()


def test_a_sip_address_is_found_without_its_headers(phone: Phone) -> None:
    """What goes along in the address is no part of whom it rings."""
    phone.person("sip:ana@example.com")
    address = "sip:ana@example.com?X-Callgate-Receipt=abc"
    order = PlaceCall(address, CALLER_ID, PLACE.url, PLACE.status_url, 25)
    carrier = control(phone)
    assert isinstance(carrier.ask(order), Carried)
    assert isinstance(carrier.look_up(order, 30), Carried)


def test_a_token_being_changed(phone: Phone) -> None:
    """The next token is tried where the first is not taken any more; with neither it is for later."""
    assert isinstance(control(phone, "old", "token").ask(PLACE), Carried)
    assert control(phone, "old", "older").ask(PLACE) == NotNow()


def test_before_there_is_a_carrier() -> None:
    """A door that is not there yet reaches nobody."""
    line = Line({})
    carrier = CarrierControl(line.phone.account.sid, ["token"], LocalHttp(), line.clock.now)
    assert carrier.ask(PLACE) == NotNow()
