"""Whom a Dial rings: one child leg for each Number, Sip or Client."""

from xml.etree.ElementTree import Element

from app.simulator.callee import Callee
from app.simulator.leg import Leg
from app.simulator.progress import END, Progress
from app.simulator.sip import sip_headers, without_headers
from app.simulator.webhooks import Document

_SCHEMES = {"Number": "number:", "Dial": "number:", "Client": "client:"}


def callees(leg: Leg, dial: Element, document: Document) -> list[Callee]:
    """The destinations of a Dial in order."""
    nouns = list(dial) or [dial]
    seconds = int(dial.get("timeout", "30"))
    return [_callee(leg, noun, dial.get("callerId") or leg.caller, document, seconds) for noun in nouns]


def _callee(leg: Leg, noun: Element, caller_id: str, document: Document, seconds: float) -> Callee:
    address = (noun.text or "").strip()
    child = Leg(
        exchange=leg.exchange,
        verbs=leg.verbs,
        sid=leg.exchange.sids.make("CA"),
        direction="outbound-dial",
        caller=caller_id,
        called=without_headers(address),
        who="agent",
        extra=[("ParentCallSid", leg.sid)],
        progress=_progress(noun, document),
        sip_headers=sip_headers(address),
    )
    leg.children.add(child.sid)
    target = _SCHEMES.get(noun.tag, "") + child.called
    return Callee(child, noun, document, target, seconds)


def _progress(noun: Element, document: Document) -> Progress:
    events = frozenset(noun.get("statusCallbackEvent", END).split())
    return Progress(
        noun.get("statusCallback", ""), events, noun.get("statusCallbackMethod", "POST"), document.url
    )
