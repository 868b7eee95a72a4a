from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.table import CalendarDay, Closure, Coverage, Emergency, Overlay
from tests.unit.routing.building import DESK, ITALY, asked, at, emergency, opens, table

FRIDAY = date(2026, 11, 20)
NIGHT = replace(DESK, hours="Mo-Fr 21:00-05:00")
ALWAYS = replace(DESK, hours="24/7")


def test_a_dated_closure_closes_the_windows_of_its_day() -> None:
    """A closure without times closes the windows that start that day, and is named as the reason."""
    where = table(closures=(Closure(FRIDAY, territory="IT", department="technical"),))
    found = asked(where, "2026-11-20 10:00")
    assert not found.open
    assert opens(found) == "2026-11-23 09:00"
    assert "closure/2026-11-20/IT/technical" in found.because
    assert asked(where, "2026-11-19 16:59").open


def test_a_closure_spares_the_night_before() -> None:
    """A night that started the day before goes on into a closed day; that day's own night is closed."""
    where = table(NIGHT, closures=(Closure(FRIDAY),))
    assert asked(where, "2026-11-20 04:59").open
    assert not asked(where, "2026-11-20 22:00").open
    assert not asked(where, "2026-11-21 03:00").open
    assert "closure/2026-11-20" in asked(where, "2026-11-21 03:00").because


def test_a_closure_with_times_cuts_the_wall_clock() -> None:
    """A closure with times closes that span of its day, of windows that started the day before as well."""
    where = table(NIGHT, closures=(Closure(FRIDAY, start=time(2), end=time(3)),))
    assert asked(where, "2026-11-20 01:59").open
    found = asked(where, "2026-11-20 02:00")
    assert (found.open, opens(found)) == (False, "2026-11-20 03:00")
    assert found.because[-1] == "closure/2026-11-20/02:00-03:00"
    assert asked(where, "2026-11-20 03:00").open
    assert asked(where, "2026-11-20 21:00").open


@pytest.mark.parametrize(
    ("start", "end", "closed"),
    [(None, time(12), "2026-11-20 11:59"), (time(12), None, "2026-11-20 23:59")],
)
def test_a_closure_with_one_time_reaches_the_end_of_its_day(
    start: time | None, end: time | None, closed: str
) -> None:
    """A start alone closes the rest of the day, an end alone its beginning."""
    where = table(ALWAYS, closures=(Closure(FRIDAY, start=start, end=end),))
    assert not asked(where, closed).open
    assert asked(where, "2026-11-21 00:00").open
    assert asked(where, "2026-11-20 12:00" if end else "2026-11-20 11:59").open


def test_round_the_clock_desks_close_on_a_dated_closure() -> None:
    """A 24/7 desk is closed from midnight to midnight of its own clock on a closed day."""
    where = table(ALWAYS, closures=(Closure(FRIDAY),))
    assert asked(where, "2026-11-19 23:59").open
    assert opens(asked(where, "2026-11-20 00:00")) == "2026-11-21 00:00"
    assert asked(where, "2026-11-21 00:00").open


@pytest.mark.parametrize(
    "scope",
    [{"territory": "FR"}, {"department": "billing"}, {"language": "en"}, {"cloud": "north"}],
)
def test_a_closure_reaches_its_scope_only(scope: dict[str, str]) -> None:
    """A closure of another territory, department, language or cloud leaves the desk open."""
    closure = replace(Closure(FRIDAY), **scope)  # type: ignore[arg-type]  # scope is text
    assert asked(table(closures=(closure,)), "2026-11-20 10:00").open
    exact = Closure(FRIDAY, cloud="*", territory="IT", department="technical", language="it")
    assert not asked(table(closures=(exact,)), "2026-11-20 10:00").open


def test_a_special_opening_adds_a_window() -> None:
    """A special opening with times opens a day the week has closed, and is named as the reason."""
    where = table(closures=(Closure(date(2026, 11, 21), "open", time(10), time(12)),))
    found = asked(where, "2026-11-21 10:00")
    assert found.open
    assert "closure/2026-11-21/open/10:00-12:00" in found.because
    assert not asked(where, "2026-11-21 12:00").open
    assert opens(asked(where, "2026-11-20 17:00")) == "2026-11-21 10:00"


def test_a_special_opening_may_end_the_next_day() -> None:
    """A special opening whose end is before its start runs past midnight, as weekly hours do."""
    where = table(closures=(Closure(date(2026, 11, 21), "open", time(22), time(2)),))
    assert asked(where, "2026-11-22 01:59").open
    assert not asked(where, "2026-11-22 02:00").open


