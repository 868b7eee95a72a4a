"""Re-routed queues on SQL, each act with its audit."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, func, select
from sqlalchemy.orm import Session

from app.access.model import Actor
from app.adapters.sql.acts import write_act
from app.adapters.sql.locks import own_limits
from app.adapters.sql.recording import storable
from app.adapters.sql.table_rows import RerouteRow
from app.adapters.sql.transactions import Transactions
from app.faults import Fault, FaultCode
from app.ports.closings import Phase
from app.ports.rerouting import RerouteEntry
from routing.table import Reroute

_LARGEST = 2**31 - 1  # what the number's column holds
#: Read for the overlay, those that end last: far more than are ever in force or to come at once.
_MOST_READ = 500


class SqlReroutes:
    """``app.ports.rerouting.Reroutes`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def page(
        self, phase: Phase | None, now: datetime, *, limit: int, offset: int = 0
    ) -> tuple[Sequence[RerouteEntry], int]:
        """One page of the entries of a phase (None: of every one), newest first, and how many there are."""
        wanted = _of(phase, now)
        rows = select(RerouteRow).where(*wanted).order_by(RerouteRow.start.desc(), RerouteRow.id.desc())
        count = select(func.count()).select_from(RerouteRow).where(*wanted)
        with self._transactions.reading() as session:
            found = session.scalars(rows.limit(limit).offset(offset))
            return [_as_entry(row) for row in found], session.scalars(count).one()

    def not_over(self, now: datetime) -> Sequence[Reroute]:
        """Those in force and to come, in the order they were made."""
        rows = select(RerouteRow).where(RerouteRow.end > now).order_by(RerouteRow.id)
        with self._transactions.reading() as session:
            return [_as_reroute(row) for row in session.scalars(rows)]

    def get(self, number: int) -> RerouteEntry:
        """The entry of a number; Fault NOT_FOUND."""
        with self._transactions.reading() as session:
            row = session.get(RerouteRow, number) if 0 < number <= _LARGEST else None
            if row is None:
                raise _none(number)
            return _as_entry(row)

    def add(self, reroute: Reroute, *, actor: Actor, now: datetime) -> RerouteEntry:
        """Send a queue's calls elsewhere; Fault CONFLICT when they already are, in any of that time."""
        row = RerouteRow(
            queue=reroute.queue,
            to=reroute.to,
            start=reroute.start,
            end=reroute.end,
            reason=storable(reroute.reason),
            author=actor.name,
            created_at=now,
            ended_by="",
        )
        with self._transactions.writing() as session:
            own_limits(session, ["reroutes"])
            _refuse_second(session, reroute, now)
            session.add(row)
            session.flush()
            write_act(session, actor, now, "reroute_added", str(row.id), after=_told(row))
            return _as_entry(row)

    def end(self, number: int, *, actor: Actor, now: datetime) -> RerouteEntry:
        """Let an entry end now; Fault NOT_FOUND, CONFLICT when it is over."""
        with self._transactions.writing() as session:
            row = session.get(RerouteRow, number, with_for_update=True) if 0 < number <= _LARGEST else None
            if row is None:
                raise _none(number)
            if row.end <= now:
                raise Fault(FaultCode.CONFLICT, f"The re-route of number {number} is over already.")
            before, row.end = row.end, now
            row.start = min(row.start, now)  # what was to come never held
            row.ended_by, row.ended_at = actor.name, now
            was, until = before.isoformat(), now.isoformat()
            write_act(session, actor, now, "reroute_ended", str(row.id), before=was, after=until)
            return _as_entry(row)


def read_reroutes(session: Session) -> tuple[Reroute, ...]:
    """What calls meet, in the order it was made; each says itself from when to when it holds."""
    last = select(RerouteRow).order_by(RerouteRow.end.desc(), RerouteRow.id.desc()).limit(_MOST_READ)
    return tuple(_as_reroute(row) for row in sorted(session.scalars(last), key=lambda row: row.id))


def _refuse_second(session: Session, reroute: Reroute, now: datetime) -> None:
    overlapping = select(RerouteRow).where(
        RerouteRow.queue == reroute.queue,
        RerouteRow.end > max(now, reroute.start),
        RerouteRow.start < reroute.end,
    )
    other = session.scalars(overlapping.limit(1)).first()
    if other is not None:
        raise Fault(
            FaultCode.CONFLICT,
            f"The calls of {other.queue} are sent to {other.to} already (number {other.id}): end that first.",
        )


def _of(phase: Phase | None, now: datetime) -> list[ColumnElement[bool]]:
    start, end = RerouteRow.start, RerouteRow.end
    phases: dict[Phase | None, list[ColumnElement[bool]]] = {
        None: [],
        Phase.IN_FORCE: [start <= now, end > now],
        Phase.TO_COME: [start > now, end > now],
        Phase.OVER: [end <= now],
    }
    return phases[phase]


def _as_reroute(row: RerouteRow) -> Reroute:
    return Reroute(row.queue, row.to, row.start, row.end, row.reason)


def _as_entry(row: RerouteRow) -> RerouteEntry:
    return RerouteEntry(row.id, _as_reroute(row), row.author, row.created_at, row.ended_by, row.ended_at)


def _told(row: RerouteRow) -> dict[str, str]:
    return {
        "queue": row.queue,
        "to": row.to,
        "from": row.start.isoformat(),
        "until": row.end.isoformat(),
        "reason": row.reason,
    }


def _none(number: int) -> Fault:
    return Fault(FaultCode.NOT_FOUND, f"No re-route has the number {number}.")
