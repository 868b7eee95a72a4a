"""What the agents' desk reads and keeps beside the handovers: numbers of queues, notes, interpreters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from app.access.model import Actor

#: A caller answered within this long was answered in time: 80 % of them is the usual goal.
IN_TIME = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class QueueNumbers:
    """One queue since an instant, and as it stands now."""

    queue: str
    waiting: int
    longest_since: datetime | None  # when whoever waits longest came into the queue
    taken: int
    in_time: int  # of those taken
    abandoned: int
    overflowed: int
    verified: int  # of those taken, at any level above unverified

    @property
    def service_level(self) -> float | None:
        """The share of callers answered in time, of those taken or given up; None: there were none."""
        offered = self.taken + self.abandoned
        return self.in_time / offered if offered else None

    @property
    def verified_share(self) -> float | None:
        """The share of those taken who were verified; None: nobody was taken."""
        return self.verified / self.taken if self.taken else None


@dataclass(frozen=True, slots=True)
class CallNote:
    """What an agent wrote about a call."""

    author: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class PastCall:
    """A call of the same organisation, before."""

    call_id: str
    started_at: datetime
    ani: str | None
    queue: str
    level: str
    method: str
    outcome: str  # how it ended, or what state it is in
    disposition: str


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Somebody who can be added to a conversation."""

    id: int
    language: str
    name: str
    address: str  # number:+E164 or sip:...


class DeskReading(Protocol):
    """What the desk reads. Every method may raise Fault LEDGER_AWAY."""

    def numbers(self, since: datetime) -> Sequence[QueueNumbers]:
        """Every queue that had or has callers, by name."""
        ...

    def notes(self, call_id: str) -> Sequence[CallNote]:
        """What was written about a call, oldest first."""
        ...

    def add_note(self, call_id: str, text: str, *, actor: Actor, now: datetime) -> None:
        """Write something about a call; Fault NOT_FOUND."""
        ...

    def looked_up(
        self, call_id: str, account: str, organisation: int | None, *, actor: Actor, now: datetime
    ) -> None:
        """Write into the audit whose account an agent looked at for a caller; None: there is no such one."""
        ...

    def handled(self, user: int, call_id: str) -> bool:
        """Whether an agent was ever rung about this call, or about one of the same organisation."""
        ...

    def past_calls(self, organisation: int, *, but: str, limit: int) -> Sequence[PastCall]:
        """The latest calls of an organisation, this one aside, newest first."""
        ...


class Interpreters(Protocol):
    """Interpreters by language. Every method may raise Fault LEDGER_AWAY."""

    def listed(self, language: str = "") -> Sequence[Interpreter]:
        """All of them, or those for a language, by language and name."""
        ...

    def get(self, interpreter: int) -> Interpreter:
        """One; Fault NOT_FOUND."""
        ...

    def add(self, language: str, name: str, address: str, *, actor: Actor, now: datetime) -> None:
        """Add one."""
        ...

    def remove(self, interpreter: int, *, actor: Actor, now: datetime) -> None:
        """Take one off the list; Fault NOT_FOUND."""
        ...
