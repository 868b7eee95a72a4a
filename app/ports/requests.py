"""The durable list of what is to be asked of the carrier's REST API."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.handover.wishes import Wish
from app.ports.carrier import Outcome


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to ask, with what is known of it by now."""

    id: int
    wish: Wish
    created_at: datetime
    doubtful: bool  # an earlier try may have been carried out


@dataclass(frozen=True, slots=True)
class RingFacts:
    """Whom a wish to ring means."""

    leg: str
    address: str  # number:+E164 or sip:...
    call_id: str
    queue: str
    hands_over: bool  # to an agent: an interpreter, or the caller who is called back, gets no proof
    over: bool  # nobody is to be rung any more
    starts_anew: bool  # a call back: what the call before had proved counts for nothing


@dataclass(frozen=True, slots=True)
class Health:
    """How the API did of late."""

    failures: int = 0  # in a row
    away_since: datetime | None = None
    asked_at: datetime | None = None


class Requests(Protocol):
    """What is to be asked. Every method is one transaction and may raise Fault LEDGER_AWAY."""

    def claim(self, now: datetime) -> Sequence[Request]:
        """Take the next request, if one is due: of each handover one after the other, in their order."""
        ...

    def settle(self, request: int, outcome: Outcome, now: datetime) -> None:
        """Record what came of it, and what follows for the handover; NotNow: due again after a pause."""
        ...

    def ring_facts(self, leg: str) -> RingFacts:
        """Whom to ring; Fault NOT_FOUND."""
        ...

    def call_sid(self, leg: str) -> str:
        """The carrier's SID of a leg; empty: it has none yet."""
        ...

    def give_up(self, now: datetime) -> int:
        """End the legs of which the carrier told nothing for longer than a phone rings; gives how many."""
        ...

    def placed(self, now: datetime) -> Collection[str]:
        """The SIDs of all legs that were placed of late."""
        ...

    def health(self) -> Health:
        """How the API did of late."""
        ...

    def note_health(self, outcome: Outcome, now: datetime) -> None:
        """Write down whether the API answered."""
        ...
