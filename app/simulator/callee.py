"""One destination of a Dial: it rings, answers, hears the whisper; its status callback is told of each."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.simulator import parameters, twiml
from app.simulator.agents import Agent, Manner
from app.simulator.leg import Leg
from app.simulator.moments import Course, Kind, LegOver, Moment
from app.simulator.transcript import Happening
from app.simulator.webhooks import Document, Failed, Form

SECONDS_TO_PRESS = 1
_EVENTS = {"initiated": "initiated", "ringing": "ringing", "answered": "in-progress"}


@dataclass(slots=True)
class Callee:
    """A child leg with the noun that asked for it."""

    leg: Leg
    noun: Element
    document: Document
    agent: Agent
    target: str  # number:+39... or sip:...
    told: int = 0

    def rings(self) -> None:
        """The call goes out."""
        self.leg.notes(Happening.RINGS, self.target)
        self._tells("initiated")
        self._tells("ringing")

    def ends(self, status: str) -> None:
        """The leg is over."""
        self.leg.status = status
        answered = self.leg.answered_at is not None
        self.leg.notes(Happening.ENDED if answered else Happening.UNANSWERED, status)
        self._tells("completed")

    def answers(self) -> Course[bool]:
        """The destination answers and hears the whisper; gives whether it may be connected.

        The moments are the dialling leg's: it waits while this one listens.
        """
        self.leg.picks_up()
        self.leg.notes(Happening.ANSWERS, self.target)
        self._tells("answered")
        if not self.noun.get("url"):
            return True
        self.leg.allowed = twiml.WHISPER
        try:
            return (yield from self._hears_whisper())
        except (LegOver, Failed):
            return False

    def _hears_whisper(self) -> Course[bool]:
        manner = Manner(self.agent)
        method = self.noun.get("method", "POST")
        course = self.leg.executes(self.leg.fetch(self.noun.get("url", ""), self.document.url, method))
        moment = next(course, None)
        while moment is not None:
            keys = manner.presses(moment)
            yield Moment(Kind.RINGING, SECONDS_TO_PRESS if keys else moment.seconds)
            if manner.hangs_up(moment):
                self.leg.notes(Happening.HANGS_UP)
                return False
            if keys:
                self.leg.notes(Happening.PRESSES, keys)
            moment = _next(course, keys)
        return True

    def _tells(self, event: str) -> None:
        url = self.noun.get("statusCallback")
        if url is None or event not in self.noun.get("statusCallbackEvent", "completed").split():
            return
        status, self.leg.status = self.leg.status, _EVENTS.get(event, self.leg.status)
        more: Form = parameters.progress(self.leg.exchange.clock.now(), self.told)
        if event == "completed":
            more += parameters.duration(self.leg.seconds())
        self.leg.tells(url, self.document.url, self.noun.get("statusCallbackMethod", "POST"), more)
        self.leg.status = status
        self.told += 1


def _next(course: Course[None], keys: str) -> Moment | None:
    try:
        return course.send(keys)
    except StopIteration:
        return None
