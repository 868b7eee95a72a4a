"""The carrier's queues: who waits in which, in which order (twilio.com/docs/voice/api/queue-resource)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

MOST_WAITING = 1000  # a queue's size unless it was made with another


@dataclass(slots=True)
class Member:
    """A call waiting in a queue."""

    call_sid: str
    since: datetime


@dataclass(slots=True, eq=False)
class Queue:
    """One of the carrier's queues; made when first named, or by the REST API."""

    name: str
    sid: str
    created: datetime
    max_size: int = MOST_WAITING
    members: list[Member] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)  # seconds, of those who left
    dialled: list[Callable[[], None]] = field(default_factory=list)  # by legs that wait for somebody to come

    def average(self) -> int:
        """Average time in the queue, in seconds."""
        return int(sum(self.waits) / len(self.waits)) if self.waits else 0

    def position(self, call_sid: str) -> int:
        """1 for the first in line, 0 for who is not in it."""
        sids = [member.call_sid for member in self.members]
        return sids.index(call_sid) + 1 if call_sid in sids else 0

    def enters(self, member: Member) -> None:
        """Stand at the end of the line; whoever dialled the empty queue is told."""
        self.members.append(member)
        for tell in self.dialled:
            tell()

    def takes(self, call_sid: str = "") -> Member | None:
        """Take a member (none named: the first) out of the line; None when there is none."""
        for member in tuple(self.members):
            if call_sid in {"", member.call_sid}:
                self.members.remove(member)
                return member
        return None
