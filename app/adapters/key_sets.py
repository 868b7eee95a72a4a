"""The keys another service published: read, and fetched from its address."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.adapters.receipts import verified
from app.faults import Fault, FaultCode
from app.verification.receipt import ALGORITHM
from app.verification.receipt_check import Checked, Reason, Refused, key_id_of

if TYPE_CHECKING:
    from joserfc.jwk import ECKey

_FIXED = {"kty": "EC", "crv": "P-256"}
_POINT = ("kty", "crv", "x", "y")


class PublishedKeys:
    """The ``Verifier`` port over a JSON Web Key Set."""

    def __init__(self, keys: "Mapping[str, ECKey]", issuer: str) -> None:
        self._keys = keys
        self._issuer = issuer

    @classmethod
    def read(cls, text: bytes, issuer: str) -> "PublishedKeys":
        """The keys of a set that receipts may be signed with; others in it are passed over.

        Args:
            text: the set as it is published (RFC 7517, section 5).
            issuer: whose it is: the issuer that receipts must name.

        Raises:
            Fault: BAD_INPUT, when there is no key for receipts in it.
        """
        keys = dict(filter(None, map(_key, _entries(text))))
        if not keys:
            raise Fault(FaultCode.BAD_INPUT, "These are no published keys: no P-256 key is in the text.")
        return cls(keys, issuer)

    def verify(self, token: str, now: datetime) -> Checked | Refused:
        """What a token proves now, by any of the keys."""
        key_id = key_id_of(token)
        if isinstance(key_id, Refused):
            return key_id
        key = self._keys.get(key_id)
        return verified(token, key, self._issuer, now) if key else Refused(Reason.UNKNOWN_KEY)


def _entries(text: bytes) -> list[Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return []
    entries = found.get("keys") if isinstance(found, dict) else None
    return entries if isinstance(entries, list) else []


def _key(entry: Any) -> "tuple[str, ECKey] | None":
    """The key of an entry and its id; None for one that signs no receipts, or cannot be read."""
    from joserfc.errors import JoseError  # noqa: PLC0415 - as in app.adapters.receipts
    from joserfc.jwk import ECKey  # noqa: PLC0415 - as above

    usable = (
        isinstance(entry, dict)
        and isinstance(entry.get("kid"), str)
        and entry.get("use", "sig") == "sig"
        and entry.get("alg", ALGORITHM) == ALGORITHM
        and all(entry.get(name) == value for name, value in _FIXED.items())
    )
    if not usable:
        return None
    try:
        return entry["kid"], ECKey.import_key({name: entry[name] for name in _POINT})
    except (JoseError, KeyError, TypeError, ValueError):
        return None
