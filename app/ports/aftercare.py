"""What a call leaves behind: a call back, a message, the answer to one question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.access.model import Actor


@dataclass(frozen=True, slots=True)
class Wanting:
    """A call back as the caller wants it."""

    call_id: str
    queue: str
    territory: str
    department: str
    desk_language: str
    language: str  # what the caller is spoken to in
    organisation: int | None
    began_at: datetime  # the call did: the place in the line is by it
    number: str  # E.164
    due_at: datetime | None  # not before


class Callbacks(Protocol):
    """Calls that callers asked for. Every method is one transaction and may raise Fault LEDGER_AWAY."""

    def book(self, wanting: Wanting, now: datetime) -> bool:
        """Put a call back into the list, in the place of the caller's own stay; one for a call.

        False: this number was to be called too often in a day already.
        """
        ...

    def withdraw(self, wait: int, *, actor: Actor, now: datetime) -> None:
        """Take a call back out of the list; Fault NOT_FOUND, CONFLICT while somebody is at it."""
        ...


@dataclass(frozen=True, slots=True)
class Voicemail:
    """A message somebody left."""

    id: int
    call_id: str
    queue: str
    at: datetime
    seconds: int
    url: str
    ani: str | None
    organisation_name: str
    department: str
    desk_language: str
    territory: str


class Voicemails(Protocol):
    """Messages. Every method may raise Fault LEDGER_AWAY."""

    def keep(self, call_id: str, queue: str, url: str, seconds: int, now: datetime) -> None:
        """Keep a message; the same call's again changes nothing."""
        ...

    def open(self) -> Sequence[Voicemail]:
        """Messages nobody has dealt with, oldest first."""
        ...

    def done(self, voicemail: int, *, actor: Actor, now: datetime) -> None:
        """Somebody has dealt with a message; Fault NOT_FOUND."""
        ...


@dataclass(frozen=True, slots=True)
class Opinions:
    """What callers of one queue answered in one language."""

    queue: str
    language: str
    asked: int
    scores: Mapping[int, int]  # 1 to 5 -> how many answered so

    @property
    def answered(self) -> int:
        """How many answered at all."""
        return sum(self.scores.values())

    @property
    def mean(self) -> float | None:
        """The mean answer; None: nobody answered."""
        total = sum(score * count for score, count in self.scores.items())
        return total / self.answered if self.answered else None


class Surveys(Protocol):
    """The one question after a call. Every method may raise Fault LEDGER_AWAY."""

    def ask(self, call_id: str, organisation: int, queue: str, language: str, now: datetime) -> bool:
        """Whether an organisation may be asked now; then it counts as asked, once every seven days."""
        ...

    def answer(self, call_id: str, score: int) -> None:
        """Keep an answer, 1 to 5."""
        ...

    def opinions(self, start: datetime, end: datetime) -> Sequence[Opinions]:
        """What was answered to questions asked from ``start`` until before ``end``, by queue and language."""
        ...
