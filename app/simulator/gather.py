"""Gather: prompts that keys interrupt, then digits until a key, a number of them, or a silence ends it.

twilio.com/docs/voice/twiml/gather
"""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.simulator.leg import Leg
from app.simulator.moments import Course, Kind, Moment
from app.simulator.prompts import plays
from app.simulator.transcript import Happening
from app.simulator.webhooks import Document, Form


@dataclass(frozen=True, slots=True)
class _Keyed:
    digits: str = ""
    finished_on: str = ""


def gather(leg: Leg, element: Element, document: Document) -> Course[Document | None]:
    """Execute a Gather; without any digit the next verb follows, unless actionOnEmptyResult is true."""
    yield from _prompts(leg, element)
    keyed = yield from _collects(leg, element)
    if not keyed.digits and element.get("actionOnEmptyResult") != "true":
        return None
    method = element.get("method", "POST")
    return leg.fetch(element.get("action", ""), document.url, method, _fields(keyed))


def _fields(keyed: _Keyed) -> Form:
    return [
        ("Digits", keyed.digits),
        ("FinishedOnKey", keyed.finished_on),
        ("msg", "Gather End"),
    ]


def _prompts(leg: Leg, element: Element) -> Course[None]:
    for child in element:
        if leg.ahead:
            return  # keys typed ahead: nobody listens to the rest
        leg.ahead += yield from plays(leg, child, hears_keys=True)


def _collects(leg: Leg, element: Element) -> Course[_Keyed]:
    finish = element.get("finishOnKey", "#")
    most = int(element.get("numDigits", "0"))
    digits = ""
    while True:
        if not leg.ahead:
            leg.ahead = yield from _listens(leg, element)
            if not leg.ahead:
                return _Keyed(digits)
        key, leg.ahead = leg.ahead[0], leg.ahead[1:]
        if key == finish:
            return _Keyed(digits, key)
        digits += key
        if len(digits) == most:
            return _Keyed(digits)


def _listens(leg: Leg, element: Element) -> Course[str]:
    leg.notes(Happening.LISTENS)
    keys = yield Moment(Kind.LISTENING, int(element.get("timeout", "5")), hears_keys=True)
    if not keys:
        leg.notes(Happening.SILENT)
    return keys
