"""What goes out: the durable queue of letters, and the ways out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.verification.model import Challenge


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to send, without its text: the text is made while sending, from the challenge."""

    id: int
    kind: str  # code | notice | changed | confirm
    channel: str  # email | text | voice
    to: str
    language: str
    challenge: Challenge | None
    organisation_name: str
    contact_name: str
    call_started_at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """A message with its text, on its way out."""

    letter: int
    channel: str  # email | text | voice
    to: str
    subject: str
    text: str = field(repr=False)  # may hold a code
    language: str
    url: str = ""  # voice: where the carrier fetches what to say


class Sent(StrEnum):
    """What became of a message."""

    SENT = "sent"  # accepted, or not known: an ambiguous timeout counts as sent
    LATER = "later"  # a passing refusal: try again while the code lives
    REFUSED = "refused"  # for good


class Delivery(Protocol):
    """One way out: SMTP, the carrier's messages or calls, or the development outbox."""

    def send(self, message: Message) -> Sent:
        """Send; never raises for what the other side does."""
        ...


class Outbox(Protocol):
    """The durable queue of letters."""

    def claim(self, now: datetime, *, limit: int, channels: Collection[str] = ()) -> Sequence[Letter]:
        """Take letters that are due, so that no other sender takes them; the expired are closed unsent.

        ``channels`` names those to take, none: all of them.
        """
        ...

    def settle(self, letter: int, outcome: Sent, now: datetime) -> None:
        """Record what became of a claimed letter; LATER makes it due again with a growing pause."""
        ...

    def letter_for(self, challenge: str) -> Letter | None:
        """The code letter of a challenge that still lives and was not used, for the spoken-code call."""
        ...
