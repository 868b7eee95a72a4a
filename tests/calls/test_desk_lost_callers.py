"""An agent has accepted, and what was to bring the caller in goes wrong: nobody is left with the music."""

from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import pytest

from app.adapters.local_carrier import LocalHttp
from app.factory.application import create_app
from app.factory.services import Services
from app.faults import Fault
from app.handover.model import TalkState, WaitState
from app.simulator.call import CallInProgress
from app.simulator.clock import SimulatedClock
from app.simulator.person import Person
from app.simulator.phone import Phone
from app.simulator.rest_door import RestDoor
from app.simulator.transport import over_wsgi
from tests.calls.called_back import books, rows
from tests.calls.desk import AgentAtWork, CallCentre, rings
from tests.calls.phones import Interrupting, a_phone, goes_on
from tests.calls.trouble import Wire
from tests.calls.ways import FRANCE, UNREGISTERED

JOIN = "/voice/join"


@pytest.fixture
def web(services: Services) -> Interrupting:
    """Where a test can do something just before a webhook is delivered."""
    return Interrupting(over_wsgi(create_app(services.settings, services)))


@pytest.fixture
def phone(
    services: Services, clock: SimulatedClock, tmp_path: Path, web: Interrupting, line_to_carrier: LocalHttp
) -> Phone:
    """A phone whose webhooks may be interrupted, with agents to be rung."""
    made = a_phone(services, clock, seed=str(tmp_path), transport=web)
    line_to_carrier.door = RestDoor(made.rest)

    def asks() -> None:
        with suppress(Fault):  # the database may be away, and is back when the next one looks
            services.handover.asking.turn(services.clock.now())

    made.chores.append(asks)
    return made


def loses() -> NoReturn:
    """The webhook is lost on the way."""
    raise ConnectionError("lost")


def waits(phone: Phone) -> CallInProgress:
    """A caller in the queue of France's technical desk."""
    return phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#").is_transferred_to("technical-fr")


def test_the_webhook_that_brings_them_in_is_lost(phone: Phone, web: Interrupting, ana: AgentAtWork) -> None:
    """The caller is back in the carrier's queue by the fallback, and is fetched from there."""
    call = waits(phone)
    ana.takes_next()
    ana.person.answers()
    web.before[JOIN] = loses
    ana.person.presses("1")
    goes_on(phone, 30)
    call.talks_with(ana.person)
    ana.person.hangs_up()
    call.hears("au revoir").is_over()


def test_the_database_is_away_as_they_come(
    phone: Phone, web: Interrupting, centre: CallCentre, services: Services
) -> None:
    """The caller hears an apology, waits in the queue of last resort, and is fetched from there."""
    ana, wire = centre.agent("ana", "fr"), Wire(services.sql.engine)

    def goes() -> None:
        wire.away = True

    def comes_back() -> None:
        wire.away = False

    call = waits(phone)
    ana.takes_next()
    ana.person.answers()
    web.before[JOIN] = goes
    web.before["/voice/wait"] = comes_back
    ana.person.presses("1")
    goes_on(phone, 60)
    call.hears("un problème").talks_with(ana.person)


def test_nothing_brings_them_in(phone: Phone, web: Interrupting, ana: AgentAtWork, bob: AgentAtWork) -> None:
    """After three times the agent is let go, and told why; the caller waits for the next one."""
    call = waits(phone)
    ana.takes_next()
    ana.person.answers()

    def loses_again() -> NoReturn:
        web.before[JOIN] = loses_again
        loses()

    web.before[JOIN] = loses_again
    ana.person.presses("1")
    goes_on(phone, 150)
    ana.person.hears("n'est plus en ligne").is_over()
    web.before.clear()
    bob.takes()
    goes_on(phone, 5)
    call.talks_with(bob.person)


def test_the_agent_ends_it_before_they_come(
    phone: Phone, ana: AgentAtWork, bob: AgentAtWork, services: Services
) -> None:
    """The caller keeps the place; nobody is counted as talked with."""
    call = waits(phone)
    ana.takes_next()
    ana.person.answers()
    phone.rest.away = True
    ana.person.presses("1")
    ana.is_in(TalkState.JOINING)
    ana.work.desk.end(ana.actor, ana.handover.id)
    phone.rest.away = False
    goes_on(phone, 15)
    assert rows(services, "SELECT state FROM waits") == [(WaitState.WAITING,)]
    bob.takes()
    goes_on(phone, 5)
    call.talks_with(bob.person)


def test_the_agent_ends_a_call_back_before_they_come(
    phone: Phone, ana: AgentAtWork, bob: AgentAtWork, caller: Person
) -> None:
    """The phone stops ringing, and the next agent calls back."""
    books(phone)
    ana.takes()
    assert rings(caller)
    ana.work.desk.end(ana.actor, ana.handover.id)
    goes_on(phone, 2)
    assert not rings(caller)
    bob.takes()
    caller.answers().presses("1").talks_with(bob.person)


def test_a_call_back_that_could_not_be_asked_for(phone: Phone, ana: AgentAtWork, services: Services) -> None:
    """A number that the carrier was never asked to ring was not tried."""
    books(phone)
    ana.takes_next()
    ana.person.answers()
    phone.rest.away = True
    ana.person.presses("1")
    goes_on(phone, 75)
    phone.rest.away = False
    goes_on(phone, 20)
    assert rows(services, "SELECT state, tries FROM waits WHERE kind = 'callback'") == [("waiting", 0)]
