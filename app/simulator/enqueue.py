"""Enqueue and Leave: waiting in one of the carrier's queues (twilio.com/docs/voice/twiml/enqueue)."""

from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element

from app.simulator import twiml
from app.simulator.leg import Leg
from app.simulator.moments import (
    ENDLESS,
    CallerGone,
    Course,
    Kind,
    LegOver,
    Moment,
    Redirected,
    TakenFromQueue,
)
from app.simulator.queues import Member, Queue
from app.simulator.transcript import Happening
from app.simulator.webhooks import Document, Failed, Form


class _Left(Exception):  # noqa: N818 - Leave was executed, which is no error
    pass


@dataclass(slots=True)
class _Stay:
    leg: Leg
    element: Element
    document: Document
    queue: Queue
    since: datetime
    result: str = "hangup"  # QueueResult
    seconds: float = 0
    out: bool = False  # of the line

    def enters(self) -> None:
        self.leg.connected_to = f"queue:{self.queue.name}"
        self.leg.notes(Happening.QUEUED, self.queue.name)
        self.queue.enters(Member(self.leg.sid, self.since))

    def leaves(self, result: str) -> None:
        """Out of the line; what comes first counts: a bridged call stays bridged when it ends."""
        if self.out:
            return
        self.queue.takes(self.leg.sid)
        self.out, self.seconds, self.result = True, self.waited(), result
        self.queue.waits.append(self.seconds)
        self.leg.notes(Happening.LEFT_QUEUE, result)

    def is_redirected(self) -> None:
        """The REST API sent the call elsewhere; the action's answer is not executed."""
        self.result = "redirected-from-bridged" if self.out else self.result
        self.leaves("redirected")

    def waited(self) -> float:
        return (self.leg.exchange.clock.now() - self.since).total_seconds()

    def waiting(self) -> Form:
        """What a request for the wait document has besides the standard parameters."""
        return [
            ("QueueSid", self.queue.sid),
            ("QueuePosition", str(self.queue.position(self.leg.sid))),
            ("QueueTime", str(int(self.waited()))),
            ("AvgQueueTime", str(self.queue.average())),
            ("CurrentQueueSize", str(len(self.queue.members))),
            ("MaxQueueSize", str(self.queue.max_size)),
        ]

    def over(self) -> Form:
        """What the action has besides the standard parameters."""
        entered = [("QueueSid", self.queue.sid), ("QueueTime", str(int(self.seconds)))]
        return [("QueueResult", self.result), *([] if self.result == "queue-full" else entered)]


def enqueue(leg: Leg, element: Element, document: Document) -> Course[Document | None]:
    """Execute an Enqueue; its action is requested when the call has left the queue, however it did."""
    name = (element.text or "").strip() or element.get("workflowSid", "")
    stay = _Stay(leg, element, document, leg.exchange.queue(name), leg.exchange.clock.now())
    action, method = element.get("action"), element.get("method", "POST")
    try:
        yield from _stays(stay)
    except (CallerGone, LegOver):
        stay.leaves("hangup")
        leg.status = "completed"
        if action is not None:
            leg.tells(action, document.url, method, stay.over())
        raise
    except Redirected:
        stay.is_redirected()
        if action is not None:
            leg.tells(action, document.url, method, stay.over())
        raise
    finally:
        leg.connected_to, leg.allowed = "", None
    if action is None:
        return None
    return leg.fetch(action, document.url, method, stay.over())


def leave(leg: Leg, _element: Element, _document: Document) -> Course[Document | None]:
    """Execute a Leave: out of the queue; nothing where there is none."""
    yield from ()  # a verb is a course of moments; this one takes no time
    if leg.allowed is twiml.WAIT:
        raise _Left
    return None


def _stays(stay: _Stay) -> Course[None]:
    most = int(stay.element.get("maxQueueSize", str(stay.queue.max_size)))
    if len(stay.queue.members) >= most:
        stay.result = "queue-full"
        return
    stay.enters()
    try:
        yield from _waits(stay)
    except _Left:
        stay.leaves("leave")
    except Failed:
        stay.leaves("error")
    except TakenFromQueue as taken:
        stay.leaves("bridged")
        yield from _talks(stay, taken)


def _waits(stay: _Stay) -> Course[None]:
    """The wait document, over and over; without one, music."""
    leg, element = stay.leg, stay.element
    leg.allowed = twiml.WAIT
    url, method = element.get("waitUrl"), element.get("waitUrlMethod", "POST")
    while True:
        if not url:  # none given: the carrier's own music; an empty one: silence
            yield Moment(Kind.MUSIC if url is None else Kind.PAUSE, ENDLESS)
        else:
            yield from leg.executes(leg.fetch(url, stay.document.url, method, stay.waiting()))
            leg.documents = 0
        yield Moment(Kind.QUEUE, 1)


def _talks(stay: _Stay, taken: TakenFromQueue) -> Course[None]:
    leg = stay.leg
    if taken.whisper:
        leg.allowed = twiml.QUEUE_WHISPER
        more: Form = [("QueueSid", stay.queue.sid), ("QueueTime", str(int(stay.seconds)))]
        more.append(("DequeingCallSid", taken.dequeuer))  # spelt so by Twilio
        yield from leg.executes(leg.fetch(taken.whisper, taken.base, taken.method, more))
    leg.allowed = None
    try:
        if not taken.over:
            yield from _is_bridged(stay, taken)
    except (CallerGone, Redirected):
        _is_over(leg, taken)
        raise
    _is_over(leg, taken)


def _is_bridged(stay: _Stay, taken: TakenFromQueue) -> Course[None]:
    leg = stay.leg
    leg.notes(Happening.BRIDGED, f"queue:{stay.queue.name}")
    other = leg.exchange.legs.get(taken.dequeuer)  # none: an agent whose own leg is not simulated
    if other is not None:
        leg.is_bridged(other)
    taken.talking = True
    taken.tells()
    yield taken.moment


def _is_over(leg: Leg, taken: TakenFromQueue) -> None:
    leg.parts()
    taken.over = True
    taken.tells()
