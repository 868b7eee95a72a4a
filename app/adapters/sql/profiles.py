"""The contacts of one organisation, before and after an import. A contact is known by its name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters.sql.directory_rows import ContactEntry, OrganisationEntry
from app.adapters.sql.reading import as_contact, as_organisation
from app.adapters.sql.writing import About, add_letter
from app.ports import ContactRow, OrganisationRow
from app.verification.model import Contact

_FIELDS = ("role", "email", "phone", "phone_can_text", "language", "confirmed")


@dataclass(frozen=True, slots=True)
class Profile:
    """One organisation's rows beside what is stored of it; ``entry`` is None when it is new."""

    row: OrganisationRow
    entry: OrganisationEntry | None
    contacts: Sequence[ContactRow]
    stored: dict[str, ContactEntry]  # by name, those taken off the profile earlier included

    @property
    def changes_contacts(self) -> bool:
        """Whether any contact would be added, removed, moved or changed."""
        there = [entry for entry in self.stored.values() if entry.removed_at is None]
        if [row.name for row in self.contacts] != [entry.name for entry in there]:
            return True
        return any(_differs(self.stored[row.name], row) for row in self.contacts)

    def write(self, session: Session, entry: OrganisationEntry, now: datetime) -> bool:
        """Make the contacts equal to the rows; each address given up is told so. Says whether any changed."""
        if not self.changes_contacts:
            return False
        about = About(as_organisation(entry), None, now, now)
        named = {row.name for row in self.contacts}
        for old in self.stored.values():
            if old.removed_at is None and old.name not in named:
                _tell(session, about, as_contact(old), None)
                old.removed_at = now
        for position, row in enumerate(self.contacts):
            self._write_contact(session, about, position, row)
        return True

    def _write_contact(self, session: Session, about: About, position: int, row: ContactRow) -> None:
        """An address new to a known organisation counts as confirmed no earlier than now."""
        stored = self.stored.get(row.name)
        is_new = stored is None or stored.removed_at is not None
        if stored is None:
            stored = ContactEntry(organisation_id=about.organisation.id, name=row.name, failures=0)
            session.add(stored)
        elif not is_new:
            _tell(session, about, as_contact(stored), row)
        if self.entry is not None and (is_new or _moves(stored, row)):
            stored.changed_at = about.now
        stored.position, stored.removed_at = position, None
        for field in _FIELDS:
            setattr(stored, field, getattr(row, field))


def plan(
    session: Session, row: OrganisationRow, entry: OrganisationEntry | None, contacts: Sequence[ContactRow]
) -> Profile:
    """Put an organisation's rows beside what is stored of it, in the profile's order."""
    own = ContactEntry.organisation_id == (entry.id if entry else -1)
    stored = session.scalars(select(ContactEntry).where(own).order_by(ContactEntry.position))
    return Profile(row, entry, contacts, {one.name: one for one in stored})


def _differs(entry: ContactEntry, row: ContactRow) -> bool:
    return any(getattr(entry, field) != getattr(row, field) for field in _FIELDS)


def _moves(entry: ContactEntry, row: ContactRow) -> bool:
    """Whether the row gives an address the contact did not have."""
    return row.email not in {"", entry.email} or row.phone not in {"", entry.phone}


def _tell(session: Session, about: About, old: Contact, new: ContactRow | None) -> None:
    """Tell each address that is given up, at that address; a number that takes no texts, by e-mail."""
    for receiver in dict.fromkeys(_given_up(old, new)):
        add_letter(session, about, receiver, "changed")


def _given_up(old: Contact, new: ContactRow | None) -> Iterator[Contact]:
    if old.email and (new is None or new.email != old.email):
        yield replace(old, phone="")
    if old.phone and (new is None or new.phone != old.phone):
        yield replace(old, email="") if old.phone_can_text else replace(old, phone="")
