"""What the legs of a handover do, and what follows from it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters.sql.agents import takes_calls
from app.adapters.sql.fetching import back_to_place, fetch, never_came
from app.adapters.sql.handover_reading import as_handover, held_handovers, held_leg, wait_of
from app.adapters.sql.handover_rows import HandoverEntry, LegEntry, WaitEntry
from app.adapters.sql.handover_steps import (
    ask,
    drop_requests,
    end_leg,
    finish,
    let_all_go,
    note,
    release,
)
from app.adapters.sql.talking import another_came, ends_by_leaving, one_left
from app.callflow.happened import Happened
from app.handover.model import AGENTS, LegEnd, LegKind, LegState, TalkState, WaitKind, WaitState
from app.handover.wishes import Close, HangUp, Send
from app.ports.handovers import Handover

_OFFERED = (WaitState.WAITING, WaitState.OFFERED)


def rings(session: Session, leg_id: str, call_sid: str, now: datetime) -> None:
    """The carrier says that a leg rings."""
    found = held_leg(session, leg_id)
    if found is None:
        return
    entry, leg = found
    unknown = not leg.call_sid
    leg.call_sid = leg.call_sid or call_sid
    if leg.state == LegState.OVER and unknown:  # let go of before anybody knew which call it is
        ask(session, entry.id, HangUp(leg.id), now)
    if leg.state == LegState.ASKED:
        leg.state = LegState.RINGING.value
        note(session, entry, Happened.LEG_RINGS, f"{leg.kind} {leg.name}", now, leg.id)


def answered(session: Session, leg_id: str, call_sid: str, now: datetime) -> Handover | None:
    """Somebody answered; None: there is nothing to hear any more."""
    found = held_leg(session, leg_id)
    if found is None:
        return None
    entry, leg = found
    leg.call_sid = leg.call_sid or call_sid
    if leg.state == LegState.OVER or entry.state == TalkState.OVER or not _is_agents_still(session, leg):
        return None
    if leg.state in {LegState.ASKED, LegState.RINGING}:
        leg.state = LegState.ANSWERED.value
        note(session, entry, Happened.LEG_ANSWERED, f"{leg.kind} {leg.name}", now, leg.id)
    return as_handover(session, entry)


def joins(session: Session, leg_id: str, now: datetime) -> Handover | None:
    """Whoever answered pressed 1; None: who they were to talk with is not there any more."""
    found = held_leg(session, leg_id)
    if found is None:
        return None
    entry, leg = found
    if leg.state == LegState.OVER or entry.state == TalkState.OVER:
        return None
    if leg.state != LegState.JOINED:
        if not _may_join(session, entry, leg, now):
            return None
        leg.state, leg.joined_at = LegState.JOINED.value, now
        if leg.kind == LegKind.TRANSFER:
            another_came(session, entry, leg.id, now)
        note(session, entry, Happened.LEG_ACCEPTED, f"{leg.kind} {leg.name}", now, leg.id)
    return as_handover(session, entry)


def _is_agents_still(session: Session, leg: LegEntry) -> bool:
    """Whether the account whose phone rings takes calls still; a leg of no account is not asked about."""
    return leg.user_id is None or takes_calls(session, leg.user_id)


def _may_join(session: Session, entry: HandoverEntry, leg: LegEntry, now: datetime) -> bool:
    if not _is_agents_still(session, leg):
        return False
    match leg.kind:
        case LegKind.AGENT:
            return fetch(session, entry, leg, now)
        case LegKind.TRANSFER:
            for wait in _handed_on(session, entry):
                wait.state, wait.taken_at, wait.ended_at = WaitState.TAKEN.value, now, now
            return True
        case _:
            return True


def over(session: Session, leg_id: str, end: LegEnd, now: datetime) -> None:
    """A leg is over, and so is, or goes on, what it was for."""
    found = held_leg(session, leg_id)
    if found is None:
        return
    entry, leg = found
    if leg.state == LegState.OVER:
        return
    joined = leg.state == LegState.JOINED
    end_leg(session, entry, leg, end, now)
    if entry.state == TalkState.OVER:
        return
    if leg.kind == LegKind.CALLER:
        _caller_over(session, entry, now)
    elif leg.kind not in AGENTS:
        return
    elif joined:
        _agent_gone(session, entry, leg, now)
    elif leg.kind == LegKind.AGENT:
        release(session, entry, now)


def _caller_over(session: Session, entry: HandoverEntry, now: datetime) -> None:
    """Who was called back did not come, or went: the agent hears so, or is let go."""
    if entry.state == TalkState.TALKING:
        let_all_go(session, entry, now)
        finish(session, entry, now)
        return
    never_came(session, entry, now)


def _agent_gone(session: Session, entry: HandoverEntry, leg: LegEntry, now: datetime) -> None:
    """An agent left who was in the conference; with nobody else there the caller is not left alone."""
    if one_left(session, entry, now):
        return
    was = TalkState(entry.state)
    if was is TalkState.JOINING:
        back_to_place(session, entry, now)
        return
    ends = ends_by_leaving(session, entry, leg)  # before what was to change that is dropped
    let_all_go(session, entry, now)
    finish(session, entry, now)
    if was is TalkState.TALKING and not ends:
        ask(session, entry.id, Close(entry.id), now)
    if was is TalkState.CODE:
        ask(session, entry.id, Send(entry.caller_sid, "/voice/requeue", entry.link), now)


def caller_left(session: Session, call_id: str, now: datetime) -> None:
    """The caller's call is over: whoever was rung or talked is let go."""
    open_ones = (HandoverEntry.call_id == call_id, HandoverEntry.state != TalkState.OVER)
    for entry in held_handovers(session, *open_ones):
        if wait_of(session, entry).kind == WaitKind.CALLBACK and entry.state != TalkState.TALKING:
            continue  # the call in which it was asked for; another one is on its way
        drop_requests(session, entry, "dequeue", now)
        let_all_go(session, entry, now)
        finish(session, entry, now)


def let_go_of_wait(session: Session, wait: WaitEntry, now: datetime) -> None:
    """Stop the phones that ring for a row of the list."""
    ringing = (HandoverEntry.wait_id == wait.id, HandoverEntry.state == TalkState.RINGING)
    for entry in held_handovers(session, *ringing):
        let_all_go(session, entry, now)
        finish(session, entry, now)


def _handed_on(session: Session, entry: HandoverEntry) -> list[WaitEntry]:
    """The rows in which a conversation waits for a queue's agents."""
    query = select(WaitEntry).where(
        WaitEntry.handover_id == entry.id,
        WaitEntry.kind == WaitKind.TRANSFER,
        WaitEntry.state.in_(_OFFERED),
    )
    return list(session.scalars(query.with_for_update()))
