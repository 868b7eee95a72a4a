"""While waiting: what is said and when, the keys, and when the waiting is over."""

from datetime import timedelta

import pytest

from app.access.model import operator
from app.factory.services import Services
from app.handover.model import WaitState
from app.simulator.agents import Agent
from app.simulator.call import CallInProgress
from app.simulator.phone import Phone
from routing.table import Queue, Reroute
from tests.calls.desk import AgentAtWork, CallCentre
from tests.calls.inbox import Inbox
from tests.calls.ways import BRITAIN, FRANCE, UNREGISTERED, awaits_code, publish, story

NIGHT = "+12025550144"


def waits(phone: Phone, ani: str = UNREGISTERED) -> CallInProgress:
    """A caller in the queue of France's technical desk."""
    return phone.dials(FRANCE, ani=ani).follows("1 1 0#").is_transferred_to("technical-fr")


def test_things_are_said_again_every_90_seconds(phone: Phone, ana: AgentAtWork) -> None:
    """Place and keys at first and every 90 seconds; in between there is music and nothing else."""
    call = waits(phone).hears("Votre position dans la file d'attente : 1")
    call.waits(60).does_not_hear("position")
    call.waits(45).hears("position")
    call.presses("*").hears("position")


def test_an_honest_range(phone: Phone, ana: AgentAtWork) -> None:
    """From the last half hour of this queue, once three were taken; said again only when it improves."""
    for number in range(3):
        call = waits(phone, f"+39065555010{number}")
        phone.passes(240)
        ana.takes()
        ana.person.hangs_up()
        call.is_over()
        ana.is_available()
    first = waits(phone, "+390655550105")
    first.hears("minutes")
    second = waits(phone, "+390655550106").hears("position dans la file d'attente : 2").hears("minutes")
    said = second.said
    second.waits(50).does_not_hear("minutes")
    ana.takes()
    second.waits(30).hears("position dans la file d'attente : 1").hears("minutes")
    assert second.said != said


def test_no_range_before_anybody_waited(phone: Phone, ana: AgentAtWork) -> None:
    """With fewer than three taken of late, no range is made up."""
    waits(phone).does_not_hear("minutes")


def test_another_language(phone: Phone, ana: AgentAtWork, services: Services) -> None:
    """2 offers the desk's other open languages; the place goes along, and nobody says again who they are."""
    call = waits(phone)
    began = services.sql.ledger.calls(limit=1)[0].started_at
    call.presses("2").hears("anglais").presses("1").is_transferred_to("technical-en")
    [wait] = ana.work.stores.waiting.open(services.clock.now())
    assert (wait.queue, wait.desk_language, wait.began_at) == ("technical-en", "en", began)


def test_a_code_that_just_arrived(phone: Phone, inbox: Inbox, ana: AgentAtWork, services: Services) -> None:
    """3 keys it: the level rises, the place stays."""
    publish(services, queues=(Queue("technical-it"),))
    call = awaits_code(phone).keys("0").hears("prema 3").presses("3").keys(inbox.code()).hears("verifica")
    assert call.leg.connected_to == "queue:technical-it"
    [wait] = ana.work.stores.waiting.open(services.clock.now())
    assert wait.level == "code"
    ana.takes_next()
    ana.person.answers().hears("Rossi Forniture, Giulia Conti")


def test_no_code_is_offered_where_none_is_on_its_way(phone: Phone, ana: AgentAtWork) -> None:
    """3 is a key like any other that leads nowhere: the caller goes on waiting."""
    call = waits(phone).does_not_hear("3").presses("3")
    call.is_transferred_to("technical-fr")


def test_who_is_asked_something_is_not_offered(phone: Phone, ana: AgentAtWork) -> None:
    """A caller who answers a question is passed over, and is next again after it."""
    call = waits(phone).presses("2")
    assert ana.takes_next() is None
    call.stays_silent().stays_silent().stays_silent().hears("votre place").is_transferred_to("technical-fr")
    ana.takes()
    assert call.talks_with(ana.person)


