"""From rows to handovers with their legs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.adapters.sql.call_rows import CallEntry
from app.adapters.sql.handover_rows import HandoverEntry, LegEntry, WaitEntry
from app.adapters.sql.verification_rows import LevelEntry
from app.faults import Fault, FaultCode
from app.handover.model import LegEnd, LegKind, LegState, TalkState, WaitKind, WaitState
from app.ports.handovers import Handover, Leg


def held_handover(session: Session, handover: str) -> HandoverEntry:
    """A handover's row, held until the transaction ends; Fault NOT_FOUND.

    The row of the list that it takes is held first, as by a caller who steps out of a line: so no two
    transactions wait for each other.
    """
    taken = select(HandoverEntry.wait_id).where(HandoverEntry.id == handover).scalar_subquery()
    session.execute(select(WaitEntry.id).where(WaitEntry.id == taken).with_for_update())
    query = select(HandoverEntry).where(HandoverEntry.id == handover).with_for_update()
    entry = session.scalars(query.execution_options(populate_existing=True)).first()
    if entry is None:
        raise Fault(FaultCode.NOT_FOUND, "There is no such conversation.")
    return entry


def held_handovers(session: Session, *which: ColumnElement[bool]) -> list[HandoverEntry]:
    """The handovers of which this is so, once they are held."""
    found = session.scalars(select(HandoverEntry.id).where(*which).order_by(HandoverEntry.id)).all()
    held = {one: held_handover(session, one) for one in found}
    still = select(HandoverEntry.id).where(HandoverEntry.id.in_(found), *which)
    return [held[one] for one in session.scalars(still)] if found else []


def held_leg(session: Session, leg_id: str) -> tuple[HandoverEntry, LegEntry] | None:
    """A leg and its handover, held until the transaction ends; None: there is no such leg."""
    leg = session.get(LegEntry, leg_id)
    if leg is None:
        return None
    entry = held_handover(session, leg.handover_id)
    session.refresh(leg)
    return entry, leg


def legs_of(session: Session, handover: str) -> list[LegEntry]:
    """The rows of a handover's legs, oldest first."""
    query = select(LegEntry).where(LegEntry.handover_id == handover)
    query = query.order_by(LegEntry.asked_at, LegEntry.id).execution_options(populate_existing=True)
    return list(session.scalars(query))


def wait_of(session: Session, entry: HandoverEntry) -> WaitEntry:
    """The row of the list a handover takes."""
    return session.scalars(
        select(WaitEntry).where(WaitEntry.id == entry.wait_id).execution_options(populate_existing=True)
    ).one()


def queue_of(session: Session, entry: HandoverEntry, leg: LegEntry) -> str:
    """The queue somebody is rung for: the last one that an agent of the conversation came from.

    Who takes a conversation out of a queue's line comes from that queue while it is still offered.
    """
    states = (WaitState.TAKEN, WaitState.OFFERED) if leg.kind == LegKind.TRANSFER else (WaitState.TAKEN,)
    query = select(WaitEntry.queue).where(
        WaitEntry.call_id == entry.call_id,
        WaitEntry.state.in_(states),
        WaitEntry.handover_id == entry.id,
        WaitEntry.kind == WaitKind.TRANSFER,
        WaitEntry.entered_at <= leg.asked_at,
    )
    last = session.scalars(query.order_by(WaitEntry.entered_at.desc(), WaitEntry.id.desc()).limit(1)).first()
    return last if last is not None else wait_of(session, entry).queue


def as_handover(session: Session, entry: HandoverEntry) -> Handover:
    """One handover, whole."""
    return next(iter(as_handovers(session, [entry])))


def as_handovers(session: Session, entries: Iterable[HandoverEntry]) -> list[Handover]:
    """Handovers, whole; five statements however many there are."""
    found = list(entries)
    ids, stays = [entry.id for entry in found], [entry.wait_id for entry in found]
    session.flush()
    rows = session.scalars(
        select(LegEntry).where(LegEntry.handover_id.in_(ids)).order_by(LegEntry.asked_at, LegEntry.id)
    )
    legs: dict[str, list[Leg]] = defaultdict(list)
    for row in rows:
        legs[row.handover_id].append(as_leg(row))
    waits = {row.id: row for row in session.scalars(select(WaitEntry).where(WaitEntry.id.in_(stays)))}
    called = [call for entry in found for call in (entry.call_id, waits[entry.wait_id].call_id)]
    calls = {row.id: row for row in session.scalars(select(CallEntry).where(CallEntry.id.in_(called)))}
    proved = _proved_at(session, called)
    return [
        _handover(entry, waits[entry.wait_id], calls, proved.get(entry.call_id), tuple(legs[entry.id]))
        for entry in found
    ]


def _proved_at(session: Session, calls: Sequence[str]) -> dict[str, datetime]:
    """When calls reached their levels, those that did."""
    query = select(LevelEntry.call_id, LevelEntry.reached_at).where(LevelEntry.call_id.in_(calls))
    found = session.execute(query.order_by(LevelEntry.level, LevelEntry.id))
    return {row.call_id: row.reached_at for row in found}


def as_leg(entry: LegEntry) -> Leg:
    """One leg."""
    return Leg(
        id=entry.id,
        handover=entry.handover_id,
        kind=LegKind(entry.kind),
        user=entry.user_id,
        name=entry.name,
        address=entry.address,
        asked_by=entry.asked_by,
        language=entry.language,
        call_sid=entry.call_sid,
        state=LegState(entry.state),
        end=LegEnd(entry.end) if entry.end else None,
        muted=entry.muted,
        asked_at=entry.asked_at,
        joined_at=entry.joined_at,
        ended_at=entry.ended_at,
    )


def _handover(
    entry: HandoverEntry,
    wait: WaitEntry,
    calls: Mapping[str, CallEntry],
    proved_at: datetime | None,
    legs: tuple[Leg, ...],
) -> Handover:
    call, now_on = calls.get(wait.call_id), calls.get(entry.call_id)  # two of them where it is a callback
    name = (now_on.organisation_name if now_on else "") or (call.organisation_name if call else "")
    proved = now_on if wait.kind != WaitKind.CALLBACK or entry.call_id != wait.call_id else None
    named = now_on.organisation_id if now_on else None  # by the caller since they came into the line, perhaps
    return Handover(
        id=entry.id,
        wait=entry.wait_id,
        kind=WaitKind(wait.kind),
        state=TalkState(entry.state),
        call_id=entry.call_id,
        caller_sid=entry.caller_sid,
        link=entry.link,
        ani=wait.number or (call.ani if call else None),
        dnis=call.dnis if call else "",
        organisation=wait.organisation_id if named is None else named,
        organisation_name=name,
        level=proved.level if proved else "unverified",  # a call back starts anew
        method=proved.method if proved else "",
        proved_at=proved_at if proved else None,
        queue=wait.queue,
        territory=wait.territory,
        department=wait.department,
        desk_language=wait.desk_language,
        language=wait.language,
        number=wait.number,
        conference_sid=entry.conference_sid,
        challenge=entry.challenge,
        held=entry.held,
        began_at=wait.began_at,
        started_at=entry.started_at,
        talked_at=entry.talked_at,
        ended_at=entry.ended_at,
        disposition=entry.disposition,
        legs=legs,
    )
