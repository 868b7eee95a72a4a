"""Calling back in vain, and again: the tries, the text after the last, an agent who is gone, a restart."""

from dataclasses import replace

import pytest

from app.adapters.carrier_control import CarrierControl
from app.adapters.local_carrier import LocalHttp
from app.adapters.sql.handovers import SqlHandovers
from app.callflow.event import Event
from app.factory.services import Services, build
from app.handover.model import Duty, LegEnd
from app.ports.handovers import Handover
from app.simulator.person import Person
from app.simulator.phone import Phone
from app.simulator.rest_door import RestDoor
from tests.calls.called_back import AMELIA, OWEN, books, rows
from tests.calls.desk import AgentAtWork, CallCentre, rings
from tests.calls.inbox import Inbox
from tests.calls.phones import a_phone
from tests.calls.ways import BRITAIN, UNREGISTERED


@pytest.mark.parametrize("manner", ["voicemail", "declines", "no answer", "hangs up", "another key"])
def test_who_presses_nothing_is_not_joined(
    phone: Phone, ana: AgentAtWork, caller: Person, manner: str
) -> None:
    """A voicemail, a refusal, another key: nobody talks; the agent is free, and the next try comes later."""
    books(phone)
    ana.takes()
    match manner:
        case "voicemail":
            caller.answers().waits(60)
        case "declines":
            caller.declines()
        case "no answer":
            phone.passes(60)
        case "hangs up":
            caller.answers().hangs_up()
        case _:
            caller.answers().presses("5")
    assert caller.leg.with_ == set()
    phone.passes(5)
    ana.person.is_over()
    assert ana.work.stores.agents.get(ana.actor.user).duty is Duty.AVAILABLE
    assert ana.takes_next() is None
    phone.passes(600)
    ana.takes()
    caller.answers().presses("1").talks_with(ana.person)


def test_three_tries_then_a_text(phone: Phone, ana: AgentAtWork, services: Services, inbox: Inbox) -> None:
    """After the third try in vain the contact who takes texts is told so, once; nobody tries again."""
    amelia = phone.person(AMELIA)
    phone.dials(BRITAIN, ani=AMELIA).presses("1").presses("1").presses("1").hears("call you back").is_over()
    for _ in range(3):
        assert inbox.new() == []
        ana.takes()
        amelia.answers().waits(30)
        assert ana.takes_next() is None
        phone.passes(600)
    [message] = inbox.new()
    assert (message.channel, message.to) == ("text", AMELIA)
    assert "Brightwater Instruments: we tried three times to call you back" in message.text
    assert ana.takes_next() is None
    phone.passes(3600)
    assert inbox.new() == []
    assert rows(services, "SELECT kind, state, tries FROM waits WHERE kind = 'callback'") == [
        ("callback", "unreached", 3)
    ]


@pytest.mark.parametrize("number", [UNREGISTERED, OWEN])
def test_nobody_to_be_told(phone: Phone, ana: AgentAtWork, inbox: Inbox, number: str) -> None:
    """A stranger's number, and one that takes no texts, get none."""
    called = phone.person(number)
    books(phone, number)
    for _ in range(3):
        ana.takes()
        called.declines()
        phone.passes(600)
    assert ana.takes_next() is None
    assert inbox.new() == []


def test_the_agent_hangs_up_while_the_caller_is_rung(phone: Phone, ana: AgentAtWork, caller: Person) -> None:
    """The caller's phone stops ringing, and they are called again: at once, and it was no try of theirs."""
    books(phone)
    for _ in range(4):
        ana.takes()
        assert rings(caller)
        ana.person.hangs_up()
        assert not rings(caller)
    ana.takes()
    caller.answers().presses("1").talks_with(ana.person)


def test_the_agent_hangs_up_while_the_caller_is_greeted(
    phone: Phone, ana: AgentAtWork, caller: Person
) -> None:
    """The caller hears, in their language, that they will be called again, and is."""
    books(phone)
    ana.takes()
    caller.answers().hears("vous rappeler")
    ana.person.hangs_up()
    caller.hears("la personne qui vous répondait a été coupée").hears("Nous vous rappellerons").is_over()
    ana.takes()
    caller.answers().presses("1").talks_with(ana.person)


def test_the_agent_is_gone_in_the_moment_of_the_key(
    phone: Phone, ana: AgentAtWork, caller: Person, services: Services
) -> None:
    """The call that was about to begin has an end all the same, and the call back is taken again."""

    class Meanwhile(SqlHandovers):
        def of_leg(self, leg: str) -> Handover | None:
            found = super().of_leg(leg)
            self.over(ana.handover.legs[0].id, LegEnd.ENDED, services.clock.now())
            return found

    books(phone)
    ana.takes()
    caller.answers()
    calling = replace(services.calling_back, handovers=Meanwhile(services.sql.engine))
    leg = ana.handover.legs[-1]
    event = Event(f"{leg.id}-call", "AC", leg.call_sid, "", None, digits="1")
    assert calling.called_back(leg.id, event) is None
    assert rows(services, "SELECT ended FROM calls WHERE parent_id != ''") == [("completed",)]
    ana.person.hangs_up()
    phone.passes(30)
    ana.takes()
    caller.answers().presses("1").talks_with(ana.person)


def test_the_agent_hears_in_the_queues_language_that_nobody_came(
    phone: Phone, ana: AgentAtWork, caller: Person
) -> None:
    """Who waits for a caller who does not come is told so as they were whispered to."""
    books(phone)
    ana.takes()
    caller.declines()
    ana.person.hears("La personne qui appelait n'est plus en ligne")


def test_it_survives_a_restart(
    phone: Phone, ana: AgentAtWork, services: Services, line_to_carrier: LocalHttp
) -> None:
    """A process that starts over the same database calls back whoever asked the one before."""
    books(phone)
    settings, clock = services.settings, services.clock
    carrier = CarrierControl(
        settings.twilio_account_sid, settings.twilio_auth_tokens, line_to_carrier, clock.now
    )
    after = build(settings, clock=clock, wake=lambda: None, deliver={}, carrier=carrier)
    try:
        after.tables.refresh()
        other = a_phone(after, phone.clock, seed="after")
        line_to_carrier.door = RestDoor(other.rest)
        other.chores.append(lambda: after.handover.asking.tick(clock.now()))
        bob = CallCentre.over(after, other).agent("bob", "fr")
        caller = other.person(UNREGISTERED)
        bob.takes()
        caller.answers().presses("1").talks_with(bob.person)
    finally:
        after.close()
