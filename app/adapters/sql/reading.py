"""From rows to the words of verification."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters.sql.directory_rows import ContactEntry, OrganisationEntry
from app.adapters.sql.verification_rows import ChallengeEntry, LevelEntry
from app.verification.model import (
    Challenge,
    Channel,
    Contact,
    Level,
    Method,
    Organisation,
    Proof,
    Role,
    TrustPolicy,
)


def as_organisation(entry: OrganisationEntry) -> Organisation:
    return Organisation(
        id=entry.id,
        account_number=entry.account_number,
        name=entry.name,
        country=entry.country,
        cloud=entry.cloud,
        language=entry.language,
        trust_caller_id=TrustPolicy(entry.trust_caller_id),
        code_digits=entry.code_digits,
        priority=entry.priority,
    )


def as_contact(entry: ContactEntry) -> Contact:
    return Contact(
        id=entry.id,
        organisation=entry.organisation_id,
        name=entry.name,
        role=Role(entry.role),
        email=entry.email,
        phone=entry.phone,
        phone_can_text=entry.phone_can_text,
        language=entry.language,
        email_confirmed=entry.email_confirmed,
        phone_confirmed=entry.phone_confirmed,
        switched_off=entry.switched_off_at is not None,
    )


def as_challenge(entry: ChallengeEntry) -> Challenge:
    return Challenge(
        id=entry.id,
        call_id=entry.call_id,
        organisation=entry.organisation_id,
        contact=entry.contact_id,
        channel=Channel(entry.channel),
        purpose=entry.purpose,
        digits=entry.digits,
        key_id=entry.key_id,
        created_at=entry.created_at,
        expires_at=entry.expires_at,
        sends=entry.sends,
        last_sent_at=entry.last_sent_at,
        used_at=entry.used_at,
    )


def as_proof(entry: LevelEntry) -> Proof:
    return Proof(
        level=Level(entry.level),
        method=Method(entry.method),
        contact=entry.contact_id,
        contact_name=entry.contact_name,
        role=entry.role,
        reached_at=entry.reached_at,
    )


def organisation_of(session: Session, organisation: int | None) -> Organisation | None:
    entry = session.get(OrganisationEntry, -1 if organisation is None else organisation)
    return None if entry is None else as_organisation(entry)


def contacts_of(session: Session, organisation: int | None) -> list[Contact]:
    """The profile of an organisation, in its order. No organisation costs a look, too."""
    own = ContactEntry.organisation_id == (-1 if organisation is None else organisation)
    query = select(ContactEntry).where(own, ContactEntry.removed_at.is_(None))
    return [as_contact(entry) for entry in session.scalars(query.order_by(ContactEntry.position))]


def contact_of(session: Session, contact: int | None) -> Contact | None:
    """A contact that is on its profile still."""
    entry = session.get(ContactEntry, -1 if contact is None else contact)
    return None if entry is None or entry.removed_at is not None else as_contact(entry)
