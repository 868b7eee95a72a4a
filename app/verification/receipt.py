"""A receipt, the proof that travels with a transfer: what it claims, how long it holds, how long it may be.

A JSON Web Token (RFC 7519) signed with ES256. It goes where a call goes, so it says no code, no number and
no contact's name.
"""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.verification.limits import Limits
from app.verification.model import Level, Method

ALGORITHM = "ES256"
TYPE = "callgate-receipt+jwt"  # a type of its own, so that no other token passes for one: RFC 8725, 3.11
LASTS = Limits().level_lasts  # a receipt never outlives its level; one without a level lasts as long
#: Characters of a token. The headers of a SIP address share fewer than 1,024 (Twilio's error 21227); this
#: leaves 200 for an address's own, which is all that a target in the table may have.
LONGEST = 800
_SIGNATURE = 86  # characters: 64 bytes, RFC 7518 section 3.4
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a receipt says. What is empty is left out of it."""

    call_id: str
    level: Level
    issued_at: datetime
    table_version: int
    method: Method = Method.NONE
    reached_at: datetime | None = None  # None: unverified
    account: str = ""  # the organisation's account number
    organisation: str = ""  # its name; without a level it is only who the caller claims to be
    queue: str = ""


def expires_at(facts: Facts) -> datetime:
    """From when a receipt counts for nothing: when its level ends, whenever it was made."""
    return min(facts.issued_at, facts.reached_at or facts.issued_at) + LASTS


def header(key_id: str) -> dict[str, Any]:
    """The protected header of a receipt; it has nothing else in it."""
    return {"alg": ALGORITHM, "kid": key_id, "typ": TYPE}


def payload(facts: Facts, *, issuer: str, receipt_id: str, key_id: str) -> bytes:
    """The claims as JSON, the organisation's name cut where the token would be longer than ``LONGEST``.

    Everything else fits while ``issuer`` has at most 120 characters.
    """
    claims = {
        name: value for name, value in _claims(facts, issuer, receipt_id).items() if value not in {"", None}
    }
    name = _cut(facts.organisation, _room(key_id) - len(as_json({**claims, "organisation": ""})))
    return as_json({**claims, "organisation": name} if name else claims)


def as_json(value: object) -> bytes:
    """JSON without blanks, in UTF-8; what UTF-8 cannot carry becomes a question mark."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _claims(facts: Facts, issuer: str, receipt_id: str) -> dict[str, str | int | None]:
    """All but the organisation's name."""
    return {
        "iss": issuer,
        "sub": facts.call_id,
        "jti": receipt_id,
        "iat": _seconds(facts.issued_at),
        "exp": _seconds(expires_at(facts)),
        "account": facts.account,
        "level": facts.level.name.lower(),
        "method": facts.method.value,
        "reached_at": _seconds(facts.reached_at) if facts.reached_at else None,
        "queue": facts.queue,
        "table_version": facts.table_version,
    }


def _seconds(at: datetime) -> int:
    """Whole seconds since 1970, the fraction cut: a receipt ends rather too early than too late."""
    return int(at.timestamp())


def _room(key_id: str) -> int:
    """The bytes of JSON that fit beside header and signature."""
    around = len(urlsafe_b64encode(as_json(header(key_id))).rstrip(b"=")) + _SIGNATURE + 2
    return (LONGEST - around) * 3 // 4


def _cut(name: str, room: int) -> str:
    """As much of a name as fits, with an ellipsis where it ends early; nothing, when no letter fits."""
    if _size(name) <= room:
        return name
    kept, left = "", room - _size(_CUT)
    for letter in name:
        left -= _size(letter)
        if left < 0:
            break
        kept += letter
    return f"{kept.rstrip()}{_CUT}" if kept.strip() else ""


def _size(text: str) -> int:
    return len(as_json(text)) - 2
