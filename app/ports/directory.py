"""Organisations and contacts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.access.model import Actor


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


class Directory(Protocol):
    """Organisations and contacts."""

    def replace(
        self,
        organisations: Sequence[OrganisationRow],
        contacts: Sequence[ContactRow],
        *,
        actor: Actor,
        now: datetime,
    ) -> tuple[int, int]:
        """Add or update all of them in one transaction; gives (added, updated) organisations.

        Contacts of the accounts named are made equal to the rows; a changed address tells the old one.
        Fault BAD_INPUT, and nothing changed, while one of the organisations has an open call and the
        import would change its contacts.
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
