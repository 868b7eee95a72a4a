"""Transfers: a caller handed to somebody, with the proof that went along."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.verification.receipt import Facts


@dataclass(frozen=True, slots=True)
class Transfer:
    """A caller handed on. ``mark`` tells a repeat of it from another one of the call."""

    call_id: str
    mark: str
    at: datetime
    queue: str
    target: str  # number:+E164 or sip:..., without headers
    level: str
    method: str
    receipt: str  # a JWS


class Transfers(Protocol):
    """What was handed to whom. Every method may raise Fault LEDGER_AWAY."""

    def facts(self, call_id: str, queue: str, now: datetime) -> Facts:
        """What a receipt would say of a call now: at the level it holds; Fault NOT_FOUND."""
        ...

    def keep(self, transfer: Transfer) -> str:
        """Keep a transfer, and tell it in the timeline; gives the receipt kept: the first of its mark."""
        ...

    def latest(self, call_id: str) -> str:
        """The receipt that went along last; empty: none did."""
        ...
