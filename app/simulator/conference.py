"""Dial, Conference: the caller talks in a named room (twilio.com/docs/voice/twiml/conference)."""

from datetime import datetime
from xml.etree.ElementTree import Element

from app.simulator.leg import Leg
from app.simulator.moments import ENDLESS, CallerGone, Course, Kind, Moment
from app.simulator.outcome import Outcome
from app.simulator.transcript import Happening
from app.simulator.verb_rules import text_of
from app.simulator.webhooks import Document, Form

_NAMES = {
    "start": "conference-start",
    "join": "participant-join",
    "leave": "participant-leave",
    "end": "conference-end",
}


def joins(leg: Leg, noun: Element, document: Document, outcome: Outcome) -> Course[None]:
    """Put the leg into the conference until it leaves or the room is closed."""
    name = text_of(noun)
    outcome.status, outcome.bridged = "answered", None
    leg.picks_up()
    leg.connected_to = f"conference:{name}"
    leg.notes(Happening.CONFERENCE, name)
    begun = leg.exchange.clock.now()
    _tells(leg, noun, document, "join", 1)
    if noun.get("startConferenceOnEnter") != "false":
        _tells(leg, noun, document, "start", 2)
    try:
        yield Moment(Kind.TALK, ENDLESS)
    except CallerGone:
        leg.status = "completed"
        _left(leg, noun, document, outcome, begun)
        raise
    _left(leg, noun, document, outcome, begun)


def _left(leg: Leg, noun: Element, document: Document, outcome: Outcome, begun: datetime) -> None:
    outcome.seconds = (leg.exchange.clock.now() - begun).total_seconds()
    _tells(leg, noun, document, "leave", 3)
    _tells(leg, noun, document, "end", 4)


def _tells(leg: Leg, noun: Element, document: Document, event: str, sequence: int) -> None:
    url = noun.get("statusCallback")
    if url is None or event not in noun.get("statusCallbackEvent", "").split():
        return
    name = text_of(noun)
    more: Form = [
        ("ConferenceSid", leg.exchange.sids.named("CF", name)),
        ("FriendlyName", name),
        ("StatusCallbackEvent", _NAMES[event]),
        ("SequenceNumber", str(sequence)),
    ]
    leg.tells(url, document.url, noun.get("statusCallbackMethod", "POST"), more)
