"""A receipt arrives with every transfer, holds there, and says how sure we are of this very call."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.access.model import operator
from app.factory.services import Services
from app.simulator.agents import Agent
from app.simulator.call import CallInProgress
from app.simulator.phone import Phone
from app.telephony.sip_header import HEADER
from app.verification.model import Level, Method
from app.verification.receipt import Facts
from app.verification.receipt_check import Checked
from routing.table import Queue, Reroute
from tests.calls.called_back import AMELIA, rows
from tests.calls.desk import AgentAtWork, CallCentre
from tests.calls.inbox import Inbox
from tests.calls.ways import (
    BRITAIN,
    asks_channel,
    asks_who,
    awaits_code,
    call_id,
    publish,
)

OTHER = "sip:other@example.com"


@pytest.fixture
def ana(centre: CallCentre) -> AgentAtWork:
    """An agent who is reached at a SIP address, as a PBX is."""
    return _at_work(centre, "ana")


@pytest.fixture
def bob(centre: CallCentre) -> AgentAtWork:
    """Another one."""
    return _at_work(centre, "bob")


def _at_work(centre: CallCentre, name: str) -> AgentAtWork:
    return centre.agent(name, "fr", "en", "it", reach=f"sip:{name}@desk.example.com").stays()


def proof(services: Services, headers: Mapping[str, str]) -> Facts:
    """What the receipt says that came along in the headers."""
    found = services.signer.verify(headers[HEADER], services.clock.now())
    assert isinstance(found, Checked)
    assert found.facts.table_version == services.tables.current().version
    return found.facts


def dialled(services: Services, call: CallInProgress) -> Facts:
    """The receipt at the telephone that the caller's own leg dialled last."""
    found = proof(services, call.leg.rung[-1].sip_headers)
    assert found.call_id == call_id(services, call)
    return found


def rung(services: Services, agent: AgentAtWork) -> Facts:
    """The receipt at the agent's telephone."""
    return proof(services, agent.person.leg.sip_headers)


def test_to_a_desk_of_its_own(phone: Phone, services: Services, inbox: Inbox) -> None:
    """To a SIP address in a header; of a number's call it is kept, for the page of the call."""
    publish(services, queues=(Queue("technical-it", OTHER),))
    phone.agents[OTHER] = Agent()
    call = awaits_code(phone).keys(inbox.code()).agent_hears("Identità verificata")
    found = dialled(services, call)
    assert (found.level, found.method, found.queue) == (Level.CODE, Method.EMAIL, "technical-it")
    publish(services, queues=(Queue("technical-it", "number:+12025550142"),))
    call = asks_who(phone).presses("0#").is_transferred_to("technical-it")
    kept = services.handover.stores.transfers.latest(call_id(services, call))
    assert proof(services, {HEADER: kept}).level is Level.UNVERIFIED


def test_to_an_overflow_and_a_re_routed_queue(phone: Phone, services: Services, inbox: Inbox) -> None:
    """Each telephone that rings gets a receipt for its own queue, at the level kept."""
    publish(
        services,
        queues=(
            Queue("technical-it", "sip:busy@example.com", "technical-en"),
            Queue("technical-en", OTHER),
        ),
    )
    phone.agents.update({"sip:busy@example.com": Agent.busy(), OTHER: Agent()})
    call = awaits_code(phone).keys(inbox.code()).agent_hears("verified")
    rung_for = rows(services, "SELECT queue, level, receipt FROM transfers ORDER BY id")
    assert [row[:2] for row in rung_for] == [("technical-it", "code"), ("technical-en", "code")]
    assert [proof(services, {HEADER: str(row[2])}).queue for row in rung_for] == [
        "technical-it",
        "technical-en",
    ]
    assert dialled(services, call).level is Level.CODE
    now = services.clock.now()
    row = Reroute("technical-it", "technical-en", now, now + timedelta(hours=1), "a test")
    services.sql.reroutes.add(row, actor=operator("test"), now=now)
    services.tables.refresh()
    found = dialled(services, asks_who(phone).presses("0#").agent_hears("Not verified"))
    assert (found.level, found.queue) == (Level.UNVERIFIED, "technical-en")


