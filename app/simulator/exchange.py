"""What all legs of one phone share: the carrier's account, clock, queues, and the people to be reached."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from app.simulator.agents import Agent
from app.simulator.clock import PhoneClock
from app.simulator.numbers import Number
from app.simulator.queues import Queue
from app.simulator.scheduler import Scheduler
from app.simulator.sids import Sids
from app.simulator.sip import address_of
from app.simulator.transcript import Transcript
from app.simulator.webhooks import Webhooks

if TYPE_CHECKING:
    from app.simulator.driver import Driver
    from app.simulator.leg import Leg
    from app.simulator.rooms import Conference
    from app.simulator.rung import Rung


class Answering(Protocol):
    """Somebody at a number or SIP URI whom no script tells what to do."""

    def is_rung(self, rung: "Rung") -> None:
        """The phone begins to ring."""
        ...


@dataclass(slots=True)
class Exchange:
    """The carrier."""

    webhooks: Webhooks
    scheduler: Scheduler
    transcript: Transcript
    sids: Sids
    agents: dict[str, Agent]
    persons: dict[str, Answering] = field(default_factory=dict)
    queues: dict[str, Queue] = field(default_factory=dict)  # by name
    legs: dict[str, "Leg"] = field(default_factory=dict)  # by CallSid, in order of their creation
    rooms: dict[str, "Conference"] = field(default_factory=dict)  # by name, the latest of each
    conferences: dict[str, "Conference"] = field(default_factory=dict)  # by SID, the ended ones too
    numbers: dict[str, Number] = field(default_factory=dict)  # the account's, by SID
    stranger: Callable[[str], Answering] | None = None  # who is wherever nobody was put; None: nobody
    keeps_silence: bool = True  # whether recordings in which nobody spoke are kept, and told
    touched: list["Driver"] = field(default_factory=list)  # legs that the last act set going

    @property
    def clock(self) -> PhoneClock:
        """The clock all legs share."""
        return self.scheduler.clock

    def queue(self, name: str) -> Queue:
        """The queue of this name."""
        if name not in self.queues:
            self.queues[name] = Queue(name, self.sids.named("QU", name), self.clock.now())
        return self.queues[name]

    def number(self, phone: str) -> Number | None:
        """The account's number, as it is set there; None: it is not."""
        return next((one for one in self.numbers.values() if one.phone == phone), None)

    def who_is_at(self, address: str) -> Agent | Answering | None:
        """Who answers a number or SIP URI (headers and parameters in it are passed over); None: nobody."""
        place = address_of(address)
        found = self.persons.get(place) or self.agents.get(place)
        return found or (self.stranger(place) if self.stranger is not None else None)
