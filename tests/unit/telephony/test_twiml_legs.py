"""TwiML for those who are brought together, and for messages, held against Twilio's own library."""

from xml.etree import ElementTree as ET

import pytest
from twilio.twiml.voice_response import Dial, VoiceResponse

from app.telephony import twiml
from tests.unit.telephony.test_twiml import ACTION, SAID, Build, check, parsed, say_all

HOLD, STATUS, MUSIC = "/voice/hold?a=1&b=2", "/voice/conference?l=1&n=2", "/music/hold.wav?a=1&b=2"
ROOM = "callgate-1 & <2>"


def join_as_an_agent(response: VoiceResponse) -> None:
    joins(response, ends=True)


def join_as_a_caller(response: VoiceResponse) -> None:
    joins(response, ends=False)


def joins(response: VoiceResponse, *, ends: bool) -> None:
    dial = Dial(action=ACTION, method="POST")
    dial.conference(
        ROOM,
        beep="false",
        start_conference_on_enter=True,
        end_conference_on_exit=ends,
        wait_url=HOLD,
        wait_method="POST",
        status_callback=STATUS,
        status_callback_method="POST",
        status_callback_event="join leave",
    )
    response.append(dial)


def play_on_hold(response: VoiceResponse) -> None:
    response.play(MUSIC)
    response.redirect(ACTION, method="POST")


def take_a_message(response: VoiceResponse) -> None:
    say_all(response)
    response.record(
        action=ACTION, method="POST", max_length=180, finish_on_key="#", play_beep=True, trim="trim-silence"
    )
    response.redirect(ACTION, method="POST")


def say_and_go_on(response: VoiceResponse) -> None:
    say_all(response)
    response.redirect(ACTION, method="POST")


DOCUMENTS: list[tuple[str, Build]] = [
    (twiml.join(ROOM, action=ACTION, wait=HOLD, status=STATUS, ends=True), join_as_an_agent),
    (twiml.join(ROOM, action=ACTION, wait=HOLD, status=STATUS, ends=False), join_as_a_caller),
    (twiml.music(MUSIC, again=ACTION), play_on_hold),
    (twiml.record(SAID, action=ACTION, longest=180), take_a_message),
    (twiml.say_and_go(SAID, ACTION), say_and_go_on),
]


@pytest.mark.parametrize(("document", "build"), DOCUMENTS, ids=[build.__name__ for _, build in DOCUMENTS])
def test_equal_to_twilio(document: str, build: Build) -> None:
    """Each document means the same as the one Twilio's library builds, and is within the schema."""
    response = VoiceResponse()
    build(response)
    assert ET.canonicalize(document) == ET.canonicalize(str(response))
    check(parsed(document), "VoiceResponse")
