"""Recorded calls on SQL, for the desks: lists, and what reports count."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.adapters.sql.call_rows import CallEntry
from app.adapters.sql.records_report import tallies
from app.adapters.sql.transactions import Transactions
from app.ports.records import Counting, Recorded, Tally

#: What is kept of a call, in the order of ``Recorded``'s fields.
COLUMNS: tuple[InstrumentedAttribute[Any], ...] = tuple(
    getattr(CallEntry, "id" if field.name == "call_id" else field.name) for field in fields(Recorded)
)
NEWEST_FIRST = (CallEntry.started_at.desc(), CallEntry.id.desc())


class SqlRecords:
    """``app.ports.records.Records`` on SQLite or PostgreSQL. Every method may raise Fault LEDGER_AWAY."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def of_territory(self, key: str, since: datetime, *, limit: int, offset: int = 0) -> Sequence[Recorded]:
        """The calls for a territory since an instant, newest first."""
        query = select(*COLUMNS).where(*_of_territory(key, since)).order_by(*NEWEST_FIRST)
        return self._recorded(query.limit(limit).offset(offset))

    def count_of_territory(self, key: str, since: datetime) -> int:
        """How many ``of_territory`` gives in all."""
        query = select(func.count()).select_from(CallEntry).where(*_of_territory(key, since))
        with self._transactions.reading() as session:
            return session.scalars(query).one()

    def asked_between(self, start: datetime, end: datetime, *, limit: int) -> Sequence[Recorded]:
        """The calls begun from ``start`` until before ``end`` that asked for a desk, newest first."""
        span = (CallEntry.started_at >= start, CallEntry.started_at < end, CallEntry.met != "")
        return self._recorded(select(*COLUMNS).where(*span).order_by(*NEWEST_FIRST).limit(limit))

    def tallies(self, counting: Counting) -> Sequence[Tally]:
        """The rows of a report that have any call, in no particular order; three queries in all."""
        with self._transactions.reading() as session:
            return tallies(session, counting)

    def _recorded(self, query: Select[*tuple[Any, ...]]) -> list[Recorded]:
        with self._transactions.reading() as session:
            return [as_recorded(row) for row in session.execute(query)]


def _of_territory(key: str, since: datetime) -> tuple[ColumnElement[bool], ...]:
    return CallEntry.territory == key, CallEntry.started_at >= since


def as_recorded(row: Row[*tuple[Any, ...]]) -> Recorded:
    """A row of ``COLUMNS`` as the port gives it."""
    return Recorded(*row)
