from datetime import UTC, datetime, timedelta

from app.adapters.clock import ShiftedClock
from app.simulator.clock import SimulatedClock

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_a_clock_that_was_set_runs_on_from_there() -> None:
    """Set to another instant it runs as the other clock does, until it shows the same again."""
    inner = SimulatedClock(NOON)
    clock = ShiftedClock(inner)
    assert (clock.now(), clock.is_shifted) == (NOON, False)
    clock.set_to(NOON - timedelta(hours=9))
    inner.advance(60)
    assert (clock.now(), clock.is_shifted) == (NOON - timedelta(hours=9) + timedelta(minutes=1), True)
    clock.set_to(None)
    assert (clock.now(), clock.is_shifted) == (NOON + timedelta(minutes=1), False)
