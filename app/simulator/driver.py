"""Drives one leg through its moments: lets them pass, presses keys in them, hangs up."""

from collections.abc import Callable
from datetime import datetime, timedelta

from app.simulator.leg import Leg
from app.simulator.moments import ENDLESS, CallerGone, Course, Kind, Moment
from app.simulator.transcript import Happening

MOST_MOMENTS = 1000  # without anyone acting; a call that says this much to nobody goes round in circles


class Driver:
    """The person at a leg. Time passes only here, and with it the leg's clock."""

    def __init__(self, leg: Leg, course: Course[None]) -> None:
        self.leg = leg
        self.moment: Moment | None = None
        self.hangs_up_at: datetime | None = None
        self._course = course
        self._clock = leg.exchange.clock
        self._left: float = 0
        self._runs = False
        self._round_listened = False  # whether the present round of a wait document listened to keys

    @property
    def over(self) -> bool:
        """Whether the leg has ended."""
        return self.moment is None

    @property
    def listens(self) -> bool:
        """Whether a key would be heard now."""
        return self.moment is not None and self.moment.hears_keys

    def starts(self) -> None:
        """Execute the first document up to its first moment of rest."""
        self._steps(lambda: next(self._course))
        self.settles()

    def settles(self) -> None:
        """Let moments pass until nothing more happens by itself: keys awaited, waiting, talking, or over."""
        for _ in range(MOST_MOMENTS):
            if self._rests():
                return
            self.passes()
        raise AssertionError(f"the call goes round in circles:\n{self.leg.exchange.transcript}")

    def passes(self) -> None:
        """Let the present moment pass to its end."""
        if self._left == ENDLESS:
            raise AssertionError(f"nothing ends this by itself:\n{self.leg.exchange.transcript}")
        if self._gone_within(self._left):
            return
        self._clock.advance(self._left)
        self._steps(lambda: self._course.send(""))

    def waits(self, seconds: float) -> None:
        """Do nothing for so long, whatever happens meanwhile."""
        left = seconds
        while not self.over and self._left <= left:
            left -= self._left
            self.passes()
        if not self._gone_within(left):
            self._left -= left
            self._clock.advance(left)

    def presses(self, keys: str) -> None:
        """Press keys in the present moment."""
        self._steps(lambda: self._course.send(keys))

    def leaves(self) -> None:
        """The person hangs up."""
        self.leg.notes(Happening.HANGS_UP)
        self.throws(CallerGone())

    def throws(self, happening: Exception) -> None:
        """Something happens to the leg: someone takes it from a queue, say."""
        self._steps(lambda: self._course.throw(happening))

    def other_side_hangs_up(self) -> None:
        """End a conversation from the other side; nothing where there is none, or it just ends."""
        if not self._runs and self.moment is not None and self.moment.kind is Kind.TALK:
            self._left = 0
            self.passes()
            self.settles()

    def comes_to_listening(self) -> bool:
        """Hear out what is being said; gives whether keys are listened to then."""
        rounds = 0
        while self.moment is not None and not self.moment.hears_keys and self._left < ENDLESS:
            rounds += self.moment.kind is Kind.QUEUE
            if rounds > 1 or self.moment.kind is Kind.TALK:
                return False
            self.passes()
        return self.listens

    def _rests(self) -> bool:
        moment = self.moment
        if moment is None or self._left == ENDLESS:
            return True
        if moment.kind is Kind.QUEUE:
            # A round that listens is rested in at its Gather; one that does not, at its end.
            return not self._round_listened
        return moment.kind in {Kind.LISTENING, Kind.TALK}

    def _gone_within(self, seconds: float) -> bool:
        if self.hangs_up_at is None:
            return False
        now = self._clock.now()
        if now + timedelta(seconds=seconds) < self.hangs_up_at:
            return False
        self._clock.advance((self.hangs_up_at - now).total_seconds())
        self.hangs_up_at = None
        self.leaves()
        return True

    def _steps(self, act: Callable[[], Moment]) -> None:
        self._runs = True
        if self.moment is not None and self.moment.kind is Kind.QUEUE:
            self._round_listened = False
        try:
            self.moment = act()
            self._round_listened |= self.moment.hears_keys
            self._left = self.moment.seconds
        except StopIteration:
            self.moment, self._left = None, 0
        finally:
            self._runs = False
