"""Dates and times as written on a clock, and the instants they are."""

from datetime import UTC, datetime

import pytest

from app.services.wall_clock import NoInstant, instant


def test_a_clock_is_that_of_its_zone() -> None:
    """Noon in Rome is 11:00 UTC in winter and 10:00 in summer."""
    assert instant("2026-12-24", "12:00", "Europe/Rome") == datetime(2026, 12, 24, 11, tzinfo=UTC)
    assert instant(" 2026-07-01 ", "12:00", "Europe/Rome") == datetime(2026, 7, 1, 10, tzinfo=UTC)


def test_an_hour_that_comes_twice_has_two_instants() -> None:
    """Of an hour that comes twice a beginning is the first, an end the second."""
    first = instant("2026-10-25", "02:30", "Europe/Rome")
    second = instant("2026-10-25", "02:30", "Europe/Rome", later=True)
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert second == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock", "sentence"),
    [
        ("2026-03-29", "02:30", "does not show 02:30"),
        ("24.12.2026", "12:00", "2026-12-24"),
        ("", "12:00", "An empty field is no date"),
        ("2026-12-24", "noon", "18:30"),
        ("2026-12-24", "12:00+01:00", "without an offset"),
        ("9999-12-31", "23:00", "of this age"),
    ],
)
def test_what_is_no_instant_says_what_would_be_right(day: str, clock: str, sentence: str) -> None:
    """A skipped hour, a date or a time that is none is refused in words."""
    found = instant(day, clock, "Europe/Rome")
    assert isinstance(found, NoInstant)
    assert sentence in found.sentence
