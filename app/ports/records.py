"""Recorded calls as the desks read them: listed, replayed and counted. No call asks for any of this."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol


class Outcome(StrEnum):
    """What became of a call, as far as its row tells."""

    RUNNING = "running"
    CONNECTED = "connected"  # somebody talked with the caller
    CALLBACK = "callback"  # the caller had a call back booked
    MESSAGE = "message"  # the caller left a message
    ABANDONED = "abandoned"  # hung up while waiting for somebody
    NOBODY = "nobody"  # every queue was tried, and nobody answered
    CLOSED = "closed"  # the desk was closed, and the caller took nothing else
    LEFT = "left"  # hung up before a desk was reached


#: What became of calls that ended in these states of the script.
ENDED_AS = MappingProxyType(
    {
        "callback_booked": Outcome.CALLBACK,
        "message_taken": Outcome.MESSAGE,
        "nobody": Outcome.NOBODY,
    }
)
#: What a call's first question for a desk was answered with; empty: it never asked for one.
OPEN, OTHER_LANGUAGE, OTHER_DEPARTMENT, ALL_CLOSED = (
    "open",
    "other_language_open",
    "other_department_open",
    "all_closed",
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """One call with all that is kept of it. Instants are in UTC; None: it never came to that."""

    call_id: str
    started_at: datetime
    ani: str | None
    dnis: str
    territory: str
    table_version: int  # 0: not known, as for calls of before it was recorded
    asked_department: str  # as the caller first chose
    asked_language: str
    met: str  # what that was answered with
    decided_at: datetime | None
    department: str  # of the desk the call went to, or asked for last
    desk_language: str
    queue: str
    queued_at: datetime | None  # first handed to a queue
    connected_at: datetime | None
    wait_seconds: int | None  # from there to somebody's answer
    level: str
    method: str
    organisation_name: str
    state: str
    ended: str
    ended_at: datetime | None
    organisation_id: int | None = None
    parent_id: str = ""  # of a callback: the call in which it was asked for

    @property
    def outcome(self) -> Outcome:
        """What became of the call."""
        if self.connected_at is not None:
            return Outcome.CONNECTED
        if not self.ended:
            return Outcome.RUNNING
        if self.state in ENDED_AS:
            return ENDED_AS[self.state]
        if self.queued_at is not None:
            return Outcome.ABANDONED
        return Outcome.CLOSED if self.met not in {"", OPEN} else Outcome.LEFT


class By(StrEnum):
    """What a report's rows stand for."""

    DAY = "day"
    COUNTRY = "country"
    QUEUE = "queue"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Counting:
    """Which calls are counted, and in which rows."""

    days: tuple[tuple[str, datetime], ...]  # each day's name and beginning, in order; never empty
    end: datetime  # exclusive
    by: By | None = None  # None: all in one row of the key ""
    territory: str = ""
    department: str = ""  # as asked for
    language: str = ""  # as asked for
    queue: str = ""

    @property
    def start(self) -> datetime:
        """The beginning of the first day."""
        return self.days[0][1]


@dataclass(frozen=True, slots=True)
class Codes:
    """How far codes came; each number is a part of the one before it."""

    asked: int = 0  # a caller asked for one
    sent: int = 0  # it was put on its way: account, contact and limits allowed it
    delivered: int = 0  # the mail server or the carrier took it
    keyed: int = 0  # something was keyed for one that was sent
    accepted: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """One row of a report; docs/reports.md says what each number means."""

    key: str
    calls: int = 0
    running: int = 0
    connected: int = 0
    callback: int = 0
    message: int = 0
    abandoned: int = 0
    nobody: int = 0
    closed: int = 0
    left: int = 0
    asked_desk: int = 0  # came to ask for a desk
    closed_hits: int = 0  # the desk they first asked for was closed
    took_language: int = 0  # of these, went on in another language
    took_department: int = 0  # went on to the other department
    fallback: int = 0  # handed to the fallback queue at last
    queued: int = 0  # handed to any queue
    verified: Mapping[str, int] = field(default_factory=dict)  # by method: email, number_matched
    codes: Codes = Codes()
    waits: int = 0  # calls of which the wait is known
    wait_median: int | None = None  # seconds
    wait_90: int | None = None


class Records(Protocol):
    """Recorded calls. Every method may raise Fault LEDGER_AWAY."""

    def of_territory(self, key: str, since: datetime, *, limit: int, offset: int = 0) -> Sequence[Recorded]:
        """The calls for a territory since an instant, newest first."""
        ...

    def count_of_territory(self, key: str, since: datetime) -> int:
        """How many ``of_territory`` gives in all."""
        ...

    def asked_between(self, start: datetime, end: datetime, *, limit: int) -> Sequence[Recorded]:
        """The calls begun from ``start`` until before ``end`` that asked for a desk, newest first."""
        ...

    def tallies(self, counting: Counting) -> Sequence[Tally]:
        """The rows of a report that have any call, in no particular order; three queries in all."""
        ...
