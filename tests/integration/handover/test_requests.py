"""What is to be asked of the carrier: once each, in order, and again when nobody knows what came of it."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from app.adapters.sql.requests import FIRST_PAUSE, LASTS, LEASE, LONGEST_PAUSE, MEETING_LASTS
from app.faults import Fault, FaultCode
from app.handover.model import LegEnd, LegKind, LegState, TalkState, WaitState
from app.handover.wishes import Dequeue, HangUp, Ring, Send
from app.ports.carrier import Carried, Declined, Gone, NotNow, NotSaid, Outcome
from tests.integration.handover.desk import Desk
from tests.integration.threads import at_once

INSTANT = timedelta(microseconds=1)
SAYS_NOTHING = [NotNow(), NotSaid()]


@pytest.fixture
def ringing(desk: Desk) -> str:
    """The id of a leg that is to be rung."""
    desk.enters()
    return desk.takes(desk.agent()).legs[0].id


def test_claimed_by_one_of_many(desk: Desk, desks: list[Desk]) -> None:
    """Ten workers that claim at once share the requests between them; none is given to two."""
    for number in range(4):
        desk.enters(f"call{number}")
        desk.takes(desk.agent(f"agent{number}"))

    def claim(number: int) -> list[int]:
        found = (desks[number % 5].requests.claim(desk.now) for _ in range(4))
        return [one.id for claimed in found for one in claimed]

    claimed = [one for some in at_once(10, claim) for one in some]
    claimed += [one.id for one in desk.requests.claim(desk.now)]
    assert len(claimed) == len(set(claimed)) == 4


def test_one_after_the_other_for_a_handover(desk: Desk) -> None:
    """What is asked for one handover goes in its order; another's does not wait for it."""
    desk.enters()
    accepted = desk.accepts(desk.agent("ana"))
    desk.handovers.over(accepted.legs[0].id, LegEnd.ENDED, desk.now)  # drops what nobody asked for yet
    assert desk.requests.claim(desk.now) == []
    accepted = desk.accepts(desk.agent("bob"))
    fetching = desk.claims()
    desk.handovers.over(accepted.legs[0].id, LegEnd.ENDED, desk.now)
    assert isinstance(fetching.wish, Dequeue)
    assert desk.requests.claim(desk.now) == []
    desk.enters("other")
    desk.takes(desk.agent("cleo"))
    assert isinstance(desk.claims().wish, Ring)
    desk.requests.settle(fetching.id, Carried(), desk.now)
    assert desk.claims().wish == Send("CA-call", "/voice/requeue", "c=call&t=3")


def test_a_worker_that_died(desk: Desk, ringing: str) -> None:
    """A claim is given back after 30 s, and marked: it may have been carried out."""
    claimed = desk.claims()
    assert not claimed.doubtful
    desk.clock.moves(LEASE - INSTANT)
    assert desk.requests.claim(desk.now) == []
    desk.clock.moves(INSTANT)
    again = desk.claims()
    assert (again.id, again.wish, again.doubtful) == (claimed.id, Ring(ringing), True)


@pytest.mark.parametrize("outcome", SAYS_NOTHING)
def test_pauses_grow(desk: Desk, ringing: str, outcome: Outcome) -> None:
    """What was not carried out is due again after 1 s, then twice as long, 30 s at most."""
    pauses = [FIRST_PAUSE * 2**tries for tries in range(5)] + [LONGEST_PAUSE] * 2
    for pause in pauses:
        desk.requests.settle(desk.claims().id, outcome, desk.now)
        desk.clock.moves(pause - INSTANT)
        assert desk.requests.claim(desk.now) == []
        desk.clock.moves(INSTANT)


@pytest.mark.parametrize(("outcome", "doubtful"), [(NotNow(), False), (NotSaid(), True)])
def test_doubt(desk: Desk, ringing: str, outcome: Outcome, *, doubtful: bool) -> None:
    """Only what may have been carried out is looked up before it is asked again, and stays so."""
    desk.requests.settle(desk.claims().id, outcome, desk.now)
    desk.passes(seconds=1)
    claimed = desk.claims()
    assert claimed.doubtful is doubtful
    desk.requests.settle(claimed.id, NotNow(), desk.now)
    desk.passes(seconds=2)
    assert desk.claims().doubtful is doubtful


@pytest.mark.parametrize("outcome", SAYS_NOTHING)
def test_given_up_after_a_minute(desk: Desk, ringing: str, outcome: Outcome) -> None:
    """An agent who could not be rung for a minute is not rung any more: the leg failed, the row waits."""
    claimed = desk.claims()
    desk.clock.moves(MEETING_LASTS)
    desk.requests.settle(claimed.id, outcome, desk.now)
    assert desk.requests.claim(desk.now + LASTS) == []
    failed = desk.handovers.of_leg(ringing)
    assert failed is not None
    assert failed.legs[0].end is LegEnd.FAILED
    assert desk.wait().state is WaitState.WAITING


