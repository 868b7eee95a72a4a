"""In a conversation: hold, mute, the code step, handing on with the level kept, adding somebody, the end."""

import pytest

from app.access.model import operator
from app.adapters.sql.interpreters import SqlInterpreters
from app.factory.services import Services
from app.faults import Fault, FaultCode
from app.handover.model import Disposition, Duty, TalkState
from app.simulator.call import CallInProgress
from app.simulator.phone import Phone
from app.verification.model import Level, Method
from routing.table import Queue
from tests.calls.desk import AgentAtWork, level_of, talks
from tests.calls.inbox import Inbox
from tests.calls.ways import BRITAIN, FRANCE, UNREGISTERED, asks_channel, publish, story

INTERPRETER = "+12025550166"


def test_hold_and_back(phone: Phone, italian: CallInProgress, ana: AgentAtWork) -> None:
    """On hold the caller hears music and nobody; then they talk again."""
    talk = talks(italian, ana)
    ana.work.desk.hold(ana.actor, talk.id, held=True)
    phone.passes(0)
    italian.hears_music("hold")
    assert italian.leg.with_ == set()
    ana.work.desk.hold(ana.actor, talk.id, held=False)
    phone.passes(0)
    italian.talks_with(ana.person)


def test_mute(phone: Phone, italian: CallInProgress, ana: AgentAtWork) -> None:
    """An agent mutes themselves, and no longer."""
    talk = talks(italian, ana)
    for muted in (True, False):
        ana.work.desk.mute(ana.actor, talk.id, muted=muted)
        phone.passes(0)
        assert ana.handover.leg(ana.handover.legs[0].id).muted is muted


@pytest.mark.parametrize("by", [Method.EMAIL, Method.TEXT, Method.VOICE])
def test_the_caller_keys_the_code(
    phone: Phone, italian: CallInProgress, ana: AgentAtWork, inbox: Inbox, services: Services, by: Method
) -> None:
    """The caller's leg is asked, the agent hears music; the level rises, and they talk on."""
    talk = talks(italian, ana)
    ana.sends_code(by, by_key=True)
    italian.hears("Le ha inviato un codice")
    ana.person.hears_music("hold")
    ana.is_in(TalkState.CODE)
    code = inbox.spoken_code(phone) if by is Method.VOICE else inbox.code()
    italian.keys("000000").hears("non è corretto").keys("12").keys(code).hears("verifica è riuscita")
    italian.talks_with(ana.person)
    assert level_of(services, talk) == (Level.CODE, by)
    ana.is_in(TalkState.TALKING)


def test_the_caller_takes_their_time(
    phone: Phone, italian: CallInProgress, ana: AgentAtWork, inbox: Inbox, services: Services
) -> None:
    """While a code is awaited silence is patience; 0 goes back to the agent; so does the agent's own wish."""
    talk = talks(italian, ana)
    ana.sends_code(by_key=True)
    italian.stays_silent().stays_silent().stays_silent().stays_silent()
    italian.keys("0").talks_with(ana.person)
    phone.passes(60)
    ana.sends_code(by_key=True)
    assert italian.leg.with_ == set()
    ana.work.desk.recall(ana.actor, talk.id)
    phone.passes(1)
    italian.talks_with(ana.person)
    assert level_of(services, talk) is None


def test_the_agent_types_what_is_read_out(
    phone: Phone, italian: CallInProgress, ana: AgentAtWork, inbox: Inbox, services: Services
) -> None:
    """Into the same check: a part of a code is no guess, a wrong one counts, a right one verifies."""
    talk = talks(italian, ana)
    codes = ana.work.codes
    assert "sent first" in codes.typed(talk.id, "123456", actor=ana.actor).sentence
    ana.sends_code(by_key=False)
    italian.talks_with(ana.person)
    code = inbox.code()
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert "not the whole code" in codes.typed(talk.id, code[:3], actor=ana.actor).sentence
    assert codes.typed(talk.id, wrong, actor=ana.actor).sentence.endswith("2 left.")
    assert codes.typed(talk.id, code, actor=ana.actor).accepted
    assert level_of(services, talk) == (Level.CODE, Method.AGENT)
    assert code not in " ".join(story(services, italian))


