"""Emergency closures and announcements on SQL, each act with its audit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, func, select
from sqlalchemy.orm import Session

from app.access.model import Actor
from app.adapters.sql.acts import write_act
from app.adapters.sql.recording import storable
from app.adapters.sql.table_rows import OverlayEntry
from app.adapters.sql.transactions import Transactions
from app.faults import Fault, FaultCode
from app.ports.closings import Entry, Phase, Selected
from routing.table import Emergency

_CLOSURE, _ANNOUNCEMENT = "closure", "announcement"
_LARGEST = 2**31 - 1  # what the number's column holds


class SqlClosings:
    """``app.ports.closings.Closings`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def page(
        self, selected: Selected, now: datetime, *, limit: int, offset: int = 0
    ) -> tuple[Sequence[Entry], int]:
        """One page of the entries selected, newest first, and how many there are."""
        wanted = _conditions(selected, now)
        rows = select(OverlayEntry).where(*wanted).order_by(OverlayEntry.start.desc(), OverlayEntry.id.desc())
        count = select(func.count()).select_from(OverlayEntry).where(*wanted)
        with self._transactions.reading() as session:
            found = session.scalars(rows.limit(limit).offset(offset))
            return [as_entry(row) for row in found], session.scalars(count).one()

    def get(self, number: int) -> Entry:
        """The entry of a number; Fault NOT_FOUND."""
        with self._transactions.reading() as session:
            row = session.get(OverlayEntry, number) if 0 < number <= _LARGEST else None
            if row is None:
                raise _none(number)
            return as_entry(row)

    def add(self, emergency: Emergency, *, closes: bool, incident: str, actor: Actor, now: datetime) -> Entry:
        """Put a closure or an announcement beside the versions: live on every worker within two seconds."""
        row = OverlayEntry(
            kind=_CLOSURE if closes else _ANNOUNCEMENT,
            start=emergency.start,
            end=emergency.end,
            territory=emergency.territory,
            department=emergency.department,
            language=emergency.language,
            reason=storable(emergency.reason),
            text={tag: storable(words) for tag, words in emergency.text.items()},
            author=actor.name,
            created_at=now,
            incident=storable(incident),
            ended_by="",
        )
        with self._transactions.writing() as session:
            session.add(row)
            session.flush()
            write_act(session, actor, now, f"{row.kind}_added", str(row.id), after=_told(row))
            return as_entry(row)

    def end(self, number: int, *, actor: Actor, now: datetime) -> Entry:
        """Let an entry end now; Fault NOT_FOUND, CONFLICT when it is over."""
        with self._transactions.writing() as session:
            return _end(session, _held(session, number, now), actor, now)

    def move_end(
        self, number: int, end: datetime, *, expecting: datetime, actor: Actor, now: datetime
    ) -> Entry:
        """Let an entry end at another instant; Fault NOT_FOUND, CONFLICT, BAD_INPUT for one that is past."""
        with self._transactions.writing() as session:
            row = _held(session, number, now)
            if row.end != expecting:
                raise Fault(
                    FaultCode.CONFLICT,
                    f"Somebody moved the end of number {number} meanwhile: look at it again.",
                )
            if end <= max(now, row.start):
                raise Fault(FaultCode.BAD_INPUT, "It must end later than now, and later than it starts.")
            before, row.end = row.end, end
            _write_moved(session, row, "end_moved", before, actor, now)
            return as_entry(row)

    def end_incident(self, incident: str, *, actor: Actor, now: datetime) -> Sequence[Entry]:
        """Let everything end now that carries the incident's name; gives what that was."""
        own = select(OverlayEntry).where(OverlayEntry.incident == storable(incident), OverlayEntry.end > now)
        with self._transactions.writing() as session:
            rows = session.scalars(own.order_by(OverlayEntry.id).with_for_update()).all()
            return [_end(session, row, actor, now) for row in rows]

    def incidents(self, now: datetime) -> Sequence[str]:
        """The names of incidents in force or to come."""
        named = select(OverlayEntry.incident).where(OverlayEntry.incident != "", OverlayEntry.end > now)
        with self._transactions.reading() as session:
            return session.scalars(named.distinct().order_by(OverlayEntry.incident)).all()


def as_emergency(row: OverlayEntry) -> Emergency:
    """A row as routing takes it."""
    return Emergency(
        start=row.start,
        end=row.end,
        territory=row.territory,
        department=row.department,
        language=row.language,
        reason=row.reason,
        text=dict(row.text),
    )


def as_entry(row: OverlayEntry) -> Entry:
    """A row as people see it."""
    return Entry(
        number=row.id,
        closes=row.kind == _CLOSURE,
        emergency=as_emergency(row),
        incident=row.incident,
        author=row.author,
        created_at=row.created_at,
        ended_by=row.ended_by,
        ended_at=row.ended_at,
    )


def _conditions(selected: Selected, now: datetime) -> list[ColumnElement[bool]]:
    start, end = OverlayEntry.start, OverlayEntry.end
    phases: dict[Phase | None, list[ColumnElement[bool]]] = {
        None: [],
        Phase.IN_FORCE: [start <= now, end > now],
        Phase.TO_COME: [start > now, end > now],
        Phase.OVER: [end <= now],
    }
    if selected.closes is None:
        return phases[selected.phase]
    kind = _CLOSURE if selected.closes else _ANNOUNCEMENT
    return [*phases[selected.phase], OverlayEntry.kind == kind]


def _held(session: Session, number: int, now: datetime) -> OverlayEntry:
    """The row of a number, not over yet, until the transaction ends nobody else's."""
    row = session.get(OverlayEntry, number, with_for_update=True) if 0 < number <= _LARGEST else None
    if row is None:
        raise _none(number)
    if row.end <= now:
        raise Fault(FaultCode.CONFLICT, f"What has the number {number} is over already.")
    return row


def _end(session: Session, row: OverlayEntry, actor: Actor, now: datetime) -> Entry:
    before, row.end = row.end, now
    row.start = min(row.start, now)  # what was to come never held
    row.ended_by, row.ended_at = actor.name, now
    _write_moved(session, row, "ended", before, actor, now)
    return as_entry(row)


def _write_moved(
    session: Session, row: OverlayEntry, what: str, before: datetime, actor: Actor, now: datetime
) -> None:
    """Write down that an entry ends at another instant than before."""
    act, until = f"{row.kind}_{what}", row.end.isoformat()
    write_act(session, actor, now, act, str(row.id), before=before.isoformat(), after=until)


def _told(row: OverlayEntry) -> dict[str, Any]:
    told = {
        "from": row.start.isoformat(),
        "until": row.end.isoformat(),
        "territory": row.territory,
        "department": row.department,
        "language": row.language,
        "reason": row.reason,
        "incident": row.incident,
        "text": row.text,
    }
    return {name: value for name, value in told.items() if value}


def _none(number: int) -> Fault:
    return Fault(FaultCode.NOT_FOUND, f"No closure or announcement has the number {number}.")
