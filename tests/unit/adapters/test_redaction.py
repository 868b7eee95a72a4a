from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.redaction import HIDDEN, is_secret, redact

CODE = "483920"


@dataclass(frozen=True)
class Keyed:
    digits: str


@pytest.mark.parametrize(
    "key",
    [
        "digits",
        "Digits",
        "code",
        "pin",
        "PIN_KEYS",
        "RECEIPT_KEYS",
        "receipt",
        "token",
        "auth_token",
        "TWILIO_AUTH_TOKEN",
        "authToken",
        "password",
        "secret_key",
        "Authorization",
        "X-Twilio-Signature",
        "body",
        "Body",
    ],
)
def test_values_under_secret_names_are_hidden(key: str) -> None:
    """Whatever stands under a name that means a secret is hidden, however it is written."""
    assert redact(None, "", {key: "hush"})[key] == HIDDEN
    assert redact(None, "", {"form": {key: ["hush"]}})["form"][key] == HIDDEN
    assert redact(None, "", {key: 483920})[key] == HIDDEN


@pytest.mark.parametrize("key", ["status_code", "country_code", "decode", "author", "spinner", "at"])
def test_harmless_names_keep_their_values(key: str) -> None:
    """A name that only looks like a secret's keeps its value."""
    assert not is_secret(key)
    assert redact(None, "", {key: "shown"})[key] == "shown"


@pytest.mark.parametrize(
    "text",
    [
        f"the caller keyed {CODE}",
        f"ValueError: invalid literal for int(): '{CODE}'",
        f"Digits={CODE}&CallSid=CA1",
        f'{{"pin": "{CODE}"}}',
        f"code {CODE}, then hash.",
        f"{Keyed(CODE)}",
        "4, 8, 3, 9, 2, 0",
        "4 8 3 9 2 0",
        f"Authorization: Basic {CODE}",
    ],
)
def test_a_known_code_gets_through_nowhere(text: str) -> None:
    """A code is hidden in messages, tracebacks, nested values, keys and objects, also read out."""
    event = {
        "event": text,
        "exception": f"Traceback\n  File x\n{text}",
        "nested": {"a": [text, {text: text}]},
        "raw": text.encode(),
        "thing": Keyed(CODE),
    }
    shown = str(redact(None, "", event))
    assert CODE not in shown
    assert "4, 8, 3" not in shown
    assert "4 8 3" not in shown


def test_people_are_not_named_by_address_or_number() -> None:
    """The local part of a mail address and the middle of a phone number are masked."""
    event = redact(
        None, "", {"event": "to giulia.conti+x@example.com and +12025550142", "url": "From=%2B390555550100"}
    )
    assert event["event"] == "to ***@example.com and +12***42"
    assert event["url"] == "From=%2B39***00"


def test_what_is_needed_to_find_a_call_stays() -> None:
    """Call ids, SIDs, instants, counts and durations are left as they are."""
    event = {
        "event": "turn answered in 12.345 ms",
        "call_id": "12345678-1234-5678-9012-123456789012",
        "call_sid": "CA0123456789abcdef0123456789abcdef",
        "at": "2026-11-20T16:00:00.123456+00:00",
        "turn": 7,
        "took": 0.002,
        "late": None,
        "ok": True,
    }
    assert redact(None, "", event) == event


def test_one_event_is_one_line() -> None:
    """Line ends and control characters in a text become blanks: no name forges a log line."""
    event = redact(None, "", {"name": "Eve\r\nlevel=error\x1b[2J\u2028x", "exception": "a\nb\x1b[2J"})
    assert event == {"name": "Eve  level=error [2J x", "exception": "a\nb [2J"}


def test_nesting_has_an_end() -> None:
    """What is nested without end is hidden instead of followed."""
    endless: dict[str, object] = {}
    endless["again"] = endless
    assert HIDDEN in str(redact(None, "", endless))


@given(before=st.text(alphabet=" \n\t'\"(=,;", max_size=3), after=st.text(alphabet=" \n\t'\"),;", max_size=3))
def test_a_code_that_stands_alone_is_always_hidden(before: str, after: str) -> None:
    """Between whatever blanks and punctuation, six digits that stand alone are hidden."""
    assert CODE not in str(redact(None, "", {"event": f"x{before or ' '}{CODE}{after}"}))
