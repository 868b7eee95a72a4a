"""What the carrier told while the database was away never comes again: nobody is kept by it for ever."""

from datetime import timedelta

import pytest

from app.adapters.sql.silent_legs import SILENT_FOR
from app.handover.model import Duty, LegEnd, LegState, TalkState, WaitState
from app.handover.wishes import HangUp, Send
from app.ports.carrier import NotNow
from tests.integration.handover.desk import Desk

INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize("answers", [False, True])
def test_a_phone_whose_end_was_never_told(desk: Desk, *, answers: bool) -> None:
    """After two minutes the leg is given up, and hung up: the caller keeps the place, the agent is free."""
    row, ana = desk.enters(), desk.agent()
    leg = desk.takes(ana).legs[0].id
    desk.carries()
    if answers:
        desk.handovers.answered(leg, f"CA-{leg}", desk.now)
    desk.clock.moves(SILENT_FOR - INSTANT)
    assert desk.requests.give_up(desk.now) == 0
    desk.clock.moves(INSTANT)
    desk.line.heard(row.id, "QU1", desk.now)
    assert desk.requests.give_up(desk.now) == 1
    assert (desk.wait().id, desk.wait().state) == (row.id, WaitState.WAITING)
    desk.agents.seen(ana, desk.now)
    assert desk.agents.get(ana).free(desk.now)
    (over,) = desk.handovers.of_call("call")
    assert (over.state, over.legs[0].end) == (TalkState.OVER, LegEnd.NO_ANSWER)
    assert desk.carries() == [HangUp(leg)]
    assert desk.requests.give_up(desk.now) == 0


def test_a_phone_that_could_not_be_rung_so_far(desk: Desk) -> None:
    """While the carrier's API is away nothing is given up: it will be rung, or its request is over."""
    desk.enters()
    leg = desk.takes(desk.agent()).legs[0].id
    desk.carries(NotNow())
    desk.clock.moves(SILENT_FOR)
    assert desk.requests.give_up(desk.now) == 0
    desk.carries()
    assert desk.requests.give_up(desk.now) == 0
    assert desk.handovers.running()[0].leg(leg).state is LegState.ASKED


def test_a_caller_who_was_fetched_and_never_came(desk: Desk) -> None:
    """The agent hears after two minutes that nobody comes, and is free; the caller keeps the place."""
    desk.enters()
    ana = desk.agent()
    desk.accepts(ana)
    desk.carries()
    desk.clock.moves(SILENT_FOR - INSTANT)
    assert desk.requests.give_up(desk.now) == 0
    desk.clock.moves(INSTANT)
    assert desk.requests.give_up(desk.now) == 1
    (over,) = desk.handovers.of_call("call")
    assert (over.state, desk.wait().state) == (TalkState.OVER, WaitState.WAITING)
    assert desk.carries() == [Send(f"CA-{over.legs[0].id}", "/voice/leg-gone", "")]
    desk.agents.seen(ana, desk.now)
    assert desk.agents.get(ana).free(desk.now)
    assert desk.requests.give_up(desk.now) == 0


def test_who_talks_is_left_alone(desk: Desk) -> None:
    """A conversation lasts as long as it likes."""
    desk.enters()
    ana = desk.agent()
    desk.talks(ana)
    desk.passes(hours=2)
    assert desk.requests.give_up(desk.now) == 0
    assert desk.handovers.running()[0].state is TalkState.TALKING
    assert desk.agents.get(ana).duty is Duty.AVAILABLE
