"""What a waiting caller is told: from takes of late, in whole minutes, and not again and again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.handover.estimate import Take, estimate, improves, is_news

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
AGO = st.integers(0, 3600).map(lambda seconds: NOW - seconds * SECOND)
TAKES = st.lists(st.builds(Take, AGO, AGO), max_size=20)
RANGES = st.integers(1, 60).flatmap(lambda low: st.tuples(st.just(low), st.integers(low + 1, 90)))


def take(entered: float, taken: float) -> Take:
    """A caller who came in and was taken so many minutes ago."""
    return Take(NOW - entered * MINUTE, NOW - taken * MINUTE)


LINE = [
    take(25, 20),
    take(24, 18),
    take(23, 16),
    take(22, 14),
]  # one every two minutes, all waiting meanwhile


@pytest.mark.parametrize(
    ("takes", "place", "told"),
    [
        ([], 1, None),
        (LINE[:2], 1, None),
        (LINE, 1, (2, 4)),  # 5, 2, 2 and 2 minutes as the next one
        (LINE[1:], 3, (8, 12)),  # 6, 2 and 2: who came before is not known
        (LINE, 4, (8, 14)),
        (LINE[::-1], 4, (8, 14)),
        ([*LINE, take(50, 40), take(50, 35)], 4, (8, 14)),
        ([*LINE, take(5, -5)], 4, (8, 14)),
        ([*LINE, take(13.2, 13), take(12.9, 12.8)], 4, (8, 14)),  # a free agent, not a line
        ([take(9, 3), take(8, 2), take(2.2, 2.1), take(7, 1)], 10, (21, 32)),  # 6, 1 and 1
        ([take(60, 29), take(59, 28), take(58, 27)], 1, (1, 2)),
        ([take(2, 1), take(2, 1), take(2, 1)], 1, (1, 2)),
        ([take(2, 1), take(2, 1), take(2, 1)], 0, (1, 2)),
    ],
)
def test_the_range(takes: list[Take], place: int, told: tuple[int, int] | None) -> None:
    """The place times the mean time as the next one, four fifths to six fifths of it, in whole minutes."""
    assert estimate(takes, place, NOW) == told


@given(TAKES, st.integers(1, 200))
def test_a_range_is_one(takes: list[Take], place: int) -> None:
    """Whatever happened, what is said is nothing or a range from a minute on that is not empty."""
    found = estimate(takes, place, NOW)
    assert found is None or 1 <= found[0] < found[1]


@given(TAKES, st.integers(1, 200))
def test_further_back_is_never_sooner(takes: list[Take], place: int) -> None:
    """A place further back is never told less; before any line was seen nobody is told anything."""
    here, behind = estimate(takes, place, NOW), estimate(takes, place + 1, NOW)
    if here is None or behind is None:
        assert here is behind is None
    else:
        assert here[0] <= behind[0]
        assert here[1] <= behind[1]


@given(TAKES, st.integers(1, 20), st.timedeltas(timedelta(0), timedelta(days=300)))
def test_only_spans_count(takes: list[Take], place: int, later: timedelta) -> None:
    """The same course at another time gives the same range, in whatever order the takes are read."""
    moved = [Take(entered + later, taken + later) for entered, taken in reversed(takes)]
    assert estimate(moved, place, NOW + later) == estimate(takes, place, NOW)


@given(TAKES, st.integers(1, 20), st.timedeltas(timedelta(0), timedelta(hours=2)))
def test_a_silent_queue_is_not_guessed_about(takes: list[Take], place: int, later: timedelta) -> None:
    """Half an hour after the last take nothing is said any more."""
    last = max((taken for _, taken in takes), default=NOW)
    assert estimate(takes, place, last + timedelta(minutes=30) + later) is None


@pytest.mark.parametrize(
    ("told", "found", "better"),
    [
        (None, (4, 6), True),
        (None, None, False),
        ((4, 6), None, False),
        ((4, 6), (4, 6), False),
        ((4, 6), (3, 5), True),
        ((4, 6), (3, 6), True),
        ((4, 6), (5, 6), False),
        ((4, 6), (5, 7), False),
        ((4, 6), (3, 7), False),
        ((4, 9), (5, 8), True),
    ],
)
def test_what_is_better_news(
    told: tuple[int, int] | None, found: tuple[int, int] | None, better: bool
) -> None:
    """A range is better when it ends sooner; of two that end alike the one that begins sooner."""
    assert improves(told, found) is better


@given(RANGES, RANGES)
def test_no_two_ranges_are_better_than_each_other(one: tuple[int, int], other: tuple[int, int]) -> None:
    """Of two different ranges one is better, so that good news cannot go to and fro for ever."""
    assert improves(one, other) + improves(other, one) == (one != other)


@pytest.mark.parametrize(
    ("told", "seconds", "found", "nearer", "said"),
    [
        (None, None, None, True, True),
        (None, None, (4, 6), True, True),
        ((4, 6), 5, (4, 6), False, False),
        ((4, 6), 5, (3, 5), False, True),
        ((4, 6), 5, (4, 6), True, False),
        ((4, 6), 89, (6, 9), True, False),
        ((4, 6), 90, (6, 9), False, True),
        ((4, 6), 90, (4, 6), False, True),
        (None, 5, (4, 6), False, True),
        (None, 5, None, False, False),
        (None, 5, None, True, True),
        ((4, 6), 5, None, True, True),
        ((4, 6), 90, None, False, True),
    ],
)
def test_when_it_is_said(
    told: tuple[int, int] | None, seconds: int | None, found: tuple[int, int] | None, nearer: bool, said: bool
) -> None:
    """At first, every 90 seconds, and when the range improves; without a range, when the place does."""
    told_at = None if seconds is None else NOW - seconds * SECOND
    assert is_news(told, told_at, found, NOW, nearer=nearer) is said