def test_zero_goes_to_the_overflow(phone: Phone, ana: AgentAtWork, services: Services) -> None:
    """0 leaves for the queue's overflow, a number given in its own row."""
    publish(services, queues=(Queue("technical-fr", overflow=f"number:{NIGHT}"),))
    phone.agents[NIGHT] = Agent()
    call = waits(phone).presses("0")
    assert call.talks
    assert call.leg.connected_to == f"number:{NIGHT}"


def test_overflow_after_a_time(phone: Phone, ana: AgentAtWork, services: Services) -> None:
    """Whoever waits longer than the queue's limit goes to its overflow, agents there or not."""
    publish(services, queues=(Queue("technical-fr", overflow="technical-en", overflow_after=180),))
    call = waits(phone).waits(100).is_transferred_to("technical-fr")
    call.waits(90).is_transferred_to("technical-en")


def test_overflow_when_nobody_is_signed_in(phone: Phone, centre: CallCentre, services: Services) -> None:
    """An agent who closes the desk's page is not there any more a minute later: the callers go on."""
    publish(services, queues=(Queue("technical-fr", overflow="technical-en"),))
    centre.agent("ana", "fr")
    call = waits(phone)
    call.waits(150).is_transferred_to("technical-en")


@pytest.mark.parametrize("where", ["technical-en", f"number:{NIGHT}", "voicemail"])
@pytest.mark.parametrize("why", ["waited too long", "nobody signed in", "closed meanwhile"])
def test_each_overflow_for_each_reason(
    phone: Phone, centre: CallCentre, services: Services, why: str, where: str
) -> None:
    """Another queue, a number, a voicemail: after the time, with nobody signed in, once the desk closed."""
    after = 60 if why == "waited too long" else None
    publish(services, queues=(Queue("technical-fr", overflow=where, overflow_after=after),))
    phone.agents[NIGHT] = Agent()
    if why != "nobody signed in":
        ana = centre.agent("ana", "fr", "en")
        if why == "closed meanwhile":
            phone.clock.advance(9 * 3600 + 50 * 60)  # ten minutes before the French desk closes
        ana.stays()
    call = phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#")
    if why == "closed meanwhile":
        call.is_transferred_to("technical-fr").waits(900).is_transferred_to("technical-fr")
        phone.chores.remove(ana.is_here)
    for _ in range(100):
        if where == "voicemail" and call.leg.connected_to == "queue:technical-fr":
            call.waits(5)
    if where != "voicemail" and why != "nobody signed in":
        call.waits(150)
    match where:
        case "voicemail":
            call.hears("signal sonore").speaks(5).presses("#").is_over()
            assert [one.queue for one in centre.work.stores.voicemails.open()] == ["technical-fr"]
        case "technical-en":
            call.is_transferred_to("technical-en")
        case _:
            assert call.leg.connected_to == where


def test_overflows_that_go_round(phone: Phone, ana: AgentAtWork, services: Services) -> None:
    """Two queues that overflow to each other: each is tried once, then the fallback takes the caller."""
    rows = (
        Queue("technical-fr", overflow="technical-en", overflow_after=60),
        Queue("technical-en", overflow="technical-fr", overflow_after=60),
    )
    publish(services, queues=rows)
    call = waits(phone).waits(90).is_transferred_to("technical-en")
    call.waits(90).is_transferred_to("fallback").waits(300).is_transferred_to("fallback")


def test_nobody_goes_from_one_empty_desk_to_another(phone: Phone, services: Services) -> None:
    """Without an overflow of its own a queue keeps its callers while the fallback reaches nobody either."""
    waits(phone).waits(300).is_transferred_to("technical-fr")


def test_the_desk_closes_meanwhile(phone: Phone, centre: CallCentre, services: Services) -> None:
    """After closing callers stay while somebody is there; then they hear when it opens, and what is open."""
    ana = centre.agent("ana", "fr")
    phone.clock.advance(9 * 3600 + 50 * 60)  # ten minutes before the French desk closes
    ana.stays()
    call = phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#")
    call.is_transferred_to("technical-fr").waits(900).does_not_hear("fermé")
    phone.chores.remove(ana.is_here)
    call.waits(150).hears("fermé").hears("lundi 23 novembre").presses("1").is_transferred_to("technical-en")
    assert any("desk_closed" in one for one in story(services, call))


