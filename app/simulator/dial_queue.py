"""Dial, Queue: this leg takes a queue's first caller (twilio.com/docs/voice/twiml/queue)."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from app.simulator.leg import Leg
from app.simulator.moments import ENDLESS, CallerGone, Course, Kind, Moment, Redirected, TakenFromQueue
from app.simulator.outcome import Outcome
from app.simulator.queues import Member, Queue
from app.simulator.transcript import Happening
from app.simulator.verb_rules import text_of
from app.simulator.webhooks import Document


def takes(leg: Leg, noun: Element, document: Document, timeout: int, outcome: Outcome) -> Course[None]:
    """Talk to the first in line, once they heard the queue's document; wait so long for one."""
    queue = leg.exchange.queue(text_of(noun))
    member = queue.takes()
    if member is None:
        member = yield from _waits_for_somebody(leg, queue, timeout)
    if member is None:
        outcome.status = "no-answer"
        return
    taken = TakenFromQueue(noun.get("url", ""), document.url, leg.sid, noun.get("method", "POST"))
    begun = leg.exchange.clock.now()
    outcome.tells(member.call_sid, "completed", answered=True)
    try:
        yield from _talks(leg, leg.exchange.legs[member.call_sid], queue, taken, outcome)
    except (CallerGone, Redirected):
        outcome.seconds = (leg.exchange.clock.now() - begun).total_seconds()
        _lets_go(leg.exchange.legs[member.call_sid], taken)
        raise
    outcome.seconds = (leg.exchange.clock.now() - begun).total_seconds()


def _waits_for_somebody(leg: Leg, queue: Queue, timeout: int) -> Course[Member | None]:
    moment = Moment(Kind.RINGING, timeout)
    tell = _waker(leg, moment)
    queue.dialled.append(tell)
    try:
        yield moment
    finally:
        queue.dialled.remove(tell)
    return queue.takes()


def _talks(leg: Leg, other: Leg, queue: Queue, taken: TakenFromQueue, outcome: Outcome) -> Course[None]:
    leg.connected_to = f"queue:{queue.name}"
    leg.exchange.scheduler.soon(lambda: other.driver.throws(taken))
    while not (taken.talking or taken.over):
        hears_ringing = Moment(Kind.RINGING, ENDLESS)
        taken.tells = _waker(leg, hears_ringing)
        yield hears_ringing
    if not taken.over:
        outcome.bridged = True
        leg.notes(Happening.BRIDGED, f"queue:{queue.name}")
        talk = Moment(Kind.TALK, ENDLESS)
        taken.tells = _waker(leg, talk)
        yield talk


def _lets_go(other: Leg, taken: TakenFromQueue) -> None:
    if not taken.over:
        taken.over = True
        other.driver.wakes(taken.moment)


def _waker(leg: Leg, moment: Moment) -> Callable[[], None]:
    return lambda: leg.exchange.scheduler.soon(lambda: leg.driver.wakes(moment))
