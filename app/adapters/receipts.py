"""Receipts as JSON Web Signatures: ES256 (RFC 7518, section 3.4) by joserfc."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from app.verification.receipt import ALGORITHM, Facts, header, payload
from app.verification.receipt_check import Checked, Reason, Refused, check, key_id_of
from app.verification.receipt_keys import ReceiptKeys

if TYPE_CHECKING:
    from joserfc.jwk import ECKey


class ReceiptSigner:
    """The ``Signer`` port over the service's own keys."""

    def __init__(self, keys: ReceiptKeys, issuer: str) -> None:
        """Nothing is imported or computed yet.

        Args:
            keys: the first signs, all verify.
            issuer: who says so, ``PUBLIC_URL``.
        """
        self._keys = keys
        self._issuer = issuer

    def sign(self, facts: Facts) -> str:
        """The receipt of these facts, with an id of its own."""
        from joserfc import jws  # noqa: PLC0415 - some 60 ms and 8 MB, paid by who needs it

        key_id = self._keys.signing
        claims = payload(facts, issuer=self._issuer, receipt_id=secrets.token_urlsafe(9), key_id=key_id)
        return jws.serialize_compact(header(key_id), claims, self._made[key_id], algorithms=[ALGORITHM])

    def verify(self, token: str, now: datetime) -> Checked | Refused:
        """What a token proves now, by any of the keys."""
        key_id = key_id_of(token)
        if isinstance(key_id, Refused) or key_id not in self._keys.numbers:
            return key_id if isinstance(key_id, Refused) else Refused(Reason.UNKNOWN_KEY)
        return verified(token, self._made[key_id], self._issuer, now)

    def published(self) -> dict[str, Any]:
        """The public halves of all keys as a JSON Web Key Set (RFC 7517, section 5)."""
        about = {"use": "sig", "alg": ALGORITHM}
        return {"keys": [{"kid": name, **about, **key.as_dict()} for name, key in self._made.items()]}

    @cached_property
    def _made(self) -> "Mapping[str, ECKey]":
        from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - as joserfc above
        from joserfc.jwk import ECKey  # noqa: PLC0415 - as above

        return {
            name: ECKey.import_key(ec.derive_private_key(number, ec.SECP256R1()))
            for name, number in self._keys.numbers.items()
        }


def verified(token: str, key: "ECKey", issuer: str, now: datetime) -> Checked | Refused:
    """What a token proves, once its header was found to be a receipt's and its key is known."""
    from joserfc import jws  # noqa: PLC0415 - as above
    from joserfc.errors import JoseError  # noqa: PLC0415 - as above

    try:
        found = jws.deserialize_compact(token, key, algorithms=[ALGORITHM])
    except (JoseError, ValueError):
        return Refused(Reason.BAD_SIGNATURE)
    return check(found.payload, issuer=issuer, now=now)
