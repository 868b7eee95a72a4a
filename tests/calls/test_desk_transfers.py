"""A conversation is handed on: to an agent, to a queue's agents, and back."""

import pytest

from app.factory.services import Services
from app.handover.model import TalkState
from app.simulator.call import CallInProgress
from app.simulator.phone import Phone
from app.verification.model import Level, Method
from tests.calls.desk import AgentAtWork, CallCentre, level_of, rings, talks
from tests.calls.ways import BRITAIN


def test_a_warm_transfer_to_an_agent(
    phone: Phone, ana: AgentAtWork, bob: AgentAtWork, services: Services
) -> None:
    """The other agent hears who hands on and the level, joins, and the first one leaves."""
    call = phone.dials(BRITAIN, ani="+447700900142").presses("1").is_transferred_to("technical-en")
    talk = talks(call, ana)
    ana.work.desk.to_agent(ana.actor, talk.id, bob.actor.user, takes_over=True)
    bob.person.answers().hears("Handed over by ana").hears("Registered number").presses("1")
    call.talks_with(ana.person, bob.person)
    ana.work.desk.leave(ana.actor, talk.id)
    phone.passes(0)
    assert ana.person.over
    call.talks_with(bob.person)
    assert level_of(services, talk) == (Level.NUMBER_MATCHED, Method.NUMBER)
    bob.person.hangs_up()
    assert not call.talks


@pytest.mark.parametrize("first", ["ana", "bob"])
def test_either_of_two_agents_puts_down_the_phone(
    phone: Phone, italian: CallInProgress, ana: AgentAtWork, bob: AgentAtWork, first: str
) -> None:
    """Once another agent has taken over, the caller stays with whoever stays; the last one ends it."""
    talk = talks(italian, ana)
    ana.work.desk.to_agent(ana.actor, talk.id, bob.actor.user, takes_over=True)
    bob.person.answers().presses("1")
    italian.talks_with(ana.person, bob.person)
    goes, stays = (ana, bob) if first == "ana" else (bob, ana)
    goes.person.hangs_up()
    italian.talks_with(stays.person)
    stays.is_in(TalkState.TALKING)
    stays.person.hangs_up()
    assert not italian.talks
    italian.hears("quanto")


def test_who_took_over_is_let_go_again(
    phone: Phone, italian: CallInProgress, ana: AgentAtWork, bob: AgentAtWork
) -> None:
    """The first agent lets the second one go: the caller stays, and the first one's leaving ends it."""
    talk = talks(italian, ana)
    ana.work.desk.to_agent(ana.actor, talk.id, bob.actor.user, takes_over=True)
    bob.person.answers().presses("1")
    leg = next(leg for leg in ana.handover.legs if leg.user == bob.actor.user)
    ana.work.desk.let_go(ana.actor, talk.id, leg.id)
    phone.passes(0)
    italian.talks_with(ana.person)
    ana.person.hangs_up()
    assert not italian.talks
    italian.hears("quanto")


def test_two_rings_and_a_queue_at_once(
    phone: Phone, italian: CallInProgress, ana: AgentAtWork, bob: AgentAtWork, centre: CallCentre
) -> None:
    """Handed to two agents and a queue at the same time: whoever accepts is in, and nobody else's is lost."""
    talk = talks(italian, ana)
    cleo, dora = centre.agent("cleo", "fr"), centre.agent("dora", "fr", departments=("billing",))
    desk = ana.work.desk
    desk.to_agent(ana.actor, talk.id, bob.actor.user, takes_over=True)
    desk.to_agent(ana.actor, talk.id, cleo.actor.user, takes_over=True)
    desk.to_queue(ana.actor, talk.id, "billing-fr")
    dora.takes_next()
    bob.person.declines()
    cleo.person.answers().presses("1")
    italian.talks_with(ana.person, cleo.person)
    dora.person.answers().presses("1")
    italian.talks_with(ana.person, cleo.person, dora.person)
    ana.person.hangs_up()
    italian.talks_with(cleo.person, dora.person)
    dora.person.hangs_up()
    italian.talks_with(cleo.person)
    cleo.person.hangs_up()
    assert not italian.talks


def test_a_transfer_is_offered_to_one(
    italian: CallInProgress, ana: AgentAtWork, bob: AgentAtWork, centre: CallCentre
) -> None:
    """Whoever else is rung and does not come, the queue's transfer stays with the agent it rings for."""
    carol, dave = centre.agent("carol", "it").stays(), centre.agent("dave", "it").stays()
    talk = talks(italian, ana)
    ana.work.desk.to_queue(ana.actor, talk.id, "technical-it")
    assert carol.takes_next() is not None
    ana.work.desk.to_agent(ana.actor, talk.id, bob.actor.user, takes_over=True)
    bob.person.declines()
    assert rings(carol.person)
    assert dave.takes_next() is None
    carol.person.declines()
    dave.takes()
    italian.talks_with(ana.person, dave.person)


def test_who_is_let_go_gives_the_transfer_back(
    phone: Phone, italian: CallInProgress, ana: AgentAtWork, bob: AgentAtWork, centre: CallCentre
) -> None:
    """The first agent stops the phone that rings: the next one of the queue may take the conversation."""
    talk = talks(italian, ana)
    ana.work.desk.to_queue(ana.actor, talk.id, "technical-it")
    assert bob.takes_next() is not None
    leg = next(leg for leg in ana.handover.legs if leg.user == bob.actor.user)
    ana.work.desk.let_go(ana.actor, talk.id, leg.id)
    phone.passes(1)
    assert not rings(bob.person)
    carol = centre.agent("carol", "it")
    carol.takes()
    italian.talks_with(ana.person, carol.person)


def test_a_transfer_nobody_accepts(
    phone: Phone, italian: CallInProgress, ana: AgentAtWork, bob: AgentAtWork
) -> None:
    """The other agent declines: the conversation goes on as it was."""
    talk = talks(italian, ana)
    ana.work.desk.to_agent(ana.actor, talk.id, bob.actor.user, takes_over=True)
    bob.person.declines()
    italian.talks_with(ana.person)
    ana.work.desk.leave(ana.actor, talk.id)
    phone.passes(0)
    assert not italian.talks


def test_a_warm_transfer_to_a_queue(
    phone: Phone, italian: CallInProgress, ana: AgentAtWork, centre: CallCentre
) -> None:
    """It stands in the queue's line; who takes it hears the queue's language and joins; the first leaves."""
    talk = talks(italian, ana)
    ana.work.desk.to_queue(ana.actor, talk.id, "billing-fr")
    cleo = centre.agent("cleo", "fr", departments=("billing",))
    cleo.takes_next()
    cleo.person.answers().hears("ana").hears("Appuyez sur 1 pour accepter").presses("1")
    italian.talks_with(ana.person, cleo.person)
    ana.work.desk.leave(ana.actor, talk.id)
    phone.passes(0)
    italian.talks_with(cleo.person)


def test_a_transfer_taken_back(
    phone: Phone, italian: CallInProgress, ana: AgentAtWork, centre: CallCentre
) -> None:
    """A transfer that waits is taken back, and nobody is given it any more."""
    talk = talks(italian, ana)
    ana.work.desk.to_queue(ana.actor, talk.id, "billing-fr")
    ana.work.desk.withdraw(ana.actor, talk.id)
    assert centre.agent("cleo", "fr", departments=("billing",)).takes_next() is None
    italian.talks_with(ana.person)