def test_the_counters_are_the_callers_own(
    phone: Phone, ana: AgentAtWork, inbox: Inbox, services: Services
) -> None:
    """Three wrong codes keyed before: two are left in the call, whoever runs the code."""
    publish(services, queues=(Queue("technical-it"),))
    call = asks_channel(phone).presses("1")
    inbox.new()
    call.keys("000000").keys("000001").keys("000002")
    assert call.leg.connected_to == "queue:technical-it"
    talk = talks(call, ana)
    ana.sends_code(by_key=False)
    code = inbox.code()
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert "1 left" in ana.work.codes.typed(talk.id, wrong, actor=ana.actor).sentence
    assert "No try is left" in ana.work.codes.typed(talk.id, wrong, actor=ana.actor).sentence
    assert not ana.work.codes.typed(talk.id, code, actor=ana.actor).accepted


def test_only_who_talks_runs_a_code(
    phone: Phone, italian: CallInProgress, ana: AgentAtWork, bob: AgentAtWork
) -> None:
    """Nobody has codes sent in another agent's conversation, nor after it."""
    talk = talks(italian, ana)
    with pytest.raises(Fault) as caught:
        bob.work.codes.send(talk.id, 1, 1, Method.EMAIL, by_key=False, actor=bob.actor)
    assert caught.value.code is FaultCode.NOT_YOURS
    ana.work.desk.end(ana.actor, talk.id)
    with pytest.raises(Fault):
        ana.work.codes.send(talk.id, 1, 1, Method.EMAIL, by_key=False, actor=ana.actor)


def test_an_interpreter(phone: Phone, italian: CallInProgress, ana: AgentAtWork, services: Services) -> None:
    """Rung into the conversation by language; their leaving ends nothing."""
    interpreters = SqlInterpreters(services.sql.engine)
    now = services.clock.now()
    interpreters.add("pl", "Zofia", f"number:{INTERPRETER}", actor=operator("test"), now=now)
    [zofia] = interpreters.listed("pl")
    person = phone.person(INTERPRETER)
    talk = talks(italian, ana)
    ana.work.desk.add_interpreter(ana.actor, talk.id, zofia.id)
    person.answers().hears("ana").presses("1")
    italian.talks_with(ana.person, person)
    person.hangs_up()
    italian.talks_with(ana.person)


def test_a_colleague(phone: Phone, italian: CallInProgress, ana: AgentAtWork, bob: AgentAtWork) -> None:
    """A colleague joins and is let go; when the agent leaves, the call is over, colleague or not."""
    talk = talks(italian, ana)
    ana.work.desk.to_agent(ana.actor, talk.id, bob.actor.user, takes_over=False)
    bob.person.answers().presses("1")
    italian.talks_with(ana.person, bob.person)
    with pytest.raises(Fault):
        ana.work.desk.to_agent(ana.actor, talk.id, bob.actor.user, takes_over=False)
    leg = next(leg for leg in ana.handover.legs if leg.user == bob.actor.user)
    ana.work.desk.let_go(ana.actor, talk.id, leg.id)
    phone.passes(0)
    italian.talks_with(ana.person)
    assert bob.person.over


def test_the_agent_ends_it(
    phone: Phone, italian: CallInProgress, ana: AgentAtWork, services: Services
) -> None:
    """Ended for everybody; the caller is asked one question, and the agent writes down what it was about."""
    talk = talks(italian, ana)
    ana.work.desk.end(ana.actor, talk.id)
    phone.passes(1)
    assert ana.person.over
    italian.hears("quanto").presses("5").hears("Grazie").is_over()
    agents = ana.work.stores.agents
    assert agents.get(ana.actor.user).duty is Duty.WRAP_UP
    ana.work.desk.wrap_up(ana.actor, talk.id, Disposition.SOLVED, "Billing address changed.")
    assert agents.get(ana.actor.user).duty is Duty.AVAILABLE
    [note] = ana.work.conversations.reading.notes(talk.call_id)
    assert (note.author, note.text) == ("ana", "Billing address changed.")


def test_the_question_comes_once_in_seven_days(phone: Phone, services: Services, ana: AgentAtWork) -> None:
    """An organisation is asked again after a week, in the caller's language; strangers never."""
    asked = []
    for days in (0, 3, 7):
        phone.clock.advance(days * 86400)
        call = phone.dials(BRITAIN, ani="+447700900142").presses("1")
        talks(call, ana)
        ana.person.hangs_up()
        asked.append(call.listens)
        call.hangs_up()
        ana.is_available()
    assert asked == [True, False, True]
    stranger = phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#")
    talks(stranger, ana)
    ana.person.hangs_up()
    stranger.is_over()
