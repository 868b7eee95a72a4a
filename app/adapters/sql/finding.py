"""Who a number or an account belongs to."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.adapters.sql.directory_rows import ContactEntry, OrganisationEntry, OrganisationNumber
from app.adapters.sql.locks import own_call
from app.adapters.sql.reading import as_contact, as_organisation, contact_of, organisation_of
from app.adapters.sql.verification_rows import LookUp
from app.ports import Asker, Found
from app.verification.model import Registration


def registrations(session: Session, ani: str) -> list[Registration]:
    """Each contact with this number, then each organisation whose own number or range it is."""
    people = (
        select(ContactEntry, OrganisationEntry)
        .join(OrganisationEntry, OrganisationEntry.id == ContactEntry.organisation_id)
        .where(ContactEntry.phone == ani, ContactEntry.removed_at.is_(None))
        .order_by(ContactEntry.organisation_id, ContactEntry.position)
    )
    found = [Registration(as_organisation(row[1]), as_contact(row[0])) for row in session.execute(people)]
    named = {registration.organisation.id for registration in found}
    own = (
        select(OrganisationEntry)
        .join(OrganisationNumber, OrganisationNumber.organisation_id == OrganisationEntry.id)
        .where(covers([ani]))
        .order_by(OrganisationEntry.id)
        .distinct()
    )
    others = [entry for entry in session.scalars(own) if entry.id not in named]
    return found + [Registration(as_organisation(entry), None) for entry in others]


def covers(numbers: Sequence[str]) -> ColumnElement[bool]:
    """One of these numbers itself, or a range that begins one: one look into the index for each length."""
    beginnings = sorted({number[:length] for number in numbers for length in range(2, len(number) + 1)})
    whole = or_(OrganisationNumber.is_range, OrganisationNumber.number.in_(list(numbers)))
    return OrganisationNumber.number.in_(beginnings) & whole


def is_registered(session: Session, ani: str | None, organisation: int | None) -> bool:
    """Whether a caller's number is one of this organisation's."""
    if ani is None:
        return False
    return any(one.organisation.id == organisation for one in registrations(session, ani))


def look_up(
    session: Session, asker: Asker, account: str, numbers: Sequence[str], *, at_most: int
) -> Found | None:
    """Find by account number, else by a number registered; None when the call's look-ups are used up.

    A number is a contact's, or the organisation's own or in a range of its own. One that is registered with
    several organisations names none of them: the account has to be keyed.
    """
    own_call(session, asker.call_id, asker.ani, asker.now)
    of_call = LookUp.call_id == asker.call_id
    stored = session.scalars(select(LookUp).where(of_call, LookUp.turn == asker.turn)).first()
    if stored is None:
        if session.scalars(select(func.count()).select_from(LookUp).where(of_call)).one() >= at_most:
            return None
        stored = _find(session, account, numbers)
        stored.call_id, stored.turn, stored.at = asker.call_id, asker.turn, asker.now
        session.add(stored)
    contact = contact_of(session, stored.contact_id)
    return Found(organisation_of(session, stored.organisation_id), contact)


def _find(session: Session, account: str, numbers: Sequence[str]) -> LookUp:
    """Every way is always looked at, so that time does not tell which one led somewhere."""
    by_account = select(OrganisationEntry.id).where(OrganisationEntry.account_number == account)
    organisation = session.scalars(by_account).first()
    by_contact = select(ContactEntry.organisation_id, ContactEntry.id).where(
        ContactEntry.phone.in_(list(numbers)), ContactEntry.removed_at.is_(None)
    )
    people = session.execute(by_contact.order_by(ContactEntry.position)).all()
    own = session.scalars(select(OrganisationNumber.organisation_id).where(covers(numbers)).distinct()).all()
    if organisation is not None:
        return LookUp(organisation_id=organisation, contact_id=None)
    found = {person.organisation_id for person in people} | set(own)
    if len(found) != 1:
        return LookUp(organisation_id=None, contact_id=None)
    return LookUp(organisation_id=found.pop(), contact_id=people[0].id if people else None)
