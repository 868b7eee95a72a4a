"""Before any table was published: an apology and the fallback queue, never an error."""

from collections.abc import Iterator

import pytest

from app.adapters.sql import schema
from app.callflow.prompts import Prompt
from app.factory.application import create_app
from app.factory.services import Services, build
from app.settings import Settings
from app.simulator.clock import SimulatedClock
from app.simulator.phone import Phone
from app.simulator.transport import over_wsgi
from app.simulator.webhooks import Account
from tests.calls.course import ITALY, UNREGISTERED, count, words


@pytest.fixture
def services(settings: Settings, clock: SimulatedClock) -> Iterator[Services]:
    built = build(settings, clock=clock, wake=lambda: None)
    schema.upgrade(built.sql.engine)
    yield built
    built.close()


@pytest.fixture
def phone(services: Services, settings: Settings, clock: SimulatedClock) -> Phone:
    account = Account(
        token=settings.twilio_auth_tokens[0], sid=settings.twilio_account_sid, public_url=settings.public_url
    )
    return Phone(over_wsgi(create_app(settings, services)), account, clock, seed="no table")


def test_a_call_without_a_table(phone: Phone, services: Services) -> None:
    """The caller hears an apology, waits in the fallback queue, talks, and is let go; the end is noted."""
    call = phone.dials(ITALY, ani=UNREGISTERED).hears(words(services, Prompt.APOLOGY, "en"))
    call.is_transferred_to("fallback")
    phone.takes_from("fallback")
    call.agent_hangs_up().hears(words(services, Prompt.GOODBYE, "en")).is_over()
    assert count(services, "calls", "ended = 'completed'") == 1
    assert not phone.failures


def test_nobody_leaves_the_fallback_queue(phone: Phone) -> None:
    """Who presses 0 in the fallback queue goes on waiting there."""
    call = phone.dials(ITALY, ani=UNREGISTERED).is_transferred_to("fallback").presses("0")
    call.is_transferred_to("fallback")


def test_the_fallback_url_without_a_table(phone: Phone, services: Services) -> None:
    """The fallback URL, too, ends in an apology and the fallback queue."""
    form = [("AccountSid", phone.account.sid), ("CallSid", "CA" + "3" * 32), ("From", UNREGISTERED)]
    answer = phone.send(phone.request("/voice/fallback", form))
    assert answer.header("X-Call-State") == "fault"
    assert b">fallback</Enqueue>" in answer.body
