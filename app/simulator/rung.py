"""A phone that rings: until somebody answers or declines, the time is over, or the caller gives up."""

from app.simulator.agents import Agent
from app.simulator.leg import Leg
from app.simulator.manner import Manner
from app.simulator.moments import Course, Kind, LegOver, Moment
from app.simulator.transcript import Happening

_ANSWERED = "answered"


class Rung:
    """One leg that rings at an address, for at most ``seconds``."""

    def __init__(self, leg: Leg, seconds: float, target: str) -> None:
        self.leg = leg
        self._target = target
        self._outcome = ""
        self._moment = Moment(Kind.RINGING, seconds)

    def rings(self) -> Course[None]:
        """Ring until answered; raises ``LegOver`` with the status when nobody does."""
        leg = self.leg
        leg.progress.tells(leg, "initiated")
        who = leg.exchange.who_is_at(leg.called)
        if who is None:
            raise LegOver("failed")
        leg.status = "ringing"
        leg.notes(Happening.RINGS, self._target)
        leg.progress.tells(leg, "ringing")
        if isinstance(who, Agent):
            leg.heard = who.heard
            Manner(who, self).begins()
        else:
            leg.by_hand = True
            who.is_rung(self)
        if not self._outcome:
            yield self._moment
        if self._outcome != _ANSWERED:
            raise LegOver(self._outcome or "no-answer")
        leg.picks_up()
        leg.notes(Happening.ANSWERS, self._target)
        leg.progress.tells(leg, _ANSWERED)

    @property
    def goes_on(self) -> bool:
        """Whether it still rings."""
        return not self._outcome and not self.leg.driver.over

    def answers(self) -> None:
        """Pick up; nothing if it rings no longer."""
        self.ends(_ANSWERED)

    def ends(self, status: str) -> None:
        """It is answered, or not: ``busy``, ``no-answer``, ``failed``. Nothing if it rings no longer."""
        if self.goes_on:
            self._outcome = status
            self.leg.driver.wakes(self._moment)
