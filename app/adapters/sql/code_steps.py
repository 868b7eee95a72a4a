"""A code that an agent runs, as the conversation has it: the steps, the way there and back."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.adapters.sql.handover_reading import held_handover
from app.adapters.sql.handover_steps import ask
from app.adapters.sql.talking import hold_agents, own_leg
from app.handover.model import (
    TalkState,
)
from app.handover.wishes import Send


def code_step(session: Session, handover: str, user: int) -> int:
    """Begin a step of a code run by an agent."""
    entry, _ = own_leg(session, handover, user)
    entry.steps += 1
    return entry.steps


def next_step(session: Session, handover: str) -> int:
    """The number of the next thing a caller keys in a code step."""
    entry = held_handover(session, handover)
    entry.steps += 1
    return entry.steps


def ask_for_code(session: Session, handover: str, challenge: str, *, by_key: bool, now: datetime) -> None:
    """Note the code on its way; by key, send the caller's leg to where it is keyed."""
    entry = held_handover(session, handover)
    entry.challenge = challenge
    if by_key and entry.state == TalkState.TALKING:
        entry.state, entry.held = TalkState.CODE.value, False
        hold_agents(session, entry, held=True, now=now)
        ask(session, entry.id, Send(entry.caller_sid, "/voice/code-step", entry.link), now)


def recall(session: Session, handover: str, user: int, now: datetime) -> None:
    """Bring a caller back who is keying a code."""
    entry, _ = own_leg(session, handover, user)
    if entry.state == TalkState.CODE:
        ask(session, entry.id, Send(entry.caller_sid, "/voice/join", entry.link), now)
