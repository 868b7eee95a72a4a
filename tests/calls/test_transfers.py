"""At the desk's door: who answers, what they hear, and where a caller goes whom nobody takes."""

from datetime import timedelta

import pytest

from app.access.model import operator
from app.factory.services import Services
from app.simulator.agents import Agent
from app.simulator.phone import Phone
from routing.table import Queue, Reroute
from tests.calls.desk import CallCentre
from tests.calls.inbox import Inbox
from tests.calls.ways import (
    BRITAIN,
    FRANCE,
    GERMANY,
    ITALY,
    UNREGISTERED,
    asks_who,
    awaits_code,
    publish,
    story,
)

TECHNICIAN = "+12025550142"  # where the sample's technical-it rings

UNANSWERED = {
    "refuses the ringing call": Agent.refuses,
    "is busy": Agent.busy,
    "does not answer": Agent.no_answer,
    "has a voicemail": Agent.voicemail,
    "presses another key": Agent.declines,
    "hangs up while told": Agent.leaves_in_whisper,
}


@pytest.mark.parametrize("manner", UNANSWERED)
def test_an_agent_who_does_not_take_the_call(
    phone: Phone, services: Services, inbox: Inbox, manner: str
) -> None:
    """Refused, busy, unanswered, a voicemail: the caller goes on to the overflow, still verified."""
    phone.agents[TECHNICIAN] = agent = UNANSWERED[manner]()
    call = awaits_code(phone).keys(inbox.code()).hears("provo con un'altra persona")
    call.is_transferred_to("technical-en", level="code")
    assert agent.bridged == 0
    assert story(services, call)[-2:] == ["transfer: not_answered", "next_queue: another_queue technical-en"]


def test_nobody_anywhere(phone: Phone, services: Services) -> None:
    """Queue, overflow, fallback, each once; then the caller is told that nobody is free."""
    queues = (
        Queue("technical-it", f"number:{TECHNICIAN}", "technical-en"),
        Queue("technical-en", "number:+12025550143"),
        Queue("fallback", "sip:last@example.com"),
    )
    publish(services, queues=queues)
    rung = (TECHNICIAN, "+12025550143", "sip:last@example.com")
    phone.agents.update({address: Agent.voicemail() for address in rung})
    call = asks_who(phone).presses("0#").hears("nessuno è libero").is_over()
    places = [
        call.transcript.index(f"agent answers {kind}{one}")
        for kind, one in zip(("number:", "number:", ""), rung, strict=True)
    ]
    assert places == sorted(places)
    assert call.transcript.count("agent rings") == 3


def test_overflows_that_go_round(phone: Phone, services: Services) -> None:
    """Two queues that overflow into each other are each rung once, then the fallback takes the call."""
    there, back = "number:+12025550143", f"number:{TECHNICIAN}"
    publish(
        services,
        queues=(Queue("technical-it", back, "technical-en"), Queue("technical-en", there, "technical-it")),
    )
    phone.agents.update({TECHNICIAN: Agent.busy(), "+12025550143": Agent.busy()})
    asks_who(phone).presses("0#").is_transferred_to("fallback", level="unverified")


def test_a_sips_desk(phone: Phone, services: Services) -> None:
    """A desk whose address asks for TLS is rung as well: it is no queue of the carrier's."""
    secure = "sips:desk@example.com"
    publish(services, queues=(Queue("technical-it", secure),))
    phone.agents[secure] = Agent()
    assert asks_who(phone).presses("0#").agent_hears("Prema 1 per accettare.").leg.connected_to == secure


def test_an_overflow_straight_to_a_telephone(phone: Phone, services: Services) -> None:
    """An overflow may be a telephone: it is rung like any queue's target, and its agent hears the whisper."""
    busy, last = "number:+12025550144", "sip:last@example.com"
    publish(services, queues=(Queue("technical-it", busy, last),))
    phone.agents.update({"+12025550144": Agent.busy(), last: Agent()})
    call = asks_who(phone).presses("0#").agent_hears("Not verified. Technical, Italian, Italy.")
    assert call.leg.connected_to == last
    assert story(services, call)[-2:] == [
        f"next_queue: another_queue {last}",
        "receipt unverified, sip:last@example.com",
    ]


def sends(services: Services, queue: str, to: str) -> None:
    """Send a queue's calls elsewhere for an hour."""
    now = services.clock.now()
    row = Reroute(queue, to, now, now + timedelta(hours=1), "a test")
    services.sql.reroutes.add(row, actor=operator("test"), now=now)
    services.tables.refresh()


