"""The only module that reads the clock."""

import time
from datetime import UTC, datetime


class SystemClock:
    """The machine's clock, as the ``Clock`` port."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the module that reads it

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back, so it measures waits, not instants."""
        return time.monotonic()
