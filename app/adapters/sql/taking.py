"""An agent takes a row of the waiting list: first come, and nobody else has it."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters.sql.agents import agent_of, own_agent
from app.adapters.sql.handover_reading import as_handover, held_handover, legs_of
from app.adapters.sql.handover_rows import HandoverEntry, WaitEntry
from app.adapters.sql.handover_steps import ring
from app.adapters.sql.wait_reading import open_waits
from app.faults import Fault, FaultCode
from app.handover.model import Duty, LegKind, LegState, TalkState, WaitKind, WaitState
from app.ports.agents import Agent
from app.ports.handovers import Choose, Handover, Lost, Ringing


def take(session: Session, user: int, choose: Choose, now: datetime) -> Handover | Lost | None:
    """Ring an agent for the row that ``choose`` gives."""
    own_agent(session, user, now)
    agent = agent_of(session, user)
    _refuse_unready(agent)
    chosen = choose(agent, open_waits(session, now))
    if chosen is None:
        return None
    of = session.get_one(WaitEntry, chosen.id).handover_id
    handed_on = held_handover(session, of) if of else None
    wait = session.get_one(WaitEntry, chosen.id, with_for_update=True, populate_existing=True)
    if wait.state != WaitState.WAITING:
        return Lost(_who_has(session, wait))
    wait.state = WaitState.OFFERED.value
    kind = LegKind.TRANSFER if wait.kind == WaitKind.TRANSFER else LegKind.AGENT
    entry = handed_on or _begin(session, wait, now)
    offers = wait.id if kind is LegKind.TRANSFER else None
    ring(session, entry, Ringing(kind, agent.name, agent.reach, user), agent.name, now, offers=offers)
    return as_handover(session, entry)


def _refuse_unready(agent: Agent) -> None:
    if agent.handover:
        raise Fault(FaultCode.CONFLICT, "You are in a call already: end it first.")
    if not agent.reach:
        raise Fault(FaultCode.CONFLICT, "Say first at which number or SIP address you are reached.")
    if agent.duty is not Duty.AVAILABLE:
        raise Fault(FaultCode.CONFLICT, "Make yourself available first.")


def _begin(session: Session, wait: WaitEntry, now: datetime) -> HandoverEntry:
    entry = HandoverEntry(
        id=uuid.uuid4().hex,
        wait_id=wait.id,
        call_id=wait.call_id,
        caller_sid=wait.call_sid if wait.kind == WaitKind.CALL else "",
        link=wait.link,
        state=TalkState.RINGING.value,
        started_at=now,
        talked_at=None,
        ended_at=None,
    )
    session.add(entry)
    session.flush()
    return entry


def _who_has(session: Session, wait: WaitEntry) -> str:
    """Whose phone rings for a row, or who talks with its caller; empty: nobody's."""
    query = select(HandoverEntry).where(HandoverEntry.wait_id == wait.id)
    entry = session.scalars(query.order_by(HandoverEntry.started_at.desc())).first()
    legs = legs_of(session, wait.handover_id or (entry.id if entry else ""))
    return next((leg.name for leg in reversed(legs) if leg.user_id and leg.state != LegState.OVER), "")
