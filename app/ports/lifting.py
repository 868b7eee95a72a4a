"""Limits in force, and lifting one: one person asks with a reason, another one decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.access.model import Actor
from app.verification.limits import LimitKind


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody's wish to lift a limit, open or decided."""

    id: int
    kind: LimitKind
    subject: str
    reason: str
    asked_by: str
    asked_by_id: int
    asked_at: datetime
    state: str  # open | lifted | refused | over
    decided_by: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LimitInForce:
    """A limit that holds somebody up right now."""

    kind: LimitKind
    subject: str  # an id, a calling number, or empty for the budget
    count: int
    most: int
    ends_at: datetime | None  # when it is over by itself; None: never
    organisation: int | None = None
    organisation_name: str = ""
    contact: int | None = None
    contact_name: str = ""
    wish: Wish | None = None  # the open one


class Lifting(Protocol):
    """Limits in force and the wishes about them. Every method may raise Fault LEDGER_AWAY."""

    def in_force(self, now: datetime, *, organisation: int | None = None) -> Sequence[LimitInForce]:
        """Every limit that holds, or those of one organisation and its contacts; the soonest over first."""
        ...

    def decided(self, *, limit: int) -> Sequence[Wish]:
        """The latest wishes that were decided, newest first."""
        ...

    def ask(self, actor: Actor, limit: LimitInForce, reason: str, now: datetime) -> Wish:
        """Keep a wish; the one that is open already, if there is one."""
        ...

    def open_wish(self, wish: int) -> Wish:
        """An open wish.

        Raises:
            Fault: NOT_FOUND when there is none of this number, CONFLICT when it is decided.
        """
        ...

    def decide(self, actor: Actor, wish: int, state: str, now: datetime) -> Wish:
        """Close an open wish as lifted, refused or over; lifted, its limit counts anew from ``now``.

        Raises:
            Fault: NOT_FOUND, CONFLICT as above.
        """
        ...