def test_a_re_routed_queue(phone: Phone, services: Services, inbox: Inbox) -> None:
    """Where a queue is sent elsewhere its calls go there, proved or not, and so do calls on their way."""
    waits = asks_who(phone)
    sends(services, "technical-it", "technical-en")
    waits.presses("0#").is_transferred_to("technical-en", level="unverified")
    awaits_code(phone).keys(inbox.code()).is_transferred_to("technical-en", level="code")


def test_an_overflow_that_is_re_routed(phone: Phone, services: Services) -> None:
    """A queue that is sent elsewhere is passed on as an overflow, too; the last queue takes who is left."""
    phone.agents[TECHNICIAN] = Agent.busy()
    sends(services, "technical-en", "billing-en")
    asks_who(phone).presses("0#").is_transferred_to("billing-en")
    sends(services, "billing-en", "technical-it")
    asks_who(phone).presses("0#").is_transferred_to("fallback")


def test_a_sip_desk(phone: Phone) -> None:
    """A desk may be a SIP address; its agent hears the whisper, too."""
    call = phone.dials(ITALY, ani=UNREGISTERED).follows("1 2 0#").is_transferred_to("billing-it")
    call.agent_hears("Identità non verificata. fatturazione, italiano, Italia. Prema 1 per accettare.")


def test_the_agent_ends_the_conversation(phone: Phone) -> None:
    """After a real conversation the call says goodbye and rings nobody else."""
    call = asks_who(phone).presses("0#").agent_hangs_up().hears("Grazie e arrivederci").is_over()
    assert call.transcript.count("agent rings") == 1


def test_the_caller_hangs_up_while_it_rings(phone: Phone, services: Services) -> None:
    """A caller who leaves while the agent's phone rings is over, and the story says so."""
    phone.agents[TECHNICIAN] = Agent.no_answer()
    call = asks_who(phone)
    call.will_hang_up_in(30)
    call.presses("0#").is_over()
    assert services.sql.ledger.calls(limit=1)[0].ended == "completed"


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (
            "code",
            "Identità verificata con codice via e-mail. Rossi Forniture, Giulia Conti, amministrazione.",
        ),
        (
            "number_attested",
            "Numero registrato, confermato dall'operatore telefonico. Rossi Forniture, Giulia Conti,",
        ),
        ("number_matched", "Numero registrato, non confermato dall'operatore telefonico. Rossi Forniture,"),
        ("unverified", "Identità non verificata. Rossi Forniture. assistenza tecnica,"),
    ],
)
def test_the_whisper_for_every_level(phone: Phone, inbox: Inbox, level: str, words: str) -> None:
    """The agent hears the level first, then who, then the desk, in the queue's language."""
    if level == "code":
        call = awaits_code(phone).keys(inbox.code())
    elif level == "unverified":
        call = awaits_code(phone).keys("0")
    else:
        attestation = "TN-Validation-Passed-A" if level == "number_attested" else None
        call = phone.dials(ITALY, ani="+46701740612", attestation=attestation).follows("39# 1 1 1")
    call.is_transferred_to("technical-it", level=level).agent_hears(words)
    call.agent_hears("assistenza tecnica, italiano, Italia. Prema 1 per accettare.")
    heard = [
        entry.text for entry in phone.transcript.entries if entry.who == "agent" and entry.kind == "hears"
    ]
    assert words.startswith(heard[0])


def test_the_whisper_is_in_the_queues_language(phone: Phone, services: Services) -> None:
    """A queue may have another whisper language than its name says."""
    publish(services, queues=(Queue("technical-it", f"number:{TECHNICIAN}", whisper_language="de"),))
    asks_who(phone).presses("0#").agent_hears("Nicht geprüft.").agent_hears("Italienisch, Italien.")


def test_a_desk_that_refuses_the_unverified(phone: Phone, services: Services, inbox: Inbox) -> None:
    """Such a desk takes verified callers only: the others go to the fallback queue."""
    refusing = Queue("technical-it", f"number:{TECHNICIAN}", unverified="refuse")
    publish(services, queues=(refusing,))
    asks_who(phone).presses("0#").is_transferred_to("fallback", level="unverified")
    awaits_code(phone).keys(inbox.code()).is_transferred_to("technical-it", level="code")


