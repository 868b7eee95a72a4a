"""The waiting list: who waits in which queue since when, in whatever order the carrier keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.handover.estimate import Take
from app.handover.model import WaitKind, WaitState, Wanted


@dataclass(frozen=True, slots=True)
class Entering:
    """A caller who is handed to one of the carrier's queues, or back to it."""

    call_id: str
    call_sid: str
    queue: str
    territory: str
    department: str
    desk_language: str
    language: str  # what the caller is spoken to in
    link: str  # the query of the caller's present link
    organisation: int | None
    began_at: datetime  # the call did
    code_until: datetime | None  # a code is on its way and may be keyed until then


@dataclass(frozen=True, slots=True)
class Wait:
    """A row of the list, with what is known of the caller now."""

    id: int
    kind: WaitKind
    state: WaitState
    call_id: str
    call_sid: str
    carrier_queue: str
    queue: str
    territory: str
    department: str
    desk_language: str
    language: str
    began_at: datetime
    entered_at: datetime
    priority: int  # the organisation's
    level: str
    method: str
    organisation: int | None
    organisation_name: str
    ani: str | None
    code_until: datetime | None
    told_at: datetime | None  # when the caller last heard how things stand
    told_place: int | None
    told: tuple[int, int] | None  # minutes
    number: str  # of a callback
    due_at: datetime | None  # of a callback: not before
    tries: int
    link: str

    def is_due(self, now: datetime) -> bool:
        """Whether it may be taken: a callback not before its time."""
        return self.due_at is None or self.due_at <= now


@dataclass(frozen=True, slots=True)
class View:
    """What a caller's queue looks like from their place."""

    own: Wait
    line: Sequence[Wait]  # everybody who is in it and due, the caller too, in no order
    takes: Sequence[Take]  # of late, oldest first


class WaitingList(Protocol):
    """The waiting list. Every method is one transaction and may raise Fault LEDGER_AWAY."""

    def enter(self, entering: Entering, now: datetime) -> None:
        """Put a caller into a queue's line, or back; a stay in another queue is over.

        The same again changes nothing. A call that has ended does not enter.
        """
        ...

    def view(self, call_id: str, since: datetime, now: datetime) -> View | None:
        """The line a call stands in, and who was taken since an instant; None: it stands in none."""
        ...

    def heard(self, wait: int, carrier_queue: str, now: datetime) -> None:
        """The carrier asked what the caller hears: note that, and the SID of its queue."""
        ...

    def bring_in(self, wait: int, now: datetime) -> None:
        """The caller waits, though an agent has accepted them: bring them in again, where nothing does."""
        ...

    def tell(self, wait: int, place: int, told: tuple[int, int] | None, now: datetime) -> None:
        """Note the place and the range of minutes a caller was told."""
        ...

    def forget_told(self, wait: int) -> None:
        """A caller asked to hear it again."""
        ...

    def step_out(self, wait: int, wanted: Wanted, now: datetime) -> bool:
        """A caller leaves the carrier's queue to answer a question; an agent's phone that rings is let go.

        False: an agent has accepted, and the caller stays.
        """
        ...

    def wanted(self, call_id: str) -> Wanted | None:
        """What a caller stepped out for; None: they did not."""
        ...

    def close(self, call_id: str, state: WaitState, now: datetime) -> None:
        """End a call's stay, where it is in a line."""
        ...

    def taken_elsewhere(self, call_id: str, taken_at: datetime, now: datetime) -> None:
        """Somebody who is no agent of ours took the caller out of the carrier's queue."""
        ...

    def open(self, now: datetime, queues: Sequence[str] | None = None) -> Sequence[Wait]:
        """Everything that waits, is offered or being joined, in no order; all queues, or these.

        Not callers of whom the carrier has not asked for two minutes: somebody else talks with them.
        """
        ...