def test_a_calendar_closes_its_days() -> None:
    """A desk with a calendar is closed on its days; one without does not know of public holidays."""
    days = (CalendarDay("italy", date(2026, 11, 20), name="a feast"),)
    found = asked(table(replace(DESK, calendar="italy"), calendars=days), "2026-11-20 10:00")
    assert (found.open, opens(found)) == (False, "2026-11-23 09:00")
    assert "calendar/italy/2026-11-20" in found.because
    assert asked(table(calendars=days), "2026-11-20 10:00").open


def test_a_calendar_of_a_country_knows_its_public_holidays() -> None:
    """A calendar may name a country, or a part of one, whose public holidays close the desk in any year."""
    where = table(replace(DESK, calendar="italy"), calendars=(CalendarDay("italy", country="IT"),))
    assert "calendar/italy/2026-12-25" in asked(where, "2026-12-25 10:00").because
    assert not asked(where, "2031-12-25 10:00").open
    bavaria = table(replace(DESK, calendar="by"), calendars=(CalendarDay("by", country="DE-BY"),))
    assert not asked(bavaria, "2026-01-06 10:00").open
    assert asked(bavaria, "2026-11-18 10:00").open


def test_a_whole_special_opening_undoes_the_calendar() -> None:
    """A special opening without times lets a day follow its weekly hours though the calendar closes it."""
    days = (CalendarDay("italy", FRIDAY),)
    desk = replace(DESK, calendar="italy")
    found = asked(table(desk, calendars=days, closures=(Closure(FRIDAY, "open"),)), "2026-11-20 10:00")
    assert found.open
    assert "closure/2026-11-20/open" in found.because


def test_closed_beats_open() -> None:
    """Where a closure and a special opening cover the same minute the desk is closed."""
    special = Closure(date(2026, 11, 21), "open", time(10), time(12), territory="IT")
    whole = table(closures=(special, Closure(date(2026, 11, 21))))
    assert not asked(whole, "2026-11-21 11:00").open
    part = table(closures=(special, Closure(date(2026, 11, 21), start=time(11), end=time(13))))
    assert asked(part, "2026-11-21 10:59").open
    assert not asked(part, "2026-11-21 11:00").open


def test_a_dated_closure_beats_an_opening_that_undoes_the_calendar() -> None:
    """Emergency, dated closure, calendar, week: the first that speaks of a minute decides."""
    desk = replace(DESK, calendar="italy")
    both = (Closure(FRIDAY, "open"), Closure(FRIDAY))
    where = table(desk, calendars=(CalendarDay("italy", FRIDAY),), closures=both)
    assert not asked(where, "2026-11-20 10:00").open


def test_an_emergency_beats_all() -> None:
    """An emergency closure closes what is open by whatever rule, from its first instant to its last."""
    where = table(ALWAYS, closures=(Closure(FRIDAY, "open", time(0), None),))
    overlay = emergency("2026-11-20 10:00", "2026-11-20 12:30", territory="IT")
    assert asked(where, "2026-11-20 09:59", overlay=overlay).open
    found = asked(where, "2026-11-20 10:00", overlay=overlay)
    assert (found.open, opens(found)) == (False, "2026-11-20 12:30")
    assert "emergency/2026-11-20T09:00Z/IT" in found.because
    assert asked(where, "2026-11-20 12:30", overlay=overlay).open


def test_an_emergency_that_starts_later_delays_the_opening() -> None:
    """The next opening told is one at which no emergency closure will hold."""
    overlay = emergency("2026-11-23 08:00", "2026-11-23 11:15", department="technical")
    assert opens(asked(table(), "2026-11-21 10:00", overlay=overlay)) == "2026-11-23 11:15"
    across = emergency("2026-11-23 08:00", "2026-11-23 18:00")
    assert opens(asked(table(), "2026-11-21 10:00", overlay=across)) == "2026-11-24 09:00"


@pytest.mark.parametrize("scope", [{"territory": "FR"}, {"department": "billing"}, {"language": "en"}])
def test_an_emergency_elsewhere_changes_nothing(scope: dict[str, str]) -> None:
    """An emergency closure of another territory, department or language leaves the desk open."""
    overlay = emergency("2026-11-20 08:00", "2026-11-20 18:00", **scope)
    assert asked(table(), "2026-11-20 10:00", overlay=overlay).open


def test_an_emergency_ends_to_the_minute() -> None:
    """An emergency that ends within a minute is over, for callers, when the next one starts."""
    end = at("2026-11-20 12:30") + timedelta(seconds=20)
    overlay = Overlay(closures=(Emergency(at("2026-11-20 10:00"), end),))
    assert opens(asked(table(), "2026-11-20 11:00", overlay=overlay)) == "2026-11-20 12:31"


def test_a_desk_closed_for_good_never_opens() -> None:
    """A desk without windows has no next opening."""
    assert asked(table(replace(DESK, hours="off")), "2026-11-20 11:00").next_opening is None


