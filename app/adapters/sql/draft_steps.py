"""A draft's row held for a change, the steps that led to it, and its end."""

from datetime import datetime
from typing import Any

from sqlalchemy import null, select, update
from sqlalchemy.orm import Session

from app.access.model import Actor
from app.adapters.sql.draft_rows import DraftEntry, DraftStep
from app.adapters.sql.recording import storable
from app.faults import Fault, FaultCode
from app.ports.tables import DraftMark

UNDOABLE = 10  # steps of each draft that keep what was before them


def close_published(session: Session, draft: DraftMark, version: int, now: datetime) -> None:
    """Close a draft as this version, in the transaction that publishes it.

    Raises:
        Fault: CONFLICT when it is not open any more, or not at that revision.
    """
    entry = held(session, draft.id)
    if not is_at(entry, draft.revision):
        raise Fault(FaultCode.CONFLICT, "The draft was changed meanwhile: look at it again.")
    entry.version = version
    end(session, entry, "published", now)


def end(session: Session, entry: DraftEntry, state: str, now: datetime) -> None:
    """Close a draft; what its steps kept for undoing them is no longer needed."""
    entry.state, entry.updated_at = state, now
    session.execute(update(DraftStep).where(DraftStep.draft_id == entry.id).values(before=None))


def held(session: Session, number: int) -> DraftEntry:
    """The draft, held until the transaction ends."""
    entry = session.get(DraftEntry, number, with_for_update=True)
    if entry is None:
        raise unknown(number)
    return entry


def is_at(entry: DraftEntry, revision: int) -> bool:
    return entry.state == "open" and entry.revision == revision


def add_step(
    session: Session,
    entry: DraftEntry,
    before: dict[str, Any] | None,
    actor: Actor,
    now: datetime,
    what: str,
) -> None:
    """Raise the revision, drop the approvals of the one before, and keep what was for a while."""
    entry.revision += 1
    entry.updated_at, entry.approvals = now, []
    session.add(
        DraftStep(
            draft_id=entry.id,
            revision=entry.revision,
            at=now,
            who=storable(actor.name),
            what=storable(what),
            before=before,
        )
    )
    if before is not None:
        _forget(session, entry.id)


def _forget(session: Session, number: int) -> None:
    """Let all but the newest steps go without what was before them."""
    kept = select(DraftStep.revision).where(DraftStep.draft_id == number, DraftStep.before.is_not(null()))
    beyond = session.scalars(kept.order_by(DraftStep.revision.desc()).offset(UNDOABLE).limit(1)).first()
    if beyond is not None:
        old = update(DraftStep).where(DraftStep.draft_id == number, DraftStep.revision <= beyond)
        session.execute(old.values(before=None))


def unknown(number: int) -> Fault:
    return Fault(FaultCode.NO_SUCH_DRAFT, f"There is no draft {number}.")
