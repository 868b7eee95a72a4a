"""What a call leaves behind: a call back, a message, one question."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.adapters.sql.aftercare import MOST_BY_A_NUMBER, MOST_WITHHELD
from app.adapters.sql.handover_steps import PAUSE, TRIES
from app.faults import Fault, FaultCode
from app.handover.model import LegEnd, LegKind, WaitKind, WaitState
from app.handover.wishes import Ring
from app.ports.aftercare import Wanting
from app.ports.waiting import Wait
from tests.integration.handover.desk import OPERATOR, Desk
from tests.integration.threads import at_once
from tests.integration.world import ADMIN_PHONE, START, World, a_call, contact, organisation

NUMBER = "+390655550101"
WEEK = timedelta(days=7)
INSTANT = timedelta(microseconds=1)


def wanting(call_id: str = "call", **changes: object) -> Wanting:
    asked = Wanting(call_id, "technical-it", "IT", "technical", "it", "it", None, START, NUMBER, None)
    return replace(asked, **changes)  # type: ignore[arg-type]  # fields by name, checked by the dataclass


def listed(desk: Desk) -> list[Wait]:
    return list(desk.line.open(desk.now))


def fault_of_withdrawing(desk: Desk, wait: int) -> FaultCode:
    with pytest.raises(Fault) as caught:
        desk.callbacks.withdraw(wait, actor=OPERATOR, now=desk.now)
    return caught.value.code


def test_a_call_back_takes_the_callers_place(desk: Desk) -> None:
    """One row stands for the caller, at the time the call began, unverified and without end."""
    desk.enters()
    desk.passes(minutes=10)
    assert desk.callbacks.book(wanting(), desk.now)
    (row,) = listed(desk)
    assert (row.kind, row.state, row.began_at) == (WaitKind.CALLBACK, WaitState.WAITING, START)
    assert (row.number, row.due_at, row.tries, row.level) == (NUMBER, None, 0, "unverified")
    desk.leaves()
    assert listed(desk) == [row]


def test_a_call_back_is_booked_once(desk: Desk, desks: list[Desk]) -> None:
    """However often, and at once, a call asks to be called back, it is by one row."""
    assert all(at_once(5, lambda number: desks[number].callbacks.book(wanting(), desk.now)))
    assert len(listed(desk)) == 1


def test_three_calls_to_a_number_in_a_day(desk: Desk, desks: list[Desk]) -> None:
    """No more are promised for one number in 24 hours, whoever asks and however many at once."""

    def book(number: int) -> bool:
        return desks[number].callbacks.book(wanting(f"call{number}"), desk.now)

    assert sum(at_once(5, book)) == 3
    assert desk.callbacks.book(wanting("another's", number="+390655550102"), desk.now)
    desk.passes(days=1)
    assert desk.callbacks.book(wanting("tomorrow"), desk.now)


@pytest.mark.parametrize(("ani", "most"), [("+390655550100", MOST_BY_A_NUMBER), (None, MOST_WITHHELD)])
def test_many_numbers_in_a_day(desk: Desk, ani: str | None, most: int) -> None:
    """A caller has ten other people called at most, the withheld callers of a line thirty between them."""
    ledger = World(desk.engine).ledger

    def books(number: int, asker: str | None = ani, dnis: str = "+390000") -> bool:
        call = f"call{number}"
        ledger.record(a_call(call, ani=asker, dnis=dnis))
        return desk.callbacks.book(wanting(call, number=f"+39065555{number:04}"), desk.now)

    assert all(books(number) for number in range(most))
    assert not books(most)
    assert books(most + 1, asker="+390655550199")
    assert books(most + 2, dnis="+390001") is (ani is None)
    desk.passes(days=1)
    assert books(most + 3)


def test_not_before(desk: Desk) -> None:
    """A call back for the next opening says from when on it is to be made."""
    desk.callbacks.book(wanting(due_at=START + timedelta(hours=15)), desk.now)
    (row,) = listed(desk)
    assert row.due_at == START + timedelta(hours=15)


def test_withdrawing_a_call_back(desk: Desk) -> None:
    """It leaves the list once; not while somebody is at it, and no other row goes that way."""
    caller = desk.enters("caller")
    assert fault_of_withdrawing(desk, caller.id) is FaultCode.NOT_FOUND
    desk.leaves("caller")
    desk.callbacks.book(wanting(), desk.now)
    (row,) = listed(desk)
    taken = desk.takes(desk.agent())
    assert fault_of_withdrawing(desk, row.id) is FaultCode.CONFLICT
    desk.handovers.over(taken.legs[0].id, LegEnd.NO_ANSWER, desk.now)
    desk.callbacks.withdraw(row.id, actor=OPERATOR, now=desk.now)
    assert listed(desk) == []
    assert fault_of_withdrawing(desk, row.id) is FaultCode.NOT_FOUND
    assert fault_of_withdrawing(desk, 9999) is FaultCode.NOT_FOUND


def not_reached(desk: Desk, user: int) -> None:
    """An agent takes the call back and accepts; whoever is rung does not answer."""
    accepted = desk.accepts(user)
    (rung,) = [leg for leg in accepted.legs if leg.kind is LegKind.CALLER]
    assert desk.carries() == [Ring(rung.id)]
    desk.handovers.over(rung.id, LegEnd.NO_ANSWER, desk.now)
    desk.carries()


def test_three_tries(desk: Desk) -> None:
    """Who does not answer is tried again after a pause, three times in all; then a contact is told."""
    world = World(desk.engine, clock=desk.clock)
    world.profile([organisation()], [contact()])
    owner = world.organisation_id()
    ana = desk.agent()
    desk.callbacks.book(wanting(number=ADMIN_PHONE, organisation=owner), desk.now)
    for tried in range(1, TRIES):
        not_reached(desk, ana)
        (row,) = listed(desk)
        assert (row.tries, row.due_at, row.state) == (tried, desk.now + PAUSE, WaitState.WAITING)
        assert desk.agents.get(ana).free(desk.now)
        desk.clock.moves(PAUSE)
        desk.agents.seen(ana, desk.now)
    assert world.letters("missed") == 0
    not_reached(desk, ana)
    assert listed(desk) == []
    assert world.letters("missed") == 1


def test_an_agent_who_does_not_answer_is_no_try(desk: Desk) -> None:
    """A call back counts as tried once its number was rung, not before."""
    desk.callbacks.book(wanting(), desk.now)
    taken = desk.takes(desk.agent())
    desk.handovers.over(taken.legs[0].id, LegEnd.NO_ANSWER, desk.now)
    (row,) = listed(desk)
    assert (row.tries, row.due_at, row.state) == (0, None, WaitState.WAITING)


def test_who_was_called_back_talks(desk: Desk) -> None:
    """The new call is the handover's from then on, told once or twice; the row is done with."""
    desk.callbacks.book(wanting(), desk.now)
    accepted = desk.accepts(desk.agent())
    (rung,) = [leg.id for leg in accepted.legs if leg.kind is LegKind.CALLER]
    desk.carries()
    World(desk.engine).ledger.record(a_call("new"))
    first = desk.handovers.called_back(rung, "new", "CA-new", "c=new", desk.now)
    again = desk.handovers.called_back(rung, "new", "CA-new", "c=new", desk.now)
    assert first is not None
    assert first == again
    assert (first.call_id, first.caller_sid, first.number) == ("new", "CA-new", NUMBER)
    assert listed(desk) == []
    desk.handovers.caller_left("new", desk.now)
    assert desk.handovers.called_back(rung, "new", "CA-new", "c=new", desk.now) is None


