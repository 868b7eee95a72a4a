"""Legs of which the carrier told nothing for longer than any telephone rings: it did not reach us.

Among them those of agents whose caller was fetched and never came.
"""

import json
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.adapters.sql.fetching import never_came
from app.adapters.sql.handover_reading import held_leg
from app.adapters.sql.handover_rows import HandoverEntry, LegEntry, RequestEntry, WaitEntry
from app.adapters.sql.handover_steps import ask
from app.adapters.sql.leg_steps import over
from app.handover.model import NOT_JOINED, LegEnd, LegState, TalkState, WaitKind
from app.handover.wishes import HangUp

#: Ringing, a whisper and the silence after it take half of this.
SILENT_FOR = timedelta(seconds=120)


def silent_legs(session: Session, now: datetime) -> list[str]:
    """The ids of these legs, in their order."""
    since = now - SILENT_FOR
    rung = (
        select(LegEntry)
        .join(HandoverEntry, HandoverEntry.id == LegEntry.handover_id)
        .where(LegEntry.state.in_(NOT_JOINED), LegEntry.asked_at <= since)
        .where(HandoverEntry.state != TalkState.OVER)
        .order_by(LegEntry.handover_id, LegEntry.id)
    )
    legs = list(session.scalars(rung))
    of_these = RequestEntry.handover_id.in_([leg.handover_id for leg in legs])
    lately = or_(RequestEntry.settled_at.is_(None), RequestEntry.settled_at > since)
    asked = select(RequestEntry.facts).where(RequestEntry.wish == "ring", of_these, lately)
    fresh = {json.loads(facts)["leg"] for facts in session.scalars(asked)} if legs else set()
    return [leg.id for leg in legs if leg.id not in fresh] + _left_alone(session, since)


def _left_alone(session: Session, since: datetime) -> list[str]:
    """The legs of agents who wait for a caller who was fetched and did not come."""
    waiting = (
        select(LegEntry.id)
        .join(HandoverEntry, HandoverEntry.id == LegEntry.handover_id)
        .join(WaitEntry, WaitEntry.id == HandoverEntry.wait_id)
        .where(HandoverEntry.state == TalkState.JOINING, WaitEntry.kind == WaitKind.CALL)
        .where(LegEntry.state == LegState.JOINED, LegEntry.joined_at <= since)
    )
    return list(session.scalars(waiting.order_by(LegEntry.id)))


def give_up(session: Session, leg_id: str, now: datetime) -> bool:
    """End one of them, as if nobody had answered: the caller keeps the place, the agent is free."""
    found = held_leg(session, leg_id)
    if found is None:
        return False
    entry, leg = found
    if leg.state == LegState.JOINED and entry.state == TalkState.JOINING:
        never_came(session, entry, now)
        return True
    if leg.state not in NOT_JOINED:
        return False
    if leg.call_sid:
        ask(session, entry.id, HangUp(leg.id), now)  # it may ring still
    over(session, leg_id, LegEnd.NO_ANSWER, now)
    return True
