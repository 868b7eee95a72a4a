"""The webhooks of many calls as raw, signed HTTP requests, made before anything is measured."""

import html
import re
from dataclasses import dataclass
from urllib.parse import urlencode

from app.settings import Settings
from app.simulator.parameters import standard
from app.telephony.signature import signature

_ACTION = re.compile(rb'<Gather [^>]*action="([^"]+)"')
_PLACES = {"City": "COPENHAGEN", "Country": "DK", "State": "HOVEDSTADEN", "Zip": "1050"}


@dataclass(frozen=True, slots=True)
class Caller:
    """One call: its number among the calls, who calls and what was dialled."""

    number: int
    ani: str
    dnis: str

    def incoming(self, settings: Settings) -> bytes:
        """The webhook with which the call comes in."""
        return self._request(settings, "/voice/incoming", self._form(settings, "ringing"))

    def presses(self, settings: Settings, answer: bytes, key: str) -> bytes:
        """The webhook of a key pressed at the Gather of the last raw answer."""
        action = _ACTION.search(answer)
        if action is None:
            raise ValueError(f"nothing listens in {answer!r}")
        form = self._form(settings, "in-progress")
        form |= {"Digits": key, "FinishedOnKey": "", "msg": "Gather End"}
        return self._request(settings, html.unescape(action[1].decode()), form)

    def _form(self, settings: Settings, status: str) -> dict[str, str]:
        """The form a carrier posts: with the three fields of a Gather it has 30."""
        pairs = standard(
            call_sid=f"CA{self.number:032x}",
            account_sid=settings.twilio_account_sid,
            caller=self.ani,
            called=self.dnis,
            direction="inbound",
            status=status,
        )
        form = dict(pairs)
        form |= {who + place: name for who in ("Caller", "From") for place, name in _PLACES.items()}
        return form | {"StirVerstat": "TN-Validation-Passed-B", "CallToken": "0123456789abcdef" * 4}

    def _request(self, settings: Settings, target: str, form: dict[str, str]) -> bytes:
        signed = signature(
            settings.twilio_auth_tokens[0],
            settings.public_url + target,
            {name: (value,) for name, value in form.items()},
        )
        body = urlencode(form).encode()
        head = (
            f"POST {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: TwilioProxy/1.1\r\nAccept: */*\r\n"
            f"Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n"
            f"Content-Length: {len(body)}\r\nX-Twilio-Signature: {signed}\r\n\r\n"
        )
        return head.encode() + body


def twiml(answer: bytes) -> bool:
    """Whether a raw answer is a TwiML document that listens."""
    return answer.startswith(b"HTTP/1.1 200 ") and b"<Gather " in answer


def in_state(state: str) -> "InState":
    """Accepts TwiML that leaves the call in a state."""
    return InState(f"x-call-state: {state}\r\n".encode())


@dataclass(frozen=True, slots=True)
class InState:
    """A raw answer's test: it is TwiML, and its header names the state."""

    header: bytes

    def __call__(self, answer: bytes) -> bool:
        return twiml(answer) and self.header in answer.partition(b"\r\n\r\n")[0].lower() + b"\r\n"
