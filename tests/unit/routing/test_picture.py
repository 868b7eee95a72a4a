from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.compiled import RoutingTable
from routing.moment import moment
from routing.picture import Picture, Run, days, picture
from routing.table import Closure, Overlay
from tests.unit.routing.building import BILLING, DESK, ITALY, NOBODY, at, emergency, table

ENGLISH = replace(DESK, language="en", hours="Mo-Su 22:00-06:00")
FRIDAY = at("2026-11-20 10:00")
ZONES = ("Europe/Rome", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia")


def seen(
    where: RoutingTable, when: datetime = FRIDAY, zone: str = "Europe/Rome", overlay: Overlay = NOBODY
) -> Picture:
    return picture(where.board(ITALY), overlay, "technical", when, zone)


def said(found: Picture, language: str = "it") -> list[str]:
    strip = next(strip for strip in found.strips if strip.language == language)
    return [f"{start:%a %H:%M}-{end:%a %H:%M}" for start, end in strip.spans]


def test_a_week_runs_from_monday_to_monday_on_its_clock() -> None:
    """The week is the one the instant lies in there: late on Sunday in Rome is Monday in Nepal."""
    sunday = at("2026-11-22 23:30")
    assert seen(table(), sunday).start.isoformat() == "2026-11-16T00:00:00+01:00"
    assert seen(table(), sunday, "Asia/Kathmandu").start.isoformat() == "2026-11-23T00:00:00+05:45"


def test_each_language_has_its_hours_on_the_clock_asked_for() -> None:
    """The same hours stand in the picture of the country's clock and, moved, in that of the reader's."""
    where = table(DESK, ENGLISH, BILLING)
    assert said(seen(where))[0] == "Mon 09:00-Mon 17:00"
    assert said(seen(where, zone="America/New_York"))[0] == "Mon 03:00-Mon 11:00"
    assert [strip.language for strip in seen(where).strips] == ["it", "en"]
    assert [strip.queue for strip in seen(where).strips] == ["technical-it", "technical-en"]
    assert said(seen(where), "en")[:2] == ["Mon 00:00-Mon 06:00", "Mon 22:00-Tue 06:00"]


def test_closures_and_emergencies_are_left_out_of_it() -> None:
    """A dated closure takes its day out, an emergency the hours it lasts."""
    closed = table(DESK, closures=(Closure(date(2026, 11, 17)),))
    shut = emergency("2026-11-18 12:00", "2026-11-19 10:00", territory="IT")
    assert said(seen(closed, overlay=shut)) == [
        "Mon 09:00-Mon 17:00",
        "Wed 09:00-Wed 12:00",
        "Thu 10:00-Thu 17:00",
        "Fri 09:00-Fri 17:00",
    ]


def test_a_day_tells_how_many_answer_when() -> None:
    """A day is cut where the languages answered change, and each hour counts those answered in it."""
    monday = days(seen(table(DESK, replace(DESK, language="en", hours="Mo 11:30-19:00"))))[0]
    assert monday.date == date(2026, 11, 16)
    assert monday.runs == (
        Run(540, 690, ("it",)),
        Run(690, 1020, ("it", "en")),
        Run(1020, 1140, ("en",)),
    )
    assert monday.hourly()[8:20] == (0, 1, 1, 2, 2, 2, 2, 2, 2, 1, 1, 0)


def test_nobody_answering_all_week_is_said() -> None:
    """A department without desks, or with desks that never open, has an empty picture."""
    assert picture(table().board(ITALY), NOBODY, "billing", FRIDAY, "UTC").is_empty
    assert seen(table(replace(DESK, hours="off"))).is_empty
    assert not seen(table()).is_empty


@pytest.mark.parametrize(
    ("when", "minutes"),
    [("2026-03-29 12:00", ((0, 120), (180, 240))), ("2026-10-25 12:00", ((0, 240),))],
)
def test_a_day_with_a_clock_change_shows_what_its_clock_shows(
    when: str, minutes: tuple[tuple[int, int], ...]
) -> None:
    """The hour that is skipped is answered by nobody, and one that comes twice is drawn once."""
    sunday = days(seen(table(replace(DESK, hours="Su 00:00-04:00")), at(when)))[6]
    assert sunday.windows == (("it", minutes),)


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2026, 1, 2), datetime(2027, 12, 30), timezones=st.just(UTC)),  # noqa: DTZ001 - as it asks
    st.sampled_from(["24/7", "Mo-Fr 09:00-17:00", "Su 00:30-04:00", "Mo-Su 22:00-06:00", "Fr 12:00-36:00"]),
    st.integers(0, 7 * 24 * 60 - 1),
)
def test_the_picture_agrees_with_the_decision_at_every_minute(
    zone: str, when: datetime, hours: str, minute: int
) -> None:
    """A desk is drawn as open exactly when a call would find it so, in any week and on any clock."""
    shut = emergency("2026-03-28 20:00", "2026-03-29 02:30", language="it")
    where = table(
        replace(DESK, hours=hours), closures=(Closure(date(2026, 3, 27)), Closure(date(2027, 3, 29), "open"))
    )
    found = seen(where, when, zone, shut)
    instant = found.start.astimezone(UTC) + timedelta(minutes=minute)
    if instant < found.end:
        desk = where.board(ITALY).of("technical")[0]
        drawn = any(start <= instant < end for start, end in found.strips[0].spans)
        assert drawn == moment(instant, shut, "IT").is_open(desk)
