"""The numbers of the queues, counted by the database: supervisors' pages ask for them each second."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Float, Row, Select, and_, case, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from app.adapters.sql.call_rows import CallEntry
from app.adapters.sql.handover_rows import WaitEntry
from app.handover.model import OPEN, WaitKind, WaitState
from app.ports.agent_desk import IN_TIME, QueueNumbers

_UNVERIFIED = "unverified"


class _Seconds(FunctionElement[float]):
    """How long it is from one instant to another: a difference that no two engines spell alike."""

    type = Float()
    inherit_cache = True


@compiles(_Seconds)
def _anywhere(element: _Seconds, compiler: SQLCompiler, **options: Any) -> str:
    start, end = (compiler.process(one, **options) for one in element.clauses)
    return f"EXTRACT(EPOCH FROM ({end} - {start}))"


@compiles(_Seconds, "sqlite")
def _on_sqlite(element: _Seconds, compiler: SQLCompiler, **options: Any) -> str:
    start, end = (compiler.process(one, **options) for one in element.clauses)
    return f"ROUND((JULIANDAY({end}) - JULIANDAY({start})) * 86400, 3)"


def queue_numbers(session: Session, since: datetime) -> Sequence[QueueNumbers]:
    """Every queue that had callers since an instant or has some now, by name."""
    return [_numbers(row) for row in session.execute(_query(since))]


def _query(since: datetime) -> Select[*tuple[Any, ...]]:
    waits, taken = WaitEntry.state.in_(OPEN), WaitEntry.state == WaitState.TAKEN
    counted = {
        "waiting": waits,
        "taken": taken,
        "in_time": and_(taken, _Seconds(WaitEntry.entered_at, WaitEntry.taken_at) <= IN_TIME.total_seconds()),
        "abandoned": WaitEntry.state == WaitState.ABANDONED,
        "overflowed": WaitEntry.state == WaitState.OVERFLOWED,
        "verified": and_(taken, func.coalesce(CallEntry.level, _UNVERIFIED) != _UNVERIFIED),
    }
    return (
        select(
            WaitEntry.queue,
            func.min(case((waits, WaitEntry.entered_at))).label("longest_since"),
            *(func.count(case((condition, 1))).label(name) for name, condition in counted.items()),
        )
        .join(CallEntry, CallEntry.id == WaitEntry.call_id, isouter=True)
        .where(WaitEntry.kind == WaitKind.CALL, (WaitEntry.ended_at >= since) | waits)
        .group_by(WaitEntry.queue)
        .order_by(WaitEntry.queue)
    )


def _numbers(row: Row[*tuple[Any, ...]]) -> QueueNumbers:
    return QueueNumbers(
        queue=row.queue,
        waiting=row.waiting,
        longest_since=row.longest_since,
        taken=row.taken,
        in_time=row.in_time,
        abandoned=row.abandoned,
        overflowed=row.overflowed,
        verified=row.verified,
    )
