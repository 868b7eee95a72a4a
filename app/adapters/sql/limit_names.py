"""Whom a limit holds up: the names of organisations and contacts, for all limits at once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters.sql.batches import batches
from app.adapters.sql.directory_rows import ContactEntry, OrganisationEntry
from app.ports.lifting import LimitInForce
from app.verification.limits import LimitKind

_OF_CONTACTS = frozenset({LimitKind.SENDS_TO_CONTACT, LimitKind.SWITCHED_OFF})
_OF_ORGANISATIONS = frozenset(
    {
        LimitKind.GUESSES_AT_ORGANISATION,
        LimitKind.SENDS_OF_ORGANISATION,
        LimitKind.SENDS_BY_AGENTS,
        LimitKind.GUESSES_BY_AGENTS,
    }
)


def named(session: Session, found: Sequence[LimitInForce]) -> Iterable[LimitInForce]:
    """The same limits with the names of those they hold up, in two statements."""
    people = _contacts(session, [int(one.subject) for one in found if one.kind in _OF_CONTACTS])
    owners = {int(one.subject) for one in found if one.kind in _OF_ORGANISATIONS}
    owners |= {contact.organisation_id for contact in people.values()}
    firms = _organisations(session, sorted(owners))
    for one in found:
        contact = people.get(int(one.subject)) if one.kind in _OF_CONTACTS else None
        owner = contact.organisation_id if contact else None
        owner = int(one.subject) if one.kind in _OF_ORGANISATIONS else owner
        yield replace(
            one,
            organisation=owner,
            organisation_name=firms.get(owner, "") if owner else "",
            contact=contact.id if contact else None,
            contact_name=contact.name if contact else "",
        )


def _contacts(session: Session, ids: Sequence[int]) -> dict[int, ContactEntry]:
    found = (select(ContactEntry).where(ContactEntry.id.in_(some)) for some in batches(ids))
    return {entry.id: entry for which in found for entry in session.scalars(which)}


def _organisations(session: Session, ids: Sequence[int]) -> dict[int, str]:
    names = select(OrganisationEntry.id, OrganisationEntry.name)
    found = (names.where(OrganisationEntry.id.in_(some)) for some in batches(ids))
    return {row.id: row.name for which in found for row in session.execute(which)}
