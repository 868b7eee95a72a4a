"""The steps handovers are made of, each within a transaction of whoever takes it."""

import json
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.adapters.sql.call_rows import CallEntry
from app.adapters.sql.callback_letters import tell_missed
from app.adapters.sql.handover_reading import legs_of, wait_of
from app.adapters.sql.handover_rows import AgentEntry, HandoverEntry, LegEntry, RequestEntry, WaitEntry
from app.adapters.sql.notes import add_note
from app.callflow.happened import Happened
from app.handover import wishes
from app.handover.model import AGENTS, Duty, LegEnd, LegKind, LegState, TalkState, WaitKind, WaitState
from app.handover.wishes import HangUp, Ring, Send, Wish
from app.ports.handovers import Ringing

#: A callback is tried this often, with a pause in between.
TRIES = 3
PAUSE = timedelta(minutes=10)


def ask(session: Session, handover: str, wish: Wish, now: datetime) -> None:
    """Put a request to the carrier into the list, behind those of the same handover."""
    kind, facts = wishes.facts(wish)
    session.add(
        RequestEntry(
            handover_id=handover,
            wish=kind,
            facts=json.dumps(facts),
            state="due",
            created_at=now,
            due_at=now,
            claimed_until=None,
            settled_at=None,
        )
    )
    session.flush()  # numbered in the order of asking


def is_asked(session: Session, entry: HandoverEntry, wishes: Sequence[str], states: Sequence[str]) -> bool:
    """Whether a handover has a request of these kinds in one of these states."""
    found = select(RequestEntry.id).where(
        RequestEntry.handover_id == entry.id, RequestEntry.wish.in_(wishes), RequestEntry.state.in_(states)
    )
    return session.scalars(found.limit(1)).first() is not None


def ring(
    session: Session,
    entry: HandoverEntry,
    ringing: Ringing,
    asked_by: str,
    now: datetime,
    *,
    offers: int | None = None,
) -> LegEntry:
    """Have somebody rung for a handover; ``offers``: the row out of whose line they take a transfer."""
    leg = LegEntry(
        id=uuid.uuid4().hex,
        handover_id=entry.id,
        kind=ringing.kind.value,
        wait_id=offers,
        user_id=ringing.user,
        name=ringing.name,
        address=ringing.address,
        asked_by=asked_by,
        language=ringing.language,
        state=LegState.ASKED.value,
        asked_at=now,
        joined_at=None,
        ended_at=None,
    )
    session.add(leg)
    session.flush()
    ask(session, entry.id, Ring(leg.id), now)
    note(session, entry, Happened.LEG_ASKED, f"{leg.kind} {leg.name}", now, leg.id)
    return leg


def end_leg(session: Session, entry: HandoverEntry, leg: LegEntry, end: LegEnd, now: datetime) -> None:
    """A leg is over: who talked has something to write down; a transfer not taken goes back into its line."""
    joined = leg.state == LegState.JOINED and entry.talked_at is not None
    leg.state, leg.end, leg.ended_at = LegState.OVER.value, end.value, now
    note(session, entry, Happened.LEG_OVER, f"{leg.kind} {leg.name}: {end.value}", now, leg.id)
    if joined and leg.user_id is not None and leg.kind in AGENTS:
        wrapping = update(AgentEntry).where(AgentEntry.user_id == leg.user_id)
        session.execute(wrapping.values(duty=Duty.WRAP_UP.value, duty_since=now, wraps_up=entry.id))
    if leg.wait_id is not None:
        offered = update(WaitEntry).where(WaitEntry.id == leg.wait_id, WaitEntry.state == WaitState.OFFERED)
        session.execute(offered.values(state=WaitState.WAITING.value))
    session.flush()


def let_go(session: Session, entry: HandoverEntry, leg: LegEntry, now: datetime) -> None:
    """End a leg ourselves: what is not placed yet is not placed, the others are hung up."""
    if leg.state == LegState.OVER:
        return
    waiting = select(RequestEntry).where(
        RequestEntry.handover_id == entry.id, RequestEntry.wish == "ring", RequestEntry.state == "due"
    )
    unplaced = [
        one for one in session.scalars(waiting.with_for_update()) if json.loads(one.facts)["leg"] == leg.id
    ]
    fresh = [one for one in unplaced if one.tries == 0]
    for one in unplaced:
        one.state, one.settled_at = "dropped", now
    if not fresh:
        ask(session, entry.id, HangUp(leg.id), now)
    joined = leg.state == LegState.JOINED
    end_leg(session, entry, leg, LegEnd.ENDED if joined else LegEnd.CANCELED, now)


