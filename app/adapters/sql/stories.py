"""Recorded calls on SQL, one by one: found, and read with their timelines."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Engine, func, or_, select

from app.adapters.sql.call_rows import CallEntry
from app.adapters.sql.directory_rows import OrganisationEntry
from app.adapters.sql.organisation_search import digits_sought
from app.adapters.sql.outcomes import outcomes
from app.adapters.sql.recording import notes_of, one_call, storable
from app.adapters.sql.records import COLUMNS, NEWEST_FIRST, as_recorded
from app.adapters.sql.transactions import Transactions
from app.callflow.model import Note
from app.ports.records import Recorded
from app.ports.stories import SoughtCalls


class SqlStories:
    """``app.ports.stories.Stories`` on SQLite or PostgreSQL. Every method may raise Fault LEDGER_AWAY."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def find(self, sought: SoughtCalls, *, limit: int, offset: int = 0) -> Sequence[Recorded]:
        """The calls sought, newest first."""
        query = select(*COLUMNS).where(*_conditions(sought)).order_by(*NEWEST_FIRST)
        with self._transactions.reading() as session:
            return [as_recorded(row) for row in session.execute(query.limit(limit).offset(offset))]

    def count(self, sought: SoughtCalls) -> int:
        """How many ``find`` gives in all."""
        query = select(func.count()).select_from(CallEntry).where(*_conditions(sought))
        with self._transactions.reading() as session:
            return session.scalars(query).one()

    def read(self, beginning: str) -> tuple[Recorded, Sequence[Note]] | None:
        """The one call whose id is this or begins so, and its notes, oldest first; None: there is none.

        Raises:
            Fault: BAD_INPUT when several calls do.
        """
        with self._transactions.reading() as session:
            chosen = one_call(session, beginning)
            row = session.execute(select(*COLUMNS).where(CallEntry.id == chosen)).first()
            return None if row is None else (as_recorded(row), notes_of(session, chosen))


def _conditions(sought: SoughtCalls) -> Iterator[ColumnElement[bool]]:
    if sought.text:
        yield _holds(storable(sought.text).strip())
    if sought.since is not None:
        yield CallEntry.started_at >= sought.since
    if sought.until is not None:
        yield CallEntry.started_at < sought.until
    if sought.outcome is not None:
        yield outcomes(CallEntry.__table__.c)[sought.outcome]
    only = (
        (CallEntry.level, sought.level),
        (CallEntry.territory, sought.territory),
        (CallEntry.queue, sought.queue),
    )
    for column, value in only:
        if value:
            yield column == storable(value)


def _holds(text: str) -> ColumnElement[bool]:
    """What people know of a call, each as they write it: parts of names and numbers, whole accounts."""
    account = select(OrganisationEntry.id).where(OrganisationEntry.account_number == text)
    found = [
        CallEntry.organisation_name.icontains(text, autoescape=True),
        CallEntry.organisation_id.in_(account),
        CallEntry.id.startswith(text.lower(), autoescape=True),
        CallEntry.queue.startswith(text.lower(), autoescape=True),
        CallEntry.territory == text.upper(),
    ]
    digits = digits_sought(text)
    if digits:
        part = f"+{digits}" if text.startswith("+") else digits.lstrip("0")
        found += [CallEntry.ani.contains(part), CallEntry.dnis.contains(part)]
    return or_(*found)
