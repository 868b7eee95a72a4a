"""An answer to a webhook, held against everything Twilio holds it against."""

import re
from xml.etree import ElementTree as ET

from app.simulator import schema
from app.simulator.refused import Refused
from app.simulator.values import check_value
from app.simulator.verb_rules import check_verb

LONGEST = 64 * 1024  # bytes: error 11750
CONTENT_TYPES = frozenset({"text/xml", "application/xml"})
_NAMESPACED = {"{http://www.w3.org/XML/1998/namespace}": "xml:"}

# What a document may hold while its caller waits in a queue (Enqueue, "waitUrl"), before an agent is
# connected (Number, "url"), before a queued caller is (Queue, "url"), and while a participant waits in a
# conference, is on hold or hears an announcement (Conference, "waitUrl"; HoldUrl, AnnounceUrl).
WAIT = frozenset({"Play", "Say", "Pause", "Hangup", "Redirect", "Leave", "Gather"})
WHISPER = frozenset({"Play", "Say", "Pause", "Hangup", "Redirect", "Gather"})
QUEUE_WHISPER = frozenset({"Play", "Say", "Pause", "Redirect"})
CONFERENCE_WAIT = frozenset({"Play", "Say", "Pause", "Redirect"})


def parse(body: bytes, content_type: str, *, verbs: frozenset[str] | None = None) -> list[ET.Element]:
    """The verbs of an answer, in order.

    Takes the answer's bytes and Content-Type; ``verbs`` limits the verbs where the place does. Raises
    ``Refused`` with Twilio's error number for whatever Twilio would not execute.
    """
    if content_type.partition(";")[0].strip().lower() not in CONTENT_TYPES:
        raise Refused(f"Content-Type {content_type!r} is not XML", 12300)
    if len(body) > LONGEST:
        raise Refused(f"{len(body)} bytes; a document has at most {LONGEST}", 11750)
    if not body.strip():
        raise Refused("the answer is empty", 11770)
    root = _root(body)
    if root.tag != "Response":
        raise Refused(f"the root element is {root.tag}, not Response", 12102)
    _check(root, schema.elements()[schema.ROOT], inside="")
    for verb in root:
        if verbs is not None and verb.tag not in verbs:
            code = 13201 if verb.tag == "Dial" else 12200
            raise Refused(f"{verb.tag} is not allowed in this place; only {', '.join(sorted(verbs))}", code)
    return list(root)


def _root(body: bytes) -> ET.Element:
    if re.search(rb"<!\s*DOCTYPE", body, re.IGNORECASE):
        raise Refused("a document type declaration; entities are not expanded", 12100)
    try:
        return ET.fromstring(body)  # noqa: S314 - without a DTD there are no entities to expand
    except (ET.ParseError, LookupError, ValueError) as fault:
        raise Refused(f"not well-formed XML: {fault}", 12100) from fault


def _check(element: ET.Element, spec: schema.Element, inside: str) -> None:
    _check_attributes(element, spec)
    _check_text(element, spec)
    check_verb(element, spec.name)
    for child in element:
        name = spec.children.get(child.tag)
        if name is None:
            code = {"Dial": 13215, "Gather": 13320}.get(spec.tag, 12200)
            raise Refused(f"{child.tag} is not allowed in {inside}{spec.tag}", code)
        _check(child, schema.elements()[name], f"{inside}{spec.tag}/")


def _check_attributes(element: ET.Element, spec: schema.Element) -> None:
    for written, value in element.attrib.items():
        key = written
        for namespace, prefix in _NAMESPACED.items():
            key = key.replace(namespace, prefix)
        if key not in spec.attributes:
            raise Refused(f"{spec.tag} has no attribute {key}", 12200)
        check_value(spec.tag, key, spec.attributes[key], value)


def _check_text(element: ET.Element, spec: schema.Element) -> None:
    if spec.name in schema.TEXT:
        return
    for text in (element.text, *(child.tail for child in element)):
        if text and text.strip():
            raise Refused(f"{spec.tag} holds no text, but has {text.strip()[:40]!r}", 12200)
