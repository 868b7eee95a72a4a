"""The contacts of one organisation, before and after a change. A contact is known by its name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.adapters.sql.directory_rows import ContactEntry, OrganisationEntry
from app.adapters.sql.reading import as_contact, as_organisation
from app.adapters.sql.writing import About, add_letter
from app.ports import ContactRow
from app.verification.model import Contact

FIELDS = ("role", "email", "phone", "phone_can_text", "language", "confirmed")


@dataclass(frozen=True, slots=True)
class Profile:
    """An organisation's rows beside what is stored of its contacts."""

    contacts: Sequence[ContactRow]
    stored: Mapping[str, ContactEntry]  # by name, those taken off the profile earlier included
    is_known: bool  # the organisation is: addresses new to it wait a day
    is_vouched: bool = True  # the source says when addresses were confirmed; at the desk only a code does

    @property
    def leaving(self) -> Sequence[ContactEntry]:
        """Who is on the profile and not in the rows."""
        named = {row.name for row in self.contacts}
        return [one for one in self.stored.values() if one.removed_at is None and one.name not in named]

    @property
    def changes(self) -> bool:
        """Whether any contact would be added, removed, moved or changed."""
        there = [entry for entry in self.stored.values() if entry.removed_at is None]
        if [row.name for row in self.contacts] != [entry.name for entry in there]:
            return True
        return any(differs(self.stored[row.name], row) for row in self.contacts)

    def write(self, session: Session, entry: OrganisationEntry, now: datetime) -> bool:
        """Make the contacts equal to the rows; each address given up is told so. Says whether any changed."""
        if not self.changes:
            return False
        about = About(as_organisation(entry), None, now, now)
        for old in self.leaving:
            _tell(session, about, as_contact(old), None)
            old.removed_at = now
        for position, row in enumerate(self.contacts):
            self._write_contact(session, about, position, row)
        return True

    def _write_contact(self, session: Session, about: About, position: int, row: ContactRow) -> None:
        stored = self.stored.get(row.name)
        is_new = stored is None or stored.removed_at is not None
        if stored is None:
            stored = ContactEntry(organisation_id=about.organisation.id, name=row.name, failures=0)
            session.add(stored)
        elif not is_new:
            _tell(session, about, as_contact(stored), row)
        if self.is_known and (is_new or _moves(stored, row)):
            stored.changed_at = about.now
        self._confirm(stored, row, is_new=is_new)
        stored.position, stored.removed_at = position, None
        for field in FIELDS:
            setattr(stored, field, getattr(row, field))

    def _confirm(self, stored: ContactEntry, row: ContactRow, *, is_new: bool) -> None:
        """From when each address counts as confirmed: an address new to a known organisation, not before now.

        What a code confirmed at the desk stays so until the address, or what the source says of it, changes.
        """
        says_anew = is_new or (self.is_vouched and stored.confirmed != row.confirmed)
        for address, confirmed in (("email", "email_confirmed"), ("phone", "phone_confirmed")):
            if says_anew or getattr(stored, address) != getattr(row, address):
                since = row.confirmed if self.is_vouched and getattr(row, address) else None
                if since is not None and stored.changed_at is not None:
                    since = max(since, stored.changed_at)
                setattr(stored, confirmed, since)


def differs(entry: ContactEntry, row: ContactRow) -> bool:
    """Whether a contact on the profile is not as its row says."""
    return any(getattr(entry, field) != getattr(row, field) for field in FIELDS)


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
