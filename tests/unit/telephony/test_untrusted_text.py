"""Names and texts from outside: whatever they hold, what we write stays well-formed and on its line."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.callflow.model import Listens, Saying
from app.callflow.prompts import Prompt
from app.ports import Letter
from app.telephony import twiml
from app.telephony.letters import compose
from app.telephony.speakable import LONGEST, speakable
from app.telephony.words import Spoken, Words

WORDS = Words.load()
SPITEFUL = [
    "]]>",
    "<Hangup/>",
    "</Say></Response>",
    "&#0;",
    "&amp;",
    '" onload="',
    "\x00\x01\x1b[31m",
    "\u202egpj.exe",
    "\u2066\u2069\u061c\u200f",
    "\ud800\udfff",
    "\ufffe\uffff",
    "a\r\nBcc: everybody@example.com",
    "\x85\u2028\u2029",
    "\x7f\x9f",
]
anything = st.text(st.characters(exclude_categories=())) | st.sampled_from(SPITEFUL)


def parsed(document: str) -> ET.Element:
    """Parse strictly, as the carrier does with the bytes it gets."""
    return ET.fromstring(document.encode("utf-8"))  # noqa: S314 - that nothing of theirs gets in is the test


def texts_of(document: str) -> list[str]:
    return [say.text or "" for say in parsed(document).iter("Say")]


@given(anything, anything)
def test_a_name_in_a_whisper(organisation: str, contact: str) -> None:
    """A whisper with any name parses, is one Say, and says exactly the name made speakable."""
    gaps: dict[str, str | int | list[str]] = {
        "organisation": organisation,
        "contact": contact,
        "role": "admin",
    }
    spoken = WORDS.say(Saying(Prompt.WHISPER_CONTACT, "en", gaps))
    said = f"{speakable(organisation)}, {speakable(contact)}, administrator."
    assert texts_of(twiml.whisper([spoken], action="/a", timeout=5)) == [said]


@given(anything)
def test_a_notice(text: str) -> None:
    """Ops' own words, whatever they are, neither end the document nor add to it."""
    spoken = WORDS.say(Saying(Prompt.TEXT, "it", {"text": text}))
    document = parsed(twiml.listen([spoken], action="/a", listens=Listens.KEY, timeout=5))
    assert [element.tag for element in document.iter()] == ["Response", "Gather", "Say", "Redirect"]


@given(anything, anything)
def test_raw_text_in_every_place(text: str, address: str) -> None:
    """Text and addresses that never passed through Words are made safe by the template itself."""
    said = [Spoken(text, address)]
    documents = [
        twiml.dial_number(
            said, number=text, action=address, whisper=address, caller_id=address, timeout=5, status=address
        ),
        twiml.dial_sip(
            said, address=text, action=address, whisper=address, caller_id=address, timeout=5, status=address
        ),
        twiml.enqueue(said, queue=text, wait=address, action=address),
        twiml.wait(said, action=address, music=address or "/m"),
    ]
    assert [len(list(parsed(document).iter())) for document in documents] == [4, 4, 3, 4]


@given(anything)
def test_speakable(text: str) -> None:
    """What is speakable is one line of legal XML characters that turn no text around, and stays as it is."""
    clean = speakable(text)
    assert not re.search(
        "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029\u202a-\u202e\u2066-\u2069]", clean
    )
    assert speakable(clean) == clean
    assert len(clean) <= LONGEST


@pytest.mark.parametrize(
    "name",
    ["Rossi & Figli", "Müller GmbH", "株式会社", "بنك", "O\u2019Neil", "na\u00efve\u00a0x", "नमस्ते", "👍"],
)
def test_honest_names_stay(name: str) -> None:
    """Names in any script stay exactly as they are."""
    assert speakable(name) == name


def test_too_long() -> None:
    """A text without end is cut where the carrier's limits are still far."""
    assert len(speakable("x" * 100_000)) == LONGEST


@pytest.mark.parametrize("name", SPITEFUL)
@pytest.mark.parametrize("channel", ["email", "text"])
def test_letters(name: str, channel: str) -> None:
    """A name can neither add a header nor a line to a letter."""

    def lines(organisation: str) -> int:
        letter = Letter(
            1, "notice", channel, "x", "en", None, organisation, "Giulia", datetime(2026, 1, 1, tzinfo=UTC)
        )
        message = compose(WORDS, letter, None, "")
        assert "\r" not in message.subject + message.text
        assert "\n" not in message.subject
        return len((message.text + ".").splitlines())

    assert lines(name) == lines("Rossi")
