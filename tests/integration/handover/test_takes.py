"""Agents take callers: first come, one phone for a caller, one caller for an agent."""

from collections.abc import Sequence

import pytest

from app.faults import Fault, FaultCode
from app.handover.model import Duty, LegEnd, LegKind, LegState, TalkState, WaitKind, WaitState
from app.handover.wishes import Dequeue, HangUp, Ring, Send
from app.ports.carrier import Carried
from app.ports.handovers import Handover, Lost
from app.ports.requests import Request
from tests.integration.handover.desk import Desk, first
from tests.integration.threads import at_once


def fault_of_taking(desk: Desk, user: int) -> FaultCode:
    with pytest.raises(Fault) as caught:
        desk.handovers.take(user, first, desk.now)
    return caught.value.code


def test_taking_a_caller(desk: Desk) -> None:
    """The agent is rung, the row is offered, and the handover says whose call it is."""
    row, ana = desk.enters(), desk.agent()
    taken = desk.takes(ana)
    (leg,) = taken.legs
    assert (taken.wait, taken.call_id, taken.caller_sid) == (row.id, "call", "CA-call")
    assert (taken.kind, taken.state, taken.queue) == (WaitKind.CALL, TalkState.RINGING, "technical-it")
    assert (leg.kind, leg.user, leg.name, leg.state) == (LegKind.AGENT, ana, "ana", LegState.ASKED)
    assert leg.address == desk.agents.get(ana).reach
    assert desk.wait().state is WaitState.OFFERED
    assert desk.agents.get(ana).handover == taken.id
    assert desk.claims().wish == Ring(leg.id)
    assert desk.handovers.running() == [taken]
    assert desk.handovers.of_leg(leg.id) == desk.handovers.get(taken.id) == taken


def test_nobody_to_take(desk: Desk) -> None:
    """Where none is chosen nobody is rung, and the agent is free."""
    desk.enters()
    ana = desk.agent()
    assert desk.handovers.take(ana, lambda *_: None, desk.now) is None
    assert desk.requests.claim(desk.now) == []
    assert desk.agents.get(ana).free(desk.now)


def test_a_row_that_somebody_else_has(desk: Desk) -> None:
    """Who chooses a row that rings already hears who was first, and stays free."""
    desk.enters()
    ana, bob = desk.agent("ana"), desk.agent("bob")
    taken = desk.takes(ana)
    assert desk.handovers.take(bob, lambda _, waits: waits[0], desk.now) == Lost("ana")
    assert len(desk.handovers.get(taken.id).legs) == 1
    assert desk.agents.get(bob).free(desk.now)


@pytest.mark.parametrize("callers", [1, 3])
def test_five_agents_take_at_once(desk: Desk, desks: list[Desk], callers: int) -> None:
    """However many press at the same instant, each caller is offered to one agent and no more."""
    for number in range(callers):
        desk.enters(f"call{number}")
    users = [desk.agent(f"agent{number}") for number in range(5)]
    outcomes = at_once(5, lambda number: desks[number].handovers.take(users[number], first, desk.now))
    taken = [one for one in outcomes if isinstance(one, Handover)]
    assert all(isinstance(one, Handover | Lost | None) for one in outcomes)
    assert 1 <= len(taken) <= callers
    assert len({one.wait for one in taken}) == len(taken)
    assert {one.legs[0].user for one in taken} == {
        user for user in users if desk.agents.get(user).handover in {one.id for one in taken}
    }
    assert len(desk.handovers.running()) == len(taken)


def test_one_agent_presses_twice_at_once(desk: Desk, desks: list[Desk]) -> None:
    """A button pressed in two windows at the same instant takes one caller."""
    for number in range(4):
        desk.enters(f"call{number}")
    ana = desk.agent()

    def press(number: int) -> FaultCode | None:
        try:
            desks[number].handovers.take(ana, first, desk.now)
        except Fault as fault:
            return fault.code
        return None

    assert sorted(map(str, at_once(4, press))) == ["None", *3 * [FaultCode.CONFLICT]]
    assert len(desk.handovers.running()) == 1


def test_who_is_in_a_call_takes_no_other(desk: Desk) -> None:
    """An agent whose phone rings, or who talks, is refused."""
    desk.enters()
    desk.enters("other")
    ana = desk.agent()
    desk.takes(ana)
    assert fault_of_taking(desk, ana) is FaultCode.CONFLICT


@pytest.mark.parametrize("duty", [Duty.AWAY, Duty.WRAP_UP])
def test_who_is_not_available_takes_none(desk: Desk, duty: Duty) -> None:
    """An agent who is away or writes down the last call is refused, and the caller waits on."""
    desk.enters()
    ana = desk.agent()
    desk.agents.set_duty(ana, duty, desk.now)
    assert fault_of_taking(desk, ana) is FaultCode.CONFLICT
    assert desk.wait().state is WaitState.WAITING


def test_who_is_reached_nowhere_takes_none(desk: Desk) -> None:
    """An agent who has not said where they are rung is refused, also one who has never said anything."""
    desk.enters()
    assert fault_of_taking(desk, desk.account("newcomer")) is FaultCode.CONFLICT


def test_who_is_no_agent_takes_none(desk: Desk) -> None:
    """There is no agent of an account that there is not."""
    desk.enters()
    with pytest.raises(Fault):
        desk.handovers.take(9999, first, desk.now)
    assert desk.wait().state is WaitState.WAITING


def test_a_caller_who_hangs_up_while_it_rings(desk: Desk) -> None:
    """What is not placed yet is not placed; what rings is hung up; the agent is free at once."""
    desk.enters()
    ana = desk.agent()
    desk.takes(ana)
    desk.leaves()
    assert desk.carries() == []
    desk.enters("next")
    taken = desk.takes(ana)
    desk.carries()
    for _ in range(2):
        desk.leaves("next")
    after = desk.handovers.get(taken.id)
    assert (after.state, after.legs[0].end) == (TalkState.OVER, LegEnd.CANCELED)
    assert desk.carries() == [HangUp(taken.legs[0].id)]
    assert desk.agents.get(ana).free(desk.now)


@pytest.mark.parametrize("attempt", range(5))
def test_a_caller_hangs_up_as_the_phone_is_rung(desk: Desk, desks: list[Desk], attempt: int) -> None:
    """Both at the same instant: either nobody is rung, or who is rung is hung up after it."""
    desk.enters()
    taken = desk.takes(desk.agent())

    def act(number: int) -> Sequence[Request]:
        if number == 0:
            return desks[2].requests.claim(desk.now)
        desks[1].leaves()
        return ()

    claimed, _ = at_once(2, act)
    assert desk.carries() == []  # nothing overtakes what is being asked
    leg = taken.legs[0].id
    for request in claimed:
        assert request.wish == Ring(leg)
        desk.requests.settle(request.id, Carried("CA9"), desk.now)
    assert set(desk.carries()) == ({HangUp(leg)} if claimed else set())
    assert desk.requests.call_sid(leg) == ("CA9" if claimed else "")


def test_accepting_fetches_the_caller(desk: Desk) -> None:
    """Out of the carrier's queue where that is known; else the caller's leg is sent to the conference."""
    desk.enters()
    accepted = desk.accepts(desk.agent("ana"))
    assert accepted.state is TalkState.JOINING
    assert desk.carries() == [Dequeue("QU1", "CA-call", "c=call&t=3")]
    desk.enters("unheard", heard=False)
    desk.accepts(desk.agent("bob"))
    assert desk.carries() == [Send("CA-unheard", "/voice/join", "c=unheard&t=3")]
