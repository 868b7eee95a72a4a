"""One destination of a Dial: it rings, answers, hears the whisper, and waits to be connected."""

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.simulator import twiml
from app.simulator.driver import Driver
from app.simulator.leg import Leg
from app.simulator.moments import ENDLESS, CallerGone, Course, Kind, LegOver, Moment, Redirected
from app.simulator.progress import END
from app.simulator.rung import Rung
from app.simulator.transcript import Happening
from app.simulator.webhooks import Document, Failed


@dataclass(slots=True, eq=False)
class Callee:
    """A child leg with the noun that asked for it.

    ``ready``: it may be connected. ``left``: it is no longer this Dial's, over or redirected elsewhere.
    """

    leg: Leg
    noun: Element
    document: Document
    target: str  # number:+39... or sip:...
    seconds: float  # how long it rings
    ready: bool = False
    left: bool = False
    changed: Callable[["Callee"], None] = lambda _: None

    def starts(self, changed: Callable[["Callee"], None]) -> None:
        """The call goes out; ``changed`` is told of each step."""
        self.changed = changed
        Driver(self.leg, self._lives()).starts()

    def hangs_up(self) -> None:
        """Let this destination go."""
        if not self.left:
            self.leg.driver.throws(CallerGone())

    def _lives(self) -> Course[None]:
        try:
            yield from self._comes()
            status = "completed"
        except LegOver as over:
            status = over.status
        except Failed:
            status = "completed"
        except CallerGone:
            status = "canceled" if self.leg.answered_at is None else "completed"
        except Redirected as away:
            self._leaves()
            yield from self.leg.lives(away.first)
            return
        self._ends(status)

    def _comes(self) -> Course[None]:
        yield from Rung(self.leg, self.seconds, self.target).rings()
        self.changed(self)
        if self.noun.get("url"):
            self.leg.allowed = twiml.WHISPER
            method = self.noun.get("method", "POST")
            yield from self.leg.executes(self.leg.fetch(self.noun.get("url", ""), self.document.url, method))
            self.leg.allowed = None
        self.ready = True
        self.changed(self)
        yield Moment(Kind.TALK, ENDLESS)

    def _ends(self, status: str) -> None:
        answered = self.leg.answered_at is not None
        self.leg.status, self.leg.ended_at = status, self.leg.exchange.clock.now()
        self.leg.notes(Happening.ENDED if answered else Happening.UNANSWERED, status)
        self.leg.progress.tells(self.leg, END)
        self._leaves()

    def _leaves(self) -> None:
        self.left = True
        self.changed(self)
