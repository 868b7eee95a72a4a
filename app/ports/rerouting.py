"""Queues whose calls are sent to another one for now, with who did it and who ended it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.access.model import Actor
from app.ports.closings import Phase
from routing.table import Reroute


@dataclass(frozen=True, slots=True)
class RerouteEntry:
    """A re-route as people see it."""

    number: int
    reroute: Reroute
    author: str
    created_at: datetime
    ended_by: str = ""  # who ended it earlier than it said; empty: nobody
    ended_at: datetime | None = None

    def phase(self, now: datetime) -> Phase:
        """Where it stands now."""
        if self.reroute.end <= now:
            return Phase.OVER
        return Phase.IN_FORCE if self.reroute.start <= now else Phase.TO_COME


class Reroutes(Protocol):
    """Re-routes. Every method may raise Fault LEDGER_AWAY."""

    def page(
        self, phase: Phase | None, now: datetime, *, limit: int, offset: int = 0
    ) -> tuple[Sequence[RerouteEntry], int]:
        """One page of the entries of a phase (None: of every one), newest first, and how many there are."""
        ...

    def not_over(self, now: datetime) -> Sequence[Reroute]:
        """Those in force and to come, in the order they were made."""
        ...

    def get(self, number: int) -> RerouteEntry:
        """The entry of a number; Fault NOT_FOUND."""
        ...

    def add(self, reroute: Reroute, *, actor: Actor, now: datetime) -> RerouteEntry:
        """Send a queue's calls elsewhere: live on every worker within two seconds.

        Raises:
            Fault: CONFLICT when somebody already sends this queue's calls elsewhere in that time.
        """
        ...

    def end(self, number: int, *, actor: Actor, now: datetime) -> RerouteEntry:
        """Let an entry end now; Fault NOT_FOUND, CONFLICT when it is over."""
        ...
