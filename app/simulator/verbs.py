"""The verbs this phone executes."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from app.simulator.dial import dial
from app.simulator.enqueue import enqueue, leave
from app.simulator.gather import gather
from app.simulator.leg import Leg, Verb
from app.simulator.moments import Course, LegOver
from app.simulator.prompts import prompt
from app.simulator.record import record
from app.simulator.verb_rules import text_of
from app.simulator.webhooks import Document


def redirect(leg: Leg, element: Element, document: Document) -> Course[Document | None]:
    """Go on with another document; an empty URL is this one's own."""
    yield from ()  # a verb is a course of moments; this one takes no time
    return leg.fetch(text_of(element), document.url, element.get("method", "POST"))


def hangup(_leg: Leg, _element: Element, _document: Document) -> Course[Document | None]:
    """End the call."""
    yield from ()
    raise LegOver


def reject(_leg: Leg, element: Element, _document: Document) -> Course[Document | None]:
    """End the call without answering it."""
    yield from ()
    raise LegOver("busy" if element.get("reason") == "busy" else "no-answer")


VERBS: Mapping[str, Verb] = {
    "Dial": dial,
    "Enqueue": enqueue,
    "Gather": gather,
    "Hangup": hangup,
    "Leave": leave,
    "Pause": prompt,
    "Play": prompt,
    "Record": record,
    "Redirect": redirect,
    "Reject": reject,
    "Say": prompt,
}
