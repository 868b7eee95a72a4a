"""Recorded calls decided again: which would have gone elsewhere, when, and how."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.ports.records import Recorded
from app.services.changed_days import MOST_WEEKS, changed_weeks
from app.services.impact import Impact, Moved, Way, replayed
from routing.compiled import RoutingTable
from routing.table import CalendarDay, Closure, Coverage, Document, Territory

ROME = ZoneInfo("Europe/Rome")
TODAY = date(2026, 11, 20)
CHRISTMAS = date(2026, 12, 21)  # the Monday of its week
BILLING = Coverage("IT", "billing", "it", "Mo-Fr 09:00-17:00", zone="Europe/Rome")
TECHNICAL = Coverage("IT", "technical", "it", "Mo-Fr 09:00-17:00", zone="Europe/Rome")
LIVE = Document(
    territories=(Territory("IT", "IT", "Italy", zones=("Europe/Rome",)),), coverage=(BILLING, TECHNICAL)
)


def call(at: str, **changes: str) -> Recorded:
    """A call for the Italian billing desk, at a wall-clock time of Rome."""
    instant = datetime.fromisoformat(at).replace(tzinfo=ROME)
    made = Recorded(
        call_id=at,
        started_at=instant - timedelta(minutes=1),
        ani="+390655550100",
        dnis="+39800917919",
        territory="IT",
        table_version=1,
        asked_department="billing",
        asked_language="it",
        met="open",
        decided_at=instant,
        department="billing",
        desk_language="it",
        queue="billing-it",
        queued_at=None,
        connected_at=None,
        wait_seconds=None,
        level="unverified",
        method="",
        organisation_name="",
        state="",
        ended="completed",
        ended_at=None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # texts of the fields they name


def moved(calls: Sequence[Recorded], draft: Document, live: Document = LIVE) -> list[Moved]:
    weeks = changed_weeks(live, draft, TODAY)
    return list(replayed(calls, RoutingTable(live, 1), RoutingTable(draft, 0), weeks))


THURSDAY_NOON = Closure(date(2026, 12, 24), start=time(12), territory="IT", department="billing")


def test_a_closure_to_come_touches_last_weeks_calls() -> None:
    """A closure on 24 December from noon touches Thursday afternoon's calls, as if they came in its week."""
    calls = [
        call("2026-11-19 11:59"),
        call("2026-11-19 12:00"),
        call("2026-11-19 15:30", asked_department="technical"),
        call("2026-11-18 12:30"),
    ]
    [found] = moved(calls, replace(LIVE, closures=(THURSDAY_NOON,)))
    assert found.call is calls[1]
    assert found.at == datetime(2026, 12, 24, 12, tzinfo=ROME)
    assert (found.week, found.way, found.more) == (CHRISTMAS, Way.CLOSES, 0)


def test_another_next_opening_counts() -> None:
    """Who meets a closed desk either way, but is told another opening, is touched."""
    [found] = moved([call("2026-11-18 20:00")], replace(LIVE, closures=(Closure(date(2026, 12, 24)),)))
    assert (found.way, found.week) == (Way.OPENING, CHRISTMAS)


@pytest.mark.parametrize(
    ("changes", "at", "way"),
    [
        ({"hours": "Mo-Fr 09:00-12:00"}, "2026-11-18 15:00", Way.CLOSES),
        ({"hours": "Mo-Sa 09:00-17:00"}, "2026-11-14 15:00", Way.OPENS),
        ({"queue": "money"}, "2026-11-18 15:00", Way.QUEUE),
        ({"language": "en"}, "2026-11-18 15:00", Way.CLOSES),
    ],
)
def test_weekly_changes_at_the_calls_own_time(changes: dict[str, str], at: str, way: Way) -> None:
    """Where no date changes, a call is tried at its own instant alone."""
    draft = replace(LIVE, coverage=(replace(BILLING, **changes), TECHNICAL))
    [found] = moved([call(at)], draft)
    assert (found.way, found.week, found.at) == (way, None, found.call.decided_at)


def test_a_call_is_listed_once() -> None:
    """A call that would go elsewhere at several instants is listed at the first, with how many more."""
    draft = replace(LIVE, coverage=(TECHNICAL,), closures=(Closure(date(2026, 12, 24)),))
    [found] = moved([call("2026-11-18 15:00")], draft)
    assert (found.week, found.more) == (None, 1)


def test_the_wall_clock_holds_over_a_change_of_clocks() -> None:
    """A call of a winter's afternoon is tried at the same time by the clock in summer."""
    live = replace(LIVE, coverage=(replace(BILLING, hours="Mo-Fr 09:00-15:00"),))
    weeks = [date(2026, 6, 1)]
    draft = replace(live, closures=(Closure(date(2026, 6, 4)),))
    calls = [call("2026-11-19 14:30")]
    [found] = replayed(calls, RoutingTable(live, 1), RoutingTable(draft, 0), weeks)
    assert found.at == datetime(2026, 6, 4, 14, 30, tzinfo=ROME)


def test_nothing_changed_touches_nobody() -> None:
    """The same table, its rows in another order, takes every call where it goes now."""
    draft = replace(LIVE, coverage=tuple(reversed(LIVE.coverage)))
    assert moved([call(f"2026-11-18 {hour:02}:00") for hour in range(24)], draft) == []


@pytest.mark.parametrize(
    ("draft", "weeks"),
    [
        (LIVE, ()),
        (replace(LIVE, closures=(THURSDAY_NOON,)), (CHRISTMAS,)),
        (replace(LIVE, closures=(Closure(date(2026, 11, 1)),)), ()),
        (replace(LIVE, calendars=(CalendarDay("italy", date(2026, 12, 7)),)), (date(2026, 12, 7),)),
    ],
)
def test_weeks_that_hold_a_changed_date(draft: Document, weeks: tuple[date, ...]) -> None:
    """The weeks to come that hold a date of one table only; what is over is left out."""
    assert changed_weeks(LIVE, draft, TODAY) == changed_weeks(draft, LIVE, TODAY) == weeks


def test_public_holidays_and_desks_that_keep_them() -> None:
    """A country's holidays count by their dates, also where a desk only starts to keep them."""
    holidays = (CalendarDay("italy", country="IT"),)
    kept = replace(LIVE, calendars=holidays, coverage=(replace(BILLING, calendar="italy"), TECHNICAL))
    expected = changed_weeks(LIVE, replace(LIVE, calendars=holidays), TODAY)
    assert CHRISTMAS in expected
    assert changed_weeks(replace(LIVE, calendars=holidays), kept, TODAY) == expected


def test_at_most_twelve_weeks() -> None:
    """Of many weeks the nearest are tried."""
    days = tuple(Closure(TODAY + timedelta(days=7 * number)) for number in range(40))
    weeks = changed_weeks(LIVE, replace(LIVE, closures=days), TODAY)
    assert weeks == tuple(date(2026, 11, 16) + timedelta(days=7 * number) for number in range(MOST_WEEKS))


def test_sums_by_way_and_desk() -> None:
    """The sums say how many calls of which desk fare how, the most first."""
    calls = [call(f"2026-11-19 {hour}:00") for hour in (13, 14, 20)]
    found = tuple(moved(calls, replace(LIVE, closures=(THURSDAY_NOON,))))
    impact = Impact(calls[0].started_at, 3, all_of_them=True, weeks=(CHRISTMAS,), moved=found)
    assert impact.sums == [(Way.CLOSES, "IT", "billing", 2)]
