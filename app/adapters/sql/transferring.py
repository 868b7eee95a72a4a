"""Others come into a conversation: rung by its agent, or out of the line of a queue."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters.sql.agents import own_agent
from app.adapters.sql.handover_reading import as_handover, legs_of, wait_of
from app.adapters.sql.handover_rows import HandoverEntry, LegEntry, WaitEntry
from app.adapters.sql.handover_steps import let_go, note, ring
from app.adapters.sql.talking import one_left, own_leg
from app.callflow.happened import Happened
from app.faults import Fault, FaultCode
from app.handover.model import (
    AGENTS,
    NOT_JOINED,
    LegKind,
    LegState,
    TalkState,
    WaitKind,
    WaitState,
)
from app.ports.handovers import Ringing

#: Legs of a conversation at a time, the caller's aside.
MOST_LEGS = 6


def add(session: Session, handover: str, user: int, ringing: Ringing, now: datetime) -> LegEntry:
    """Ring somebody else into the conversation."""
    if ringing.user is not None:
        own_agent(session, ringing.user, now)  # before the conversation, as whoever takes one
        _refuse_busy(session, ringing)  # before it, too: where a leg of theirs ends, it is held already
    entry, leg = own_leg(session, handover, user)
    there = [one for one in legs_of(session, entry.id) if one.state != LegState.OVER]
    if len(there) >= MOST_LEGS:
        raise Fault(FaultCode.CONFLICT, f"At most {MOST_LEGS} can be in a conversation beside the caller.")
    if any(one.address == ringing.address for one in there):
        raise Fault(FaultCode.CONFLICT, f"{ringing.name} is in this conversation, or is being rung, already.")
    return ring(session, entry, ringing, leg.name, now)


def to_queue(session: Session, handover: str, user: int, queue: str, now: datetime) -> None:
    """Let a queue's agents take the conversation over."""
    entry, leg = own_leg(session, handover, user)
    if any(_waiting_transfers(session, entry)):
        raise Fault(
            FaultCode.CONFLICT, "This conversation waits for another agent already: take that back first."
        )
    wait, talking = wait_of(session, entry), as_handover(session, entry)
    session.add(
        WaitEntry(
            kind=WaitKind.TRANSFER.value,
            call_id=entry.call_id,
            call_sid=entry.caller_sid,
            queue=queue,
            territory=wait.territory,
            department=wait.department,
            desk_language=wait.desk_language,
            language=wait.language,
            link=entry.link,
            organisation_id=talking.organisation,
            began_at=wait.began_at,
            entered_at=now,
            heard_at=now,
            state=WaitState.WAITING.value,
            handover_id=entry.id,
        )
    )
    note(session, entry, Happened.TRANSFER, f"{leg.name} to {queue}", now, now.isoformat())


def withdraw(session: Session, handover: str, user: int, now: datetime) -> None:
    """Take a transfer back that nobody has accepted yet."""
    entry, _ = own_leg(session, handover, user)
    for wait in _waiting_transfers(session, entry):
        wait.state, wait.ended_at = WaitState.WITHDRAWN.value, now
    for leg in legs_of(session, entry.id):
        if leg.kind == LegKind.TRANSFER and leg.state in NOT_JOINED:
            let_go(session, entry, leg, now)


def release_leg(session: Session, handover: str, user: int, leg_id: str, now: datetime) -> None:
    """End somebody else's leg of the conversation."""
    entry, own = own_leg(session, handover, user)
    leg = next((one for one in legs_of(session, entry.id) if one.id == leg_id), None)
    if leg is None or leg.id == own.id or leg.kind == LegKind.CALLER:
        raise Fault(FaultCode.NOT_FOUND, "There is nobody else of that name in this conversation.")
    took_over = leg.kind in AGENTS and leg.state == LegState.JOINED
    let_go(session, entry, leg, now)
    if took_over:
        one_left(session, entry, now)


def _refuse_busy(session: Session, ringing: Ringing) -> None:
    busy = select(LegEntry.id).join(HandoverEntry, HandoverEntry.id == LegEntry.handover_id)
    busy = busy.where(LegEntry.user_id == ringing.user, LegEntry.state != LegState.OVER)
    if session.scalars(busy.where(HandoverEntry.state != TalkState.OVER).limit(1)).first() is not None:
        raise Fault(FaultCode.CONFLICT, f"{ringing.name} is in a call.")


def _waiting_transfers(session: Session, entry: HandoverEntry) -> list[WaitEntry]:
    query = select(WaitEntry).where(
        WaitEntry.handover_id == entry.id,
        WaitEntry.kind == WaitKind.TRANSFER,
        WaitEntry.state.in_((WaitState.WAITING, WaitState.OFFERED)),
    )
    return list(session.scalars(query))
