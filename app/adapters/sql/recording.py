"""A call's row and its timeline."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.adapters.sql.call_rows import CallEntry, TimelineEntry
from app.adapters.sql.locks import insert_or_keep, own_call
from app.adapters.sql.verification_rows import ChallengeEntry
from app.callflow.happened import is_of_a_turn
from app.callflow.model import ENDED, Call, Note
from app.faults import Fault, FaultCode
from app.ports import CallRow


def record(session: Session, call: Call, ended: str) -> None:
    """Write what the call looks like now, and the notes not yet written; a call only moves forward."""
    started = datetime.fromisoformat(call.started_at)
    entry = own_call(session, call.call_id, call.ani, started)
    entry.started_at = min(entry.started_at, started)
    if call.turn >= entry.turn and not entry.ended:
        _move(entry, call)
    _note_course(entry, call)
    session.flush()
    for mark, note in _marked(call):
        what, detail = storable(note.what), storable(note.detail)
        row = {"call_id": call.call_id, "mark": mark, "at": note.at, "what": what, "detail": detail}
        insert_or_keep(session, TimelineEntry, row)
    if ended and not entry.ended:
        entry.ended = ended
        entry.ended_at = _ended_at(call)
        _end_challenges(session, call.call_id)


def _move(entry: CallEntry, call: Call) -> None:
    """Level and method are not among these: the steps that reach a level write them."""
    entry.turn = call.turn
    entry.dnis = storable(call.dnis)
    entry.table_version = call.table_version or entry.table_version
    entry.parent_id = call.parent or entry.parent_id
    entry.territory = call.territory
    entry.department = call.department
    entry.desk_language = call.desk_language
    entry.queue = call.queue
    entry.state = call.state.value
    if call.organisation is not None:
        entry.organisation_id, entry.organisation_name = call.organisation, call.organisation_name


def _note_course(entry: CallEntry, call: Call) -> None:
    """What came first stays; the end of a transfer may be told after the end of its call."""
    if not entry.met:
        entry.asked_department, entry.asked_language = call.asked_department, call.asked_language
        entry.met = call.met
    for name in ("decided_at", "queued_at", "connected_at"):
        at = getattr(call, name)
        if at and getattr(entry, name) is None:
            setattr(entry, name, datetime.fromisoformat(at))
    if entry.queued_at is not None and entry.connected_at is not None and entry.wait_seconds is None:
        entry.wait_seconds = max(0, int((entry.connected_at - entry.queued_at).total_seconds()))


def _ended_at(call: Call) -> datetime | None:
    """When the call's end was noted."""
    ends = [note.at for note in call.notes if note.what == ENDED]
    return datetime.fromisoformat(ends[-1]) if ends else None


def _marked(call: Call) -> list[tuple[str, Note]]:
    """Notes with what tells each from the others: its turn and words, and which of several alike it is.

    Not when it was made: a webhook repeated at once makes the same note an instant later. A call ends once.
    """
    seen: Counter[tuple[str, str]] = Counter()
    marked = []
    for note in call.notes:
        words = (note.what, note.detail)
        seen[words] += 1
        text = note.what if note.what == ENDED else repr((call.turn, seen[words], *words))
        marked.append((hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32], note))
    return marked


def _end_challenges(session: Session, call_id: str) -> None:
    """A code ends with its call."""
    of_call = (ChallengeEntry.call_id == call_id, ChallengeEntry.ended.is_(False))
    session.execute(update(ChallengeEntry).where(*of_call).values(ended=True))


def timeline(session: Session, beginning: str) -> list[Note]:
    """The notes of the one call whose id begins so; none when there is no such call.

    Raises:
        Fault: BAD_INPUT when several calls do.
    """
    return notes_of(session, one_call(session, beginning))


def one_call(session: Session, beginning: str) -> str:
    """The id of the one call that has it or whose id begins so; "" when there is no such call.

    Raises:
        Fault: BAD_INPUT when several calls do.
    """
    begins = CallEntry.id.startswith(storable(beginning), autoescape=True)
    calls = session.scalars(select(CallEntry.id).where(begins).order_by(CallEntry.id).limit(2)).all()
    if len(calls) > 1 and beginning not in calls:
        raise Fault(FaultCode.BAD_INPUT, "Several calls have an id that begins so; give more of it.")
    return beginning if beginning in calls else next(iter(calls), "")


def notes_of(session: Session, call_id: str) -> list[Note]:
    """A call's notes, oldest first; of those of one instant a turn's, which led to the others."""
    query = select(TimelineEntry).where(TimelineEntry.call_id == call_id).order_by(TimelineEntry.id)
    notes = [Note(row.at, row.what, row.detail) for row in session.scalars(query)]
    return sorted(notes, key=lambda note: (datetime.fromisoformat(note.at), not is_of_a_turn(note.what)))


def calls(session: Session, *, limit: int, offset: int) -> Sequence[CallRow]:
    """The latest calls, newest first."""
    query = select(CallEntry).order_by(CallEntry.started_at.desc(), CallEntry.id.desc())
    return [_row(entry) for entry in session.scalars(query.limit(limit).offset(offset))]


def _row(entry: CallEntry) -> CallRow:
    return CallRow(
        call_id=entry.id,
        started_at=entry.started_at.astimezone(UTC),
        ani=entry.ani,
        dnis=entry.dnis,
        territory=entry.territory,
        department=entry.department,
        desk_language=entry.desk_language,
        queue=entry.queue,
        level=entry.level,
        method=entry.method,
        organisation_name=entry.organisation_name,
        state=entry.state,
        ended=entry.ended,
    )


def storable(text: str) -> str:
    """Text as both engines take it: PostgreSQL refuses NUL, and neither takes half of a surrogate pair."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
