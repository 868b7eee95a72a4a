"""The order of waiting: total, the same at every instant, fair to whoever proves more, and to everybody."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.handover.order import LONGEST_HEAD_START, OrderKey, head_start, order_key, ranks_at
from app.verification.model import Level

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
INSTANTS = st.integers(0, 7200).map(lambda seconds: NOON + timedelta(seconds=seconds))
PRIORITIES = st.integers(0, 9)
LEVELS = st.sampled_from(Level)


class Caller(NamedTuple):
    began_at: datetime
    priority: int
    level: Level
    call_id: str

    @property
    def key(self) -> OrderKey:
        return order_key(*self)


CALLERS = st.builds(Caller, INSTANTS, PRIORITIES, LEVELS, st.uuids().map(str))
LINES = st.lists(CALLERS, max_size=12, unique_by=lambda caller: caller.call_id)


def line(callers: list[Caller]) -> list[str]:
    return [caller.call_id for caller in sorted(callers, key=lambda caller: caller.key)]


@pytest.mark.parametrize(
    ("priority", "level", "minutes"),
    [
        (0, Level.UNVERIFIED, 0),
        (0, Level.NUMBER_MATCHED, 1),
        (0, Level.NUMBER_ATTESTED, 2),
        (0, Level.CODE, 3),
        (1, Level.NUMBER_MATCHED, 6),
        (9, Level.CODE, 48),
        (999, Level.CODE, 48),
        (-1, Level.UNVERIFIED, 0),
    ],
)
def test_the_formula(priority: int, level: Level, minutes: int) -> None:
    """Five minutes a step of priority, 0 to 9, and one a step of the level, before the call began."""
    assert head_start(priority, level) == minutes * MINUTE
    assert ranks_at(NOON, priority, level) == NOON - minutes * MINUTE


def test_of_equals_who_began_earlier_is_next() -> None:
    """Callers who rank alike go by when they began, and those who began together by the call's id."""
    late = Caller(NOON + 5 * MINUTE, 1, Level.UNVERIFIED, "a")
    early, twin = Caller(NOON, 0, Level.UNVERIFIED, "c"), Caller(NOON, 0, Level.UNVERIFIED, "b")
    assert line([late, early, twin]) == ["b", "c", "a"]


@given(LINES, st.randoms())
def test_the_order_is_total(callers: list[Caller], chance: object) -> None:
    """However a line is read from the store, there is one order: no two callers share a place."""
    mixed = list(callers)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # Hypothesis gives a random.Random
    assert line(mixed) == line(callers)
    assert len({caller.key for caller in callers}) == len(callers)


@given(LINES, st.timedeltas(timedelta(days=-400), timedelta(days=400)))
def test_time_alone_changes_nothing(callers: list[Caller], later: timedelta) -> None:
    """Two callers never change places by waiting: the same line, later, is in the same order."""
    assert line([caller._replace(began_at=caller.began_at + later) for caller in callers]) == line(callers)


@given(LINES, CALLERS, LEVELS)
def test_proving_more_never_loses_a_place(others: list[Caller], caller: Caller, level: Level) -> None:
    """A caller whose level rises while waiting is never further back for it."""
    others = [other for other in others if other.call_id != caller.call_id]
    before = line([*others, caller]).index(caller.call_id)
    risen = caller._replace(level=max(level, caller.level))
    assert line([*others, risen]).index(caller.call_id) <= before


@given(LINES, CALLERS, PRIORITIES)
def test_a_higher_priority_never_loses_a_place(others: list[Caller], caller: Caller, more: int) -> None:
    """An organisation whose priority is raised is never further back for it."""
    others = [other for other in others if other.call_id != caller.call_id]
    before = line([*others, caller]).index(caller.call_id)
    raised = caller._replace(priority=max(more, caller.priority))
    assert line([*others, raised]).index(caller.call_id) <= before


@given(CALLERS, CALLERS)
def test_nobody_starves(waits: Caller, other: Caller) -> None:
    """After 48 minutes a caller is before every newcomer, of whatever priority and level."""
    assert LONGEST_HEAD_START == (9 * 5 + 3) * MINUTE
    newcomer = other._replace(began_at=waits.began_at + LONGEST_HEAD_START)
    assert waits.key < newcomer.key
