"""What the browser phone shows and does, in plain values: how calls are simulated is not known here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.callflow.model import State

#: The number of the caller's own telephone; those that ring count from 1.
CALLER = 0


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that happened at a telephone; ``kind`` as the transcript of a simulated call names it."""

    number: int  # grows with time, over all telephones
    at: datetime
    kind: str
    text: str = field(repr=False)  # a code may have been said or keyed
    language: str = ""  # BCP-47; empty where nothing was said


@dataclass(frozen=True, slots=True)
class Telephone:
    """A telephone and what goes on there: ``kind`` as a moment of a simulated call is named."""

    number: int
    address: str  # empty: withheld
    name: str  # whose it is, as far as anybody knows
    kind: str
    place: str  # queue:, number:, sip: or conference: and what it is; empty: nowhere
    talks_with: tuple[str, ...]
    rings: bool
    keys: bool  # whether they are heard
    on_hold: bool
    over: bool
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message that the service sent; a code call is one without text."""

    number: int
    at: datetime
    channel: str  # email | text | voice
    to: str
    subject: str
    text: str = field(repr=False)
    language: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the page shows at an instant."""

    now: datetime  # on the service's clock
    is_set: bool  # that clock was set by the phone
    caller: Telephone | None  # None: nobody called yet
    dialled: str
    state: State | None  # where the script stands; None: no call yet
    others: tuple[Telephone, ...]
    inbox: tuple[Delivered, ...]  # the newest first


@dataclass(frozen=True, slots=True)
class Dialling:
    """A call to be placed: ``ani`` None is withheld; ``at`` None leaves the clock to run as it does."""

    dnis: str
    ani: str | None
    attestation: str  # StirVerstat; empty: the carrier states nothing
    at: datetime | None


class Act(StrEnum):
    """What a person does with a telephone, besides pressing keys."""

    ANSWER = "answer"
    DECLINE = "decline"
    SPEAK = "speak"
    HANG_UP = "hang-up"


class Outcome(StrEnum):
    """What came of it."""

    DONE = "done"
    BUSY = "busy"  # a call goes on that has to end first
    DEAF = "deaf"  # nothing listens to keys
    GONE = "gone"  # no such telephone, or it does nothing of that kind now


class Exchange(Protocol):
    """The telephones of the page. Every method lets happen first what is due by now."""

    def shows(self) -> Shown:
        """Everything at this instant."""
        ...

    def lines(self) -> Sequence[tuple[str, str]]:
        """The numbers of the live table that can be dialled, each with words; Fault NO_TABLE."""
        ...

    def dials(self, asked: Dialling) -> Outcome:
        """Place a call from the caller's telephone."""
        ...

    def presses(self, telephone: int, keys: str) -> Outcome:
        """Press keys (0-9, * and #) one after the other; those that nothing listens to are lost."""
        ...

    def does(self, telephone: int, act: Act) -> Outcome:
        """Answer, decline, speak into a recording, or hang up."""
        ...

    def runs_on(self) -> Outcome:
        """Let the service's clock show the present instant again."""
        ...