CLOCKS = st.one_of(st.none(), st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15)))
CLOSURES = st.builds(
    Closure,
    st.integers(0, 9).map(lambda day: date(2026, 10, 22) + timedelta(days=day)),
    st.sampled_from(["closed", "open"]),
    CLOCKS,
    CLOCKS,
).filter(lambda row: row.effect == "open" or not row.start or not row.end or row.start < row.end)
EMERGENCIES = st.builds(
    lambda start, length: Emergency(
        datetime(2026, 10, 22, tzinfo=UTC) + timedelta(minutes=start),
        datetime(2026, 10, 22, tzinfo=UTC) + timedelta(minutes=start + length),
    ),
    st.integers(0, 9 * 1440),
    st.integers(1, 2 * 1440),
)
HOURS = (
    "24/7",
    "Mo-Fr 09:00-17:00",
    "Mo-Su 21:00-05:00",
    "Sa-Su 01:00-03:00,02:30-04:00",
    "Mo-Fr 12:00-36:00",
)


def is_open(desk: Coverage, closures: list[Closure], emergencies: list[Emergency], instant: datetime) -> bool:
    """The rules as they are told, for one minute; nothing but whether it is covered."""
    if any(row.start <= instant < row.end for row in emergencies):
        return False
    there = asked_clock(instant)
    return any(
        start <= there.hour * 60 + there.minute + back * 1440 < end and not cut(closures, there)
        for back in (0, 1)
        for start, end in day_windows(desk, closures, there.date() - timedelta(days=back))
    )


def asked_clock(instant: datetime) -> datetime:
    """Rome's clock around the change of 2026-10-25 at 01:00 UTC."""
    return instant + timedelta(hours=2 if instant < datetime(2026, 10, 25, 1, tzinfo=UTC) else 1)


def cut(closures: list[Closure], there: datetime) -> bool:
    clock = there.time()
    return any(
        (row.start or time(0)) <= clock and (not row.end or row.end == time(0) or clock < row.end)
        for row in closures
        if row.effect == "closed" and row.day == there.date() and (row.start or row.end)
    )


def day_windows(desk: Coverage, closures: list[Closure], day: date) -> list[tuple[int, int]]:
    found = WEEKS[desk.hours](day.weekday())
    for row in (row for row in closures if row.day == day):
        if row.effect == "closed" and row.start is None and row.end is None:
            return []
        if row.effect == "open" and (row.start or row.end):
            start = row.start.hour * 60 + row.start.minute if row.start else 0
            end = row.end.hour * 60 + row.end.minute if row.end else 1440
            found = [*found, (start, end if end > start else end + 1440)]
    return found


WEEKS: dict[str, Callable[[int], list[tuple[int, int]]]] = {
    "24/7": lambda _: [(0, 1440)],
    "Mo-Fr 09:00-17:00": lambda day: [(540, 1020)] if day < 5 else [],
    "Mo-Su 21:00-05:00": lambda _: [(1260, 1740)],
    "Sa-Su 01:00-03:00,02:30-04:00": lambda day: [(60, 180), (150, 240)] if day > 4 else [],
    "Mo-Fr 12:00-36:00": lambda day: [(720, 2160)] if day < 5 else [],
}


@settings(max_examples=60)
@given(
    st.sampled_from(HOURS),
    st.lists(CLOSURES, max_size=5),
    st.lists(EMERGENCIES, max_size=2),
    st.lists(st.integers(0, 10 * 1440), min_size=1, max_size=4),
)
def test_any_mixture_agrees_with_a_minute_walk(
    hours: str, closures: list[Closure], emergencies: list[Emergency], minutes: list[int]
) -> None:
    """Any closures, openings and emergencies, across a clock change, answer as a minute walk does."""
    desk = replace(DESK, hours=hours)
    where, overlay = table(desk, closures=tuple(closures)), Overlay(closures=tuple(emergencies))
    for minute in minutes:
        instant = datetime(2026, 10, 22, tzinfo=UTC) + timedelta(minutes=minute)
        found = asked(where, instant.strftime("%Y-%m-%d %H:%M"), overlay=overlay, hours=0)
        assert found.open == is_open(desk, closures, emergencies, instant)
        steps = (instant + timedelta(minutes=step) for step in range(14 * 1440))
        expected = next(step for step in steps if is_open(desk, closures, emergencies, step))
        assert found.next_opening == (None if found.open else expected)


def test_a_desk_in_another_zone_keeps_its_own_day() -> None:
    """A closure's day is the day on the clock of the desk, not the territory's or UTC's."""
    desk = replace(DESK, hours="24/7", zone="Pacific/Auckland")
    where = table(desk, territories=(ITALY,), closures=(Closure(FRIDAY),))
    assert not asked(where, "2026-11-20 00:00", hours=13).open
    assert not asked(where, "2026-11-20 23:59", hours=13).open
    assert asked(where, "2026-11-21 00:00", hours=13).open