def test_messages(desk: Desk) -> None:
    """A call's message is kept once, listed till somebody has dealt with it, the oldest first."""
    World(desk.engine).ledger.record(a_call(territory="IT"))
    for seconds in (12, 99):
        desk.voicemails.keep("call", "technical-it", "https://example.com/RE1", seconds, desk.now)
    desk.passes(minutes=1)
    desk.voicemails.keep("unrecorded", "billing-it", "https://example.com/RE2", 5, desk.now)
    one, other = desk.voicemails.open()
    assert (one.call_id, one.queue, one.seconds, one.territory) == ("call", "technical-it", 12, "IT")
    assert other.call_id == "unrecorded"
    for _ in range(2):
        desk.voicemails.done(one.id, actor=OPERATOR, now=desk.now)
    assert desk.voicemails.open() == [other]
    with pytest.raises(Fault) as caught:
        desk.voicemails.done(9999, actor=OPERATOR, now=desk.now)
    assert caught.value.code is FaultCode.NOT_FOUND


def test_one_question_in_seven_days(desk: Desk) -> None:
    """An organisation is asked once in seven days; the same call's webhook again gets the same answer."""
    assert desk.surveys.ask("call", 1, "technical-it", "it", desk.now)
    assert desk.surveys.ask("call", 1, "technical-it", "it", desk.now)
    assert not desk.surveys.ask("another", 1, "technical-it", "it", desk.now)
    assert desk.surveys.ask("other", 2, "technical-it", "it", desk.now)
    desk.clock.moves(WEEK - INSTANT)
    assert not desk.surveys.ask("early", 1, "technical-it", "it", desk.now)
    desk.clock.moves(INSTANT)
    assert desk.surveys.ask("later", 1, "technical-it", "it", desk.now)


def test_one_question_of_many_calls_at_once(desk: Desk, desks: list[Desk]) -> None:
    """Of calls of one organisation that end at the same instant one is asked."""
    asked = at_once(
        5, lambda number: desks[number].surveys.ask(f"call{number}", 1, "technical-it", "it", desk.now)
    )
    assert sum(asked) == 1