def test_an_overflow_that_refuses_the_unverified(phone: Phone, services: Services) -> None:
    """A refusing desk is passed over as an overflow, too."""
    queues = (
        Queue("technical-it", f"number:{TECHNICIAN}", "technical-en"),
        Queue("technical-en", unverified="refuse"),
    )
    publish(services, queues=queues)
    phone.agents[TECHNICIAN] = Agent.busy()
    asks_who(phone).presses("0#").is_transferred_to("fallback", level="unverified")


def test_a_withheld_caller_is_shown_as_the_line(phone: Phone) -> None:
    """A carrier places no call from a withheld number: the agent sees the line that was dialled."""
    call = phone.dials(ITALY).follows("39# 1 1 1 0#").is_transferred_to("technical-it")
    response = call.leg.last_response
    assert response is not None
    assert f'callerId="{ITALY}"' in response.body.decode()


def test_waiting_in_a_queue(phone: Phone) -> None:
    """Position, music between, * repeats, 0 leaves for the overflow; no range before anybody waited."""
    phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#").is_transferred_to("technical-fr")
    call = phone.dials(FRANCE, ani="+390655550101").follows("1 1 0#").hears("file d'attente : 2")
    call.does_not_hear("minutes").presses("*").hears("file d'attente : 2").waits(300).hears(
        "file d'attente : 2"
    )
    assert "music" in call.transcript
    call.presses("0").hears("une autre personne").is_transferred_to("fallback", level="unverified")


def test_nobody_is_turned_out_of_the_last_queue(phone: Phone) -> None:
    """In the fallback queue 0 is not offered; who presses it all the same goes on waiting."""
    call = phone.dials("+442079460999")
    call.is_transferred_to("fallback").does_not_hear("press 0").presses("0").does_not_hear("nobody is free")
    call.is_transferred_to("fallback", level="unverified").waits(60).hears("press star")


def test_people_move_up(phone: Phone) -> None:
    """When somebody takes those before them out of the carrier's queue, the next hear their new place."""
    first = phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#")
    second = phone.dials(FRANCE, ani="+390655550101").follows("1 1 0#").hears("file d'attente : 2")
    phone.takes_from("technical-fr")
    assert first.talks
    second.waits(180).hears("file d'attente : 1")
    phone.takes_from("technical-fr")
    second.agent_hangs_up().hears("au revoir").is_over()


def test_a_queue_with_an_overflow_and_nobody_there(phone: Phone, services: Services) -> None:
    """Where no agent is signed in for a queue its callers go on to its overflow at once."""
    queues = (Queue("technical-en", overflow="night"), Queue("night", "number:+12025550144"))
    publish(services, queues=queues)
    phone.agents["+12025550144"] = Agent()
    call = phone.dials(BRITAIN, ani="+442055550100").follows("1 0#").hears("another colleague")
    call.agent_hears("Not verified. Technical, English, United Kingdom.")
    assert call.talks


def test_a_queue_left_and_an_agent_found(phone: Phone, services: Services, centre: CallCentre) -> None:
    """0 in a queue goes to that queue's own overflow, where the whisper is heard again."""
    queues = (Queue("technical-en", overflow="night"), Queue("night", "number:+12025550144"))
    publish(services, queues=queues)
    phone.agents["+12025550144"] = Agent()
    centre.agent("ana", "en").stays()
    call = phone.dials(BRITAIN, ani="+442055550100").follows("1 0#").hears("position in the queue is 1")
    call.waits(60).presses("0").hears("another colleague")
    call.agent_hears("Not verified. Technical, English, United Kingdom.")
    assert call.talks


def test_a_level_that_grew_old_in_a_queue(phone: Phone, services: Services, centre: CallCentre) -> None:
    """A level holds for 60 minutes: an agent found later hears that the caller is not verified."""
    publish(services, queues=(Queue("technical-en", overflow="night"), Queue("night", "number:+12025550144")))
    phone.agents["+12025550144"] = Agent()
    centre.agent("ana", "en").stays()
    for minutes, words in ((55, "Registered number"), (61, "Not verified. Brightwater Instruments.")):
        call = phone.dials(BRITAIN, ani="+447700900142").presses("1").waits(minutes * 60).presses("0")
        call.agent_hears(words)


def test_hanging_up_in_a_queue(phone: Phone, services: Services) -> None:
    """A caller who hangs up while waiting has ended the call; nobody is called back into it."""
    call = phone.dials(GERMANY, ani="+493055550100").follows("1 1 0#").is_transferred_to("technical-de")
    call.hangs_up().is_over()
    assert services.sql.ledger.calls(limit=1)[0].ended == "completed"
