"""The running calls, between two webhooks."""

from dataclasses import dataclass
from typing import Protocol

from app.callflow.model import Call


@dataclass(frozen=True, slots=True)
class Stored:
    """A running call, with the answer last given and the nonce that was spent on it (or "fallback")."""

    call: Call
    spent: str
    answer: str


class CallStore(Protocol):
    """The running calls (Redis). One round trip a method; losing it loses no right."""

    def load(self, call_id: str) -> Stored | None:
        """The call, or None when it is not (or no longer) known."""
        ...

    def save(self, stored: Stored, *, expecting: int | None) -> Stored | None:
        """Write if the stored turn is still ``expecting`` (None: if there is none yet).

        Returns None when written, else what another request wrote first.
        """
        ...

    def ping(self) -> None:
        """Raise when away."""
        ...
