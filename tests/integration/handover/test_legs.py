"""What legs do, in whatever order and however often the carrier tells it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.handover.model import Duty, LegEnd, LegState, TalkState, WaitState
from app.handover.wishes import Send
from tests.integration.handover.desk import Desk
from tests.integration.threads import at_once

NOT_TAKEN = [LegEnd.NO_ANSWER, LegEnd.BUSY, LegEnd.FAILED, LegEnd.REFUSED]


@pytest.mark.parametrize("end", NOT_TAKEN)
@pytest.mark.parametrize("answers", [False, True])
def test_not_taken_after_all(desk: Desk, end: LegEnd, *, answers: bool) -> None:
    """The caller keeps row and place, the agent is free, and the same row can be taken again."""
    row, ana = desk.enters(), desk.agent()
    leg = desk.takes(ana).legs[0].id
    desk.carries()
    desk.handovers.rings(leg, "CA9", desk.now)
    if answers:
        assert desk.handovers.answered(leg, "CA9", desk.now) is not None
    desk.passes(seconds=20)
    for _ in range(3):
        desk.handovers.over(leg, end, desk.now)
    back, agent = desk.wait(), desk.agents.get(ana)
    assert (back.id, back.state, back.began_at, back.entered_at) == (
        row.id,
        WaitState.WAITING,
        row.began_at,
        row.entered_at,
    )
    assert agent.free(desk.now)
    over = desk.handovers.of_leg(leg)
    assert over is not None
    assert (over.state, over.legs[0].end, over.ended_at) == (TalkState.OVER, end, desk.now)
    assert desk.takes(ana).wait == row.id


def test_an_end_after_the_row_went_on_changes_nothing(desk: Desk) -> None:
    """A late end of a leg that is over takes nothing from whoever has the row now."""
    desk.enters()
    ana, bob = desk.agent("ana"), desk.agent("bob")
    leg = desk.takes(ana).legs[0].id
    desk.handovers.over(leg, LegEnd.NO_ANSWER, desk.now)
    taken = desk.takes(bob)
    desk.handovers.over(leg, LegEnd.BUSY, desk.now)
    desk.handovers.rings(leg, "CA9", desk.now)
    assert desk.handovers.answered(leg, "CA9", desk.now) is None
    assert desk.handovers.joins(leg, desk.now) is None
    assert desk.wait().state is WaitState.OFFERED
    assert desk.handovers.running() == [taken]


def test_answering_and_joining_twice(desk: Desk) -> None:
    """A repeated webhook is answered alike, and the caller is fetched once."""
    desk.enters()
    leg = desk.takes(desk.agent()).legs[0].id
    desk.carries()
    assert desk.handovers.answered(leg, "CA9", desk.now) == desk.handovers.answered(leg, "CA8", desk.now)
    joined = desk.handovers.joins(leg, desk.now)
    assert joined is not None
    desk.passes(seconds=1)
    assert desk.handovers.joins(leg, desk.now) == joined
    assert (joined.legs[0].call_sid, joined.legs[0].state) == (f"CA-{leg}", LegState.JOINED)
    assert len(desk.carries()) == 1


def test_joining_many_times_at_once(desk: Desk, desks: list[Desk]) -> None:
    """One press that comes five times at once fetches the caller once."""
    desk.enters()
    leg = desk.takes(desk.agent()).legs[0].id
    desk.carries()
    joined = at_once(5, lambda number: desks[number].handovers.joins(leg, desk.now))
    assert len({str(one) for one in joined}) == 1
    assert len(desk.carries()) == 1


def test_unknown_legs(desk: Desk) -> None:
    """Of a leg that there is not nothing is known, and nothing happens."""
    desk.handovers.rings("none", "CA9", desk.now)
    desk.handovers.over("none", LegEnd.BUSY, desk.now)
    assert desk.handovers.answered("none", "CA9", desk.now) is None
    assert desk.handovers.joins("none", desk.now) is None
    assert desk.handovers.of_leg("none") is None
    assert desk.handovers.caller_joins("none", desk.now) is None


def test_talking_and_its_end(desk: Desk) -> None:
    """Who talked is taken; at the agent's end the conversation is over, and there is something to write."""
    row, ana = desk.enters(), desk.agent()
    talking = desk.talks(ana)
    assert (talking.state, talking.talked_at) == (TalkState.TALKING, desk.now)
    assert not desk.stands()
    desk.passes(minutes=5)
    for _ in range(2):
        desk.handovers.over(talking.legs[0].id, LegEnd.ENDED, desk.now)
    agent = desk.agents.get(ana)
    assert (agent.handover, agent.duty, agent.wraps_up) == ("", Duty.WRAP_UP, talking.id)
    assert not agent.free(desk.now)
    assert agent.on_duty(desk.now - (desk.now - row.entered_at))
    assert desk.handovers.get(talking.id).state is TalkState.OVER


