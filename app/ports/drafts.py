"""Drafts of the routing table: somebody's changes to a version, kept as they are made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from app.access.model import Actor
from routing.rebase import Conflict
from routing.table import Document

State = Literal["open", "published", "discarded"]


@dataclass(frozen=True, slots=True)
class SignOff:
    """A warning that somebody looked at and lets pass."""

    who: str
    at: datetime
    sentence: str  # the warning, as it was read
    note: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """A publisher who wants this very revision published; ``user`` is the account's id."""

    name: str
    user: int
    at: datetime


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft without what it holds, for lists."""

    id: int
    owner: str
    owner_id: int  # the account's id; 0: the command line
    title: str
    base: int  # the version it stands on
    revision: int  # raised by every change
    state: State
    version: int  # published as; 0 while it is not
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with all it holds."""

    id: int
    owner: str
    owner_id: int
    title: str
    base: int
    revision: int
    document: Document
    state: State
    version: int
    created_at: datetime
    updated_at: datetime
    sign_offs: Mapping[str, SignOff] = field(default_factory=dict)  # by the remark's mark
    approved: tuple[Approval, ...] = ()  # of this revision
    conflicts: tuple[Conflict, ...] = ()  # rows somebody else published otherwise, to be settled

    @property
    def signed_off(self) -> frozenset[str]:
        """The marks of the warnings that were signed off."""
        return frozenset(self.sign_offs)

    @property
    def approvals(self) -> tuple[str, ...]:
        """Who wants this revision published."""
        return tuple(approval.name for approval in self.approved)


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a draft, in a sentence; ``revision`` is what it led to."""

    revision: int
    at: datetime
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Which drafts a list shows."""

    owner_id: int | None = None  # None: everybody's
    owner: str = ""  # asked with ``owner_id`` 0
    state: State | None = None
    text: str = ""  # in the title or the owner's name
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """What a change puts into a draft; whatever is None stays."""

    what: str
    document: Document
    base: int | None = None
    conflicts: tuple[Conflict, ...] | None = None


class DraftStore(Protocol):
    """Drafts. Every method may raise Fault LEDGER_AWAY; those that name a draft, NO_SUCH_DRAFT.

    Methods that take a ``revision`` change nothing and give None when the draft is of another by now, or is
    not open any more.
    """

    def open(self, title: str, base: int, document: Document, *, actor: Actor, now: datetime) -> Draft:
        """A new draft of the actor's, at revision 1."""
        ...

    def read(self, number: int) -> Draft:
        """A draft with all it holds, whatever became of it."""
        ...

    def listed(self, asked: Asked) -> tuple[Sequence[DraftRow], int]:
        """One page of the drafts asked for, last changed first, and how many there are."""
        ...

    def save(
        self, number: int, revision: int, change: Change, *, actor: Actor, now: datetime
    ) -> Draft | None:
        """Put a change in as the next revision; approvals of the one before are dropped."""
        ...

    def undo(self, number: int, revision: int, *, actor: Actor, now: datetime) -> Draft | None:
        """Bring back what was before the last change that is still kept, as the next revision.

        Raises:
            Fault: CONFLICT when nothing is kept that could be undone.
        """
        ...

    def steps(self, number: int, *, after: int = 0, limit: int = 50) -> Sequence[Step]:
        """What led to revisions after this one, newest first."""
        ...

    def sign(
        self, number: int, revision: int, mark: str, sign_off: SignOff | None, *, actor: Actor, now: datetime
    ) -> Draft | None:
        """Sign a warning off, or, with None, take that back."""
        ...

    def approve(self, number: int, revision: int, approval: Approval, *, actor: Actor) -> Draft | None:
        """Write down that somebody wants this revision published; once for each account."""
        ...

    def rename(self, number: int, title: str, *, actor: Actor, now: datetime) -> None:
        """Give an open draft another title."""
        ...

    def discard(self, number: int, *, actor: Actor, now: datetime) -> bool:
        """End an open draft unpublished; False when it is not open."""
        ...
