"""The only module that reads the clock."""

import time
from datetime import UTC, datetime, timedelta

from app.ports import Clock


class SystemClock:
    """The machine's clock, as the ``Clock`` port."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the module that reads it

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back, so it measures waits, not instants."""
        return time.monotonic()


class ShiftedClock:
    """Another clock, put forward or back for as long as somebody wants; development only."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._shift = timedelta()

    def now(self) -> datetime:
        """The instant this clock shows, aware, in UTC; it runs as fast as the other one."""
        return self._clock.now() + self._shift

    @property
    def is_shifted(self) -> bool:
        """Whether it shows another instant than the other clock."""
        return bool(self._shift)

    def set_to(self, instant: datetime | None) -> None:
        """Let it be ``instant`` now; None: what the other clock shows."""
        self._shift = instant - self._clock.now() if instant is not None else timedelta()
