"""Names that try to be more than names: in TwiML, mails, texts and logs they stay text."""

import io
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy.orm import Session

from app.access.model import operator
from app.adapters.sql.reading import as_challenge
from app.adapters.sql.verification_rows import ChallengeEntry
from app.callflow.prompts import Prompt
from app.factory.services import Services
from app.ports import ContactRow, OrganisationRow
from app.simulator.phone import Phone
from app.simulator.transcript import Happening
from app.verification.code import derive
from tests.calls.course import ITALY, UNREGISTERED, call_id, goes_on, words
from tests.calls.inbox import Inbox

ACCOUNT = "66667777"
NAMES = {
    "xml": "<Dial>+12025550199</Dial>&amp;'\"",
    "cdata": "]]></Say></Response><Hangup/><!--",
    "entity": '<!DOCTYPE a [<!ENTITY x "y">]>&x;',
    "csv": '=HYPERLINK("http://evil.example")',
    "mail": "Eve\r\nBcc: all@example.com\r\n\r\nYour code is 111111",
    "log": 'Eve\n{"event":"level_reached","level":"code"}\x1b[2J',
    "controls": "E\x00v\x07e\x7f\x85\u2028\ufeff",
    "right to left": "\u202eevE\u202c \u2066x\u2069",
    "gaps": "{code} {digits.__class__} %(code)s %s",
    "surrogate": "Eve \ud800",
    "long": "E" * 5000,
}


def register(services: Services, name: str) -> None:
    now = services.clock.now()
    organisation = OrganisationRow(ACCOUNT, name, "IT", "", "it", "match", 6, 0, ())
    contact = ContactRow(
        ACCOUNT, name, "admin", "eve@example.com", "+46701740650", True, "it", now - timedelta(days=30)
    )
    services.sql.directory.replace(
        [organisation], [contact], actor=operator("test"), now=now - timedelta(days=30)
    )


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("channel", ["1", "2"], ids=["mail", "text"])
def test_a_name_stays_text(
    phone: Phone, inbox: Inbox, services: Services, log: io.StringIO, name: str, channel: str
) -> None:
    """A call for an organisation and contact so named: verified, with every document and mail sound."""
    name = name.encode("utf-8", "replace").decode() if name == NAMES["surrogate"] else name
    register(services, name.replace("\x00", ""))
    call = goes_on(phone.dials(ITALY, ani=UNREGISTERED), inbox, until="account").keys(ACCOUNT)
    call.presses("1").presses(channel)
    (message,) = inbox.new()
    assert "\r" not in message.subject + message.text
    assert "Bcc: all" not in message.text.splitlines()
    stored = services.redis.calls.load(call_id(services, call))
    assert stored is not None
    call.keys(_right(services, stored.call.challenge)).is_transferred_to("technical-it", level="code")
    call.agent_hears(words(services, Prompt.METHOD_EMAIL if channel == "1" else Prompt.METHOD_TEXT))
    answer = phone.send(call.last_request()).body.decode()
    link = answer.partition("/voice/whisper?")[2].partition('"')[0].replace("&amp;", "&")
    whisper = ET.fromstring(call.posts(f"/voice/whisper?{link}").body)  # noqa: S314 - our own answer
    assert {element.tag for element in whisper.iter()} == {"Response", "Gather", "Say", "Hangup"}
    assert not phone.failures
    heard = [entry.text for entry in phone.transcript.entries if entry.kind is Happening.HEARS]
    assert not any(character in text for text in heard for character in "\x00\x07\x1b\x7f\x85\u202e\u2066")
    assert "level_reached" not in log.getvalue()


def _right(services: Services, challenge: str) -> str:
    """The right code, whatever the message looks like."""
    with Session(services.sql.engine) as session:
        return derive(services.sql.keys, as_challenge(session.get_one(ChallengeEntry, challenge)))
