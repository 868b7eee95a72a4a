"""An agent takes the next caller: both phones, from the queue to the conversation and its end."""

import pytest

from app.access.model import Role
from app.factory.services import Services
from app.faults import Fault, FaultCode
from app.handover.model import Duty, LegEnd, TalkState
from app.simulator.phone import Phone
from tests.calls.desk import AgentAtWork, CallCentre
from tests.calls.inbox import Inbox
from tests.calls.ways import BRITAIN, FRANCE, UNREGISTERED, story

OTHER = "+390655550101"


@pytest.fixture
def ana(centre: CallCentre) -> AgentAtWork:
    """An agent for France's and Britain's callers."""
    return centre.agent("ana", "fr", "en")


def test_an_agent_takes_the_next_caller(phone: Phone, services: Services, ana: AgentAtWork) -> None:
    """Rung, whispered to, 1 pressed, joined: they talk; when the agent hangs up the call says goodbye."""
    call = phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#").is_transferred_to("technical-fr")
    assert ana.takes_next() is not None
    ana.person.answers().hears("Identité non vérifiée").hears("Appuyez sur 1 pour accepter").presses("1")
    assert call.talks_with(ana.person)
    assert ana.handover.state is TalkState.TALKING
    ana.person.hangs_up()
    call.hears("au revoir").is_over()
    told = story(services, call)
    for what in ("leg_asked agent ana", "leg_rings agent ana", "leg_accepted agent ana"):
        assert what in told
    assert services.sql.ledger.calls(limit=1)[0].ended == "completed"


def test_the_whisper_says_the_level(phone: Phone, ana: AgentAtWork) -> None:
    """Who takes a known number hears so, and whose it is."""
    phone.dials(BRITAIN, ani="+447700900142").presses("1").is_transferred_to("technical-en")
    ana.takes_next()
    ana.person.answers().hears("Registered number").hears("Brightwater Instruments")


def test_nobody_waits(ana: AgentAtWork) -> None:
    """Take next with nobody there is no fault, and rings nobody."""
    assert ana.takes_next() is None
    assert not ana.person.rings


def test_only_who_one_has_skills_for(phone: Phone, centre: CallCentre) -> None:
    """An agent is given callers of their departments and languages only."""
    phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#").is_transferred_to("technical-fr")
    assert centre.agent("bob", "en").takes_next() is None
    assert centre.agent("cleo", "fr", departments=("billing",)).takes_next() is None
    assert centre.agent("dora", "fr", departments=("technical",)).takes_next() is not None


@pytest.mark.parametrize(
    "manner", ["declines", "leaves it", "presses 2", "hangs up while told", "says nothing"]
)
def test_an_agent_who_does_not_take_it_after_all(phone: Phone, ana: AgentAtWork, manner: str) -> None:
    """Not answered, refused, hung up: the caller never notices, keeps the place, and can be taken again."""
    call = phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#")
    other = phone.dials(FRANCE, ani=OTHER).follows("1 1 0#")
    first = ana.takes_next()
    assert first is not None
    match manner:
        case "declines":
            ana.person.declines()
        case "leaves it":
            phone.passes(40)
        case "presses 2":
            ana.person.answers().presses("2")
        case "hangs up while told":
            ana.person.answers().hangs_up()
        case _:
            ana.person.answers().waits(30)
    assert not ana.person.rings
    call.does_not_hear("excuses").is_transferred_to("technical-fr")
    ana.is_here()
    again = ana.takes_next()
    assert again is not None
    assert again.call_id == first.call_id
    ana.person.answers().presses("1")
    assert call.talks_with(ana.person)
    assert not other.talks


def test_a_caller_who_hangs_up_while_the_agents_phone_rings(phone: Phone, ana: AgentAtWork) -> None:
    """It stops ringing, and the agent is free for the next caller at once."""
    call = phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#")
    taken = ana.takes_next()
    rang = ana.person.rings
    call.hangs_up()
    assert rang
    assert not ana.person.rings
    assert taken is not None
    after = ana.work.stores.handovers.get(taken.id)
    assert after.state is TalkState.OVER
    assert after.legs[0].end is LegEnd.CANCELED
    assert ana.takes_next() is None


def test_a_caller_who_hangs_up_during_the_whisper(phone: Phone, ana: AgentAtWork) -> None:
    """The agent, already listening, is let go."""
    call = phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#")
    ana.takes_next()
    ana.person.answers()
    call.hangs_up()
    assert ana.person.over


def test_a_caller_who_hangs_up_in_the_conversation(phone: Phone, ana: AgentAtWork) -> None:
    """The agent's leg ends, too, and there is something to write down."""
    call = phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#")
    ana.takes()
    assert call.talks_with(ana.person)
    call.hangs_up()
    assert ana.person.over
    assert ana.work.stores.agents.get(ana.actor.user).duty is Duty.WRAP_UP


def test_two_agents_take_the_same_call(phone: Phone, centre: CallCentre) -> None:
    """One gets it; the other hears who was first."""
    phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#")
    ana = centre.agent("ana", "fr", role=Role.SUPERVISOR)
    bob = centre.agent("bob", "fr", role=Role.SUPERVISOR)
    [wait] = centre.waiting()
    ana.work.desk.take(ana.actor, wait.id)
    with pytest.raises(Fault) as caught:
        bob.work.desk.take(bob.actor, wait.id)
    assert caught.value.code is FaultCode.CONFLICT
    assert caught.value.sentence.startswith("ana ")
    assert ana.person.rings
    assert not bob.person.rings
    assert bob.takes_next() is None


def test_who_is_in_a_call_takes_no_other(phone: Phone, ana: AgentAtWork) -> None:
    """One call at a time; nobody takes one who is away or is reached nowhere."""
    phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#")
    phone.dials(FRANCE, ani=OTHER).follows("1 1 0#")
    ana.takes()
    with pytest.raises(Fault) as caught:
        ana.takes_next()
    assert caught.value.code is FaultCode.CONFLICT
    ana.person.hangs_up()
    with pytest.raises(Fault):  # writes down what the last one was about
        ana.takes_next()


def test_the_order_is_ours(phone: Phone, centre: CallCentre, inbox: Inbox) -> None:
    """A known number ranks a minute earlier, an organisation's priority five; else who called first."""
    stranger = phone.dials(BRITAIN, ani="+442055550100").follows("1 0#").is_transferred_to("technical-en")
    phone.passes(1)
    known = phone.dials(BRITAIN, ani="+447700900142").presses("1").is_transferred_to("technical-en")
    ana, bob = centre.agent("ana", "en"), centre.agent("bob", "en")
    ana.takes()
    assert known.talks_with(ana.person)
    bob.takes()
    assert stranger.talks_with(bob.person)


def test_an_agent_gone_before_the_caller_comes(phone: Phone, ana: AgentAtWork, services: Services) -> None:
    """The agent presses 1 and is gone at once: the caller is back in line at the same place, and told so."""
    call = phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#")
    asking = services.handover.asking
    phone.chores.clear()  # the carrier is asked only when this test says so
    taken = ana.takes_next()
    asking.tick(services.clock.now())
    ana.person.answers().presses("1")
    ana.person.hangs_up()
    phone.chores.append(lambda: asking.tick(services.clock.now()))
    phone.passes(60)
    assert taken is not None
    assert not call.over
    call.is_transferred_to("technical-fr")
    ana.takes()
    assert call.talks_with(ana.person)
