"""TwiML documents, held against Twilio's own library and schema."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from twilio.twiml.voice_response import Dial, Enqueue, Gather, VoiceResponse

import app.simulator
from app.callflow.model import Listens
from app.telephony import twiml
from app.telephony.say import LONGEST_SAY
from app.telephony.words import Spoken, Words

WORDS = Words.load()
SCHEMA: dict[str, Any] = json.loads((Path(app.simulator.__path__[0]) / "twiml_voice.json").read_text())
ACTION = "/voice/turn?turn=3&nonce=a<b>\"c'&d=é"
SAID = [Spoken("Fragen & Antworten: <1> \"2\" '3'", "de"), Spoken("Per l'italiano, prema 2.", "it")]
VOICES = [("Polly.Vicki-Neural", "de-DE"), ("Polly.Bianca-Neural", "it-IT")]

Build = Callable[[VoiceResponse], Any]


def parsed(document: str) -> ET.Element:
    return ET.fromstring(document)  # noqa: S314 - the document is our own


def say_all(verb: Any) -> None:
    for spoken, (voice, language) in zip(SAID, VOICES, strict=True):
        verb.say(spoken.text, voice=voice, language=language)


def listen_for_a_key(response: VoiceResponse) -> None:
    gather = Gather(
        input="dtmf",
        action=ACTION,
        method="POST",
        timeout=5,
        action_on_empty_result=True,
        num_digits=1,
        finish_on_key="",
    )
    say_all(gather)
    response.append(gather)
    response.redirect(ACTION, method="POST")


def listen_for_a_number(response: VoiceResponse) -> None:
    gather = Gather(
        input="dtmf", action=ACTION, method="POST", timeout=20, action_on_empty_result=True, finish_on_key="#"
    )
    say_all(gather)
    response.append(gather)
    response.redirect(ACTION, method="POST")


def say_goodbye(response: VoiceResponse) -> None:
    say_all(response)
    response.hangup()


def ring_a_number(response: VoiceResponse) -> None:
    say_all(response)
    dial = Dial(action=ACTION, method="POST", timeout=25, answer_on_bridge=True, caller_id="+390612345678")
    dial.number(
        "+13125550100",
        url="/voice/whisper?a=1&b=2",
        method="POST",
        status_callback="/voice/leg?x=1&y=2",
        status_callback_method="POST",
        status_callback_event="answered completed",
    )
    response.append(dial)


def ring_a_sip_desk(response: VoiceResponse) -> None:
    say_all(response)
    dial = Dial(action=ACTION, method="POST", timeout=25, answer_on_bridge=True)
    dial.sip("sip:desk@example.com?X-Level=code&X-Method=email", url="/voice/whisper", method="POST")
    response.append(dial)


def put_into_a_queue(response: VoiceResponse) -> None:
    say_all(response)
    queue = Enqueue(
        "technical-it", action=ACTION, method="POST", wait_url="/voice/wait?q=1&r=2", wait_url_method="POST"
    )
    response.append(queue)


def wait_with_music(response: VoiceResponse) -> None:
    gather = Gather(input="dtmf", action=ACTION, method="POST", timeout=1, num_digits=1, finish_on_key="")
    say_all(gather)
    gather.play("/voice/hold.wav?a=1&b=2")
    response.append(gather)


def wait_in_silence(response: VoiceResponse) -> None:
    gather = Gather(input="dtmf", action=ACTION, method="POST", timeout=1, num_digits=1, finish_on_key="")
    say_all(gather)
    gather.pause(length=12)
    response.append(gather)


def whisper(response: VoiceResponse) -> None:
    gather = Gather(input="dtmf", action=ACTION, method="POST", timeout=8, num_digits=1, finish_on_key="")
    say_all(gather)
    response.append(gather)
    response.hangup()


def offer_a_code(response: VoiceResponse) -> None:
    gather = Gather(input="dtmf", action=ACTION, method="POST", timeout=8, num_digits=1, finish_on_key="")
    gather.say(
        "Hello, this is customer support with a one-time code for a call to us. We never ring you and"
        " ask for it. If you are on that call, press 1 to hear the code.",
        voice="Polly.Joanna-Neural",
        language="en-US",
    )
    response.append(gather)
    response.hangup()


def read_a_code(response: VoiceResponse) -> None:
    for _ in range(2):
        response.pause(length=1)
        response.say("Il codice è: 0, 1, 2, 3, 4, 5.", voice="Polly.Bianca-Neural", language="it-IT")
    response.say("Grazie e arrivederci.", voice="Polly.Bianca-Neural", language="it-IT")
    response.hangup()


DOCUMENTS: list[tuple[str, Build]] = [
    (twiml.listen(SAID, action=ACTION, listens=Listens.KEY, timeout=5), listen_for_a_key),
    (twiml.listen(SAID, action=ACTION, listens=Listens.NUMBER, timeout=20), listen_for_a_number),
    (twiml.speak_and_hang_up(SAID), say_goodbye),
    (
        twiml.dial_number(
            SAID,
            number="+13125550100",
            action=ACTION,
            whisper="/voice/whisper?a=1&b=2",
            caller_id="+390612345678",
            timeout=25,
            status="/voice/leg?x=1&y=2",
        ),
        ring_a_number,
    ),
    (
        twiml.dial_sip(
            SAID,
            address="sip:desk@example.com?X-Level=code&X-Method=email",
            action=ACTION,
            whisper="/voice/whisper",
            caller_id=None,
            timeout=25,
        ),
        ring_a_sip_desk,
    ),
    (twiml.enqueue(SAID, queue="technical-it", wait="/voice/wait?q=1&r=2", action=ACTION), put_into_a_queue),
    (twiml.wait(SAID, action=ACTION, music="/voice/hold.wav?a=1&b=2"), wait_with_music),
    (twiml.wait(SAID, action=ACTION, music=None, pause=12), wait_in_silence),
    (twiml.whisper(SAID, action=ACTION, timeout=8), whisper),
    (twiml.spoken_code(WORDS, "en", code=None, action=ACTION), offer_a_code),
    (twiml.spoken_code(WORDS, "it", code="012345", action=ACTION), read_a_code),
    (twiml.accept(), lambda _: None),
    (twiml.leave(), lambda response: response.leave()),
    (twiml.hang_up(), lambda response: response.hangup()),
]
NAMES = [build.__name__ for _, build in DOCUMENTS]


@pytest.mark.parametrize(("document", "build"), DOCUMENTS, ids=NAMES)
def test_equal_to_twilio(document: str, build: Build) -> None:
    """Each document means the same as the one Twilio's library builds."""
    response = VoiceResponse()
    build(response)
    assert ET.canonicalize(document) == ET.canonicalize(str(response))