def test_a_voicemail(phone: Phone, centre: CallCentre, services: Services) -> None:
    """An overflow may be a voicemail: the message stands on the desk until somebody has dealt with it."""
    publish(services, queues=(Queue("technical-fr", overflow="voicemail"),))
    call = phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#").hears("signal sonore")
    call.speaks(12).presses("#").hears("merci").is_over()
    [message] = centre.work.stores.voicemails.open()
    assert (message.queue, message.seconds, message.ani) == ("technical-fr", 12, UNREGISTERED)
    centre.work.stores.voicemails.done(message.id, actor=operator("ana"), now=services.clock.now())
    assert centre.work.stores.voicemails.open() == []


def test_nothing_said_to_the_voicemail(phone: Phone, centre: CallCentre, services: Services) -> None:
    """An empty message is none: the call says goodbye, and nothing stands on the desk."""
    publish(services, queues=(Queue("technical-fr", overflow="voicemail"),))
    phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#").waits(30).is_over()
    assert centre.work.stores.voicemails.open() == []


def test_supervisors_send_a_queues_callers_elsewhere(
    phone: Phone, ana: AgentAtWork, services: Services
) -> None:
    """Who waits already goes along, and who calls afterwards comes there at once."""
    call = waits(phone)
    now = services.clock.now()
    row = Reroute("technical-fr", "technical-en", now, now + timedelta(hours=1), "a strike")
    services.sql.reroutes.add(row, actor=operator("test"), now=now)
    services.tables.refresh()
    call.waits(30).is_transferred_to("technical-en")
    phone.dials(FRANCE, ani="+390655550101").follows("1 1 0#").is_transferred_to("technical-en")


def test_the_carriers_api_is_away(phone: Phone, ana: AgentAtWork, services: Services) -> None:
    """No agent can be rung: the queue falls back to its number, the board says so, and it ends by itself."""
    publish(services, queues=(Queue("technical-fr", backup=f"number:{NIGHT}"),))
    phone.agents[NIGHT] = Agent()
    call = waits(phone)
    phone.rest.away = True
    ana.takes_next()
    phone.passes(10)
    assert ana.work.desk.board(ana.actor).away_since is not None
    call.waits(30)
    assert call.leg.connected_to == f"number:{NIGHT}"
    phone.rest.away = False
    phone.passes(11)
    assert ana.work.desk.board(ana.actor).away_since is None


def test_every_stay_ends_once(phone: Phone, ana: AgentAtWork, services: Services) -> None:
    """Taken, abandoned, overflowed: each stay in a queue has one end."""
    publish(services, queues=(Queue("technical-fr", overflow="technical-en"),))
    waits(phone).hangs_up()
    taken = waits(phone, "+390655550101")
    ana.takes()
    taken.hangs_up()
    ana.is_available()
    waits(phone, "+390655550102").presses("0").is_transferred_to("technical-en").hangs_up()
    with services.sql.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT queue, state FROM waits ORDER BY id").all()
    assert [tuple(row) for row in found] == [
        ("technical-fr", WaitState.ABANDONED.value),
        ("technical-fr", WaitState.TAKEN.value),
        ("technical-fr", WaitState.OVERFLOWED.value),
        ("technical-en", WaitState.ABANDONED.value),
    ]


def test_a_british_caller_keeps_the_level(phone: Phone, ana: AgentAtWork, services: Services) -> None:
    """Whoever was matched by number and waits in another queue is matched still."""
    publish(services, queues=(Queue("technical-en", overflow="billing-en"),))
    call = phone.dials(BRITAIN, ani="+447700900142").presses("1").is_transferred_to("technical-en")
    call.presses("0").is_transferred_to("billing-en", level="number_matched")
