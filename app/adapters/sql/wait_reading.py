"""From rows of the waiting list to waits, with what is known of their callers now."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, exists, select
from sqlalchemy.orm import Session

from app.adapters.sql.call_rows import CallEntry
from app.adapters.sql.directory_rows import OrganisationEntry
from app.adapters.sql.handover_rows import WaitEntry
from app.adapters.sql.verification_rows import LevelEntry
from app.handover.model import OPEN, WaitKind, WaitState
from app.ports.waiting import Wait
from app.verification.limits import Limits

_UNVERIFIED = "unverified"
LEVEL_LASTS = Limits().level_lasts
#: Longer than any round of what a waiting caller hears.
SILENT_FOR = timedelta(seconds=120)


def waits(now: datetime) -> Select[*tuple[Any, ...]]:
    """Rows of the list with their calls and organisations, and whether the call's level still holds."""
    of_call = (LevelEntry.call_id == WaitEntry.call_id, LevelEntry.reached_at > now - LEVEL_LASTS)
    return (
        select(
            WaitEntry,
            CallEntry.level,
            CallEntry.method,
            exists().where(*of_call).correlate(WaitEntry),
            CallEntry.ani,
            OrganisationEntry.name,
            OrganisationEntry.priority,
        )
        .join(CallEntry, CallEntry.id == WaitEntry.call_id, isouter=True)
        .join(OrganisationEntry, OrganisationEntry.id == WaitEntry.organisation_id, isouter=True)
    )


def open_waits(session: Session, now: datetime, queues: Sequence[str] | None = None) -> list[Wait]:
    """Every row that is not over, of all queues or of these.

    Not callers of whom the carrier has not asked for long: somebody else talks with them, or they are gone.
    """
    silent = and_(
        WaitEntry.kind == WaitKind.CALL,
        WaitEntry.state == WaitState.WAITING,
        WaitEntry.heard_at <= now - SILENT_FOR,
    )
    query = waits(now).where(WaitEntry.state.in_(OPEN), ~silent)
    if queues is not None:
        query = query.where(WaitEntry.queue.in_(list(queues)))
    return [as_wait(row) for row in session.execute(query)]


def as_wait(row: Row[*tuple[Any, ...]]) -> Wait:
    """One row as a wait. Who is called back starts unverified, whatever their first call had reached."""
    entry, level, method, holds, ani, name, priority = row
    proved = level is not None and holds and entry.kind != WaitKind.CALLBACK
    return Wait(
        id=entry.id,
        kind=WaitKind(entry.kind),
        state=WaitState(entry.state),
        call_id=entry.call_id,
        call_sid=entry.call_sid,
        carrier_queue=entry.carrier_queue,
        queue=entry.queue,
        territory=entry.territory,
        department=entry.department,
        desk_language=entry.desk_language,
        language=entry.language,
        began_at=entry.began_at,
        entered_at=entry.entered_at,
        priority=priority or 0,
        level=level if proved else _UNVERIFIED,
        method=method if proved else "",
        organisation=entry.organisation_id,
        organisation_name=name or "",
        ani=ani,
        code_until=entry.code_until,
        told_at=entry.told_at,
        told_place=entry.told_place,
        told=None if entry.told_low is None or entry.told_high is None else (entry.told_low, entry.told_high),
        number=entry.number,
        due_at=entry.due_at,
        tries=entry.tries,
        link=entry.link,
    )
