"""What all legs of one phone share: the carrier's account, clock, queues, and the people to be reached."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from app.simulator.agents import Agent
from app.simulator.clock import PhoneClock
from app.simulator.moments import TakenFromQueue
from app.simulator.sids import Sids
from app.simulator.transcript import Transcript
from app.simulator.webhooks import Webhooks


@dataclass(slots=True)
class Member:
    """A call waiting in a queue."""

    call_sid: str
    since: datetime


@dataclass(slots=True)
class Queue:
    """One of the carrier's queues; made when first named."""

    name: str
    sid: str
    members: list[Member] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)  # seconds, of those who left

    def average(self) -> int:
        """Average time in the queue, in seconds."""
        return int(sum(self.waits) / len(self.waits)) if self.waits else 0

    def position(self, call_sid: str) -> int:
        """1 for the first in line."""
        return 1 + [member.call_sid for member in self.members].index(call_sid)


@dataclass(slots=True)
class Exchange:
    """The carrier."""

    webhooks: Webhooks
    clock: PhoneClock
    transcript: Transcript
    sids: Sids
    agents: dict[str, Agent]
    queues: dict[str, Queue] = field(default_factory=dict)
    # How a waiting call is told that someone takes it, and a talking one that the other side hung up.
    takers: dict[str, Callable[[TakenFromQueue], None]] = field(default_factory=dict)
    leavers: dict[str, Callable[[], None]] = field(default_factory=dict)

    def queue(self, name: str) -> Queue:
        """The queue of this name."""
        if name not in self.queues:
            self.queues[name] = Queue(name, self.sids.named("QU", name))
        return self.queues[name]
