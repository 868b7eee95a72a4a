"""Changing one organisation at the desk: its own columns and numbers, or its contacts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.model import Actor
from app.adapters.sql import directory_writing
from app.adapters.sql.acts import write_act
from app.adapters.sql.directory import DIRECTORY
from app.adapters.sql.directory_plan import Plan, contacts_by_name, numbers_of
from app.adapters.sql.directory_rows import ContactEntry, OrganisationEntry
from app.adapters.sql.locks import limit_keys, own_limits
from app.adapters.sql.open_calls import organisations_on_the_line
from app.adapters.sql.profiles import FIELDS, Profile
from app.faults import Fault, FaultCode
from app.ports import OrganisationRow
from app.ports.profiles import AccountTaken, DeskContact, Stale

_ON_THE_LINE = "Contacts cannot be changed while their organisation is on the line; try again after the call."
_PERSONAL = frozenset({"name", "email", "phone"})  # the audit, never edited, says only that they changed


_Act = tuple[str, str, Any, Any]  # what, which columns, and what may be kept of them, before and after


@dataclass(frozen=True, slots=True)
class Change:
    """Who changes an organisation, when, and which revision of it they saw."""

    revision: int
    actor: Actor
    now: datetime


def write(
    session: Session, organisation: int | None, row: OrganisationRow, change: Change
) -> int | Stale | AccountTaken:
    """Add an organisation (None) or make one equal to a row; gives its id. Fault NOT_FOUND."""
    own_limits(session, [DIRECTORY])
    of_account = OrganisationEntry.account_number == row.account_number
    other = session.scalars(select(OrganisationEntry.id).where(of_account)).first()
    if other not in {None, organisation}:
        return AccountTaken()
    entry = None if organisation is None else _entry(session, organisation)
    if entry is not None and entry.revision != change.revision:
        return Stale()
    numbers = frozenset(numbers_of(session, [entry.id])[entry.id] if entry else ())
    plan = Plan(row, entry, numbers, Profile((), {}, is_known=entry is not None))
    if entry is None:
        [entry] = directory_writing.add_missing(session, [plan], change.now)
        entry.source = "desk"
    elif entry.account_number != row.account_number:
        _renumber(session, entry, row.account_number, change)
    directory_writing.write(session, plan, entry, change.actor, change.now)
    return entry.id


def write_contacts(
    session: Session,
    organisation: int,
    contacts: Sequence[DeskContact],
    change: Change,
    calls_since: datetime,
) -> Stale | None:
    """Make the contacts equal to these, in their order. Fault NOT_FOUND, CONFLICT."""
    own_limits(session, [DIRECTORY, *limit_keys(None, organisation, None)])
    entry = _entry(session, organisation)
    if entry.revision != change.revision:
        return Stale()
    if organisations_on_the_line(session, [organisation], calls_since):
        sentence = (
            "Contacts cannot be changed while their organisation is on the line; try again after the call."
        )
        raise Fault(FaultCode.CONFLICT, sentence)
    stored = contacts_by_name(session, [organisation])[organisation]
    before = {one.id: _cells(one) for one in stored.values() if one.removed_at is None}
    _rename(stored, contacts)
    by_name = {one.name: one for one in stored.values()}
    profile = Profile([one.row for one in contacts], by_name, is_known=True, is_vouched=False)
    renamed = any(before[one.id]["name"] != one.name for one in by_name.values() if one.id in before)
    if profile.write(session, entry, change.now) or renamed:
        entry.updated_at, entry.revision = change.now, entry.revision + 1
        session.flush()
        _audit(session, entry, before, change)
    return None


def _entry(session: Session, organisation: int) -> OrganisationEntry:
    entry = session.get(OrganisationEntry, organisation)
    if entry is None:
        raise Fault(FaultCode.NOT_FOUND, "There is no such organisation.")
    return entry


def _renumber(session: Session, entry: OrganisationEntry, account: str, change: Change) -> None:
    """Callers key another account number from now on."""
    before, entry.account_number = entry.account_number, account
    entry.revision += 1
    what = "organisation_renumbered"
    write_act(
        session, change.actor, change.now, what, account, before=before, after=account, organisation=entry.id
    )


def _rename(stored: Mapping[str, ContactEntry], contacts: Sequence[DeskContact]) -> None:
    """Contacts are known by their ids here, so that one who is given another name stays who they are."""
    there = {one.id: one for one in stored.values() if one.removed_at is None}
    for contact in contacts:
        if contact.id is None:
            continue
        if contact.id not in there:
            raise Fault(FaultCode.NOT_FOUND, "This organisation has no such contact.")
        former = stored.get(contact.row.name)
        if former is not None and former.removed_at is not None:
            former.name = f"{former.name} (until {former.removed_at:%Y-%m-%d})"
        there[contact.id].name = contact.row.name


def _cells(entry: ContactEntry) -> dict[str, Any]:
    fields = {field: getattr(entry, field) for field in FIELDS if field != "confirmed"}
    return {"name": entry.name, **fields, "position": entry.position + 1}


def _audit(
    session: Session, owner: OrganisationEntry, before: Mapping[int, Mapping[str, Any]], change: Change
) -> None:
    """One act for each contact added, changed or removed; one for the order, when nothing else changed."""
    own = (ContactEntry.organisation_id == owner.id, ContactEntry.removed_at.is_(None))
    after = {one.id: _cells(one) for one in session.scalars(select(ContactEntry).where(*own))}
    acts: list[tuple[int | None, _Act]] = [
        (contact, act)
        for contact in sorted(before.keys() | after.keys())
        if (act := _act(before.get(contact), after.get(contact))) is not None
    ]
    for contact, (what, columns, was, is_) in acts or [(None, ("contacts_reordered", "", "", ""))]:
        write_act(
            session,
            change.actor,
            change.now,
            what,
            columns,
            before=was,
            after=is_,
            organisation=owner.id,
            contact=contact,
        )


def _act(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> _Act | None:
    """What was done to one contact, in which columns, and their values as far as the audit may keep them."""
    if old is None or new is None:
        return ("contact_added" if old is None else "contact_removed"), "", "", ""
    columns = [name for name in new if old[name] != new[name] and name != "position"]
    kept = [name for name in columns if name not in _PERSONAL]
    was, is_ = ({name: cells[name] for name in kept} or "" for cells in (old, new))
    return ("contact_changed", ", ".join(columns), was, is_) if columns else None
