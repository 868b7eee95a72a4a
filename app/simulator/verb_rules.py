"""The rules of single verbs and nouns that the schema cannot say; each is from Twilio's page of that verb."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from app.simulator.refused import Refused
from app.simulator.sip import check_sip, is_sip
from app.simulator.values import fits_url

LONGEST_SAYING = 4096  # characters, Say
LONGEST_QUEUE_NAME = 64  # characters, Enqueue
LONGEST_RECORDING = 14_400  # seconds, Record
MOST_NOUNS = 10  # Dial


def text_of(element: Element) -> str:
    """All text inside an element, with each stretch of white space as one space."""
    return " ".join("".join(element.itertext()).split())


def check_verb(element: Element, name: str) -> None:
    """Raise ``Refused`` if the element named ``name`` in the schema breaks a rule of its own."""
    rule = _RULES.get(name)
    if rule is not None:
        rule(element)


def _say(element: Element) -> None:
    text = text_of(element)
    if not text:
        raise Refused("Say has no text", 13520)
    if len("".join(element.itertext())) > LONGEST_SAYING:
        raise Refused(f"Say has {len(text)} characters; at most {LONGEST_SAYING}", 13521)


def _play(element: Element) -> None:
    digits = element.get("digits")
    if digits is not None and not re.fullmatch("[0-9A-DwW*#]*", digits):
        raise Refused(f"Play digits {digits!r}", 13430)
    if digits is None and not (text_of(element) and fits_url(text_of(element))):
        raise Refused(f"Play needs the URL of a sound, not {text_of(element)!r}", 11100)


def _gather(element: Element) -> None:
    finish = element.get("finishOnKey", "#")
    if not re.fullmatch("[0-9*#]?", finish):
        raise Refused(f"Gather finishOnKey={finish!r} is not one of 0-9, *, # or empty", 13310)


def _record(element: Element) -> None:
    ends_on = element.get("finishOnKey", "#")
    if not re.fullmatch("[0-9*#]*", ends_on):
        raise Refused(f"Record finishOnKey={ends_on!r} are not all of 0-9, * and #", 12200)
    if not 1 < int(element.get("maxLength", "3600")) <= LONGEST_RECORDING:
        raise Refused(f"Record maxLength is more than 1 and at most {LONGEST_RECORDING} seconds", 12200)


def _redirect(element: Element) -> None:
    if not fits_url(text_of(element)):
        raise Refused(f"Redirect to {text_of(element)!r}", 11100)


def _dial(element: Element) -> None:
    caller_id = element.get("callerId", "")
    if caller_id and not re.fullmatch(r"\+[1-9][0-9]{6,14}|(sip|sips|client):\S+", caller_id):
        raise Refused(f"Dial callerId={caller_id!r} is not an E.164 number", 13214)
    if len(element) > MOST_NOUNS:
        raise Refused(f"Dial has {len(element)} nouns; at most {MOST_NOUNS}", 13250)
    tags = {noun.tag for noun in element}
    if len(tags) > 1 and tags & {"Conference", "Queue"}:
        raise Refused("Conference and Queue stand alone in a Dial", 13000)
    written = (element.text or "").strip()
    if not len(element):
        _phone_number(written)
    elif written:
        raise Refused("Dial holds a number or nouns, not both", 13215)


def _phone_number(written: str) -> None:
    if not re.fullmatch(r"\+[1-9][0-9]{6,14}", written):
        raise Refused(f"{written!r} is not an E.164 number", 13223)


def _number(element: Element) -> None:
    _phone_number(text_of(element))
    if not re.fullmatch("[0-9wW*#]*", element.get("sendDigits", "")):
        raise Refused("Number sendDigits", 13222)


def _sip(element: Element) -> None:
    uri = (element.text or "").strip()
    if not len(element) and not is_sip(uri):
        raise Refused(f"{uri!r} is not a SIP URI", 13243)
    check_sip(uri, 13243)


def _queue_name(element: Element, short: int, long: int) -> None:
    name = (element.text or "").strip()
    if not name and not element.get("workflowSid") and not element.get("reservationSid"):
        raise Refused(f"{element.tag} names no queue", short)
    if len(name) > LONGEST_QUEUE_NAME:
        raise Refused(f"the queue's name has {len(name)} characters; at most {LONGEST_QUEUE_NAME}", long)


def _enqueue(element: Element) -> None:
    _queue_name(element, 14204, 14205)


def _queue(element: Element) -> None:
    _queue_name(element, 14212, 14213)


def _conference(element: Element) -> None:
    if not text_of(element) or len(text_of(element)) > 128:
        raise Refused("Conference needs a name of 1 to 128 characters", 13237)


_RULES: dict[str, Callable[[Element], None]] = {
    "Say": _say,
    "Play": _play,
    "Gather": _gather,
    "Record": _record,
    "Redirect": _redirect,
    "Dial": _dial,
    "Number": _number,
    "Sip": _sip,
    "SipUri": _sip,
    "Enqueue": _enqueue,
    "Queue": _queue,
    "Conference": _conference,
}
