"""What the caller's leg does in a handover: come in, be called back, be left alone."""

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.adapters.sql.call_rows import CallEntry
from app.adapters.sql.handover_reading import as_handover, held_handover, held_leg, wait_of
from app.adapters.sql.handover_rows import HandoverEntry
from app.adapters.sql.handover_steps import ask, is_asked, note, talked
from app.adapters.sql.talking import agents_in, hold_agents
from app.callflow.happened import Happened
from app.handover.model import (
    LegState,
    TalkState,
    WaitState,
)
from app.handover.wishes import Send
from app.ports.handovers import Handover

_LIVE = (TalkState.JOINING, TalkState.TALKING, TalkState.CODE)


def live_handover(session: Session, call_id: str) -> HandoverEntry | None:
    """The handover of a caller whom an agent has accepted, with that agent in the conference; held."""
    entry = _latest(session, call_id, HandoverEntry.state.in_(_LIVE))
    live = entry is not None and entry.state in _LIVE and agents_in(session, entry)
    return entry if live else None


def caller_joins(session: Session, call_id: str, now: datetime) -> Handover | None:
    """The caller comes into the conference, or back to it."""
    session.get(CallEntry, call_id, with_for_update={"key_share": True})  # first, as everywhere
    entry = live_handover(session, call_id)
    if entry is None:
        return None
    if entry.state == TalkState.CODE:
        hold_agents(session, entry, held=False, now=now)
    talked(session, entry, now)
    wait = wait_of(session, entry)
    if wait.state == WaitState.JOINING:
        wait.state, wait.taken_at, wait.ended_at = WaitState.TAKEN.value, now, now
    return as_handover(session, entry)


def called_back(
    session: Session, leg_id: str, call_id: str, call_sid: str, link: str, now: datetime
) -> Handover | None:
    """Who was called back pressed 1: their call is the handover's from now on."""
    session.get(CallEntry, call_id, with_for_update={"key_share": True})  # first, as everywhere
    found = held_leg(session, leg_id)
    if found is None:
        return None
    entry, leg = found
    if leg.state == LegState.OVER or not agents_in(session, entry):
        return None
    if leg.state != LegState.JOINED:
        note(session, entry, Happened.CALLBACK_REACHED, "", now)
        leg.state, leg.joined_at = LegState.JOINED.value, now
        entry.call_id, entry.caller_sid, entry.link = call_id, call_sid, link
        wait = wait_of(session, entry)
        wait.state, wait.taken_at, wait.ended_at = WaitState.TAKEN.value, now, now
        call = session.get(CallEntry, call_id)
        if call is not None and call.organisation_id is not None:  # matched by the number that was rung
            wait.organisation_id = call.organisation_id
        talked(session, entry, now)
    return as_handover(session, entry)


def alone(session: Session, call_id: str, now: datetime) -> None:
    """The caller is in a conference where nobody is: send them back, unless something else is asked for."""
    entry = _latest(session, call_id)
    if entry is None or agents_in(session, entry):
        return
    if not is_asked(session, entry, ("send", "close"), ("due", "claimed")):
        ask(session, entry.id, Send(entry.caller_sid, "/voice/requeue", entry.link), now)


def _latest(session: Session, call_id: str, *which: ColumnElement[bool]) -> HandoverEntry | None:
    """A call's latest handover of some, as it is once it is held."""
    query = select(HandoverEntry.id).where(HandoverEntry.call_id == call_id, *which)
    found = session.scalars(query.order_by(HandoverEntry.started_at.desc()).limit(1)).first()
    return None if found is None else held_handover(session, found)
