"""Whose calls are under way: while one is, nobody changes whom its code goes to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters.sql.batches import batches
from app.adapters.sql.call_rows import CallEntry


def organisations_on_the_line(session: Session, organisations: Sequence[int], since: datetime) -> set[int]:
    """Which of these have a call that began after ``since`` and has not ended."""
    found: set[int] = set()
    for some in batches(organisations):
        running = select(CallEntry.organisation_id).where(
            CallEntry.organisation_id.in_(some), CallEntry.ended == "", CallEntry.started_at > since
        )
        found.update(one for one in session.scalars(running) if one is not None)
    return found


def is_calling(session: Session, ani: str, since: datetime) -> bool:
    """Whether a call from this number that began after ``since`` has not ended."""
    running = select(CallEntry.id).where(
        CallEntry.ani == ani, CallEntry.ended == "", CallEntry.started_at > since
    )
    return session.scalars(running.limit(1)).first() is not None
