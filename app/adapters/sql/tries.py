"""Tries to sign in on SQL: counted before anything is compared, so that many at once get no further."""

from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import ColumnElement, CursorResult, Engine, delete, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.access.model import Actor, Role
from app.access.throttle import LONGEST_SPAN, MOST, PER_ADDRESS, PER_NAME, wait
from app.adapters.sql.account_rows import TryEntry
from app.adapters.sql.acts import write_act
from app.adapters.sql.locks import own_limits
from app.adapters.sql.transactions import Transactions

_NOBODY = "nobody known"
_SWEPT = 100  # old tries taken away with each new one: more than come in


class SqlTries:
    """``app.ports.accounts.Tries`` on SQLite or PostgreSQL. Every method may raise Fault LEDGER_AWAY."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def admit(self, name_key: str, address_key: str, now: datetime) -> int:
        """Count a try that fits into the windows: 0. Else the seconds to wait, and nothing is counted."""
        with self._transactions.writing() as session:
            # Keys are hashes, so their beginnings make 256 rows each, however many names strangers try.
            own_limits(session, [f"sign-in-name:{name_key[:2]}", f"sign-in-from:{address_key[:2]}"])
            longest = max(
                wait(PER_NAME, _tries(session, TryEntry.name_key, name_key, now), now),
                wait(PER_ADDRESS, _tries(session, TryEntry.address_key, address_key, now), now),
            )
            if longest > timedelta():
                return ceil(longest.total_seconds())
            session.add(TryEntry(name_key=name_key, address_key=address_key, at=now))
            _sweep(session, now)
            return 0

    def forgive(self, name_key: str, address_key: str | None) -> int:
        """Take back the tries of a name, those from this address or all of them; gives how many."""
        which: list[ColumnElement[bool]] = [TryEntry.name_key == name_key]
        if address_key is not None:
            which.append(TryEntry.address_key == address_key)
        with self._transactions.writing() as session:
            done = session.execute(delete(TryEntry).where(*which))
            return done.rowcount if isinstance(done, CursorResult) else 0

    def refused(self, user: str, why: str, where: str, now: datetime) -> None:
        """Write down that somebody was not let in; ``user`` is "" for a name that nobody has."""
        with self._transactions.writing() as session:
            actor = Actor(user or _NOBODY, Role.VIEWER, where)
            write_act(session, actor, now, "sign_in_refused", why)

    def lifted(self, user: str, *, actor: Actor, now: datetime) -> None:
        """Write down that an account may be tried again."""
        with self._transactions.writing() as session:
            write_act(session, actor, now, "sign_in_wait_lifted", user)


def _tries(session: Session, key: InstrumentedAttribute[str], value: str, now: datetime) -> list[datetime]:
    query = select(TryEntry.at).where(key == value, TryEntry.at > now - LONGEST_SPAN)
    return list(session.scalars(query.order_by(TryEntry.at.desc()).limit(MOST)))


def _sweep(session: Session, now: datetime) -> None:
    """Take away some of what counts no more; rows that another transaction holds are left to it."""
    old = select(TryEntry.id).where(TryEntry.at <= now - LONGEST_SPAN).order_by(TryEntry.at).limit(_SWEPT)
    gone = session.scalars(old.with_for_update(skip_locked=True)).all()
    if gone:
        session.execute(delete(TryEntry).where(TryEntry.id.in_(gone)))
