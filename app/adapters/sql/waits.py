"""The waiting list on SQL."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, select, update
from sqlalchemy.orm import Session

from app.adapters.sql.fetching import bring_in
from app.adapters.sql.handover_rows import WaitEntry
from app.adapters.sql.leg_steps import let_go_of_wait
from app.adapters.sql.locks import own_call
from app.adapters.sql.transactions import Transactions
from app.adapters.sql.wait_reading import as_wait, open_waits, waits
from app.handover.estimate import Take
from app.handover.model import OPEN, WaitKind, WaitState, Wanted
from app.ports.waiting import Entering, View, Wait


class SqlWaitingList:
    """``app.ports.waiting.WaitingList`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def enter(self, entering: Entering, now: datetime) -> None:
        """Put a caller into a queue's line, or back; a stay in another queue is over."""
        with self._transactions.writing() as session:
            call = own_call(session, entering.call_id, None, entering.began_at)
            if call.ended:
                return
            entry = standing(session, entering.call_id)
            if entry is not None and entry.queue != entering.queue:
                end_stay(session, entry, WaitState.OVERFLOWED, now)
                entry = None
            if entry is None:
                session.add(_new(entering, now))
            elif entry.state == WaitState.AWAY or entry.link != entering.link:
                _back(entry, entering)

    def view(self, call_id: str, since: datetime, now: datetime) -> View | None:
        """The line a call stands in, and who was taken since an instant."""
        own = waits(now).where(WaitEntry.call_id == call_id, WaitEntry.state.in_(OPEN), _of_caller())
        with self._transactions.reading() as session:
            row = session.execute(own).first()
            if row is None:
                return None
            found = as_wait(row)
            took = select(WaitEntry.entered_at, WaitEntry.taken_at).where(
                WaitEntry.queue == found.queue, WaitEntry.taken_at > since
            )
            rows = session.execute(took.order_by(WaitEntry.taken_at))
            takes = [Take(entered, taken) for entered, taken in rows if taken is not None]
            line = [wait for wait in open_waits(session, now, [found.queue]) if wait.is_due(now)]
            return View(found, line, takes)

    def heard(self, wait: int, carrier_queue: str, now: datetime) -> None:
        """The carrier asked what the caller hears: note that, and the SID of its queue."""
        self._change(wait, carrier_queue=carrier_queue, heard_at=now)

    def bring_in(self, wait: int, now: datetime) -> None:
        """The caller waits, though an agent has accepted them: bring them in again, where nothing does."""
        with self._transactions.writing() as session:
            bring_in(session, wait, now)

    def tell(self, wait: int, place: int, told: tuple[int, int] | None, now: datetime) -> None:
        """Note the place and the range of minutes a caller was told."""
        low, high = told or (None, None)
        self._change(wait, told_at=now, told_place=place, told_low=low, told_high=high)

    def forget_told(self, wait: int) -> None:
        """A caller asked to hear it again."""
        self._change(wait, told_at=None)

    def step_out(self, wait: int, wanted: Wanted, now: datetime) -> bool:
        """A caller leaves the carrier's queue; an agent's phone that rings for them is let go."""
        with self._transactions.writing() as session:
            entry = session.get(WaitEntry, wait, with_for_update=True)
            if entry is None or entry.state not in {WaitState.WAITING, WaitState.OFFERED, WaitState.AWAY}:
                return False
            if entry.state == WaitState.OFFERED:
                let_go_of_wait(session, entry, now)
            entry.state, entry.wanted = WaitState.AWAY.value, wanted.value
            return True

    def wanted(self, call_id: str) -> Wanted | None:
        """What a caller stepped out for."""
        with self._transactions.reading() as session:
            entry = standing(session, call_id, lock=False)
            return Wanted(entry.wanted) if entry and entry.state == WaitState.AWAY and entry.wanted else None

    def close(self, call_id: str, state: WaitState, now: datetime) -> None:
        """End a call's stay, where it is in a line."""
        with self._transactions.writing() as session:
            entry = standing(session, call_id)
            if entry is not None:
                end_stay(session, entry, state, now)

    def taken_elsewhere(self, call_id: str, taken_at: datetime, now: datetime) -> None:
        """Somebody who is no agent of ours took the caller out of the carrier's queue."""
        with self._transactions.writing() as session:
            entry = standing(session, call_id)
            if entry is not None:
                end_stay(session, entry, WaitState.TAKEN, now)
                entry.taken_at = max(entry.entered_at, taken_at)

    def open(self, now: datetime, queues: Sequence[str] | None = None) -> Sequence[Wait]:
        """Everything that waits, is offered or being joined."""
        with self._transactions.reading() as session:
            return open_waits(session, now, queues)

    def _change(self, wait: int, **values: object) -> None:
        with self._transactions.writing() as session:
            session.execute(update(WaitEntry).where(WaitEntry.id == wait).values(**values))


def standing(session: Session, call_id: str, *, lock: bool = True) -> WaitEntry | None:
    """A caller's own row that is not over."""
    query = select(WaitEntry).where(WaitEntry.call_id == call_id, WaitEntry.state.in_(OPEN), _of_caller())
    query = query.execution_options(populate_existing=True)
    return session.scalars(query.with_for_update() if lock else query).first()


def _of_caller() -> ColumnElement[bool]:
    return WaitEntry.kind == WaitKind.CALL


def _new(entering: Entering, now: datetime) -> WaitEntry:
    return WaitEntry(
        kind=WaitKind.CALL.value,
        call_id=entering.call_id,
        call_sid=entering.call_sid,
        queue=entering.queue,
        territory=entering.territory,
        department=entering.department,
        desk_language=entering.desk_language,
        language=entering.language,
        link=entering.link,
        organisation_id=entering.organisation,
        began_at=entering.began_at,
        entered_at=now,
        heard_at=now,
        code_until=entering.code_until,
        state=WaitState.WAITING.value,
    )


def _back(entry: WaitEntry, entering: Entering) -> None:
    """Back in the line: where the caller stands in it is by when the call began, and has not changed."""
    entry.link, entry.code_until, entry.carrier_queue = entering.link, entering.code_until, ""
    entry.organisation_id = entering.organisation
    entry.language, entry.desk_language = entering.language, entering.desk_language
    entry.department = entering.department
    if entry.state == WaitState.AWAY:
        entry.state, entry.wanted = WaitState.WAITING.value, ""


def end_stay(session: Session, entry: WaitEntry, state: WaitState, now: datetime) -> None:
    """A stay is over, and no agent's phone rings for it any more."""
    if entry.state == WaitState.OFFERED:
        let_go_of_wait(session, entry, now)
    entry.state, entry.ended_at = state.value, now
    if state is WaitState.TAKEN:
        entry.taken_at = now
    session.flush()
