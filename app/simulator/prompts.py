"""Say, Play and Pause: what a leg hears, for how long."""

from dataclasses import replace
from xml.etree.ElementTree import Element

from app.simulator.leg import Leg
from app.simulator.moments import ENDLESS, Course, Kind, Moment
from app.simulator.transcript import Happening
from app.simulator.verb_rules import text_of
from app.simulator.webhooks import Document

SECONDS_A_CHARACTER = 1 / 15  # an unhurried voice
SECONDS_OF_MUSIC = 20  # a sound is not fetched, so its length is assumed


def plays(leg: Leg, element: Element, *, hears_keys: bool) -> Course[str]:
    """Play one prompt through; returns the keys that interrupted it, empty when none did."""
    rounds = int(element.get("loop", "1"))
    moment = _begins(leg, element, hears_keys=hears_keys)
    if rounds == 0:
        moment = replace(moment, seconds=ENDLESS)
    for _ in range(max(rounds, 1)):
        keys = yield moment
        if keys:
            return keys
    return ""


def _begins(leg: Leg, element: Element, *, hears_keys: bool) -> Moment:
    if element.tag == "Say":
        text = text_of(element)
        language, voice = element.get("language", ""), element.get("voice", "")
        leg.heard.append(text)
        language = language or _voice_language(voice)
        leg.notes(Happening.HEARS, text, language, voice)
        return Moment(Kind.SPEECH, len(text) * SECONDS_A_CHARACTER, hears_keys, text, language, voice)
    if element.tag == "Play":
        sound = text_of(element) or element.get("digits", "")
        leg.notes(Happening.MUSIC, sound)
        return Moment(Kind.MUSIC, SECONDS_OF_MUSIC, hears_keys, sound)
    return Moment(Kind.PAUSE, int(element.get("length", "1")), hears_keys)


def _voice_language(voice: str) -> str:
    """The language in a voice's name: it-IT of Google.it-IT-Standard-B; others need the attribute."""
    parts = voice.partition(".")[2].split("-")
    return "-".join(parts[:2]) if len(parts) > 2 else "en-US" if not voice else ""


def prompt(leg: Leg, element: Element, _document: Document) -> Course[Document | None]:
    """Say, Play or Pause on its own: keys pressed meanwhile are heard by nobody."""
    yield from plays(leg, element, hears_keys=False)
    return None
