"""Whose turn it is: rows that a transaction holds while it counts.

SQLite has one writer at a time anyway. On PostgreSQL every transaction takes first its call's row, then the
rows of its limits in the order of their keys, so that two never wait for each other.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from app.adapters.sql.call_rows import CallEntry
from app.adapters.sql.row import Row
from app.adapters.sql.verification_rows import LimitKey

_NOBODY = "nobody"  # held where there is nothing to hold, so that it takes the same time


def insert_or_keep(session: Session, table: type[Row], *rows: Mapping[str, Any]) -> None:
    """Insert rows, in their order, unless one with the same key is there or is just being inserted."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(sqlite.insert(table).values(rows).on_conflict_do_nothing())
    else:
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - SQLite's processes start sooner

        session.execute(postgresql.insert(table).values(rows).on_conflict_do_nothing())


def own_call(session: Session, call_id: str, ani: str | None, at: datetime) -> CallEntry:
    """Hold the call's row, made if need be: steps of one call run one after the other."""
    insert_or_keep(session, CallEntry, {"id": call_id, "turn": -1, "started_at": at, "ani": ani})
    # Not so that notes and the like, which only refer to the call, would have to wait.
    held = select(CallEntry).where(CallEntry.id == call_id).with_for_update(key_share=True)
    return session.scalars(held.execution_options(populate_existing=True)).one()


def own_limits(session: Session, keys: Iterable[str]) -> None:
    """Hold the rows of these limits until the transaction ends; SQLite's one writer holds them all."""
    if session.get_bind().dialect.name == "sqlite":
        return
    ordered = sorted(set(keys)) or [_NOBODY]
    insert_or_keep(session, LimitKey, *({"key": key} for key in ordered))
    held = select(LimitKey.key).where(LimitKey.key.in_(ordered)).order_by(LimitKey.key)
    session.execute(held.with_for_update()).all()


def limit_keys(ani: str | None, organisation: int | None, contact: int | None) -> list[str]:
    """The limits a step counts for; a withheld number counts for none of its own."""
    keys = []
    if ani is not None:
        keys.append(f"ani:{ani}")
    if organisation is not None:
        keys.append(f"organisation:{organisation}")
    if contact is not None:
        keys.append(f"contact:{contact}")
    return keys
