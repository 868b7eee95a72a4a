"""How a scripted agent behaves on one leg: answers, presses keys, talks and hangs up by themselves."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import inf
from typing import TYPE_CHECKING

from app.simulator.agents import Agent
from app.simulator.moments import Kind
from app.simulator.press import groups
from app.simulator.transcript import Happening

if TYPE_CHECKING:
    from app.simulator.rung import Rung
    from app.simulator.scheduler import Act

SECONDS_TO_PRESS = 1


class Manner:
    """One agent on one leg, from its first ring to its end."""

    def __init__(self, agent: Agent, rung: "Rung") -> None:
        self._agent = agent
        self._rung = rung
        self._driver = rung.leg.driver
        self._scheduler = rung.leg.exchange.scheduler
        self._left: Iterator[str] = iter(groups(agent.presses))
        self._talked = False

    def begins(self) -> None:
        """The phone rings: decide when it is answered, or how it is not."""
        self._driver.watch = self._looks
        if self._agent.rings < inf:
            outcome = self._rung.answers if self._agent.answers else self._declines
            self._scheduler.at(self._when(self._agent.rings), outcome)

    def _declines(self) -> None:
        self._rung.ends(self._agent.unanswered)

    def _looks(self) -> None:
        """Something changed on the leg: people hear a question out before they answer it."""
        moment, ends_at = self._driver.moment, self._driver.ends_at
        if moment is None or moment.kind is Kind.RINGING:
            return
        keys = next(self._left, "") if moment.kind is Kind.LISTENING else ""
        if keys:
            self._in(SECONDS_TO_PRESS, lambda: self._presses(keys))
        elif self._agent.hangs_up and moment.kind in {Kind.LISTENING, Kind.PAUSE} and ends_at is not None:
            self._in((ends_at - self._scheduler.clock.now()).total_seconds(), self._driver.leaves)
        elif moment.kind is Kind.TALK and not self._talked and self._agent.talks < inf:
            self._talked = True
            self._scheduler.at(self._when(self._agent.talks), self._driver.leaves)

    def _presses(self, keys: str) -> None:
        self._rung.leg.notes(Happening.PRESSES, keys)
        self._driver.presses(keys)

    def _in(self, seconds: float, act: "Act") -> None:
        """Do it then, unless the moment is another by that time."""
        self._driver.plans = True
        before = self._driver.changes

        def then() -> None:
            if self._driver.changes == before:
                act()

        self._scheduler.at(self._when(seconds), then)

    def _when(self, seconds: float) -> datetime:
        return self._scheduler.clock.now() + timedelta(seconds=seconds)
