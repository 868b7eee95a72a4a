import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing import notation
from routing.week import DAY_MINUTES, Window, week

windows = st.integers(0, DAY_MINUTES - 1).flatmap(
    lambda start: st.tuples(st.just(start), st.integers(start + 1, 2 * DAY_MINUTES))
)
weeks = st.lists(st.lists(windows, max_size=3), min_size=7, max_size=7)


@given(weeks)
def test_what_is_written_reads_back_as_the_same_windows(days: list[list[Window]]) -> None:
    """Any windows, written and read again, are the same ones in order of time."""
    assert week(notation.text(days)).days == tuple(tuple(sorted(set(windows))) for windows in days)


@pytest.mark.parametrize(
    ("written", "tidy"),
    [
        (
            "Mo,Tu,We,Th,Fr 9:00-17:00; Sa 10:00-12:00, 13:00-15:00",
            "Mo-Fr 09:00-17:00; Sa 10:00-12:00,13:00-15:00",
        ),
        ("Mo-Su 00:00-24:00", "24/7"),
        ("09:00-17:00; Sa,Su off", "Mo-Fr 09:00-17:00"),
        ("Mo-Fr off", "off"),
        ("Mo,We,Fr 21:00-05:00", "Mo,We,Fr 21:00-05:00"),
        ("Mo-Fr 08:00-18:00; We 08:00-12:00", "Mo-Tu,Th-Fr 08:00-18:00; We 08:00-12:00"),
        ("Sa-Mo 10:00-00:00", "Mo,Sa-Su 10:00-24:00"),
        ("Su 12:00-36:00", "Su 12:00-36:00"),
    ],
)
def test_hours_are_written_tidily(written: str, tidy: str) -> None:
    """Days alike are written together, in the order of the week, with two digits an hour."""
    assert notation.text(week(written).days) == tidy


@pytest.mark.parametrize(
    ("day", "window", "said"),
    [
        (0, (1260, 1800), "ends Tuesday 06:00"),
        (6, (1260, 1740), "ends Monday 05:00"),
        (4, (720, 2880), "ends Sunday 00:00"),
        (0, (540, 1020), ""),
        (0, (540, DAY_MINUTES), ""),
    ],
)
def test_an_overnight_window_says_when_it_ends(day: int, window: Window, said: str) -> None:
    """A window past midnight names the day it ends on; one within its day says nothing."""
    assert notation.ends(day, window) == said