def bid_farewell(session: Session, entry: HandoverEntry, leg: LegEntry, end: LegEnd, now: datetime) -> None:
    """End a leg that answered: it hears that whom it was for is not there any more."""
    ask(session, entry.id, Send(leg.call_sid, "/voice/leg-gone", ""), now)
    end_leg(session, entry, leg, end, now)


def let_all_go(session: Session, entry: HandoverEntry, now: datetime) -> None:
    """End every leg of a handover that is not over, but the caller's own."""
    for leg in legs_of(session, entry.id):
        let_go(session, entry, leg, now)


def drop_requests(session: Session, entry: HandoverEntry, wish: str, now: datetime) -> None:
    """Do not ask for what was not asked for yet."""
    due = (RequestEntry.handover_id == entry.id, RequestEntry.wish == wish, RequestEntry.state == "due")
    session.execute(update(RequestEntry).where(*due).values(state="dropped", settled_at=now))


def finish(session: Session, entry: HandoverEntry, now: datetime) -> None:
    """A handover is over."""
    entry.state, entry.ended_at = TalkState.OVER.value, now
    for kind in ("dequeue", "adjust"):
        drop_requests(session, entry, kind, now)
    _end_transfers(session, entry, now)


def _end_transfers(session: Session, entry: HandoverEntry, now: datetime) -> None:
    """A conversation that is over is taken over by nobody."""
    handed_on = (
        WaitEntry.handover_id == entry.id,
        WaitEntry.kind == WaitKind.TRANSFER,
        WaitEntry.state.in_((WaitState.WAITING, WaitState.OFFERED)),
    )
    over = update(WaitEntry).where(*handed_on)
    session.execute(over.values(state=WaitState.WITHDRAWN.value, ended_at=now))


def release(session: Session, entry: HandoverEntry, now: datetime) -> None:
    """Nobody took what was offered: it waits again, at the place it had."""
    finish(session, entry, now)
    wait = wait_of(session, entry)
    if wait.state not in {WaitState.OFFERED, WaitState.JOINING}:
        return
    if wait.kind == WaitKind.CALLBACK and _was_tried(session, entry):
        _not_reached(session, entry, wait, now)
    else:
        wait.state = WaitState.WAITING.value


def _was_tried(session: Session, entry: HandoverEntry) -> bool:
    """Whether who asked for it did not come. Where the agent was gone first, it was not their try."""
    callers = [leg for leg in legs_of(session, entry.id) if leg.kind == LegKind.CALLER]
    return any(leg.end != LegEnd.CANCELED for leg in callers)


def _not_reached(session: Session, entry: HandoverEntry, wait: WaitEntry, now: datetime) -> None:
    """Who was called back did not answer: again after a pause, three times in all."""
    wait.tries += 1
    note(session, entry, Happened.CALLBACK_TRIED, f"{wait.tries} of {TRIES}", now, f"try {wait.tries}")
    if wait.tries < TRIES:
        wait.state, wait.due_at = WaitState.WAITING.value, now + PAUSE
        return
    wait.state, wait.ended_at = WaitState.UNREACHED.value, now
    tell_missed(session, wait, now)


def note(
    session: Session, entry: HandoverEntry, what: Happened, detail: str, now: datetime, mark: str = ""
) -> None:
    """Write something into the caller's timeline, once."""
    add_note(session, entry.call_id, what, detail, now, f"{what} {entry.id} {mark}")


def talked(session: Session, entry: HandoverEntry, now: datetime) -> None:
    """Caller and agent are in the conference together."""
    entry.state = TalkState.TALKING.value
    if entry.talked_at is not None:
        return
    entry.talked_at = now
    call = session.get(CallEntry, entry.call_id)
    if call is not None and call.connected_at is None:
        call.connected_at = now
        if call.queued_at is not None and call.wait_seconds is None:
            call.wait_seconds = max(0, int((now - call.queued_at).total_seconds()))
