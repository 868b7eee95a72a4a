"""Steps one leg from moment to moment: a moment passes, keys are pressed in it, something happens."""

from collections.abc import Callable
from datetime import datetime, timedelta

from app.simulator.leg import Leg
from app.simulator.moments import ENDLESS, CallerGone, Course, Moment
from app.simulator.scheduler import Alarm
from app.simulator.transcript import Happening


class Stepping:
    """A leg's course and its present moment, whose end stands in the scheduler.

    ``watch`` is called after each change: a scripted agent looks there what to do next.
    """

    def __init__(self, leg: Leg, course: Course[None]) -> None:
        self.leg = leg
        self.moment: Moment | None = None
        self.ends_at: datetime | None = None  # when the present moment ends by itself
        self.changes = 0
        self.started = False
        self.over = False  # whether the leg has ended
        self.plans = False  # whether somebody's script goes on in the present moment
        self.watch: Callable[[], None] = _nobody
        self._course = course
        self._scheduler = leg.exchange.scheduler
        self._alarm: Alarm | None = None
        self._running = False
        leg.driver = self  # type: ignore[assignment] # every leg's is a Driver, which this is a part of
        leg.created_at = leg.exchange.clock.now()
        leg.exchange.legs[leg.sid] = leg
        self._rank = len(leg.exchange.legs)

    @property
    def listens(self) -> bool:
        """Whether a key would be heard now."""
        return self.moment is not None and self.moment.hears_keys

    def starts(self) -> None:
        """Execute the first document up to its first moment."""
        if not self.started:
            self.started = True
            self._is_touched()
            self._steps(lambda: next(self._course))

    def presses(self, keys: str) -> None:
        """Press keys in the present moment."""
        self._steps(lambda: self._course.send(keys))

    def leaves(self) -> None:
        """The person hangs up; nothing if the leg is over."""
        if not self.over:
            self.leg.notes(Happening.HANGS_UP)
            self.throws(CallerGone())

    def throws(self, happening: Exception) -> None:
        """Something happens to the leg: someone takes it from a queue, say. Nothing if it is over."""
        if self._running:
            self._scheduler.soon(lambda: self.throws(happening))
        elif not self.over:
            self._is_touched()
            self._steps(lambda: self._course.throw(happening))

    def wakes(self, moment: Moment | None) -> None:
        """End a moment before its time; nothing if it is another by now."""
        if moment is not None and self.moment is moment and not self._running:
            self._is_touched()
            self._passes()

    def _is_touched(self) -> None:
        """Remember, until somebody acts again, that something happened here which time alone did not do."""
        if self not in self.leg.exchange.touched:
            self.leg.exchange.touched.append(self)  # type: ignore[arg-type] # as above

    def _passes(self) -> None:
        self._steps(lambda: self._course.send(""))

    def _steps(self, act: Callable[[], Moment]) -> None:
        self._running = True
        try:
            self._becomes(act())
        except StopIteration:
            self.over = True
            self._becomes(None)
        finally:
            self._running = False
        self.watch()

    def _becomes(self, moment: Moment | None) -> None:
        self.changes += 1
        self.moment, self.ends_at, self.plans = moment, None, False
        if self._alarm is not None:
            self._alarm.off, self._alarm = True, None
        if moment is not None and moment.seconds < ENDLESS:
            self.ends_at = self.leg.exchange.clock.now() + timedelta(seconds=moment.seconds)
            self._alarm = self._scheduler.at(self.ends_at, self._passes, self._rank)


def _nobody() -> None:
    """No script: a person decides."""
