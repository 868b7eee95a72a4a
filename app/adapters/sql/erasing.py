"""Erasing what is kept about one contact: names, addresses and numbers go, ids and counts stay."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from app.adapters.sql.batches import batches
from app.adapters.sql.call_rows import CallEntry
from app.adapters.sql.desk_rows import ConfirmationEntry, DirectoryImport, LiftedLimit, LiftRequest
from app.adapters.sql.directory import DIRECTORY
from app.adapters.sql.directory_rows import ContactEntry, OrganisationEntry
from app.adapters.sql.locks import limit_keys, own_limits
from app.adapters.sql.notes import forget_addresses
from app.adapters.sql.open_calls import is_calling, organisations_on_the_line
from app.adapters.sql.outbox import close_unsent
from app.adapters.sql.outbox_rows import LetterEntry
from app.adapters.sql.verification_rows import Attempt, ChallengeEntry, LevelEntry, LimitKey
from app.faults import Fault, FaultCode


def hold(session: Session, organisation: int) -> None:
    """Let nobody else change the organisation's contacts or issue a code for them meanwhile."""
    own_limits(session, [DIRECTORY, *limit_keys(None, organisation, None)])


def refuse_open_calls(session: Session, organisation: int, numbers: Sequence[str], since: datetime) -> None:
    """What a running call stands on is not erased under it; Fault CONFLICT."""
    calling = any(is_calling(session, number, since) for number in numbers)
    if calling or organisations_on_the_line(session, [organisation], since):
        sentence = "Nothing can be erased while this organisation is on the line; try again after the call."
        raise Fault(FaultCode.CONFLICT, sentence)


def erase(
    session: Session, entry: ContactEntry, numbers: Sequence[str], calls: Sequence[str], now: datetime
) -> None:
    """Take the person out of every row that may be changed; the audit holds ids alone."""
    _end_codes(session, entry)
    _letters(session, entry, numbers, now)
    named = update(LevelEntry).where(LevelEntry.contact_id == entry.id)
    session.execute(named.values(contact_name=""))
    for some in batches(calls):
        session.execute(update(CallEntry).where(CallEntry.id.in_(some)).values(ani=None))
        session.execute(update(Attempt).where(Attempt.call_id.in_(some)).values(ani=None))
    tried = update(Attempt).where(or_(Attempt.contact_id == entry.id, Attempt.ani.in_(numbers)))
    session.execute(tried.values(ani=None))
    session.execute(update(LiftRequest).where(LiftRequest.subject.in_(numbers)).values(subject=""))
    session.execute(delete(LiftedLimit).where(LiftedLimit.subject.in_(numbers)))
    session.execute(delete(LimitKey).where(LimitKey.key.in_([f"ani:{number}" for number in numbers])))
    session.execute(delete(DirectoryImport))  # any of these files may name the person
    _contact(session, entry, now)


def _end_codes(session: Session, entry: ContactEntry) -> None:
    asked = select(ConfirmationEntry.challenge_id).where(ConfirmationEntry.contact_id == entry.id)
    own = or_(ChallengeEntry.id.in_(asked), ChallengeEntry.contact_id == entry.id)
    session.execute(update(ChallengeEntry).where(own).values(ended=True))


def _letters(session: Session, entry: ContactEntry, numbers: Sequence[str], now: datetime) -> None:
    """What has not gone out by now does not: it would need the address."""
    theirs = LetterEntry.contact_id == entry.id
    close_unsent(session, theirs, now)
    forget_addresses(session, entry.id)
    session.execute(update(LetterEntry).where(theirs).values(recipient="", contact_name="", ani=None))
    session.execute(update(LetterEntry).where(LetterEntry.ani.in_(numbers)).values(ani=None))


def _contact(session: Session, entry: ContactEntry, now: datetime) -> None:
    entry.name, entry.email, entry.phone, entry.language = f"Erased {entry.id}", "", "", ""
    entry.phone_can_text, entry.confirmed, entry.changed_at = False, None, None
    entry.email_confirmed = entry.phone_confirmed = None
    entry.removed_at, entry.erased_at = entry.removed_at or now, now
    session.flush()
    own = (ContactEntry.organisation_id == entry.organisation_id, ContactEntry.removed_at.is_(None))
    for position, other in enumerate(
        session.scalars(select(ContactEntry).where(*own).order_by(ContactEntry.position))
    ):
        other.position = position
    owner = session.get(OrganisationEntry, entry.organisation_id)
    if owner is not None:
        owner.updated_at, owner.revision = now, owner.revision + 1
