"""Dial, Queue: this leg takes a queue's first caller (twilio.com/docs/voice/twiml/queue)."""

from xml.etree.ElementTree import Element

from app.simulator.leg import Leg
from app.simulator.moments import ENDLESS, Course, Kind, Moment, TakenFromQueue
from app.simulator.outcome import Outcome
from app.simulator.transcript import Happening
from app.simulator.verb_rules import text_of
from app.simulator.webhooks import Document


def takes(leg: Leg, noun: Element, document: Document, timeout: int, outcome: Outcome) -> Course[None]:
    """Talk to the first in line; the Dial waits for its timeout when nobody is."""
    queue = leg.exchange.queue(text_of(noun))
    if not queue.members:
        yield Moment(Kind.RINGING, timeout)
    if not queue.members:
        outcome.status = "no-answer"
        return
    other = queue.members[0].call_sid
    begun = leg.exchange.clock.now()
    leg.connected_to = f"queue:{queue.name}"
    outcome.tells(other, "completed", answered=True)
    outcome.bridged = True
    leg.notes(Happening.BRIDGED, f"queue:{queue.name}")
    taken = TakenFromQueue(noun.get("url", ""), document.url, leg.sid, noun.get("method", "POST"))
    leg.exchange.takers[other](taken)
    try:
        yield Moment(Kind.TALK, ENDLESS)
    finally:
        outcome.seconds = (leg.exchange.clock.now() - begun).total_seconds()
        leg.exchange.leavers[other]()
