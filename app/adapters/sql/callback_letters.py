"""The text that tells a contact they were called back and not reached."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters.sql.directory_rows import ContactEntry
from app.adapters.sql.handover_rows import WaitEntry
from app.adapters.sql.reading import as_contact, organisation_of
from app.adapters.sql.writing import About, add_text


def tell_missed(session: Session, wait: WaitEntry, now: datetime) -> None:
    """Tell the organisation's contact whose number it is, if one takes texts there; nobody else is known."""
    owner = organisation_of(session, wait.organisation_id)
    if owner is None:
        return
    own = (ContactEntry.organisation_id == owner.id, ContactEntry.phone == wait.number)
    query = select(ContactEntry).where(*own, ContactEntry.removed_at.is_(None))
    entry = session.scalars(query.order_by(ContactEntry.position)).first()
    if entry is not None:
        add_text(session, About(owner, None, wait.began_at, now), as_contact(entry), "missed")
