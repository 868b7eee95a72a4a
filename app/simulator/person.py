"""A person whose phone rings when they are called: a test, or somebody in a browser, decides what they do."""

from collections.abc import Callable, Mapping
from typing import Self

from app.simulator.call import CallInProgress
from app.simulator.exchange import Exchange
from app.simulator.rung import Rung


class Person(CallInProgress):
    """Somebody at a number or SIP URI: answers or declines, then does what a caller does.

    Each new call takes the place of the one before; who is on the phone already is busy to another call.
    """

    def __init__(
        self,
        exchange: Exchange,
        address: str,
        targets: Mapping[str, str],
        level_of: Callable[[str], str] | None,
    ) -> None:
        super().__init__(exchange, targets, level_of)
        self.address = address
        self._rung: Rung | None = None

    @property
    def rings(self) -> bool:
        """Whether the phone rings, once what is to be done at this instant is done."""
        self._exchange.scheduler.catches_up()
        self._exchange.scheduler.quiets()
        return self._rung is not None and self._rung.goes_on

    def answers(self) -> Self:
        """Pick up, and listen until something is asked, or nothing more happens."""
        self._acts()
        self._ringing().answers()
        self._driver.settles()
        return self

    def declines(self) -> Self:
        """Refuse the call: the network reports it as busy."""
        self._acts()
        self._ringing().ends("busy")
        self._exchange.scheduler.quiets()
        return self

    def hangs_up(self) -> Self:
        """Hang up; a phone that still rings is declined."""
        return self.declines() if self.rings else super().hangs_up()

    def is_rung(self, rung: Rung) -> None:
        """The carrier calls; what is heard from now on belongs to this call."""
        if self._call is not None and not self._call.over:
            rung.ends("busy")
            return
        self._rung, self._call = rung, rung.leg.driver
        self._mark = len(self._entries())

    def _ringing(self) -> Rung:
        if self._rung is None or not self._rung.goes_on:
            self._fails(f"the phone of {self.address} does not ring")
        return self._rung
