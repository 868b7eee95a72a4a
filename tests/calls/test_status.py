"""The status webhook: a call ends once, however its end is told."""

import pytest

from app.factory.services import Services
from app.simulator.call import CallInProgress
from app.simulator.phone import Phone
from tests.calls.course import call_id, comes_to, count, goes_on
from tests.calls.inbox import Inbox
from tests.calls.trouble import BreakableStore, Wire


def tells(call: CallInProgress, *statuses: str) -> None:
    for status in statuses:
        answer = call.posts("/voice/status", CallStatus=status)
        assert (answer.status, answer.header("X-Call-State")) == (200, "ended")


def endings(services: Services, call: CallInProgress) -> list[tuple[str, str]]:
    """What the timeline says of the end."""
    timeline = services.sql.ledger.timeline(call_id(services, call))
    return [(note.what, note.detail) for note in timeline if note.what == "ended"]


def ended(services: Services) -> str:
    (row,) = services.sql.ledger.calls(limit=2)
    return row.ended


def test_out_of_order_and_twice(phone: Phone, inbox: Inbox, services: Services) -> None:
    """Whatever is told before, after or again, the first end stays and is in the timeline once."""
    call = comes_to("account", phone, inbox)
    tells(call, "ringing", "in-progress")
    assert ended(services) == ""
    tells(call, "completed", "in-progress", "completed", "failed", "ringing")
    assert ended(services) == "completed"
    assert endings(services, call) == [("ended", "completed")]


def test_of_an_unknown_call(phone: Phone, services: Services) -> None:
    """The end of a call that never came in is noted, too, and harms nothing."""
    form = [("AccountSid", phone.account.sid), ("CallSid", "CA" + "4" * 32), ("CallStatus", "no-answer")]
    for _ in range(2):
        assert phone.send(phone.request("/voice/status", form)).status == 200
    assert ended(services) == "no-answer"
    assert count(services, "timeline") == 1


def test_of_a_call_that_redis_lost(phone: Phone, inbox: Inbox, services: Services) -> None:
    """A lost call's timeline is closed by its end, told twice; what was written of it stays."""
    call = comes_to("channel", phone, inbox)
    services.redis.link.ask("FLUSHALL")
    tells(call, "completed", "completed")
    assert ended(services) == "completed"
    assert endings(services, call) == [("ended", "completed")]
    (row,) = services.sql.ledger.calls(limit=1)
    assert (row.state, row.territory, row.organisation_name) == ("channel", "IT", "Rossi Forniture")


def test_without_redis(phone: Phone, inbox: Inbox, services: Services, store: BreakableStore) -> None:
    """Without Redis the end is written all the same."""
    call = comes_to("account", phone, inbox)
    store.away = True
    tells(call, "completed")
    assert ended(services) == "completed"


def test_without_sql(phone: Phone, inbox: Inbox, services: Services) -> None:
    """Without SQL the carrier is answered, and what it tells again is written."""
    call = comes_to("account", phone, inbox)
    wire = Wire(services.sql.engine)
    wire.away = True
    assert call.posts("/voice/status", CallStatus="completed").header("X-Call-State") == "fault"
    wire.away = False
    tells(call, "completed")
    assert ended(services) == "completed"


@pytest.mark.parametrize("late", ["code", "resend", "other way"])
def test_after_the_end_nothing_is_gained(phone: Phone, inbox: Inbox, services: Services, late: str) -> None:
    """A webhook that comes after the end neither judges a code nor sends one: codes and levels end there."""
    call = comes_to("enter_code", phone, inbox)
    code, url, letters = inbox.code(), call.leg.last_request, count(services, "outbox", "state <> 'void'")
    assert url is not None
    tells(call, "completed")
    phone.clock.advance(40)
    digits = {"code": code, "resend": "1", "other way": "2"}[late]
    link = phone.send(url).body.decode().partition('action="')[2].partition('"')[0].replace("&amp;", "&")
    assert call.posts(link, Digits=digits).status == 200
    assert count(services, "levels") == 0
    assert count(services, "outbox", "state <> 'void'") == letters
    assert services.sql.ledger.proof(call_id(services, call)) is None


def test_a_level_ends_with_its_call(phone: Phone, inbox: Inbox, services: Services) -> None:
    """Once the call is over its level holds no more, for the whisper either."""
    call = goes_on(comes_to("account", phone, inbox), inbox).is_transferred_to("technical-it", level="code")
    call.agent_hangs_up().stays_silent().is_over()
    assert services.sql.ledger.proof(call_id(services, call)) is None
