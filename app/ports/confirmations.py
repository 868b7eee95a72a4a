"""Confirming a contact's address by a code that goes there and comes back over the desk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.access.model import Actor
from app.verification.model import Challenge, Channel


@dataclass(frozen=True, slots=True)
class Withheld:
    """No code was sent; why, in words."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A code that is under way to an address, and may be keyed."""

    contact: int
    channel: Channel
    sent_at: datetime
    expires_at: datetime
    delivery: str  # due | claimed | sent | refused | expired: of its letter


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The code was right: the address counts as confirmed since then."""

    since: datetime


@dataclass(frozen=True, slots=True)
class NotConfirmed:
    """It was not, and why, in words; ``left`` guesses remain for this code."""

    sentence: str
    left: int = 0


class Confirmations(Protocol):
    """Codes that confirm addresses; each method is one transaction and may raise Fault LEDGER_AWAY.

    Every method takes the organisation beside the contact, and raises Fault NOT_FOUND where the contact is
    not on that organisation's profile.
    """

    def ask(
        self, actor: Actor, organisation: int, contact: int, channel: Channel, now: datetime
    ) -> Challenge | Withheld:
        """Make a challenge and its letter, if every limit allows; it ends the one before of that address."""
        ...

    def challenge(self, organisation: int, contact: int, channel: Channel) -> Challenge | None:
        """The challenge a code may be keyed for; None when none is open."""
        ...

    def judge(
        self,
        actor: Actor,
        organisation: int,
        contact: int,
        channel: Channel,
        matches: Callable[[Challenge], bool],
        now: datetime,
    ) -> Confirmed | NotConfirmed:
        """Count, then compare, then confirm the address: in one transaction."""
        ...

    def pending(self, organisation: int, now: datetime) -> Sequence[Pending]:
        """The codes an organisation's contacts may be asked for now."""
        ...
