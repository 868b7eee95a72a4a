"""Who is in a conversation: the steps of all who are in it begin here."""

import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters.sql.handover_reading import held_handover, legs_of
from app.adapters.sql.handover_rows import HandoverEntry, LegEntry, RequestEntry
from app.adapters.sql.handover_steps import ask
from app.faults import Fault, FaultCode
from app.handover.model import (
    AGENTS,
    LegState,
    TalkState,
)
from app.handover.wishes import Adjust


def own_leg(session: Session, handover: str, user: int) -> tuple[HandoverEntry, LegEntry]:
    """A conversation that goes on, and an agent's own leg in it."""
    entry = held_handover(session, handover)
    if entry.state == TalkState.OVER:
        raise Fault(FaultCode.CONFLICT, "This conversation is over.")
    own = [leg for leg in legs_of(session, handover) if leg.user_id == user and leg.state == LegState.JOINED]
    if not own:
        raise Fault(FaultCode.NOT_YOURS, "You are not in this conversation.")
    return entry, own[-1]


def agents_in(session: Session, entry: HandoverEntry) -> list[LegEntry]:
    legs = legs_of(session, entry.id)
    return [leg for leg in legs if leg.kind in AGENTS and leg.state == LegState.JOINED]


def another_came(session: Session, entry: HandoverEntry, own: str, now: datetime) -> None:
    """With a second agent in the conference, the leaving of none of them ends it."""
    others = [leg for leg in agents_in(session, entry) if leg.id != own]
    if len(others) == 1:
        ask(session, entry.id, Adjust(entry.id, others[0].call_sid, ends=False), now)


def one_left(session: Session, entry: HandoverEntry, now: datetime) -> bool:
    """An agent left: whether another one stays, the last of whom ends the conference by leaving it."""
    staying = agents_in(session, entry)
    if len(staying) == 1:
        ask(session, entry.id, Adjust(entry.id, staying[0].call_sid, ends=True), now)
    return bool(staying)


def ends_by_leaving(session: Session, entry: HandoverEntry, leg: LegEntry) -> bool:
    """Whether the conference ends when a leg leaves it: as it joined, or as the carrier was last told."""
    told = select(RequestEntry).where(RequestEntry.handover_id == entry.id, RequestEntry.wish == "adjust")
    for request in session.scalars(told.order_by(RequestEntry.id.desc())):
        facts = json.loads(request.facts)
        if facts["call_sid"] == leg.call_sid and facts["ends"] is not None:
            return bool(facts["ends"]) and request.state == "done"
    return True


def hold_agents(session: Session, entry: HandoverEntry, *, held: bool, now: datetime) -> None:
    for leg in agents_in(session, entry):
        ask(session, entry.id, Adjust(entry.id, leg.call_sid, held=held), now)
