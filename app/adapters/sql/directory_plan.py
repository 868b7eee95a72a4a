"""What an import does to each record, worked out from a few statements however many records there are."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters.sql.batches import batches
from app.adapters.sql.directory_rows import ContactEntry, OrganisationEntry, OrganisationNumber
from app.adapters.sql.profiles import FIELDS, Profile
from app.ports import CellChange, Change, ContactRow, OrganisationRow, Result

OWN_FIELDS = ("name", "country", "cloud", "language", "trust_caller_id", "code_digits", "priority")


@dataclass(frozen=True, slots=True)
class Plan:
    """One organisation's row beside what is stored of it; ``entry`` is None when it is new."""

    row: OrganisationRow
    entry: OrganisationEntry | None
    numbers: frozenset[str]  # those stored
    profile: Profile

    @property
    def cells(self) -> tuple[CellChange, ...]:
        """The organisation's own columns that change."""
        if self.entry is None:
            return ()
        before = {field: str(getattr(self.entry, field)) for field in OWN_FIELDS}
        before["numbers"] = " ".join(sorted(self.numbers))
        after = {field: str(getattr(self.row, field)) for field in OWN_FIELDS}
        after["numbers"] = " ".join(sorted(set(self.row.numbers)))
        return tuple(
            CellChange(name, before[name], after[name]) for name in after if before[name] != after[name]
        )

    def changes(self) -> Iterator[Change]:
        """What becomes of the organisation, then of each contact in the rows, then of those who leave."""
        account, cells = self.row.account_number, self.cells
        result = Result.ADDED if self.entry is None else Result.CHANGED if cells else Result.UNCHANGED
        yield Change(account, "", result, cells)
        for position, row in enumerate(self.profile.contacts):
            yield _contact(account, self.profile.stored.get(row.name), position, row)
        for entry in self.profile.leaving:
            yield Change(account, entry.name, Result.REMOVED)


def mark_of(changes: Sequence[Change]) -> str:
    """A short text that tells these changes from any others."""
    happening = [repr(change) for change in changes if change.result is not Result.UNCHANGED]
    return hashlib.sha256("\n".join(happening).encode("utf-8", "replace")).hexdigest()[:32]


def plans(
    session: Session, organisations: Sequence[OrganisationRow], contacts: Sequence[ContactRow]
) -> list[Plan]:
    """Put every organisation's rows beside what is stored."""
    accounts = [row.account_number for row in organisations]
    known = {
        entry.account_number: entry
        for some in batches(accounts)
        for entry in session.scalars(
            select(OrganisationEntry).where(OrganisationEntry.account_number.in_(some))
        )
    }
    ids = [entry.id for entry in known.values()]
    numbers, stored, people = numbers_of(session, ids), contacts_by_name(session, ids), defaultdict(list)
    for contact in contacts:
        people[contact.account_number].append(contact)
    found = []
    for row in organisations:
        entry = known.get(row.account_number)
        own = entry.id if entry else -1
        profile = Profile(people[row.account_number], stored[own], is_known=entry is not None)
        found.append(Plan(row, entry, frozenset(numbers[own]), profile))
    return found


def numbers_of(session: Session, organisations: Sequence[int]) -> defaultdict[int, set[str]]:
    """The numbers and ranges of each organisation, as they are written in files."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for some in batches(organisations):
        which = select(OrganisationNumber).where(OrganisationNumber.organisation_id.in_(some))
        for number in session.scalars(which):
            found[number.organisation_id].add(number.number + "*" * number.is_range)
    return found


def contacts_by_name(
    session: Session, organisations: Sequence[int]
) -> defaultdict[int, dict[str, ContactEntry]]:
    """The contacts of each organisation in the profile's order, those off the profile included."""
    found: defaultdict[int, dict[str, ContactEntry]] = defaultdict(dict)
    for some in batches(organisations):
        own = ContactEntry.organisation_id.in_(some) & ContactEntry.erased_at.is_(None)
        for entry in session.scalars(select(ContactEntry).where(own).order_by(ContactEntry.position)):
            found[entry.organisation_id][entry.name] = entry
    return found


def _contact(account: str, entry: ContactEntry | None, position: int, row: ContactRow) -> Change:
    if entry is None or entry.removed_at is not None:
        return Change(account, row.name, Result.ADDED)
    pairs = [(field, getattr(entry, field), getattr(row, field)) for field in FIELDS]
    pairs.append(("position", entry.position + 1, position + 1))
    cells = [CellChange(name, _text(old), _text(new)) for name, old, new in pairs if old != new]
    return Change(account, row.name, Result.CHANGED if cells else Result.UNCHANGED, tuple(cells))


def _text(value: object) -> str:
    """A value as files write it."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
