"""Rights: who is who, codes, counts, levels, their audit; and what became of calls."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.callflow.model import Call, Note
from app.verification.model import (
    Challenge,
    Channel,
    Contact,
    Judgement,
    Method,
    Organisation,
    Proof,
    Registration,
)


@dataclass(frozen=True, slots=True)
class Asker:
    """On whose behalf a verification step runs; the key ``(call_id, turn)`` makes a repeat harmless."""

    call_id: str
    turn: int
    ani: str | None  # E.164; None: withheld
    now: datetime
    who: str = "caller"  # for the audit; an agent's name where one runs the step


@dataclass(frozen=True, slots=True)
class Found:
    """What a keyed account number or phone number led to; nothing at all is a Found, too."""

    organisation: Organisation | None = None
    contact: Contact | None = None  # whose registered number was keyed


@dataclass(frozen=True, slots=True)
class Issued:
    """A challenge exists, void or not: the caller hears the same."""

    challenge: Challenge
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class NotIssued:
    """An agent's code was not sent; why, in a sentence for the agent."""

    sentence: str


class Resent(StrEnum):
    """What asking again led to."""

    SENT = "sent"
    TOO_SOON = "too_soon"  # or too often; the caller hears to wait, or to choose the other way


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call as it is listed: what SQL keeps of it."""

    call_id: str
    started_at: datetime  # UTC
    ani: str | None
    dnis: str
    territory: str
    department: str
    desk_language: str
    queue: str
    level: str
    method: str
    organisation_name: str
    state: str
    ended: str  # how it ended; empty: it runs


class Ledger(Protocol):
    """Rights: who is who, codes, counts, levels, their audit. Each method is one SQL transaction.

    Methods that change a right are keyed by ``(call_id, turn)``: repeated, they return the stored outcome.
    """

    def registrations(self, ani: str) -> Sequence[Registration]:
        """Every organisation this E.164 number is registered with, exact numbers and ranges."""
        ...

    def prove_by_number(
        self, asker: Asker, registration: Registration, proof: Proof, attestation: str
    ) -> None:
        """Record the level a registered number reached, with its audit row."""
        ...

    def audit(self, asker: Asker, what: str, detail: str) -> None:
        """Record an event that changed no right in audit and timeline: a contradicted number, say."""
        ...

    def look_up(self, asker: Asker, account: str, numbers: Sequence[str], *, at_most: int) -> Found | None:
        """Find by account number, else by a number registered; None when the call's look-ups are used up."""
        ...

    def issue(
        self,
        asker: Asker,
        organisation: int | None,
        contact: int | None,
        *,
        department: str,
        channel: Channel,
        decoy: float = 1.0,
    ) -> Issued:
        """Choose the contact, make a challenge and its outbox row, if every limit allows; else a void one.

        ``contact`` is the one whose registered number was keyed, if any. ``decoy`` (0 to 1)
        draws the length of the code that an unknown account would have: see ``decoy_draw``.
        """
        ...

    def issue_for_agent(
        self, asker: Asker, organisation: int, contact: int, by: Method
    ) -> Challenge | NotIssued:
        """Send a code to the contact an agent chose, by e-mail, text or call, if every limit allows."""
        ...

    def challenge(self, challenge: str) -> Challenge | None:
        """A challenge's facts."""
        ...

    def resend(self, asker: Asker, challenge: str) -> Resent:
        """Queue the same code again, at most as often as the rules say."""
        ...

    def judge(
        self,
        asker: Asker,
        challenge: str,
        matches: Callable[[Challenge], bool],
        *,
        method: Method | None = None,
    ) -> Judgement:
        """Count, then compare, then consume, record level and audit: in one transaction.

        ``method``: how the code came to us, where that is not how it was sent: read out to an agent, say.
        """
        ...

    def proof(self, call_id: str) -> Proof | None:
        """The highest level this call reached, if it still holds."""
        ...

    def reached(self, call_id: str) -> Proof | None:
        """The highest level this call reached, whether it holds still or not."""
        ...

    def record(self, call: Call, *, ended: str = "") -> None:
        """Write the call's row and its pending timeline notes; ``ended`` gives the final state once."""
        ...

    def timeline(self, call_id: str) -> Sequence[Note]:
        """A call's timeline, oldest first. ``call_id`` may be a unique beginning of one."""
        ...

    def calls(self, *, limit: int, offset: int = 0) -> Sequence[CallRow]:
        """The latest calls, newest first."""
        ...

    def ping(self) -> None:
        """Raise when away."""
        ...
