from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours

from routing.week import DAY_NAMES, WEEK_MINUTES, NotHours, Week, week

MONDAY = datetime(2026, 6, 1)  # noqa: DTZ001 - the library takes wall clocks; a Monday in a month without changes


def covers(hours: Week, minute: int) -> bool:
    return any(start <= minute < end for start, end in zip(hours.starts, hours.ends, strict=True))


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


days = st.one_of(
    st.sampled_from(DAY_NAMES),
    st.tuples(st.sampled_from(DAY_NAMES), st.sampled_from(DAY_NAMES))
    .filter(lambda pair: pair[0] != pair[1])
    .map("-".join),
    st.lists(st.sampled_from(DAY_NAMES), min_size=2, max_size=4, unique=True).map(",".join),
    st.just(""),
)


def spans(longest: int) -> st.SearchStrategy[str]:
    pairs = st.tuples(st.integers(0, 1439), st.integers(1, longest)).filter(lambda pair: pair[0] != pair[1])
    return pairs.map(lambda pair: f"{clock(pair[0])}-{clock(pair[1])}")


def rules(what: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(days, what).map(lambda rule: " ".join(filter(None, rule)))


same_day = spans(1440).filter(lambda text: text[:5] < text[6:])
one_rule = st.one_of(rules(st.lists(spans(2880), min_size=1, max_size=3).map(",".join)), st.just("24/7"))
several_rules = st.lists(
    rules(
        st.one_of(
            st.lists(same_day, min_size=1, max_size=2).map(",".join), st.sampled_from(["off", "closed"])
        )
    ),
    min_size=1,
    max_size=4,
).map("; ".join)


@given(st.one_of(one_rule, several_rules), st.lists(st.integers(0, WEEK_MINUTES - 1), min_size=20))
def test_equals_the_library(text: str, minutes: list[int]) -> None:
    """What is accepted means what the library takes it to mean, nights and extended hours too."""
    ours, theirs = week(text), OpeningHours(text)
    for minute in minutes:
        assert covers(ours, minute) == theirs.is_open(MONDAY + timedelta(minutes=minute)), (text, minute)


@given(several_rules, st.integers(0, WEEK_MINUTES - 1))
def test_the_wait_ends_at_the_next_open_minute(text: str, minute: int) -> None:
    """From a closed minute the wait leads to an open one, and every minute on the way is closed."""
    hours = week(text)
    if covers(hours, minute):
        return
    wait = hours.wait(minute)
    if wait is None:
        assert not any(covers(hours, minute) for minute in range(WEEK_MINUTES))
    else:
        assert covers(hours, (minute + wait) % WEEK_MINUTES)
        assert not any(covers(hours, (minute + step) % WEEK_MINUTES) for step in range(wait))


def test_a_night_belongs_to_the_day_it_starts_on() -> None:
    """A day that is off keeps the end of the night that started the day before."""
    hours = week("Mo-Fr 21:00-05:00; Tu off")
    assert hours.days[0] == ((1260, 1740),)
    assert hours.days[1] == ()
    assert covers(hours, 1440 + 4 * 60)
    assert not covers(hours, 1440 + 22 * 60)


def test_a_rule_after_a_comma_adds() -> None:
    """A comma before a weekday adds windows to its days, where a semicolon replaces them."""
    assert week("Mo-Fr 09:00-12:00, We 14:00-16:00").days[2] == ((540, 720), (840, 960))
    assert week("Mo-Fr 09:00-12:00; We 14:00-16:00").days[2] == ((840, 960),)


def test_a_hundred_and_twenty_hours_without_a_break() -> None:
    """``Mo-Fr 12:00-36:00`` runs from Monday noon to Saturday noon."""
    hours = week("Mo-Fr 12:00-36:00")
    assert (hours.starts, hours.ends) == ((720,), (5 * 1440 + 720,))


def test_round_the_clock() -> None:
    """``24/7`` leaves no minute out, and neither do seven days of 24 hours."""
    assert week("24/7").always
    assert week("Mo-Su 00:00-24:00").always
    assert not week("Mo-Su 00:00-23:59").always


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "notation"),
        ("Mo-Fr 0900", "at character 7"),
        ("Mo-Fr 9-17", "notation"),
        ("Monday 09:00-17:00", "notation"),
        ("Jan 09:00-17:00", "not weekly"),
        ("week 2 Mo 09:00-17:00", "not weekly"),
        ("Mo-Fr sunrise-17:00", "not weekly"),
        ("PH off", "not weekly"),
        ("Mo-Fr,PH 09:00-17:00", "not weekly"),
        ("Mo[1] 09:00-17:00", "not weekly"),
        ('Mo 09:00-17:00 "by appointment"', "not weekly"),
        ("Mo-Fr 09:00-17:00 unknown", "not weekly"),
        ("Mo-Fr 09:00+", "not weekly"),
        ("Mo-Fr", "not weekly"),
        ("Mo 09:00-12:00 || Tu 09:00-12:00", "not weekly"),
        ("Mo 10:00-10:00", "starts where it ends"),
        ("Mo ٠٩:00-17:00", "notation"),
        ("x" * 100_000, "notation"),
    ],
)
def test_what_is_not_weekly_is_refused(text: str, part: str) -> None:
    """Anything but weekdays, windows, 24/7 and off is refused with one short sentence that says why."""
    with pytest.raises(NotHours) as caught:
        week(text)
    assert part in str(caught.value)
    assert len(str(caught.value)) < 400
    assert "\n" not in str(caught.value)