def test_a_call_that_was_placed(desk: Desk, ringing: str) -> None:
    """Its SID is the leg's, unless the carrier's own webhook told it before."""
    assert desk.requests.call_sid(ringing) == ""
    desk.requests.settle(desk.claims().id, Carried("CA7"), desk.now)
    assert desk.requests.call_sid(ringing) == "CA7"
    assert desk.requests.claim(desk.now + LASTS) == []
    desk.handovers.rings(ringing, "CA8", desk.now)
    assert desk.requests.call_sid(ringing) == "CA7"
    assert desk.requests.call_sid("none") == ""


@pytest.mark.parametrize("outcome", [Declined(400), Gone()])
def test_a_call_that_cannot_be_placed(desk: Desk, ringing: str, outcome: Outcome) -> None:
    """The leg failed: the caller waits at the same place, and the agent is free."""
    desk.requests.settle(desk.claims().id, outcome, desk.now)
    failed = desk.handovers.of_leg(ringing)
    assert failed is not None
    assert (failed.state, failed.legs[0].end) == (TalkState.OVER, LegEnd.FAILED)
    assert desk.wait().state is WaitState.WAITING
    assert desk.agents.on_duty(desk.now)[0].free(desk.now)


def test_settled_once(desk: Desk, ringing: str) -> None:
    """An answer for what is settled already, or was never claimed, changes nothing."""
    claimed = desk.claims()
    desk.requests.settle(claimed.id, Carried("CA7"), desk.now)
    desk.requests.settle(claimed.id, Declined(400), desk.now)
    desk.requests.settle(9999, Gone(), desk.now)
    assert desk.wait().state is WaitState.OFFERED


@pytest.mark.parametrize("outcome", [Gone(), Declined(404)])
@pytest.mark.parametrize("heard", [True, False])
def test_a_caller_who_cannot_be_fetched(desk: Desk, outcome: Outcome, *, heard: bool) -> None:
    """The agent hears that nobody is there and is free again; the row waits for the next."""
    desk.enters(heard=heard)
    ana = desk.agent()
    accepted = desk.accepts(ana)
    desk.requests.settle(desk.claims().id, outcome, desk.now)
    assert desk.carries() == [Send(f"CA-{accepted.legs[0].id}", "/voice/leg-gone", "")]
    assert desk.wait().state is WaitState.WAITING
    assert desk.agents.get(ana).free(desk.now)


def test_whom_to_ring(desk: Desk, ringing: str) -> None:
    """The facts of a leg: where to, for which call, and whether it is of use still."""
    facts = desk.requests.ring_facts(ringing)
    assert (facts.call_id, facts.queue, facts.hands_over, facts.over) == ("call", "technical-it", True, False)
    desk.leaves()
    assert desk.requests.ring_facts(ringing).over
    with pytest.raises(Fault) as caught:
        desk.requests.ring_facts("none")
    assert caught.value.code is FaultCode.NOT_FOUND


def test_let_go_while_nobody_knows_whether_it_rings(desk: Desk, ringing: str) -> None:
    """A try that may have placed the call is not repeated, and what it may have placed is hung up."""
    desk.requests.settle(desk.claims().id, NotSaid(), desk.now)
    desk.leaves()
    desk.passes(seconds=1)
    assert desk.carries() == [HangUp(ringing)]
    leg = desk.handovers.of_leg(ringing)
    assert leg is not None
    assert (leg.legs[0].kind, leg.legs[0].state) == (LegKind.AGENT, LegState.OVER)


def test_health(desk: Desk) -> None:
    """Failures are counted in a row; whatever the carrier answers ends them, a refusal, too."""
    assert (desk.requests.health().failures, desk.requests.health().away_since) == (0, None)
    desk.requests.note_health(Carried(), desk.now)
    since = desk.now
    for outcome in (NotNow(), NotSaid(), NotNow()):
        desk.requests.note_health(outcome, desk.now)
        desk.passes(seconds=10)
    found = desk.requests.health()
    assert (found.failures, found.away_since) == (3, since)
    assert found.asked_at == since + timedelta(seconds=20)
    desk.requests.note_health(Declined(400), desk.now)
    found = desk.requests.health()
    assert (found.failures, found.away_since, found.asked_at) == (0, None, desk.now)


def test_a_request_that_cannot_be_read(desk: Desk) -> None:
    """What another version of the program wants holds up nothing that this one can ask."""
    desk.enters()
    desk.takes(desk.agent("ana"))
    with desk.engine.begin() as connection:
        connection.execute(text("UPDATE requests SET wish = 'dance'"))
    desk.enters("other")
    leg = desk.takes(desk.agent("bob")).legs[0].id
    assert desk.requests.claim(desk.now) == []
    assert desk.claims().wish == Ring(leg)
