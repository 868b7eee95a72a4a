"""Transactions, and the one place where the database's errors become a fault."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.adapters.clock import SystemClock
from app.adapters.sql.engine import REST, TURN, WRITES, Rest, Turn
from app.faults import Fault, FaultCode

_IN_VAIN = 0.5  # seconds: a failure that took longer had to be waited for
_REST = 1.0  # seconds


class Transactions:
    """Opens sessions of one transaction each: committed at the end, undone by any exception."""

    def __init__(self, engine: Engine) -> None:
        self._reading = engine
        self._writing = engine.execution_options(**{WRITES: True})
        self._turn: Turn | None = engine.get_execution_options().get(TURN)
        self._rest: Rest | None = engine.get_execution_options().get(REST)
        self._seconds = SystemClock().monotonic

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads.

        Raises:
            Fault: LEDGER_AWAY for whatever the database could not do.
        """
        with self._not_in_vain(), as_fault(), Session(self._reading) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that reads and writes; on SQLite no other one writes meanwhile.

        Raises:
            Fault: LEDGER_AWAY for whatever the database could not do; then nothing was changed.
        """
        with (
            self._in_turn(),
            self._not_in_vain(),
            as_fault(),
            Session(self._writing) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def _not_in_vain(self) -> Iterator[None]:
        """Ask nothing of a server that just let somebody wait in vain; where it did so, note it."""
        started = self._seconds()
        if self._rest is None:
            yield
            return
        if started < self._rest.until:
            raise _away()
        try:
            yield
        except Fault:
            now = self._seconds()
            if now - started > _IN_VAIN:
                self._rest.until = now + _REST
            raise

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """Wait for the writers of this process that came first, where the engine asks for it."""
        if self._turn is None:
            yield
            return
        if not self._turn.lock.acquire(timeout=self._turn.patience):
            raise _away()
        try:
            yield
        finally:
            self._turn.lock.release()

    def ping(self) -> None:
        """Raise LEDGER_AWAY unless the database answers."""
        with self.reading() as session:
            session.execute(text("SELECT 1"))


@contextmanager
def as_fault() -> Iterator[None]:
    """Turn whatever SQLAlchemy raises into Fault LEDGER_AWAY."""
    try:
        yield
    except SQLAlchemyError as error:
        raise _away() from error


def _away() -> Fault:
    return Fault(FaultCode.LEDGER_AWAY, "The database cannot be used now; look at it and at DATABASE_URL.")
