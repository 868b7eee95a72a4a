"""What the carrier's REST API is asked to do with legs, queues and conferences, and what it says to it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PlaceCall:
    """Ring an address; what it hears is fetched from ``url`` once somebody answers."""

    to: str  # E.164 or a SIP URI
    caller_id: str  # E.164
    url: str
    status_url: str
    seconds: int  # it rings


@dataclass(frozen=True, slots=True)
class TakeFromQueue:
    """Take a call out of a queue and let it go on with a document."""

    queue_sid: str
    call_sid: str
    url: str


@dataclass(frozen=True, slots=True)
class SendCall:
    """Let a call under way go on with another document."""

    call_sid: str
    url: str


@dataclass(frozen=True, slots=True)
class EndCall:
    """End a call, or stop its ringing."""

    call_sid: str


@dataclass(frozen=True, slots=True)
class ChangeParticipant:
    """Change one participant of a conference; None: stays as it is."""

    conference: str  # its name
    call_sid: str
    muted: bool | None = None
    held: bool | None = None
    hold_url: str = ""
    ends: bool | None = None  # whether the conference ends when they leave


@dataclass(frozen=True, slots=True)
class EndConference:
    """End a conference for everybody."""

    conference: str  # its name


Order = PlaceCall | TakeFromQueue | SendCall | EndCall | ChangeParticipant | EndConference


@dataclass(frozen=True, slots=True)
class Carried:
    """It was carried out; ``sid`` names a call that was placed."""

    sid: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """What it was about is not there any more."""


@dataclass(frozen=True, slots=True)
class Declined:
    """The carrier will not do it; asking again would not help."""

    status: int


@dataclass(frozen=True, slots=True)
class NotSaid:
    """No whole answer came: it may have been carried out."""


@dataclass(frozen=True, slots=True)
class NotNow:
    """It was not carried out: the API is away, or asks to wait."""


Outcome = Carried | Gone | Declined | NotSaid | NotNow


class Carrier(Protocol):
    """The carrier's REST API. Nothing here raises for what the other side does."""

    def ask(self, order: Order) -> Outcome:
        """Have something done."""
        ...

    def look_up(self, order: Order, since_seconds: int, others: Collection[str] = ()) -> Outcome:
        """Whether an order given up to so many seconds ago was carried out; Gone: it was not.

        NotSaid or NotNow: that cannot be told now. ``others``: the SIDs of calls that other orders placed.
        """
        ...

    def ping(self) -> Outcome:
        """Whether the API answers at all."""
        ...
