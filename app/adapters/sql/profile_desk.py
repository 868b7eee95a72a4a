"""Organisations as the desk lists and shows them, on SQL."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.access.model import Actor
from app.adapters.sql import profile_editing
from app.adapters.sql.directory_plan import OWN_FIELDS, numbers_of
from app.adapters.sql.directory_rows import ContactEntry, OrganisationEntry
from app.adapters.sql.organisation_search import as_listed, found_by, listed
from app.adapters.sql.recording import storable
from app.adapters.sql.transactions import Transactions
from app.faults import Fault, FaultCode
from app.ports import ContactRow, OrganisationRow
from app.ports.profiles import (
    AccountTaken,
    ContactRecord,
    DeskContact,
    OrganisationListed,
    OrganisationRecord,
    Stale,
)
from app.verification.limits import Limits


class SqlProfiles:
    """``app.ports.profiles.Profiles`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine, *, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._transactions = Transactions(engine)

    def count(self, query: str) -> int:
        """How many organisations a search finds; an empty one finds all."""
        which = select(func.count()).select_from(OrganisationEntry).where(*found_by(query))
        with self._transactions.reading() as session:
            return session.scalars(which).one()

    def search(self, query: str, *, limit: int, offset: int) -> Sequence[OrganisationListed]:
        """Organisations by name, account, number, or a contact's name, address or number; by name."""
        with self._transactions.reading() as session:
            page = listed().where(*found_by(query)).limit(limit).offset(offset)
            return [as_listed(entry, people) for entry, people in session.execute(page)]

    def get(self, organisation: int) -> OrganisationRecord:
        """One organisation; Fault NOT_FOUND."""
        with self._transactions.reading() as session:
            return _record(session, session.get(OrganisationEntry, organisation))

    def by_account(self, account: str) -> OrganisationRecord:
        """One organisation; Fault NOT_FOUND."""
        of_account = OrganisationEntry.account_number == storable(account)
        with self._transactions.reading() as session:
            return _record(session, session.scalars(select(OrganisationEntry).where(of_account)).first())

    def write(
        self, organisation: int | None, row: OrganisationRow, *, revision: int, actor: Actor, now: datetime
    ) -> int | Stale | AccountTaken:
        """Add an organisation (None) or make one equal to a row; gives its id. Fault NOT_FOUND."""
        with self._transactions.writing() as session:
            change = profile_editing.Change(revision, actor, now)
            return profile_editing.write(session, organisation, row, change)

    def write_contacts(
        self,
        organisation: int,
        contacts: Sequence[DeskContact],
        *,
        revision: int,
        actor: Actor,
        now: datetime,
    ) -> Stale | None:
        """Make the contacts equal to these, in their order. Fault NOT_FOUND, CONFLICT."""
        since = now - self._limits.call_lasts
        with self._transactions.writing() as session:
            change = profile_editing.Change(revision, actor, now)
            return profile_editing.write_contacts(session, organisation, contacts, change, since)


def _record(session: Session, entry: OrganisationEntry | None) -> OrganisationRecord:
    if entry is None:
        raise Fault(FaultCode.NOT_FOUND, "There is no such organisation.")
    numbers = tuple(sorted(numbers_of(session, [entry.id])[entry.id]))
    own = (ContactEntry.organisation_id == entry.id, ContactEntry.removed_at.is_(None))
    people = session.scalars(select(ContactEntry).where(*own).order_by(ContactEntry.position))
    fields = {field: getattr(entry, field) for field in OWN_FIELDS}
    return OrganisationRecord(
        id=entry.id,
        row=OrganisationRow(account_number=entry.account_number, numbers=numbers, **fields),
        revision=entry.revision,
        source=entry.source,
        source_confirmed_at=entry.source_confirmed_at,
        updated_at=entry.updated_at,
        contacts=tuple(_contact(entry.account_number, one) for one in people),
    )


def _contact(account: str, entry: ContactEntry) -> ContactRecord:
    row = ContactRow(
        account_number=account,
        name=entry.name,
        role=entry.role,
        email=entry.email,
        phone=entry.phone,
        phone_can_text=entry.phone_can_text,
        language=entry.language,
        confirmed=entry.confirmed,
    )
    return ContactRecord(
        id=entry.id,
        row=row,
        email_confirmed=entry.email_confirmed,
        phone_confirmed=entry.phone_confirmed,
        switched_off_at=entry.switched_off_at,
        source=entry.source,
        source_confirmed_at=entry.source_confirmed_at,
    )
