"""Organisations and their contacts as the desk lists, shows and edits them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.access.model import Actor
from app.ports.directory import ContactRow, OrganisationRow


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """A contact on a profile."""

    id: int
    row: ContactRow
    email_confirmed: datetime | None
    phone_confirmed: datetime | None
    switched_off_at: datetime | None
    source: str
    source_confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """An organisation with its contacts in the profile's order."""

    id: int
    row: OrganisationRow
    revision: int  # another one after any change
    source: str
    source_confirmed_at: datetime | None
    updated_at: datetime
    contacts: tuple[ContactRecord, ...]

    def contact(self, contact: int) -> ContactRecord | None:
        """The contact of this id, if it is on this profile."""
        return next((one for one in self.contacts if one.id == contact), None)


@dataclass(frozen=True, slots=True)
class OrganisationListed:
    """An organisation as it stands in a list."""

    id: int
    account_number: str
    name: str
    country: str
    contacts: int
    trust_caller_id: str
    source: str
    source_confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stale:
    """Somebody changed the organisation since it was shown; nothing was written."""


@dataclass(frozen=True, slots=True)
class AccountTaken:
    """Another organisation has this account number; nothing was written."""


@dataclass(frozen=True, slots=True)
class DeskContact:
    """A contact as the desk wants it: ``id`` is None for a new one."""

    id: int | None
    row: ContactRow


class Profiles(Protocol):
    """Organisations at the desk. Every method may raise Fault LEDGER_AWAY."""

    def count(self, query: str) -> int:
        """How many organisations a search finds; an empty one finds all."""
        ...

    def search(self, query: str, *, limit: int, offset: int) -> Sequence[OrganisationListed]:
        """Organisations by name, account, number, or a contact's name, address or number; by name."""
        ...

    def get(self, organisation: int) -> OrganisationRecord:
        """One organisation.

        Raises:
            Fault: NOT_FOUND.
        """
        ...

    def by_account(self, account: str) -> OrganisationRecord:
        """One organisation.

        Raises:
            Fault: NOT_FOUND.
        """
        ...

    def write(
        self, organisation: int | None, row: OrganisationRow, *, revision: int, actor: Actor, now: datetime
    ) -> int | Stale | AccountTaken:
        """Add an organisation (None) or make one equal to a row; gives its id.

        Raises:
            Fault: NOT_FOUND.
        """
        ...

    def write_contacts(
        self,
        organisation: int,
        contacts: Sequence[DeskContact],
        *,
        revision: int,
        actor: Actor,
        now: datetime,
    ) -> Stale | None:
        """Make the contacts equal to these, in their order; addresses given here wait for a code.

        Raises:
            Fault: NOT_FOUND; CONFLICT while the organisation is on the line.
        """
        ...
