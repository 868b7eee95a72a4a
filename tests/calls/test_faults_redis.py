"""Redis away, at each point of a call: the caller is routed all the same, and gains no level."""

from pathlib import Path

import pytest

from app.callflow.prompts import Prompt
from app.factory.application import create_app
from app.factory.services import Services
from app.simulator.agents import Agent
from app.simulator.clock import SimulatedClock
from app.simulator.phone import Phone
from app.simulator.transport import over_wsgi
from tests.calls.course import ACTS, ITALY, STATES, UNREGISTERED, call_id, comes_to, count, words
from tests.calls.inbox import Inbox
from tests.calls.phones import Interrupting, a_phone
from tests.calls.trouble import BreakableStore

TECHNICIAN = "+12025550142"


@pytest.fixture
def wire(services: Services) -> Interrupting:
    """Where a test can do something just before a webhook is delivered."""
    return Interrupting(over_wsgi(create_app(services.settings, services)))


@pytest.fixture
def phone(services: Services, clock: SimulatedClock, tmp_path: Path, wire: Interrupting) -> Phone:
    return a_phone(services, clock, seed=str(tmp_path), transport=wire)


@pytest.mark.parametrize("state", STATES)
def test_redis_goes_away_at_each_turn(
    phone: Phone, inbox: Inbox, services: Services, store: BreakableStore, state: str
) -> None:
    """The caller hears "cannot check" and is routed, unverified, to what was chosen; the agent hears so."""
    call = comes_to(state, phone, inbox)
    store.away = True
    ACTS[state](call, inbox)
    language = "en" if state == "language" else "it"
    call.hears(words(services, Prompt.CANNOT_CHECK, language)).hears(
        words(services, Prompt.COLLEAGUE_WILL_HELP, language)
    )
    call.is_transferred_to("technical-it", level="unverified")
    call.agent_hears(words(services, Prompt.WHISPER_NOT_CHECKED))
    call.agent_hangs_up().is_over()
    assert count(services, "attempts") == 0
    assert not phone.failures


def test_redis_is_away_before_the_call(
    phone: Phone, inbox: Inbox, services: Services, store: BreakableStore
) -> None:
    """Without Redis from the first webhook on, the caller still reaches the country's desk."""
    store.away = True
    call = phone.dials(ITALY, ani=UNREGISTERED).hears(words(services, Prompt.CANNOT_CHECK))
    call.is_transferred_to("technical-it", level="unverified")
    call.agent_hears(words(services, Prompt.WHISPER_NOT_CHECKED)).agent_hangs_up()
    call.hears(words(services, Prompt.GOODBYE, "en")).is_over()


def test_the_chosen_department_is_kept(
    phone: Phone, inbox: Inbox, services: Services, store: BreakableStore
) -> None:
    """Who had chosen billing is routed to billing when Redis goes away."""
    call = comes_to("department", phone, inbox).presses("2")
    store.away = True
    call.keys("12345678").is_transferred_to("billing-it", level="unverified")


def test_redis_goes_away_while_nobody_answers(
    phone: Phone, inbox: Inbox, services: Services, store: BreakableStore, wire: Interrupting
) -> None:
    """Without Redis the overflow and the fallback still take a call that nobody answered."""
    phone.agents[TECHNICIAN] = Agent.busy()
    call = comes_to("account", phone, inbox)
    store.away = True
    call.keys("12345678").is_transferred_to("technical-en")
    call.presses("0").is_transferred_to("fallback")
    call.presses("0").is_transferred_to("fallback")


def test_redis_goes_away_once_the_code_was_right(
    phone: Phone, inbox: Inbox, services: Services, store: BreakableStore, wire: Interrupting
) -> None:
    """A level already reached stays without Redis: the whisper says it, the next queue is told, too."""
    phone.agents[TECHNICIAN] = Agent.declines()
    phone.agents["+12025550143"] = Agent()
    call = comes_to("enter_code", phone, inbox)
    wire.before["/voice/whisper"] = lambda: setattr(store, "away", True)
    call.keys(inbox.code()).agent_hears("Rossi Forniture, Giulia Conti")
    call.is_transferred_to("technical-en", level="code")


@pytest.mark.parametrize("state", STATES)
def test_redis_takes_no_writes(
    phone: Phone, inbox: Inbox, services: Services, store: BreakableStore, state: str
) -> None:
    """A Redis that takes no writes is as good as none: to a person, at the level that SQL holds."""
    call = comes_to(state, phone, inbox)
    store.takes_writes = False
    ACTS[state](call, inbox)
    right = state == "enter_code"
    call.is_transferred_to("technical-it", level="code" if right else "unverified")
    call.agent_hears("Giulia Conti" if right else words(services, Prompt.WHISPER_NOT_CHECKED))
    assert not phone.failures


def test_a_replica_that_lags_takes_over(phone: Phone, inbox: Inbox, services: Services) -> None:
    """When an older state of the call comes back, no guess is taken for one that was judged before."""
    call = comes_to("enter_code", phone, inbox)
    code, key = inbox.code(), f"callgate:{{{call_id(services, call)}}}:call"
    before = services.redis.link.ask("GET", key)
    assert isinstance(before, bytes)
    call.keys(f"{(int(code) + 1) % 1_000_000:06}").hears(words(services, Prompt.WRONG_CODE))
    services.redis.link.ask("SET", key, before)
    call.keys(code).hears(words(services, Prompt.KEY_ACCOUNT))
    call.keys("12345678").presses("1").presses("2").keys(inbox.code())
    call.is_transferred_to("technical-it", level="code")
    assert count(services, "attempts") == 2
