"""A code that an agent runs, as the conversation has it: the steps, the way there and back."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.adapters.sql.call_rows import CallEntry
from app.adapters.sql.handover_reading import held_handover
from app.adapters.sql.handover_rows import NOTHING_ASKED, HandoverEntry
from app.adapters.sql.handover_steps import ask
from app.adapters.sql.talking import hold_agents, own_leg
from app.handover.model import TalkState
from app.handover.wishes import Send


def code_step(session: Session, handover: str, user: int) -> int:
    """Begin a step of a code run by an agent."""
    _hold_call(session, handover)
    entry, _ = own_leg(session, handover, user)
    return _step(session, entry)


def next_step(session: Session, handover: str, after: int) -> int:
    """The number of what a caller keys after a step of this code, 0 at its beginning: the same each time."""
    _hold_call(session, handover)
    entry = held_handover(session, handover)
    if entry.asked_after != after:
        entry.asked_after, entry.asked_step = after, _step(session, entry)
    return entry.asked_step


def _hold_call(session: Session, handover: str) -> None:
    """First, as everywhere: the steps of a call's handovers are numbered one after the other."""
    of = select(HandoverEntry.call_id).where(HandoverEntry.id == handover).scalar_subquery()
    session.execute(select(CallEntry.id).where(CallEntry.id == of).with_for_update(key_share=True))


def _step(session: Session, entry: HandoverEntry) -> int:
    """The next number of the call, not of the handover: a caller who lost an agent has another one after.

    What was judged at a step is never judged again, so that two codes must not meet in one.
    """
    most = select(func.max(HandoverEntry.steps)).where(HandoverEntry.call_id == entry.call_id)
    entry.steps = session.scalars(most).one() + 1
    return entry.steps


def ask_for_code(session: Session, handover: str, challenge: str, *, by_key: bool, now: datetime) -> None:
    """Note the code on its way; by key, send the caller's leg to where it is keyed."""
    entry = held_handover(session, handover)
    entry.challenge, entry.asked_after = challenge, NOTHING_ASKED
    if by_key and entry.state == TalkState.TALKING:
        entry.state, entry.held = TalkState.CODE.value, False
        hold_agents(session, entry, held=True, now=now)
        ask(session, entry.id, Send(entry.caller_sid, "/voice/code-step", entry.link), now)


def recall(session: Session, handover: str, user: int, now: datetime) -> None:
    """Bring a caller back who is keying a code."""
    entry, _ = own_leg(session, handover, user)
    if entry.state == TalkState.CODE:
        ask(session, entry.id, Send(entry.caller_sid, "/voice/join", entry.link), now)
