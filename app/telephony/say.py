"""The Say elements of a TwiML document, and text put into XML (https://www.twilio.com/docs/voice/twiml/say)."""

from collections.abc import Iterator, Sequence

from app.telephony.speakable import speakable
from app.telephony.voices import VOICES, voice_for
from app.telephony.words import Spoken

LONGEST_SAY = 4000  # characters; the carrier takes 4,096


def _opening(tongue: str) -> str:
    voice = voice_for(tongue)
    return f'<Say voice="{voice.name}" language="{voice.language}">'


_OPENINGS = {tongue: _opening(tongue) for tongue in VOICES}


def says(sayings: Sequence[Spoken]) -> str:
    """Give one Say for each sentence, in its language's voice; several for one that is too long for a Say."""
    return "".join([_say(*spoken) for spoken in sayings])


def escaped(text: str) -> str:
    """Give the text for an element or a quoted attribute, without what XML forbids."""
    if not text.isprintable():
        text = speakable(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _say(text: str, tongue: str) -> str:
    opening = _OPENINGS.get(tongue) or _opening(tongue)
    if len(text) <= LONGEST_SAY:
        return f"{opening}{escaped(text)}</Say>"
    return "".join([f"{opening}{escaped(part)}</Say>" for part in _parts(text)])


def _parts(text: str) -> Iterator[str]:
    """Cut a text between words, or anywhere when it has none."""
    while len(text) > LONGEST_SAY:
        cut = text.rfind(" ", 1, LONGEST_SAY) + 1 or LONGEST_SAY
        yield text[:cut]
        text = text[cut:]
    yield text
