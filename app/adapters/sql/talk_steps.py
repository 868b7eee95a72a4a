"""What an agent does in a conversation: hold, mute, leave, end, write down what it was about."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.adapters.sql.agents import own_agent
from app.adapters.sql.fetching import back_to_place
from app.adapters.sql.handover_reading import held_handover, legs_of, wait_of
from app.adapters.sql.handover_rows import HandoverEntry, NoteEntry
from app.adapters.sql.handover_steps import ask, finish, let_all_go, let_go, note
from app.adapters.sql.recording import storable
from app.adapters.sql.talking import agents_in, one_left, own_leg
from app.callflow.happened import Happened
from app.faults import Fault, FaultCode
from app.handover.model import (
    Disposition,
    Duty,
    LegKind,
    LegState,
    TalkState,
    WaitKind,
)
from app.handover.wishes import Adjust, Close, Send


def hold(session: Session, handover: str, user: int, *, held: bool, now: datetime) -> None:
    """Let the caller hear music, or come back."""
    entry, leg = own_leg(session, handover, user)
    if entry.held != held:
        entry.held = held
        ask(session, entry.id, Adjust(entry.id, entry.caller_sid, held=held), now)
        note(session, entry, Happened.HELD if held else Happened.RESUMED, leg.name, now, now.isoformat())


def mute(session: Session, handover: str, user: int, *, muted: bool, now: datetime) -> None:
    """Mute the agent's own leg, or not any more."""
    entry, leg = own_leg(session, handover, user)
    if leg.muted != muted:
        leg.muted = muted
        ask(session, entry.id, Adjust(entry.id, leg.call_sid, muted=muted), now)
        note(session, entry, Happened.MUTED if muted else Happened.UNMUTED, leg.name, now, now.isoformat())


def leave(session: Session, handover: str, user: int, now: datetime) -> None:
    """Leave to those who stay; where no other agent is there, the conversation ends."""
    entry, own = own_leg(session, handover, user)
    others = [leg for leg in agents_in(session, entry) if leg.id != own.id]
    if not others:
        end(session, handover, user, now)
        return
    if entry.held:
        entry.held = False
        ask(session, entry.id, Adjust(entry.id, entry.caller_sid, held=False), now)
    let_go(session, entry, own, now)
    one_left(session, entry, now)


def end(session: Session, handover: str, user: int, now: datetime) -> None:
    """End it for everybody: the caller goes on to what follows a call, or to the place they had before it."""
    entry, _ = own_leg(session, handover, user)
    was = TalkState(entry.state)
    if was is TalkState.JOINING:
        back_to_place(session, entry, now)
        return
    let_all_go_but_caller(session, entry, now)
    finish(session, entry, now)
    if was is TalkState.CODE:
        ask(session, entry.id, Send(entry.caller_sid, "/voice/talked", entry.link), now)
    ask(session, entry.id, Close(entry.id), now)


def let_all_go_but_caller(session: Session, entry: HandoverEntry, now: datetime) -> None:
    """End every leg but that of somebody who was called back: what follows a call is theirs, too."""
    if wait_of(session, entry).kind != WaitKind.CALLBACK:
        let_all_go(session, entry, now)
        return
    for leg in legs_of(session, entry.id):
        if leg.kind != LegKind.CALLER:
            let_go(session, entry, leg, now)


def wrap_up(
    session: Session, handover: str, user: int, name: str, disposition: Disposition, text: str, now: datetime
) -> None:
    """Write down what a conversation was about, and be available again."""
    own = [leg for leg in legs_of(session, handover) if leg.user_id == user and leg.joined_at is not None]
    if not own:
        raise Fault(FaultCode.NOT_YOURS, "Only who was in this conversation writes down what it was about.")
    # Who takes a call holds the agent first and the conversation then; who ends a leg the other way round.
    # While the leg goes on there is nothing to be back from, and the agent's row is left alone.
    agent = own_agent(session, user, now) if own[-1].state == LegState.OVER else None
    entry = held_handover(session, handover)
    entry.disposition = disposition.value
    if text:
        session.add(NoteEntry(call_id=entry.call_id, author=name, at=now, text=storable(text)))
    note(session, entry, Happened.WRAP_UP, disposition.value, now, name)
    if agent is not None and agent.wraps_up == entry.id:
        agent.wraps_up, agent.duty, agent.duty_since = "", Duty.AVAILABLE.value, now
