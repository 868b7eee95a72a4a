"""Drives one leg for the person at it: lets time pass until nothing more happens by itself."""

from collections.abc import Callable

from app.simulator.leg import Leg
from app.simulator.moments import Course, Kind, Moment
from app.simulator.stepping import Stepping

MOST_MOMENTS = 1000  # without anyone acting; a call that says this much to nobody goes round in circles
MOST_STEPS = 100_000  # of all legs together, meanwhile
_RESTING = frozenset({Kind.LISTENING, Kind.RECORDING, Kind.TALK})
_TIMED = frozenset({Kind.LISTENING, Kind.RECORDING})  # silences that end, and are not kept waiting


class Driver(Stepping):
    """A leg, and when it waits for somebody to act."""

    def __init__(self, leg: Leg, course: Course[None]) -> None:
        super().__init__(leg, course)
        self._round_listened = False  # whether the present round of a wait document listened to keys

    @property
    def rests(self) -> bool:
        """Whether nothing more happens by itself: keys awaited, waiting, talking, or over."""
        moment = self.moment
        if moment is None:
            return True
        if self.plans:
            return False
        if moment.kind is Kind.RINGING:
            return self._awaits_a_hand()
        if moment.kind is Kind.QUEUE:
            # A round that listens is rested in at its Gather; one that does not, at its end.
            return not self._round_listened
        if self.leg.participant is not None:
            return moment.kind is not Kind.SPEECH  # waiting or held, round after round
        return self.ends_at is None or moment.kind in _RESTING

    def settles(self) -> None:
        """Let time pass until this leg rests, and then those that were set going by what was done."""
        self._comes_to_rest()
        for other in self.leg.exchange.touched.copy():
            if self.is_silent:
                return
            other._comes_to_rest()  # noqa: SLF001 - of the same class

    @property
    def is_silent(self) -> bool:
        """Whether the call waits for keys, or for somebody to speak, and hears nothing."""
        return self.moment is not None and self.moment.kind in _TIMED

    def passes(self) -> None:
        """Let the present moment pass to its end."""
        self._scheduler.makes_time_pass()
        before = self.changes
        if self.ends_at is None and not self._is_ringing():
            raise AssertionError(f"nothing ends this by itself:\n{self.leg.exchange.transcript}")
        self._run_until(lambda: self.changes != before)

    def comes_to_listening(self) -> bool:
        """Hear out what is being said; gives whether keys are listened to then."""
        rounds = 0
        while self.moment is not None and not self.moment.hears_keys:
            if self.leg.participant is not None or self.moment.kind is Kind.TALK:
                return False
            if self.ends_at is None and not self._is_ringing():
                return False
            rounds += self.moment.kind is Kind.QUEUE
            if rounds > 1 or not self._scheduler.moves_the_clock:
                return False
            self.passes()
        return self.listens

    def _comes_to_rest(self) -> None:
        last = self.changes + MOST_MOMENTS
        self._run_until(lambda: self.rests or self.changes > last)
        if not self.rests and self._scheduler.moves_the_clock:
            raise AssertionError(f"the call goes round in circles:\n{self.leg.exchange.transcript}")

    def _run_until(self, done: Callable[[], bool]) -> None:
        for _ in range(MOST_STEPS):
            self._scheduler.quiets()
            if done() or not self._scheduler.step():
                return
        raise AssertionError(f"the call goes round in circles:\n{self.leg.exchange.transcript}")

    def _awaits_a_hand(self) -> bool:
        rung = any(leg.by_hand and not leg.driver.over for leg in self.leg.rung)
        return rung or (self.leg.by_hand and self.leg.answered_at is None)

    def _is_ringing(self) -> bool:
        return self.moment is not None and self.moment.kind is Kind.RINGING

    def _becomes(self, moment: Moment | None) -> None:
        if self.moment is not None and self.moment.kind is Kind.QUEUE:
            self._round_listened = False
        super()._becomes(moment)
        self._round_listened |= self.listens