@pytest.mark.parametrize("fetched", [False, True])
def test_an_agent_gone_before_the_caller_came(desk: Desk, *, fetched: bool) -> None:
    """The row waits again at its place; a caller who is on the way already is sent back to it."""
    row, ana = desk.enters(), desk.agent()
    accepted = desk.accepts(ana)
    if fetched:
        desk.carries()
    desk.handovers.over(accepted.legs[0].id, LegEnd.ENDED, desk.now)
    assert (desk.wait().id, desk.wait().state) == (row.id, WaitState.WAITING)
    assert desk.handovers.caller_joins("call", desk.now) is None
    back = [Send("CA-call", "/voice/requeue", "c=call&t=3")]
    assert desk.carries() == (back if fetched else [])
    assert desk.agents.get(ana).duty is Duty.AVAILABLE


def test_alone_in_a_conference(desk: Desk) -> None:
    """A caller in a conference that nobody else is in is sent back to the place, once for all that ask."""
    desk.enters()
    talking = desk.talks(desk.agent())
    desk.handovers.alone("call", desk.now)
    assert desk.carries() == []
    desk.handovers.over(talking.legs[0].id, LegEnd.ENDED, desk.now)
    desk.handovers.alone("call", desk.now)
    desk.handovers.alone("call", desk.now)
    assert desk.carries() == [Send("CA-call", "/voice/requeue", "c=call&t=3")]
    desk.handovers.alone("nobody", desk.now)


def step(desk: Desk, leg: str, named: str) -> None:
    """One thing that may be told of a leg, or of its caller."""
    match named:
        case "rings":
            desk.handovers.rings(leg, "CA9", desk.now)
        case "answered":
            desk.handovers.answered(leg, "CA9", desk.now)
        case "joins":
            desk.handovers.joins(leg, desk.now)
        case "caller joins":
            desk.handovers.caller_joins("call", desk.now)
        case "caller leaves":
            desk.leaves()
        case "alone":
            desk.handovers.alone("call", desk.now)
        case "carried":
            desk.carries()
        case end:
            desk.handovers.over(leg, LegEnd(end), desk.now)


STEPS = (
    *("rings", "answered", "joins", "caller joins", "caller leaves", "alone", "carried"),
    *(LegEnd.NO_ANSWER, LegEnd.ENDED),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(STEPS), max_size=8), st.integers(0, 10**9))
def test_any_order(desk: Desk, steps: list[str], number: int) -> None:
    """In whatever order things are told, a leg that is over leaves its agent free and its row unoffered."""
    desk.line.close("call", WaitState.ABANDONED, desk.now)
    desk.carries()
    desk.enters()
    user = desk.agent(f"agent{number}-{len(desk.agents.listed())}")
    taken = desk.takes(user)
    for named in [*steps, LegEnd.ENDED]:
        step(desk, taken.legs[0].id, named)
    after = desk.handovers.get(taken.id)
    assert after.state is TalkState.OVER
    assert all(leg.state is LegState.OVER for leg in after.legs)
    assert desk.agents.get(user).handover == ""
    assert not desk.stands() or desk.wait().state is WaitState.WAITING
