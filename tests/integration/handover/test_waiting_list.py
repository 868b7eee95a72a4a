"""The waiting list: one row for a caller, one winner, and a line that holds whoever is there."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.handover.model import WaitState, Wanted
from app.ports.handovers import Handover, Lost
from tests.integration.handover.desk import Desk, entering, first
from tests.integration.threads import at_once
from tests.integration.world import World, a_call, contact, organisation


def test_entering_again_changes_nothing(desk: Desk) -> None:
    """A caller who enters again, as a repeated webhook says, has one row and keeps it as it was."""
    row = desk.enters()
    desk.passes(seconds=30)
    desk.line.enter(entering(), desk.now)
    assert desk.wait() == row
    assert len(desk.line.open(desk.now)) == 1


def test_many_who_enter_one_call_at_once(desk: Desk, desks: list[Desk]) -> None:
    """A webhook that comes ten times at once makes one row."""
    at_once(10, lambda number: desks[number % 5].line.enter(entering(), desk.now))
    assert len(desk.line.open(desk.now)) == 1


def test_another_queue_ends_the_stay_before(desk: Desk) -> None:
    """A caller stands in one line: coming into another queue's ends the stay, and lets the phone go."""
    row = desk.enters()
    taken = desk.takes(desk.agent())
    desk.enters(queue="fallback")
    (left,) = desk.line.open(desk.now)
    assert (left.queue, left.state) == ("fallback", WaitState.WAITING)
    assert left.id != row.id
    assert desk.handovers.get(taken.id).ended_at == desk.now
    assert desk.line.open(desk.now, ["technical-it"]) == []


def test_a_call_that_has_ended_does_not_enter(desk: Desk) -> None:
    """A webhook that comes after the end of its call puts nobody into a line."""
    World(desk.engine).ledger.record(a_call(), ended="completed")
    desk.line.enter(entering(), desk.now)
    assert not desk.stands()


def test_the_place_stays_when_the_caller_comes_back(desk: Desk) -> None:
    """A caller who was asked something is away, and comes back to the same row with what is known now."""
    row = desk.enters()
    assert desk.line.step_out(row.id, Wanted.CODE, desk.now)
    assert desk.line.wanted("call") is Wanted.CODE
    desk.passes(seconds=20)
    desk.line.enter(entering(link="c=call&t=9", desk_language="en"), desk.now)
    back = desk.wait()
    assert (back.id, back.began_at, back.entered_at) == (row.id, row.began_at, row.entered_at)
    assert (back.state, back.link, back.desk_language) == (WaitState.WAITING, "c=call&t=9", "en")
    assert desk.line.wanted("call") is None


def test_stepping_out_while_a_phone_rings(desk: Desk) -> None:
    """The agent's phone is let go, and the agent is free for the next caller."""
    row, ana = desk.enters(), desk.agent()
    desk.takes(ana)
    assert desk.line.step_out(row.id, Wanted.CALLBACK, desk.now)
    assert desk.agents.get(ana).handover == ""
    assert desk.requests.claim(desk.now) == []  # nothing was placed yet, so nothing is to be hung up
    desk.enters("next")
    assert desk.takes(ana).call_id == "next"


def test_stepping_out_after_an_agent_accepted(desk: Desk) -> None:
    """Once an agent has pressed 1 the caller stays; so does one whose stay is over."""
    row = desk.enters()
    desk.accepts(desk.agent())
    assert not desk.line.step_out(row.id, Wanted.CALLBACK, desk.now)
    assert desk.wait().state is WaitState.JOINING
    desk.line.close("call", WaitState.ABANDONED, desk.now)
    assert not desk.line.step_out(row.id, Wanted.CALLBACK, desk.now)
    assert not desk.line.step_out(9999, Wanted.CALLBACK, desk.now)


@pytest.mark.parametrize("attempt", range(5))
def test_a_caller_steps_out_as_an_agent_accepts(desk: Desk, desks: list[Desk], attempt: int) -> None:
    """Both at the same instant: exactly one wins, and neither waits for the other in vain."""
    row, ana = desk.enters(), desk.agent()
    leg = desk.takes(ana).legs[0].id
    desk.handovers.answered(leg, "CA9", desk.now)

    def act(number: int) -> bool:
        if number % 2:
            return desks[1].line.step_out(row.id, Wanted.CALLBACK, desk.now)
        return desks[2].handovers.joins(leg, desk.now) is not None

    accepted, stepped_out = at_once(2, act)
    assert accepted is not stepped_out
    assert desk.wait().state is (WaitState.JOINING if accepted else WaitState.AWAY)
    assert (desk.agents.get(ana).handover != "") is accepted


