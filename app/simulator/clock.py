"""The clock of a simulated call: it stands still until someone speaks, waits or is silent."""

from datetime import datetime, timedelta
from typing import Protocol

from app.ports import Clock


class PhoneClock(Clock, Protocol):
    """A clock the phone moves; the application under test reads the same one."""

    def advance(self, seconds: float) -> None:
        """Let so much time pass."""
        ...


class SimulatedClock:
    """Starts at an aware instant and moves only when told to."""

    def __init__(self, now: datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("the clock needs an aware instant")
        self._now = now

    def now(self) -> datetime:
        """The simulated instant, aware."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Let ``seconds`` pass at once; never backwards."""
        self._now += timedelta(seconds=max(seconds, 0))


class RunningClock:
    """A clock that runs by itself, or that somebody else moves: ``Phone.runs_until`` follows it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        """The instant, aware."""
        return self._clock.now()

    def advance(self, seconds: float) -> None:
        """Refused: nobody here can make this clock go faster."""
        raise ValueError(f"this clock runs by itself: {seconds} seconds cannot be made to pass")
