"""What a receipt must be to be believed. Nothing is taken from it before its signature was found right."""

import binascii
import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from app.verification.model import Level, Method
from app.verification.named_keys import is_key_id
from app.verification.receipt import Facts, expires_at, header

#: How far ahead of ours the clock of whoever signed may be. For the end of a receipt there is no leeway.
LEEWAY = timedelta(seconds=60)
_LONGEST = 4096  # characters that are looked at; see ``app.verification.receipt.LONGEST``
_TOKEN = re.compile(r"(?P<header>[A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}", re.ASCII)
_LAST_SECOND = 253_402_300_799  # of the year 9999


class Reason(StrEnum):
    """Why a receipt is not believed."""

    MALFORMED = "malformed"
    OTHER_KIND = "other_kind"
    UNKNOWN_KEY = "unknown_key"
    BAD_SIGNATURE = "bad_signature"
    OTHER_ISSUER = "other_issuer"
    ODD_CLAIMS = "odd_claims"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    OTHER_CALL = "other_call"


SENTENCES: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.MALFORMED: "this is no receipt: a receipt is three parts joined by dots",
        Reason.OTHER_KIND: "this is a token of another kind, or signed in another way than receipts are",
        Reason.UNKNOWN_KEY: "it names a key that is not published (any more)",
        Reason.BAD_SIGNATURE: "its signature is wrong: it was changed, or somebody else made it",
        Reason.OTHER_ISSUER: "another service issued it",
        Reason.ODD_CLAIMS: "its claims are not those of a receipt",
        Reason.NOT_YET: "it was issued in the future: compare the clocks",
        Reason.EXPIRED: "it has expired",
        Reason.OTHER_CALL: "it is about another call",
    }
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A receipt that holds, until ``expires_at``."""

    facts: Facts
    receipt_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """A receipt that proves nothing."""

    reason: Reason


def key_id_of(token: str) -> str | Refused:
    """The id of the key a token says it is signed with; its header must be a receipt's, letter by letter."""
    found = _TOKEN.fullmatch(token) if len(token) <= _LONGEST else None
    if found is None:
        return Refused(Reason.MALFORMED)
    said = _mapping(_decoded(found["header"]))
    if said is None:
        return Refused(Reason.MALFORMED)
    key_id = said.get("kid")
    if not isinstance(key_id, str) or said != header(key_id):
        return Refused(Reason.OTHER_KIND)
    return key_id if is_key_id(key_id) else Refused(Reason.UNKNOWN_KEY)


def check(payload: bytes, *, issuer: str, now: datetime) -> Checked | Refused:
    """Judge the claims of a receipt whose signature is right."""
    claims = _mapping(payload)
    if claims is None:
        return Refused(Reason.ODD_CLAIMS)
    if claims.get("iss") != issuer:
        return Refused(Reason.OTHER_ISSUER)
    try:
        checked = _read(claims)
    except (KeyError, TypeError, ValueError):
        return Refused(Reason.ODD_CLAIMS)
    if checked.facts.issued_at > now + LEEWAY:
        return Refused(Reason.NOT_YET)
    return checked if now < checked.expires_at else Refused(Reason.EXPIRED)


def _read(claims: Mapping[str, Any]) -> Checked:
    """Raises KeyError, TypeError or ValueError for what no receipt says."""
    facts = Facts(
        call_id=_text(claims["sub"]),
        level=Level[_text(claims["level"]).upper()],
        issued_at=_instant(claims["iat"]),
        table_version=_number(claims["table_version"]),
        method=Method(_text(claims.get("method", ""))),
        reached_at=_instant(claims["reached_at"]) if "reached_at" in claims else None,
        account=_text(claims.get("account", "")),
        organisation=_text(claims.get("organisation", "")),
        queue=_text(claims.get("queue", "")),
    )
    ends = _instant(claims["exp"])
    if (facts.level is Level.UNVERIFIED) != (facts.reached_at is None) or ends > expires_at(facts):
        raise ValueError("a level has an instant, and a receipt ends with it")
    return Checked(facts, _text(claims["jti"]), ends)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LAST_SECOND:
        raise TypeError("no number")
    return value


def _instant(value: object) -> datetime:
    return datetime.fromtimestamp(_number(value), UTC)


def _decoded(part: str) -> bytes:
    try:
        return urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except (binascii.Error, ValueError):
        return b""


def _mapping(text: bytes) -> dict[str, Any] | None:
    """The JSON object of these bytes; None, when they are none (or nested beyond reading)."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