def test_to_the_agent_who_takes_a_waiting_caller(phone: Phone, services: Services, ana: AgentAtWork) -> None:
    """The agent's telephone is rung with it, before anybody talks."""
    call = phone.dials(BRITAIN, ani="+447700900142").presses("1").is_transferred_to("technical-en")
    ana.takes()
    found = rung(services, ana)
    assert found.call_id == call_id(services, call)
    assert (found.level, found.method, found.queue) == (Level.NUMBER_MATCHED, Method.NUMBER, "technical-en")


def test_to_whoever_a_conversation_is_handed(
    phone: Phone, services: Services, inbox: Inbox, ana: AgentAtWork, bob: AgentAtWork, centre: CallCentre
) -> None:
    """A code that an agent ran is in the colleague's receipt, and in that of the next queue's agent."""
    publish(services, queues=(Queue("technical-it"),))
    call = asks_channel(phone).presses("0")
    talk = ana.takes()
    assert rung(services, ana).level is Level.UNVERIFIED
    ana.sends_code(by_key=False)
    assert ana.work.codes.typed(talk.id, inbox.code(), actor=ana.actor).accepted
    ana.work.desk.to_agent(ana.actor, talk.id, bob.actor.user, takes_over=False)
    bob.person.answers().presses("1")
    ana.work.desk.to_queue(ana.actor, talk.id, "billing-fr")
    cleo = centre.agent("cleo", "fr", departments=("billing",), reach="sip:cleo@desk.example.com")
    cleo.takes_next()
    cleo.person.answers().presses("1")
    for agent, queue in ((bob, "technical-it"), (cleo, "billing-fr")):
        found = rung(services, agent)
        assert (found.call_id, found.level, found.method) == (
            call_id(services, call), Level.CODE, Method.AGENT,
        )  # fmt: skip
        assert (found.account, found.queue) == ("12345678", queue)


def test_to_the_agent_of_a_call_back(phone: Phone, services: Services, ana: AgentAtWork) -> None:
    """A call back proves nothing before somebody is there; then the new call has a receipt of its own."""
    caller = phone.person(AMELIA)
    call = phone.dials(BRITAIN, ani=AMELIA).presses("1").is_transferred_to("technical-en")
    call.presses("1").presses("1").is_over()
    with services.sql.engine.begin() as connection:  # as where the carrier never told the call's end
        connection.execute(text("UPDATE calls SET ended = ''"))
    ana.takes()
    found = rung(services, ana)
    assert (found.level, found.method, found.queue) == (Level.UNVERIFIED, Method.NONE, "technical-en")
    caller.answers().presses("1").talks_with(ana.person)
    assert not caller.leg.sip_headers
    new = ana.handover.call_id
    assert new != call_id(services, call)
    found = proof(services, {HEADER: services.handover.stores.transfers.latest(new)})
    assert (found.call_id, found.level, found.queue) == (new, Level.NUMBER_MATCHED, "technical-en")


def test_the_board_shows_a_level_while_it_holds(phone: Phone, ana: AgentAtWork) -> None:
    """A conversation that outlasts its level is shown unverified, as on its own page."""
    call = phone.dials(BRITAIN, ani=AMELIA).presses("1").is_transferred_to("technical-en")
    ana.takes()
    call.talks_with(ana.person)
    shown = [(talk.level, talk.method) for talk in ana.work.desk.board(ana.actor).talks]
    phone.passes(3601)
    later = [(talk.level, talk.method) for talk in ana.work.desk.board(ana.actor).talks]
    assert (shown, later) == ([("number_matched", "number")], [("unverified", "")])
