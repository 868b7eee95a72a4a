"""Webhooks that come twice, eight at once, late, or out of order."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.factory.application import create_app
from app.factory.services import Services
from app.simulator.call import CallInProgress
from app.simulator.clock import SimulatedClock
from app.simulator.phone import Phone
from app.simulator.transport import over_wsgi
from app.simulator.webhooks import Request
from app.telephony.inbound import call_id_of
from tests.calls.conftest import FRIDAY
from tests.calls.course import ITALY, STATES, UNREGISTERED, comes_to, count, goes_on
from tests.calls.inbox import Inbox
from tests.calls.phones import Repeating, a_phone


class TickingClock(SimulatedClock):
    """A clock on which no two looks see the same instant."""

    def now(self) -> datetime:
        self._now += timedelta(microseconds=1)
        return self._now


@pytest.fixture
def clock() -> SimulatedClock:
    return TickingClock(FRIDAY)


Repeats = Callable[[int, bool], tuple[Phone, Repeating]]


@pytest.fixture
def repeats(services: Services, clock: SimulatedClock, tmp_path: Path) -> Repeats:
    """Gives a phone whose webhooks come so many times."""

    def make(times: int, at_once: bool) -> tuple[Phone, Repeating]:
        transport = Repeating(over_wsgi(create_app(services.settings, services)), times, at_once)
        return a_phone(services, clock, seed=f"{tmp_path}{times}", transport=transport), transport

    return make


def story(services: Services, call: CallInProgress) -> list[tuple[str, str]]:
    """A call's timeline without its instants: what its turns were, then what others wrote beside them.

    Of repeats at once one may send the code and another, a moment later, be the turn that counts.
    """
    call_id = call_id_of(services.settings.twilio_account_sid, call.sid)
    told = [(note.what, note.detail) for note in services.sql.ledger.timeline(call_id)]
    return sorted(told, key=lambda note: ": " not in note[0])


def whole(phone: Phone, inbox: Inbox) -> CallInProgress:
    """A call with a wrong code, verified, talked and ended."""
    call = comes_to("enter_code", phone, inbox)
    code = inbox.code()
    call.keys(f"{(int(code) + 1) % 1_000_000:06}").keys(code)
    call.is_transferred_to("technical-it", level="code").agent_hangs_up().presses("5").is_over()
    return call


@pytest.mark.parametrize(("times", "at_once"), [(2, False), (8, True)], ids=["twice", "eight at once"])
def test_a_whole_call_of_repeated_webhooks(
    repeats: Repeats, services: Services, inbox: Inbox, times: int, at_once: bool
) -> None:
    """Each webhook of a call, repeated: equal answers, one change, one send, one audit row, one guess."""
    phone, transport = repeats(times, at_once)
    call = whole(phone, inbox)
    called = {"/voice/incoming", "/voice/turn", "/voice/whisper", "/voice/accept", "/voice/status"}
    assert called <= set(transport.paths)
    assert count(services, "look_ups") == 1
    assert count(services, "challenges") == 1
    assert count(services, "attempts") == 2
    assert count(services, "levels") == 1
    assert count(services, "outbox", "kind = 'code'") == 1
    assert count(services, "outbox", "kind = 'notice'") == 2  # the contact and the owner
    for what in ("code_issued", "code_rejected", "code_accepted", "level_reached"):
        assert count(services, "audit", f"what = '{what}'") == 1
    told = story(services, call)
    plain, _ = repeats(1, False)
    phone.clock.advance(7 * 24 * 3600)  # for the one question after a call to be asked again
    assert told == story(services, whole(plain, inbox))


@pytest.mark.parametrize(("times", "at_once"), [(2, False), (8, True)], ids=["twice", "eight at once"])
def test_resending_is_repeated(
    repeats: Repeats, services: Services, inbox: Inbox, times: int, at_once: bool
) -> None:
    """Asking for the code again, and for the other way, repeated: one letter each."""
    phone, _ = repeats(times, at_once)
    comes_to("enter_code", phone, inbox).waits(31).keys("1").keys("2").is_listening()
    assert count(services, "resendings") == 1
    assert count(services, "outbox", "kind = 'code'") == 3
    assert count(services, "challenges") == 2


def test_a_late_duplicate_of_an_older_turn(phone: Phone, services: Services, inbox: Inbox) -> None:
    """A webhook of a turn that is over gets the last answer and changes nothing."""
    call = phone.dials(ITALY, ani=UNREGISTERED)
    old: list[Request] = []
    for state in STATES:
        goes_on(call, inbox, until=state)
        old.append(call.last_request())
    last, rows = call.repeat_last(), count(services, "timeline")
    for request in old:
        again = phone.send(request)
        assert (again.body, again.header("X-Call-State")) == (last.body, "enter_code")
    assert count(services, "timeline") == rows
    goes_on(call, inbox).is_transferred_to("technical-it", level="code")


@pytest.mark.parametrize("seed", range(5))
def test_webhooks_in_any_order(phone: Phone, services: Services, inbox: Inbox, seed: int) -> None:
    """However the webhooks of a call are mixed, its turns only count up and no right is gained."""
    call = comes_to("enter_code", phone, inbox)
    requests = [phone.request("/voice/incoming", call.leg.form())]
    requests += [
        phone.request(call.last_url, [*call.leg.form(), ("Digits", digits)]) for digits in ("5", "000000")
    ]
    requests += [phone.request("/voice/fallback", call.leg.form())]
    chance = random.Random(seed)  # noqa: S311 - an order, no secret
    call_id = call_id_of(services.settings.twilio_account_sid, call.sid)
    turns = [_turn(services, call_id)]
    for request in chance.choices(requests, k=12):
        assert phone.send(request).status == 200
        turns.append(_turn(services, call_id))
    assert turns == sorted(turns)
    assert turns[-1] - turns[0] <= 2  # the one turn that was awaited, and the fallback
    assert count(services, "levels") == 0
    assert count(services, "attempts") <= 1


def _turn(services: Services, call_id: str) -> int:
    stored = services.redis.calls.load(call_id)
    assert stored is not None
    return stored.call.turn


def test_the_fallback_twice(phone: Phone, services: Services, inbox: Inbox) -> None:
    """The fallback URL, asked twice, gives the same answer; asked again after the call went on, a new one."""
    call = comes_to("account", phone, inbox)
    first = call.posts("/voice/fallback", ErrorCode="11200")
    assert call.posts("/voice/fallback", ErrorCode="11200") == first
    assert call.posts("/voice/incoming").body == first.body


@pytest.mark.parametrize("digits", ["1", "2", ""])
def test_agents_answers_are_re_entrant(phone: Phone, inbox: Inbox, digits: str) -> None:
    """Whisper and accept change nothing: asked again, before and after the end, they answer the same."""
    call = goes_on(comes_to("account", phone, inbox).presses("0#"), inbox)
    query = call.last_url.partition("?")[2]  # of the turn before
    answer = phone.send(call.last_request()).body.decode()
    link = answer.partition("/voice/whisper?")[2].partition('"')[0].replace("&amp;", "&")
    assert link != query
    for url, fields in ((f"/voice/whisper?{link}", {}), (f"/voice/accept?{link}", {"Digits": digits})):
        first = call.posts(url, **fields)
        assert first.status == 200
        assert call.posts(url, **fields) == first
    before = call.posts(f"/voice/whisper?{link}")
    call.agent_hangs_up().is_over()
    assert call.posts(f"/voice/whisper?{link}") == before


def test_the_wait_in_a_queue_is_re_entrant(phone: Phone) -> None:
    """What is heard while waiting changes nothing: asked again for the same place, it is the same."""
    call = phone.dials("+15005550006", ani=UNREGISTERED)
    call.is_transferred_to("fallback").waits(60)
    assert "/voice/wait?" in call.last_url
    first = call.repeat_last()
    assert first.header("X-Call-State") == "waiting"
    assert call.repeat_last() == first


def test_the_code_call_is_re_entrant(phone: Phone, inbox: Inbox) -> None:
    """The call that reads a code out may be fetched twice, before and after the key; not once it is over."""
    call = goes_on(phone.dials(ITALY, ani=UNREGISTERED), inbox, until="account")
    call.keys("300400").presses("1").presses("2")  # its only contact has a landline
    (message,) = inbox.new()
    assert message.channel == "voice"
    offered, spoken = call.posts(message.url), call.posts(message.url, Digits="1")
    assert call.posts(message.url) == offered
    assert call.posts(message.url, Digits="1") == spoken
    assert offered.body != spoken.body
    call.hangs_up()
    assert b"<Hangup" in call.posts(message.url, Digits="1").body
    assert call.posts(message.url, Digits="1").header("X-Call-State") == "code_over"


def test_an_arrival_posted_again_during_the_call(phone: Phone, inbox: Inbox) -> None:
    """The first webhook, posted again in the middle of a call, gets the last answer: no second beginning."""
    call = comes_to("channel", phone, inbox)
    assert call.posts("/voice/incoming").body == call.repeat_last().body
