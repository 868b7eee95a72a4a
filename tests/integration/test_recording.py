"""The row and the timeline of a call."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.callflow.model import Note, State
from app.faults import Fault, FaultCode
from tests.integration.world import START, World, a_call, contact, organisation


def note(minute: int, what: str = "said", detail: str = "") -> Note:
    return Note((START + timedelta(minutes=minute)).isoformat(), what, detail)


def test_call_is_written_and_moved_on(world: World) -> None:
    """A call's row shows its latest turn; an earlier one that comes late changes nothing."""
    late = a_call(turn=1, territory="IT", department="technical", state=State.DEPARTMENT)
    world.ledger.record(a_call(turn=2, territory="IT", queue="technical-it", state=State.WHO))
    world.ledger.record(late)
    [row] = world.ledger.calls(limit=10)
    assert (row.call_id, row.state, row.queue, row.territory) == ("call", "who", "technical-it", "IT")
    assert (row.started_at, row.dnis, row.ended) == (START, "+390000", "")


def test_end_is_written_once(world: World) -> None:
    """The first end given stays, and nothing moves a call that is over."""
    world.ledger.record(a_call(turn=2, state=State.WHO), ended="completed")
    world.ledger.record(a_call(turn=3, state=State.LOOK_UP), ended="failed")
    [row] = world.ledger.calls(limit=10)
    assert (row.ended, row.state) == ("completed", "who")


def test_level_comes_from_the_step_that_reached_it(world: World) -> None:
    """A call's level is what the ledger wrote, whatever the running call says."""
    world.profile([organisation()], [contact()])
    world.guess(world.issue().challenge, 2)
    world.ledger.record(a_call(turn=3, level="unverified"))
    row = next(row for row in world.ledger.calls(limit=10) if row.call_id == "call")
    assert (row.level, row.method, row.organisation_name) == ("code", "email", "Firm 12345678")


def test_started_at_is_the_earliest_told(world: World) -> None:
    """A call that was lost and is written again keeps its beginning."""
    world.ledger.record(a_call())
    world.ledger.record(a_call(turn=4, started_at=(START + timedelta(minutes=5)).isoformat()))
    [row] = world.ledger.calls(limit=10)
    assert row.started_at == START


def test_repeated_notes_do_not_double(world: World) -> None:
    """The notes of a turn written again, all or some, stand once; equal ones of one turn all stand."""
    twice = (note(0), note(0), note(1, "keyed", "1"))
    world.ledger.record(a_call(turn=1, notes=twice))
    world.ledger.record(a_call(turn=1, notes=twice[:2]))
    world.ledger.record(a_call(turn=1, notes=(*twice, note(2, "ended"))))
    assert list(world.ledger.timeline("call")) == [*twice, note(2, "ended")]


def test_other_notes_of_the_same_turn_are_added(world: World) -> None:
    """A turn written twice with different notes keeps both; the timeline is in the order of time."""
    world.ledger.record(a_call(turn=1, notes=(note(3),)))
    world.ledger.record(a_call(turn=1, notes=(note(1, "heard"),)))
    assert [one.what for one in world.ledger.timeline("call")] == ["heard", "said"]


def test_timeline_by_a_beginning(world: World) -> None:
    """A beginning of an id is enough while it is unique; the whole id always is; none finds nothing."""
    for call_id in ("abc1", "abc2", "abc", "x%y"):
        world.ledger.record(a_call(call_id, notes=(note(0, call_id),)))
    assert [one.what for one in world.ledger.timeline("abc1")] == ["abc1"]
    assert [one.what for one in world.ledger.timeline("abc")] == ["abc"]
    assert [one.what for one in world.ledger.timeline("x%")] == ["x%y"]
    assert list(world.ledger.timeline("zzz")) == []
    assert list(world.ledger.timeline("%")) == []
    with pytest.raises(Fault) as caught:
        world.ledger.timeline("ab")
    assert caught.value.code is FaultCode.BAD_INPUT


def test_calls_are_listed_newest_first(world: World) -> None:
    """Calls come newest first, in pages."""
    for number in range(5):
        started = (START + timedelta(minutes=number)).isoformat()
        world.ledger.record(replace(a_call(f"call{number}"), started_at=started))
    assert [row.call_id for row in world.ledger.calls(limit=2)] == ["call4", "call3"]
    assert [row.call_id for row in world.ledger.calls(limit=2, offset=4)] == ["call0"]


def test_any_text_can_be_written(world: World) -> None:
    """NUL and halves of surrogate pairs in what was dialled or noted do not stop the row."""
    odd = "sip:\x00\ud800evil"
    world.ledger.record(a_call(dnis=odd, notes=(note(0, "dialled", odd),)))
    [row] = world.ledger.calls(limit=1)
    assert row.dnis == "sip:?evil"
    assert world.ledger.timeline("call")[0].detail == "sip:?evil"