@pytest.mark.parametrize("document", [document for document, _ in DOCUMENTS], ids=NAMES)
def test_within_the_schema(document: str) -> None:
    """Each element, attribute and value is one the carrier knows, where it knows it."""
    check(parsed(document), "VoiceResponse")


def check(element: ET.Element, kind: str) -> None:
    rules = SCHEMA["elements"][kind]
    assert element.tag == rules["tag"]
    for name, value in element.attrib.items():
        check_value(rules["attributes"][name], value)
    for child in element:
        check(child, rules["children"][child.tag])


def check_value(rule: dict[str, Any], value: str) -> None:
    allowed = rule.get("values")
    allowed = SCHEMA["lists"][allowed] if isinstance(allowed, str) else allowed
    if allowed:
        assert set(value.split() if rule.get("list") else [value]) <= set(allowed)
    elif rule["type"] == "number":
        assert value.isdigit()
    elif rule["type"] == "boolean":
        assert value in {"true", "false"}


@pytest.mark.parametrize("length", [LONGEST_SAY, LONGEST_SAY + 1, 3 * LONGEST_SAY + 5])
@pytest.mark.parametrize("word", ["word ", "x", "é & "])
def test_long_texts_are_split(length: int, word: str) -> None:
    """A text over the carrier's limit is said in several Says, cut between words if any, losing nothing."""
    text = (word * length)[:length]
    parts = [say.text or "" for say in parsed(twiml.speak_and_hang_up([Spoken(text, "en")])).iter("Say")]
    assert "".join(parts) == text
    assert max(map(len, parts)) <= LONGEST_SAY
    assert len(parts) == 1 or word == "x" or all(part.endswith(" ") for part in parts[:-1])


def test_unknown_tongue() -> None:
    """A sentence in a language without a voice is said by the English one rather than not at all."""
    say = parsed(twiml.speak_and_hang_up([Spoken("nuqneH", "tlh")])).find("Say")
    assert say is not None
    assert say.attrib == {"voice": "Polly.Joanna-Neural", "language": "en-US"}
