"""Emergency closures and announcements beside the table's versions, with who made and who ended them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.access.model import Actor
from routing.table import Emergency


class Phase(StrEnum):
    """Where an entry stands at an instant."""

    IN_FORCE = "in_force"
    TO_COME = "to_come"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Entry:
    """A closure (``closes``) or an announcement."""

    number: int
    closes: bool
    emergency: Emergency
    incident: str  # the name it shares with others; empty: none
    author: str
    created_at: datetime
    ended_by: str = ""  # who ended it earlier than it said; empty: nobody
    ended_at: datetime | None = None

    def phase(self, now: datetime) -> Phase:
        """Where it stands now."""
        if self.emergency.end <= now:
            return Phase.OVER
        return Phase.IN_FORCE if self.emergency.start <= now else Phase.TO_COME


@dataclass(frozen=True, slots=True)
class Selected:
    """Which entries a list shows; None: whichever."""

    phase: Phase | None = None
    closes: bool | None = None


class Closings(Protocol):
    """Closures and announcements. Every method may raise Fault LEDGER_AWAY."""

    def page(
        self, selected: Selected, now: datetime, *, limit: int, offset: int = 0
    ) -> tuple[Sequence[Entry], int]:
        """One page of the entries selected, newest first, and how many there are."""
        ...

    def get(self, number: int) -> Entry:
        """The entry of a number; Fault NOT_FOUND."""
        ...

    def add(self, emergency: Emergency, *, closes: bool, incident: str, actor: Actor, now: datetime) -> Entry:
        """Put a closure or an announcement beside the versions: live on every worker within two seconds."""
        ...

    def end(self, number: int, *, actor: Actor, now: datetime) -> Entry:
        """Let an entry end now; Fault NOT_FOUND, CONFLICT when it is over."""
        ...

    def move_end(
        self, number: int, end: datetime, *, expecting: datetime, actor: Actor, now: datetime
    ) -> Entry:
        """Let an entry end at another instant than the one expected.

        Raises:
            Fault: NOT_FOUND; CONFLICT when it is over, or somebody else moved its end meanwhile.
        """
        ...

    def end_incident(self, incident: str, *, actor: Actor, now: datetime) -> Sequence[Entry]:
        """Let everything end now that carries the incident's name; gives what that was."""
        ...

    def incidents(self, now: datetime) -> Sequence[str]:
        """The names of incidents in force or to come."""
        ...
