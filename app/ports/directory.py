"""Organisations and contacts as their sources give them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from app.access.model import Actor

#: Where records come from that no directory of its own name gave.
FILES = "files"


def unseen(_done: int) -> None:
    """Progress that nobody looks at."""


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One row of an organisations file, checked."""

    account_number: str
    name: str
    country: str
    cloud: str
    language: str
    trust_caller_id: str
    code_digits: int
    priority: int
    numbers: tuple[str, ...]  # E.164, a trailing * for a range


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One row of a contacts file, checked."""

    account_number: str
    name: str
    role: str
    email: str
    phone: str
    phone_can_text: bool
    language: str
    confirmed: datetime | None


class Result(StrEnum):
    """What an import does to a record."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"  # a contact who is taken off the profile


class CellChange(NamedTuple):
    """One column of a record, before and after, as texts."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What an import does to one record: an organisation, or with ``contact`` one of its people."""

    account: str
    contact: str  # the name; empty: the organisation itself
    result: Result
    cells: tuple[CellChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. ``mark`` is another one as soon as it would do anything else."""

    changes: tuple[Change, ...]
    mark: str


class Directory(Protocol):
    """Organisations and contacts, made equal to what a source says."""

    def preview(self, organisations: Sequence[OrganisationRow], contacts: Sequence[ContactRow]) -> Preview:
        """What ``replace`` would do now; nothing is changed."""
        ...

    def replace(
        self,
        organisations: Sequence[OrganisationRow],
        contacts: Sequence[ContactRow],
        *,
        actor: Actor,
        now: datetime,
        source: str = FILES,
        expecting: str = "",
        progress: Callable[[int], None] = unseen,
    ) -> tuple[int, int]:
        """Add or update all of them in one transaction; gives (added, updated) organisations.

        Contacts of the accounts named are made equal to the rows; a changed address tells the old one. Every
        record named counts as confirmed by ``source`` now, changed or not. ``progress`` is told after each
        organisation how many are done.

        Raises:
            Fault: CONFLICT, and nothing changed, while one of the organisations has an open call and the
                import would change its contacts, or when it would do something else than the preview with
                the mark ``expecting`` said.
        """
        ...

    def confirm(
        self, account: str, name: str, *, people: tuple[str, str], reason: str, now: datetime
    ) -> None:
        """Let a contact who was switched off receive codes again, 24 hours from now; two people decide.

        Raises:
            Fault: BAD_INPUT for one person in both places, no reason, or a contact who is not switched off.
        """
        ...
