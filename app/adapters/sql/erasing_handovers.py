"""Erasing what the agents' desk keeps of one contact: call backs, what was written, where messages are."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.adapters.sql.batches import batches
from app.adapters.sql.handover_rows import LegEntry, NoteEntry, VoicemailEntry, WaitEntry
from app.adapters.sql.verification_rows import LimitKey
from app.faults import Fault, FaultCode
from app.handover.model import OPEN, LegKind, WaitState


def refuse_call_backs_under_way(session: Session, numbers: Sequence[str]) -> None:
    """A telephone that rings for somebody is not taken from under them; Fault CONFLICT."""
    open_ones = (WaitEntry.number.in_(numbers), WaitEntry.state.in_(OPEN))
    # Held, so that nobody takes one meanwhile.
    states = session.scalars(select(WaitEntry.state).where(*open_ones).with_for_update()).all()
    if any(state != WaitState.WAITING for state in states):
        raise Fault(
            FaultCode.CONFLICT, "This person is being called back just now; try again after the call."
        )


def erase_handovers(session: Session, numbers: Sequence[str], calls: Sequence[str], now: datetime) -> None:
    """Nobody is called back there any more, nor is it known where; notes go, and the way to recordings."""
    theirs = WaitEntry.number.in_(numbers)
    waiting = update(WaitEntry).where(theirs, WaitEntry.state == WaitState.WAITING)
    session.execute(waiting.values(state=WaitState.WITHDRAWN.value, ended_at=now))
    session.execute(update(WaitEntry).where(theirs).values(number=""))
    rung = [f"number:{number}" for number in numbers]
    legs = update(LegEntry).where(LegEntry.kind == LegKind.CALLER, LegEntry.address.in_(rung))
    session.execute(legs.values(address=""))
    session.execute(delete(LimitKey).where(LimitKey.key.in_([f"callback:{number}" for number in numbers])))
    for some in batches(calls):
        session.execute(delete(NoteEntry).where(NoteEntry.call_id.in_(some)))
        left = update(VoicemailEntry).where(VoicemailEntry.call_id.in_(some))
        session.execute(left.values(url=""))
        session.execute(left.where(VoicemailEntry.done_at.is_(None)).values(done_at=now))
