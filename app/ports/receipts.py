"""Receipts, signed and checked."""

from datetime import datetime
from typing import Protocol

from app.verification.receipt import Facts
from app.verification.receipt_check import Checked, Refused


class Verifier(Protocol):
    """Tells receipts from anything else, by the keys that were published."""

    def verify(self, token: str, now: datetime) -> Checked | Refused:
        """What a token proves now, or why it proves nothing; any text may be given."""
        ...


class Signer(Verifier, Protocol):
    """Makes receipts."""

    def sign(self, facts: Facts) -> str:
        """The receipt of these facts: at most ``app.verification.receipt.LONGEST`` URL-safe characters."""
        ...
