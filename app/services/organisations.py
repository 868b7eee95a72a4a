"""Organisations at the desk: found, shown, edited cell by cell, with the same checks as files have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.access.model import Actor, Right
from app.faults import Fault, FaultCode
from app.ports import ContactRow, OrganisationRow
from app.ports.profiles import (
    AccountTaken,
    DeskContact,
    OrganisationListed,
    OrganisationRecord,
    Profiles,
    Stale,
)
from app.services.directory import contact_of, organisation_of
from app.services.directory_cells import Cells
from app.services.wrong import Wrong
from routing.cells import Row, clean

_STALE = "Somebody changed this organisation meanwhile. Nothing was saved: look at it as it is now."


@dataclass(frozen=True, slots=True)
class Saved:
    """It was written; the organisation's id."""

    organisation: int


@dataclass(frozen=True, slots=True)
class OrganisationDesk:
    """What people with an account do with organisations."""

    profiles: Profiles

    def count(self, query: str) -> int:
        """How many organisations a search finds."""
        return self.profiles.count(query)

    def search(self, query: str, *, limit: int, offset: int) -> Sequence[OrganisationListed]:
        """The organisations a search finds, by name."""
        return self.profiles.search(query, limit=limit, offset=offset)

    def get(self, organisation: int) -> OrganisationRecord:
        """One organisation; Fault NOT_FOUND."""
        return self.profiles.get(organisation)

    def by_account(self, account: str) -> OrganisationRecord:
        """One organisation; Fault NOT_FOUND."""
        return self.profiles.by_account(account)

    def save(
        self, actor: Actor, organisation: int | None, cells: Mapping[str, str], revision: int, now: datetime
    ) -> Saved | Wrong:
        """Add an organisation (None) or change one.

        Raises:
            Fault: NOT_YOURS without the right to edit; NOT_FOUND.
        """
        _may(actor)
        read = _cells(cells)
        row = organisation_of(read)
        if read.faults:
            return Wrong(_by_column(read))
        written = self.profiles.write(organisation, row, revision=revision, actor=actor, now=now)
        if isinstance(written, AccountTaken):
            return Wrong({"account_number": "another organisation has this account number"})
        return Wrong({"": _STALE}) if isinstance(written, Stale) else Saved(written)

    def save_contact(
        self,
        actor: Actor,
        organisation: int,
        contact: int | None,
        cells: Mapping[str, str],
        revision: int,
        now: datetime,
    ) -> Saved | Wrong:
        """Add a contact (None) or change one; an address given here gets codes once a code confirmed it.

        Wrong also while the organisation is on the line.

        Raises:
            Fault: NOT_YOURS without the right to edit; NOT_FOUND.
        """
        _may(actor)
        record = self.profiles.get(organisation)
        wanted = _wanted(record, contact, cells)
        if isinstance(wanted, Wrong):
            return wanted
        people = [DeskContact(one.id, wanted if one.id == contact else one.row) for one in record.contacts]
        if contact is None:
            people.append(DeskContact(None, wanted))
        return self._write(actor, record, people, revision, now)

    def remove_contact(
        self, actor: Actor, organisation: int, contact: int, revision: int, now: datetime
    ) -> Saved | Wrong:
        """Take a contact off the profile; they are told so.

        Raises:
            Fault: as ``save_contact``.
        """
        _may(actor)
        record = self.profiles.get(organisation)
        _place(record, contact)
        people = [DeskContact(one.id, one.row) for one in record.contacts if one.id != contact]
        return self._write(actor, record, people, revision, now)

    def move_contact(
        self, actor: Actor, organisation: int, contact: int, by: int, revision: int, now: datetime
    ) -> Saved | Wrong:
        """Move a contact up (-1) or down (1): the first that may get a code gets it.

        Raises:
            Fault: as ``save_contact``.
        """
        _may(actor)
        record = self.profiles.get(organisation)
        people = [DeskContact(one.id, one.row) for one in record.contacts]
        place = _place(record, contact)
        there = min(max(place + by, 0), len(people) - 1)
        people.insert(there, people.pop(place))
        return self._write(actor, record, people, revision, now)

    def _write(
        self,
        actor: Actor,
        record: OrganisationRecord,
        people: Sequence[DeskContact],
        revision: int,
        now: datetime,
    ) -> Saved | Wrong:
        try:
            stale = self.profiles.write_contacts(record.id, people, revision=revision, actor=actor, now=now)
        except Fault as fault:
            if fault.code is not FaultCode.CONFLICT:
                raise
            return Wrong({"": fault.sentence})
        return Wrong({"": _STALE}) if stale else Saved(record.id)


def as_cells(row: OrganisationRow | ContactRow) -> dict[str, str]:
    """A row as its columns' texts, for a form; ``confirmed`` is no cell of the desk."""
    values = {name: getattr(row, name) for name in row.__dataclass_fields__ if name != "confirmed"}
    return {name: _text(value) for name, value in values.items()}


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _wanted(record: OrganisationRecord, contact: int | None, cells: Mapping[str, str]) -> ContactRow | Wrong:
    read = _cells({**cells, "account_number": record.row.account_number, "confirmed": ""})
    row = contact_of(read)
    faults = _by_column(read)
    if any(one.row.name == row.name and one.id != contact for one in record.contacts):
        faults.setdefault(
            "name", "another contact of this organisation has this name; they need different ones"
        )
    if faults:
        return Wrong(faults)
    known = None if contact is None else record.contacts[_place(record, contact)]
    return replace(row, confirmed=known.row.confirmed if known else None)


def _place(record: OrganisationRecord, contact: int) -> int:
    for place, one in enumerate(record.contacts):
        if one.id == contact:
            return place
    raise Fault(FaultCode.NOT_FOUND, "This organisation has no such contact.")


def _cells(cells: Mapping[str, str]) -> Cells:
    return Cells("", Row(1, {name: clean(text) for name, text in cells.items()}))


def _by_column(read: Cells) -> dict[str, str]:
    return {fault.column: fault.sentence for fault in reversed(read.faults)}


def _may(actor: Actor) -> None:
    if not actor.may(Right.EDIT):
        raise Fault(FaultCode.NOT_YOURS, "Changing an organisation takes the right to edit.")
