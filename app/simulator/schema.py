"""TwiML for voice as data: which elements, attributes and values there are."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

ROOT = "VoiceResponse"

# The schema does not say which elements hold text; these do, by Twilio's page of each verb and noun.
TEXT = frozenset(
    {
        *("Say", "Play", "Redirect", "Dial", "Enqueue", "Task", "Sms"),
        *("Number", "Sip", "SipUri", "ReferSip", "Client", "Identity", "Application", "ApplicationSid"),
        *("Queue", "Conference", "Sim", "WhatsApp", "Room", "Conversation", "Autopilot", "VirtualAgent"),
        *("SsmlEmphasis", "SsmlLang", "SsmlP", "SsmlPhoneme", "SsmlProsody", "SsmlS", "SsmlSayAs"),
        *("SsmlSub", "SsmlW"),
    }
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """What an attribute may hold; ``values`` None: anything of the type; ``many``: several, with spaces."""

    type: str
    values: frozenset[str] | None
    many: bool


@dataclass(frozen=True, slots=True)
class Element:
    """One element; two elements may share a tag (Sip as a noun, Sip inside a Sip)."""

    name: str
    tag: str
    attributes: Mapping[str, Attribute]
    children: Mapping[str, str]  # tag -> element name


def _attribute(written: Mapping[str, Any], lists: Mapping[str, list[str]]) -> Attribute:
    values = written.get("values")
    if isinstance(values, str):
        values = lists[values]
    known = None if values is None else frozenset(values)
    return Attribute(written.get("type", "enumeration"), known, bool(written.get("list")))


@cache
def elements() -> Mapping[str, Element]:
    """Every element of TwiML for voice by its name in the schema."""
    text = resources.files(__package__).joinpath("twiml_voice.json").read_text(encoding="utf-8")
    written = json.loads(text)
    return {
        name: Element(
            name,
            spec["tag"],
            {key: _attribute(value, written["lists"]) for key, value in spec["attributes"].items()},
            spec["children"],
        )
        for name, spec in written["elements"].items()
    }
