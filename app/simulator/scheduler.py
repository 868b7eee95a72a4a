"""One clock for all legs: what happens next, and what is still to be done at this instant."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from threading import RLock

from app.simulator.clock import PhoneClock, RunningClock

MOST_ROUNDS = 1000  # of chores that cause something each time; more goes round in circles
Act = Callable[[], object]
FIRST = 0  # the rank of what people decide: at the same instant it comes before what just ends


@dataclass(slots=True)
class Alarm:
    """Something that happens at an instant, unless it was called ``off`` before."""

    at: datetime
    act: Act
    off: bool = False


class Scheduler:
    """Lets time pass for all legs at once, and does what is due in order of time.

    ``chores`` are called after each step and each act, until they cause nothing more. ``turn`` is held by
    whoever lets time pass or acts; only threads that share a phone need it.
    """

    def __init__(self, clock: PhoneClock) -> None:
        self.clock = clock
        self.chores: list[Act] = []
        self.turn = RLock()
        self._due: list[tuple[datetime, int, int, Alarm]] = []
        self._soon: deque[Act] = deque()
        self._numbers = count(1)
        self._quieting = False

    @property
    def moves_the_clock(self) -> bool:
        """Whether time passes here, rather than by itself."""
        return not isinstance(self.clock, RunningClock)

    def at(self, instant: datetime, act: Act, rank: int = FIRST) -> Alarm:
        """Do something at an instant; of several at the same one the lower rank is first, then the older."""
        alarm = Alarm(instant, act)
        heappush(self._due, (instant, rank, next(self._numbers), alarm))
        return alarm

    def soon(self, act: Act) -> None:
        """Do something before any time passes, but not within what happens now; from any thread."""
        self._soon.append(act)

    def quiets(self) -> None:
        """Do all that is to be done at this instant, the chores too, until nothing comes of it any more."""
        if self._quieting:
            return
        self._quieting = True
        try:
            for _ in range(MOST_ROUNDS):
                self._does_what_is_soon()
                for chore in tuple(self.chores):
                    chore()
                if not self._soon:
                    return
        finally:
            self._quieting = False
        raise AssertionError("the chores cause something each time: they go round in circles")

    def step(self) -> bool:
        """The next thing that happens in any leg; False when nothing does, or (a running clock) not yet."""
        self.quiets()
        alarm = self._next()
        if alarm is None or not (self.moves_the_clock or alarm.at <= self.clock.now()):
            return False
        self._fires(alarm)
        self.quiets()
        return True

    def runs_until(self, instant: datetime) -> None:
        """Let everything happen up to an instant (a running clock's own at most), without anybody acting."""
        with self.turn:
            if not self.moves_the_clock:
                instant = min(instant, self.clock.now())
            while True:
                self.quiets()
                alarm = self._next()
                if alarm is not None and alarm.at <= instant:
                    self._fires(alarm)
                elif not self._moves_to(instant):
                    return

    def makes_time_pass(self) -> None:
        """Raise ``ValueError`` where the clock runs by itself: nobody can wait there."""
        if not self.moves_the_clock:
            raise ValueError("this clock runs by itself: nobody here can make time pass")

    def catches_up(self) -> None:
        """Where the clock runs by itself: let everything happen that is due."""
        if not self.moves_the_clock:
            self.runs_until(self.clock.now())

    def _does_what_is_soon(self) -> None:
        while self._soon:
            self._soon.popleft()()

    def _next(self) -> Alarm | None:
        while self._due and self._due[0][3].off:
            heappop(self._due)
        return self._due[0][3] if self._due else None

    def _fires(self, alarm: Alarm) -> None:
        heappop(self._due)
        self._moves_to(alarm.at)
        alarm.off = True
        alarm.act()

    def _moves_to(self, instant: datetime) -> bool:
        before = self.clock.now()
        if before >= instant or not self.moves_the_clock:
            return False
        self.clock.advance((instant - before).total_seconds())
        return self.clock.now() > before
