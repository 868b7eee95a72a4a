"""Redis restarted with loss: calls go on at a safe point, levels stay, used codes stay used."""

from pathlib import Path

import pytest

from app.callflow.prompts import Prompt
from app.factory.application import create_app
from app.factory.services import Services
from app.simulator.agents import Agent
from app.simulator.clock import SimulatedClock
from app.simulator.phone import Phone
from app.simulator.transport import over_wsgi
from tests.calls.course import ACTS, STATES, call_id, comes_to, count, goes_on, words
from tests.calls.inbox import Inbox
from tests.calls.phones import Interrupting, a_phone

TECHNICIAN = "+12025550142"


@pytest.fixture
def wire(services: Services) -> Interrupting:
    """Where a test can do something just before a webhook is delivered."""
    return Interrupting(over_wsgi(create_app(services.settings, services)))


@pytest.fixture
def phone(services: Services, clock: SimulatedClock, tmp_path: Path, wire: Interrupting) -> Phone:
    return a_phone(services, clock, seed=str(tmp_path), transport=wire)


def empties(services: Services) -> None:
    """As a restart without persistence does."""
    services.redis.link.ask("FLUSHALL")


@pytest.mark.parametrize("state", STATES)
def test_redis_is_emptied_at_each_turn(phone: Phone, inbox: Inbox, services: Services, state: str) -> None:
    """The caller goes on at the last safe point, is not asked again what the link knows, and is verified."""
    call = comes_to(state, phone, inbox)
    empties(services)
    ACTS[state](call, inbox)
    safe = {"language": "language", "department": "department"}.get(state, "account")
    assert call.state == safe
    goes_on(call.is_listening(), inbox).is_transferred_to("technical-it", level="code")
    call.agent_hears("Rossi Forniture, Giulia Conti")
    assert not phone.failures


def test_redis_is_emptied_at_every_turn(phone: Phone, inbox: Inbox, services: Services) -> None:
    """A store that keeps nothing for longer than a turn: each answer leads on, and a person is reached."""
    call = comes_to("department", phone, inbox).presses("1")
    for _ in range(3):
        empties(services)
        call.keys("12345678").hears(words(services, Prompt.KEY_ACCOUNT))
    call.presses("0#")
    empties(services)
    call.is_transferred_to("technical-it", level="unverified").agent_hangs_up().is_over()


def test_a_level_already_reached_stays(
    phone: Phone, inbox: Inbox, services: Services, wire: Interrupting
) -> None:
    """Redis emptied while an agent's phone rings: agent, overflow and timeline still know the level."""
    phone.agents[TECHNICIAN] = Agent.declines()
    call = comes_to("enter_code", phone, inbox)
    wire.before["/voice/whisper"] = lambda: empties(services)
    call.keys(inbox.code()).agent_hears(words(services, Prompt.METHOD_EMAIL))
    call.agent_hears("Rossi Forniture, Giulia Conti").is_transferred_to("technical-en", level="code")
    stored = services.redis.calls.load(call_id(services, call))
    assert stored is not None
    assert (stored.call.level, stored.call.method, stored.call.proved_as) == ("code", "email", "Giulia Conti")


def test_a_used_code_stays_used(phone: Phone, inbox: Inbox, services: Services) -> None:
    """Restart between the right code and its repeat: the caller is transferred again, nothing is judged."""
    call = comes_to("enter_code", phone, inbox)
    code = inbox.code()
    call.keys(code)
    before = (count(services, "attempts"), count(services, "audit"), count(services, "outbox"))
    empties(services)
    again = call.repeat_last()
    assert b"<Dial " in again.body
    assert again.header("X-Call-State") == "transfer"
    assert (count(services, "attempts"), count(services, "audit"), count(services, "outbox")) == before
    other = comes_to("enter_code", phone, inbox)
    other.keys(code).hears(words(services, Prompt.WRONG_CODE))


def test_guesses_are_counted_across_a_loss(phone: Phone, inbox: Inbox, services: Services) -> None:
    """Five wrong codes close the code path of a call, however often its running state is lost."""
    call = comes_to("enter_code", phone, inbox)
    for guesses in (2, 2, 1):
        goes_on(call.is_listening(), inbox, until="enter_code")
        wrong = f"{(int(inbox.code()) + 1) % 1_000_000:06}"
        for _ in range(guesses):
            call.keys(wrong)
        empties(services)
        if guesses == 2:
            call.keys(wrong).hears(words(services, Prompt.KEY_ACCOUNT))
    call.hears(words(services, Prompt.COLLEAGUE_WILL_HELP)).is_transferred_to("technical-it", "unverified")
    assert count(services, "attempts", "counted") == 5


def test_the_link_of_another_language_survives(phone: Phone, inbox: Inbox, services: Services) -> None:
    """After a loss the caller is still spoken to in the language chosen."""
    call = phone.dials("+39800917919", ani="+390655550100").presses("2").presses("1").hears_language("en")
    empties(services)
    call.keys("12345678").hears(words(services, Prompt.KEY_ACCOUNT, "en"))
