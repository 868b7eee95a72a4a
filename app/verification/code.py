"""Making and comparing one-time codes: derived from a key and the challenge's facts, stored nowhere."""

import base64
import hashlib
import hmac
import json
import re
from dataclasses import dataclass, field

import pyotp

from app.faults import Fault, FaultCode
from app.verification.model import Challenge
from app.verification.named_keys import read_named_keys

SHORTEST_KEY = 32  # bytes: as long as the digest, RFC 2104 section 3
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Keys:
    """The server keys by id; the first signs new challenges, the others still read old ones."""

    signing: str
    _secrets: dict[str, bytes] = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> "Keys":
        """Read ``id:base64,id:base64,...`` as in ``PIN_KEYS``.

        Raises:
            Fault: SETTINGS, in a sentence that names the entry by place and id, never by its secret.
        """
        secrets = read_named_keys("PIN_KEYS", text, _too_short)
        return cls(next(iter(secrets)), secrets)

    def secret(self, key_id: str) -> bytes | None:
        """The key of this id, or None once it was taken away."""
        return self._secrets.get(key_id)


def _too_short(secret: bytes) -> str:
    return f"of fewer than {SHORTEST_KEY} bytes" if len(secret) < SHORTEST_KEY else ""


def derive(keys: Keys, challenge: Challenge) -> str:
    """The code of a challenge: ASCII digits, as many as the challenge says (HOTP, RFC 4226, counter 0).

    Raises:
        Fault: SETTINGS, when the key the challenge was made with is gone.
    """
    secret = keys.secret(challenge.key_id)
    if secret is None:
        raise Fault(FaultCode.SETTINGS, f"PIN_KEYS has no key {challenge.key_id}, which made a code in use.")
    return _code(secret, challenge)


def _code(secret: bytes, challenge: Challenge) -> str:
    """The code under a key. JSON keeps the parts apart: no two challenges share one text."""
    facts = [
        "callgate code 1",
        challenge.id,
        challenge.call_id,
        challenge.organisation,
        challenge.contact,
        challenge.purpose,
    ]
    text = json.dumps(facts, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    seed = hmac.digest(secret, text, hashlib.sha256)
    return pyotp.HOTP(base64.b32encode(seed).decode("ascii"), digits=challenge.digits).at(0)


def matches(keys: Keys, challenge: Challenge, digits: str) -> bool:
    """Whether these digits are the challenge's code, compared in constant time.

    A void challenge, or one whose key is gone, never matches but costs the same, so that time tells nothing.
    """
    secret = keys.secret(challenge.key_id)
    known = secret is not None and challenge.organisation is not None and challenge.contact is not None
    code = _code(secret or bytes(SHORTEST_KEY), challenge)
    same = hmac.compare_digest(code.encode("ascii"), digits.encode("utf-8", "replace"))
    return same and known


def decoy_draw(keys: Keys, keyed: str) -> float:
    """A number from 0 to 1 for the digits keyed, always the same for the same ones.

    It decides the length of the code an unknown account would have. Some organisations ask for 8 digits; were
    unknown accounts always given 6, being asked for 8 would tell that an account exists. So as large a share
    of the unknown ones is asked for 8 as of the known ones.
    """
    secret = keys.secret(keys.signing) or b""
    drawn = hmac.digest(secret, f"decoy:{keyed}".encode("utf-8", "replace"), "sha256")
    return int.from_bytes(drawn[:4], "big") / 2**32


@dataclass(frozen=True, slots=True)
class Guess:
    """Digits that can be the whole code; kept out of every representation."""

    digits: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotWhole:
    """What was keyed cannot be the whole code: said so, and not counted."""


def read_guess(digits: str, length: int) -> Guess | NotWhole:
    """Tell a guess from anything else: exactly ``length`` ASCII digits are a guess."""
    if len(digits) == length and _DIGITS.fullmatch(digits):
        return Guess(digits)
    return NotWhole()
