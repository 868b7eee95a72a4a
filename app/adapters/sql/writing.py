"""Rows several steps write: audit entries and letters."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.adapters.sql.locks import insert_or_keep
from app.adapters.sql.outbox_rows import LetterEntry
from app.adapters.sql.verification_rows import AuditEntry, ChallengeEntry
from app.ports import Asker
from app.verification.contact import address, method
from app.verification.model import Channel, Contact, Method, Organisation

NOTICE_LASTS = timedelta(hours=24)  # what could not be delivered for a day is given up


def add_audit(
    session: Session,
    asker: Asker,
    what: str,
    detail: str = "",
    *,
    organisation: int | None = None,
    contact: int | None = None,
) -> None:
    """Add an audit row for a step of a call; the same again changes nothing."""
    row = {
        "at": asker.now,
        "call_id": asker.call_id,
        "turn": asker.turn,
        "who": asker.who,
        "what": what,
        "detail": detail,
        "organisation_id": organisation,
        "contact_id": contact,
    }
    insert_or_keep(session, AuditEntry, row)


@dataclass(frozen=True, slots=True)
class About:
    """What a letter is about: the organisation, the call's number and beginning, and now."""

    organisation: Organisation
    ani: str | None
    call_started_at: datetime
    now: datetime


def add_code_letter(
    session: Session,
    about: About | None,
    entry: ChallengeEntry,
    to: Contact | None,
    *,
    kind: str = "code",
    by: Method | None = None,
) -> LetterEntry:
    """Put a code's letter into the outbox; without a receiver a void one: the same cost, sent nowhere.

    ``by``: the way an agent chose, where that is not the one the contact's number takes first.
    """
    letter = _letter(about, to, Channel(entry.channel), entry.last_sent_at)
    letter.kind = kind
    letter.channel = by.value if by is not None else letter.channel
    letter.by_agent = bool(entry.by_agent)
    letter.challenge_id = entry.id
    letter.expires_at = entry.expires_at
    session.add(letter)
    return letter


def add_letter(session: Session, about: About, to: Contact, kind: str) -> None:
    """Tell a contact something: by e-mail, else by text, else not at all."""
    if not to.email and not (to.phone and to.phone_can_text):
        return
    letter = _letter(about, to, Channel.EMAIL if to.email else Channel.PHONE, about.now)
    letter.kind = kind
    letter.expires_at = about.now + NOTICE_LASTS
    session.add(letter)


def add_text(session: Session, about: About, to: Contact, kind: str) -> None:
    """Tell a contact something by text, where their number takes texts; else not at all."""
    if not to.phone or not to.phone_can_text:
        return
    letter = _letter(about, to, Channel.PHONE, about.now)
    letter.kind = kind
    letter.expires_at = about.now + NOTICE_LASTS
    session.add(letter)


def _letter(about: About | None, to: Contact | None, channel: Channel, now: datetime) -> LetterEntry:
    organisation = None if about is None or to is None else about.organisation
    return LetterEntry(
        channel="" if to is None else method(to, channel).value,
        recipient="" if to is None else address(to, channel),
        language=(to.language if to else "") or (organisation.language if organisation else ""),
        organisation_id=organisation.id if organisation else None,
        contact_id=to.id if to else None,
        ani=about.ani if about else None,
        organisation_name=organisation.name if organisation else "",
        contact_name=to.name if to else "",
        call_started_at=about.call_started_at if about else now,
        created_at=now,
        due_at=now,
        state="void" if to is None else "due",
    )
