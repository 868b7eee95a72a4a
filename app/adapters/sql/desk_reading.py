"""What the agents' desk reads, on SQL."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine, or_, select

from app.access.model import Actor
from app.adapters.sql.acts import write_act
from app.adapters.sql.call_rows import CallEntry
from app.adapters.sql.handover_rows import HandoverEntry, LegEntry, NoteEntry
from app.adapters.sql.notes import add_note
from app.adapters.sql.queue_numbers import queue_numbers
from app.adapters.sql.recording import storable
from app.adapters.sql.transactions import Transactions
from app.adapters.sql.verification_rows import AuditEntry
from app.callflow.happened import Happened
from app.faults import Fault, FaultCode
from app.ports.agent_desk import CallNote, PastCall, QueueNumbers
from app.verification.limits import Limits

_CALL_LASTS = Limits().call_lasts
_LONGEST_ACCOUNT = 40  # characters; what is longer is no account's
_LOOKED_UP = "account_looked_up"


class SqlDeskReading:
    """``app.ports.agent_desk.DeskReading`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def numbers(self, since: datetime) -> Sequence[QueueNumbers]:
        """Every queue that had or has callers, by name."""
        with self._transactions.reading() as session:
            return queue_numbers(session, since)

    def notes(self, call_id: str) -> Sequence[CallNote]:
        """What was written about a call, oldest first."""
        query = select(NoteEntry).where(NoteEntry.call_id == call_id).order_by(NoteEntry.id)
        with self._transactions.reading() as session:
            return [CallNote(entry.author, entry.at, entry.text) for entry in session.scalars(query)]

    def add_note(self, call_id: str, text: str, *, actor: Actor, now: datetime) -> None:
        """Write something about a call; Fault NOT_FOUND."""
        with self._transactions.writing() as session:
            if session.get(CallEntry, call_id) is None:
                raise Fault(FaultCode.NOT_FOUND, "There is no such call.")
            session.add(NoteEntry(call_id=call_id, author=actor.name, at=now, text=storable(text)))
            add_note(
                session, call_id, Happened.NOTE_ADDED, actor.name, now, f"note {now.isoformat()} {actor.name}"
            )

    def looked_up(
        self, call_id: str, account: str, organisation: int | None, *, actor: Actor, now: datetime
    ) -> None:
        """Write into the audit, once, whose account an agent looked at for a caller; None: nobody's."""
        typed = account[:_LONGEST_ACCOUNT]
        same = select(AuditEntry.id).where(
            AuditEntry.at > now - _CALL_LASTS,
            AuditEntry.what == _LOOKED_UP,
            AuditEntry.detail == call_id,
            AuditEntry.who == storable(actor.name),
            AuditEntry.after == storable(typed),
        )
        with self._transactions.reading() as session:
            if session.scalars(same.limit(1)).first() is not None:  # the page keeps itself fresh each second
                return
        with self._transactions.writing() as session:
            write_act(session, actor, now, _LOOKED_UP, call_id, after=typed, organisation=organisation)

    def handled(self, user: int, call_id: str) -> bool:
        """Whether an agent was ever rung about this call, a call back of it, or its organisation's others."""
        own = select(CallEntry.organisation_id).where(CallEntry.id == call_id).scalar_subquery()
        rung = (
            select(LegEntry.id)
            .join(HandoverEntry, HandoverEntry.id == LegEntry.handover_id)
            .join(CallEntry, CallEntry.id == HandoverEntry.call_id)
            .where(LegEntry.user_id == user)
            .where(
                or_(CallEntry.id == call_id, CallEntry.parent_id == call_id, CallEntry.organisation_id == own)
            )
        )
        with self._transactions.reading() as session:
            return session.execute(rung.limit(1)).first() is not None

    def past_calls(self, organisation: int, *, but: str, limit: int) -> Sequence[PastCall]:
        """The latest calls of an organisation, this one aside, newest first."""
        query = (
            select(CallEntry)
            .where(CallEntry.organisation_id == organisation, CallEntry.id != but)
            .order_by(CallEntry.started_at.desc(), CallEntry.id.desc())
            .limit(limit)
        )
        with self._transactions.reading() as session:
            calls = session.scalars(query).all()
            told = select(HandoverEntry.call_id, HandoverEntry.disposition).where(
                HandoverEntry.call_id.in_([call.id for call in calls]), HandoverEntry.disposition != ""
            )
            said = {row.call_id: row.disposition for row in session.execute(told)}
        return [_past(call, said.get(call.id, "")) for call in calls]


def _past(call: CallEntry, disposition: str) -> PastCall:
    return PastCall(
        call_id=call.id,
        started_at=call.started_at,
        ani=call.ani,
        queue=call.queue,
        level=call.level,
        method=call.method,
        outcome=call.ended or call.state,
        disposition=disposition,
    )
