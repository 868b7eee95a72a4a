"""Bringing a caller to the agent who accepted them, and back to their place where that comes to nothing."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters.sql.handover_reading import held_handovers, legs_of, wait_of
from app.adapters.sql.handover_rows import HandoverEntry, LegEntry, RequestEntry, WaitEntry
from app.adapters.sql.handover_steps import ask, bid_farewell, is_asked, let_all_go, release, ring
from app.handover.model import LegEnd, LegKind, LegState, TalkState, WaitKind, WaitState
from app.handover.wishes import Dequeue, Send
from app.ports.handovers import Ringing

_ON_THE_WAY = timedelta(seconds=5)  # from the carrier's queue to our document
_MOST_FETCHES = 3
_FETCHING = ("dequeue", "send")


def fetch(session: Session, entry: HandoverEntry, leg: LegEntry, now: datetime) -> bool:
    """The agent is there: bring the caller in, or ring who asked to be called back."""
    wait = wait_of(session, entry)
    if wait.state != WaitState.OFFERED:
        return False
    wait.state, entry.state = WaitState.JOINING.value, TalkState.JOINING.value
    if wait.kind == WaitKind.CALLBACK:
        ring(session, entry, Ringing(LegKind.CALLER, "", f"number:{wait.number}"), leg.name, now)
    else:
        _ask_for_caller(session, entry, wait, now)
    return True


def _ask_for_caller(session: Session, entry: HandoverEntry, wait: WaitEntry, now: datetime) -> None:
    if wait.carrier_queue:
        ask(session, entry.id, Dequeue(wait.carrier_queue, wait.call_sid, wait.link), now)
    else:
        ask(session, entry.id, Send(wait.call_sid, "/voice/join", wait.link), now)


def bring_in(session: Session, wait_id: int, now: datetime) -> None:
    """A caller whom an agent has accepted waits still: what was to bring them in did not. Ask for it again.

    Not at once after it was asked for: they may be on the way. Nor for ever: then the agent is let go.
    """
    joining = (HandoverEntry.wait_id == wait_id, HandoverEntry.state == TalkState.JOINING)
    for entry in held_handovers(session, *joining):
        asked = select(RequestEntry.settled_at).where(
            RequestEntry.handover_id == entry.id, RequestEntry.wish.in_(_FETCHING)
        )
        settled = session.scalars(asked).all()
        if any(at is None or at > now - _ON_THE_WAY for at in settled):
            continue
        wait = wait_of(session, entry)
        if len(settled) >= _MOST_FETCHES:
            never_came(session, entry, now)
            continue
        entry.link = wait.link
        _ask_for_caller(session, entry, wait, now)


def never_came(session: Session, entry: HandoverEntry, now: datetime) -> None:
    """The caller could not be brought in: the agent hears so, and the caller keeps the place they are in."""
    for leg in legs_of(session, entry.id):
        if leg.state == LegState.JOINED and leg.call_sid:
            bid_farewell(session, entry, leg, LegEnd.ENDED, now)
    let_all_go(session, entry, now)
    release(session, entry, now)


def back_to_place(session: Session, entry: HandoverEntry, now: datetime) -> None:
    """The agent accepted and was gone before the caller came: the caller keeps the place."""
    for leg in legs_of(session, entry.id):
        if leg.kind == LegKind.CALLER and leg.state == LegState.ANSWERED:
            bid_farewell(session, entry, leg, LegEnd.CANCELED, now)
    let_all_go(session, entry, now)
    on_the_way = is_asked(session, entry, _FETCHING, ("claimed", "done"))
    release(session, entry, now)
    if on_the_way and wait_of(session, entry).kind == WaitKind.CALL:
        ask(session, entry.id, Send(entry.caller_sid, "/voice/requeue", entry.link), now)
