"""Letters: codes and notices by each way out, in the contact's language."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.ports import Letter
from app.telephony.letters import compose
from app.telephony.words import Words
from app.verification.model import Challenge, Channel

WORDS = Words.load()
STARTED = datetime(2026, 11, 20, 17, 24, tzinfo=timezone(timedelta(hours=1)))
CODE = "047109"
NEVER_ASKED = {
    "en": "never ring",
    "it": "telefoniamo mai",
    "fr": "jamais",
    "es": "unca llamamos",
    "de": "nie an",
    "pl": "igdy nie dzwonimy",
    "fi": "koskaan soita",
}


def challenge(minutes: int = 10) -> Challenge:
    return Challenge(
        id="c1",
        call_id="call",
        organisation=1,
        contact=1,
        channel=Channel.EMAIL,
        purpose="call",
        digits=6,
        key_id="k1",
        created_at=STARTED,
        expires_at=STARTED + timedelta(minutes=minutes),
    )


def letter(kind: str, channel: str, language: str = "en", made: Challenge | None = None) -> Letter:
    return Letter(
        id=7,
        kind=kind,
        channel=channel,
        to="giulia@example.com",
        language=language,
        challenge=made,
        organisation_name="Rossi Forniture",
        contact_name="Giulia Conti",
        call_started_at=STARTED,
    )


@pytest.mark.parametrize("language", WORDS.languages)
def test_mail_with_a_code(language: str) -> None:
    """The mail says who, why, when the call began, the code, its life, and that we never ask for it."""
    message = compose(WORDS, letter("code", "email", language, challenge(12)), CODE, "")
    assert (message.letter, message.channel, message.to, message.url) == (
        7,
        "email",
        "giulia@example.com",
        "",
    )
    assert message.language == language
    for word in ("Giulia Conti", "Rossi Forniture", CODE, "UTC", "20", "12", NEVER_ASKED[language]):
        assert word in message.text, word
    assert re.search(r"16[:.]24|4:24", message.text)
    assert CODE not in message.subject
    assert message.subject
    assert "\n" not in message.subject


@pytest.mark.parametrize("language", WORDS.languages)
def test_text_with_a_code(language: str) -> None:
    """The text is short, has no subject, and says the code, for whom, which call, and the same warning."""
    message = compose(WORDS, letter("code", "text", language, challenge()), CODE, "")
    for word in (CODE, "Rossi Forniture", "UTC", NEVER_ASKED[language]):
        assert word in message.text, word
    assert len(message.text) <= 180
    assert "\n" not in message.text
    assert message.subject == message.url == ""


@pytest.mark.parametrize("language", WORDS.languages)
def test_call_with_a_code(language: str) -> None:
    """A call carries the URL where the carrier fetches its words; the text shows them, digit by digit."""
    message = compose(
        WORDS, letter("code", "voice", language, challenge()), CODE, "https://example.com/voice/code?c=1"
    )
    assert message.url == "https://example.com/voice/code?c=1"
    assert "0, 4, 7, 1, 0, 9" in message.text


@pytest.mark.parametrize("language", WORDS.languages)
@pytest.mark.parametrize("channel", ["email", "text"])
def test_code_that_confirms_an_address(language: str, channel: str) -> None:
    """It names the organisation and the code, warns against whoever rings for it, and is no call's code."""
    message = compose(WORDS, letter("confirm", channel, language, challenge(30)), CODE, "")
    for word in (CODE, "Rossi Forniture", NEVER_ASKED[language]):
        assert word in message.text, word
    assert "UTC" not in message.text
    assert ("30" in message.text) == (channel == "email") == bool(message.subject)
    assert len(message.text) <= 180 or channel == "email"


@pytest.mark.parametrize("language", WORDS.languages)
@pytest.mark.parametrize("kind", ["notice", "changed"])
@pytest.mark.parametrize("channel", ["email", "text", "voice"])
def test_notices(language: str, kind: str, channel: str) -> None:
    """A notice names the organisation, holds no code, and has a subject by mail only."""
    message = compose(WORDS, letter(kind, channel, language), None, "")
    assert "Rossi Forniture" in message.text
    assert not re.search(r"[0-9]{3}", message.text)
    assert bool(message.subject) == (channel == "email")
    assert "{" not in message.text + message.subject


@pytest.mark.parametrize("language", WORDS.languages)
def test_a_call_back_that_reached_nobody(language: str) -> None:
    """A text in the contact's language names the organisation and no number; there is no such mail."""
    message = compose(WORDS, letter("missed", "text", language), None, "")
    assert "Rossi Forniture" in message.text
    assert message.language == language
    assert len(message.text) <= 180
    assert not re.search(r"[0-9]", message.text)
    assert message.subject == message.url == ""
    with pytest.raises(ValueError, match="letter"):
        compose(WORDS, letter("missed", "email", language), None, "")


def test_no_catalogue() -> None:
    """A contact whose language has no prompts is written to in English."""
    assert compose(WORDS, letter("notice", "email", "ja"), None, "").language == "en"


def test_started_is_told_in_utc() -> None:
    """The instant a call began is told in UTC, whatever offset it came with."""
    text = compose(WORDS, letter("notice", "email"), None, "").text
    assert "Friday, November 20 at 4:24 PM UTC" in text
    assert STARTED.astimezone(UTC).hour == 16


@pytest.mark.parametrize(
    ("kind", "channel", "code"),
    [
        ("code", "email", None),
        ("code", "text", ""),
        ("confirm", "email", None),
        ("x", "email", "1"),
        ("code", "fax", "1"),
    ],
)
def test_what_cannot_be_written(kind: str, channel: str, code: str | None) -> None:
    """A code letter without a code, and an unknown kind or channel, are refused."""
    with pytest.raises(ValueError, match="letter"):
        compose(WORDS, letter(kind, channel), code, "")