def test_a_caller_steps_out_as_an_agent_takes(desk: Desk, desks: list[Desk]) -> None:
    """Whoever is first, in the end the caller is away and no phone rings for them."""
    row, ana = desk.enters(), desk.agent()

    def act(number: int) -> Handover | Lost | bool | None:
        if number:
            return desks[1].line.step_out(row.id, Wanted.LANGUAGE, desk.now)
        return desks[2].handovers.take(ana, first, desk.now)

    _, stepped_out = at_once(2, act)
    assert stepped_out is True
    assert desk.wait().state is WaitState.AWAY
    assert desk.agents.get(ana).handover == ""


def test_who_is_silent_is_in_no_line(desk: Desk) -> None:
    """Callers of whom the carrier has not asked for two minutes are not there to be taken, until it asks."""
    row = desk.enters()
    desk.passes(seconds=119)
    assert len(desk.line.open(desk.now)) == 1
    desk.passes(seconds=1)
    assert desk.line.open(desk.now) == []
    desk.line.heard(row.id, "QU2", desk.now)
    (back,) = desk.line.open(desk.now)
    assert back.carrier_queue == "QU2"


def test_what_a_caller_was_told(desk: Desk) -> None:
    """The place and the range are kept until the caller asks to hear them again; no range is none."""
    row = desk.enters()
    assert (row.told_at, row.told_place, row.told) == (None, None, None)
    desk.line.tell(row.id, 2, (4, 6), desk.now)
    told = desk.wait()
    assert (told.told_at, told.told_place, told.told) == (desk.now, 2, (4, 6))
    desk.line.forget_told(row.id)
    assert desk.wait().told_at is None
    desk.line.tell(row.id, 1, None, desk.now)
    assert desk.wait().told is None


def test_the_view_of_a_line(desk: Desk) -> None:
    """A caller sees who stands in the same queue, and who was taken from it since an instant."""
    desk.enters("first")
    desk.passes(minutes=1)
    desk.talks(desk.agent())
    desk.enters("second")
    desk.enters("third")
    desk.enters("elsewhere", queue="billing-it")
    view = desk.line.view("third", desk.now - timedelta(seconds=1), desk.now)
    assert view is not None
    assert {one.call_id for one in view.line} == {"second", "third"}
    assert [take.taken_at - take.entered_at for take in view.takes] == [timedelta(minutes=1)]
    later = desk.line.view("third", desk.now, desk.now)
    assert later is not None
    assert later.takes == []
    assert desk.line.view("nobody", desk.now, desk.now) is None


def test_what_is_known_of_a_caller_now(desk: Desk) -> None:
    """A row carries the organisation's priority and the level the call has reached, while it holds."""
    world = World(desk.engine, clock=desk.clock)
    world.profile([replace(organisation(), priority=3)], [contact()])
    desk.enters(organisation=world.organisation_id())
    assert (desk.wait().priority, desk.wait().level) == (3, "unverified")
    world.guess(world.issue().challenge, 2)
    proved = desk.wait()
    assert (proved.organisation_name, proved.level, proved.method) == ("Firm 12345678", "code", "email")
    desk.passes(minutes=59)
    assert desk.wait().level == "code"
    desk.passes(minutes=1)
    assert (desk.wait().level, desk.wait().method) == ("unverified", "")


def test_closing_a_stay(desk: Desk) -> None:
    """A stay that is closed is in no line, however often it is closed; the phone that rings is let go."""
    desk.enters()
    ana = desk.agent()
    desk.takes(ana)
    for _ in range(2):
        desk.line.close("call", WaitState.ABANDONED, desk.now)
    assert not desk.stands()
    assert desk.agents.get(ana).handover == ""


def test_taken_by_somebody_else(desk: Desk) -> None:
    """A caller whom somebody else's telephone took counts as taken then, though it is told afterwards."""
    desk.enters()
    desk.passes(minutes=1)
    taken_at = desk.now
    desk.passes(minutes=9)
    desk.line.taken_elsewhere("call", taken_at, desk.now)
    desk.enters("next")
    view = desk.line.view("next", desk.now - timedelta(hours=1), desk.now)
    assert view is not None
    assert [take.taken_at for take in view.takes] == [taken_at]
