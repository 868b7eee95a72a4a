"""Things that happen in the same instant, seen by several processes: none is lost, none waits for another."""

from app.access.model import Actor
from app.handover.model import Disposition, LegEnd, TalkState
from tests.integration.handover.desk import Desk, entering
from tests.integration.threads import at_once


def test_writing_it_down_while_the_line_breaks(desk: Desk, desks: list[Desk]) -> None:
    """An agent who keeps notes in the very moment in which their phone hangs up: both happen."""
    for number in range(8):
        desk.enters(f"call{number}")
        user = desk.agent(f"agent{number}")
        talking, by = desk.talks(user), desk.actor(user)
        leg = talking.legs[0].id

        def both(which: int, *, handover: str = talking.id, leg: str = leg, by: Actor = by) -> None:
            own = desks[which].handovers
            if which % 2:
                own.over(leg, LegEnd.ENDED, desk.now)
            else:
                own.wrap_up(handover, Disposition.SOLVED, "a cable", actor=by, now=desk.now)

        at_once(4, both)
        over = desk.handovers.get(talking.id)
        assert (over.state, over.disposition) == (TalkState.OVER, "solved")


def test_steps_of_a_caller_who_lost_an_agent(desk: Desk) -> None:
    """The next agent's code step has a number that no step of the call had: what was judged stays judged."""
    desk.enters()
    ana, bob = desk.agent("ana"), desk.agent("bob")
    first = desk.talks(ana)
    steps = [desk.handovers.code_step(first.id, ana), desk.handovers.next_step(first.id, 0)]
    desk.handovers.ask_for_code(first.id, "challenge", by_key=True, now=desk.now)
    desk.handovers.over(first.legs[0].id, LegEnd.ENDED, desk.now)
    desk.line.enter(entering(), desk.now)
    second = desk.talks(bob)
    steps += [desk.handovers.code_step(second.id, bob), desk.handovers.next_step(second.id, 0)]
    assert second.id != first.id
    assert len(set(steps)) == 4
