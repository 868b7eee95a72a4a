"""Opening the database: SQLite for one machine, PostgreSQL for many."""

import sqlite3
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from app.faults import Fault, FaultCode

# A webhook has two seconds in all: whoever waits longer than this for the database is told that it is away.
PATIENCE = 1.5  # seconds
CONNECTIONS = 10  # per process, and as many again while a burst lasts
WRITES = "callgate_writes"  # execution option: the transaction will write
TURN = "callgate_turn"  # execution option: a Turn, on SQLite
REST = "callgate_rest"  # execution option: a Rest

_POSTGRESQL = {"postgresql", "postgres", "postgresql+psycopg"}


@dataclass(frozen=True, slots=True)
class Turn:
    """The lock this process's writers take in turn, and how many seconds each waits for it.

    SQLite itself lets waiting writers sleep and try again, in no order; this is fair, and quicker.
    """

    lock: threading.Lock
    patience: float


@dataclass(slots=True)
class Rest:
    """Until when (monotonic seconds) a database that let somebody wait in vain is asked nothing more.

    A webhook asks the database several times: it must not wait in vain each time.
    """

    until: float = float("-inf")


def open_engine(url: str, *, patience: float = PATIENCE) -> Engine:
    """Open a database without connecting yet.

    Args:
        url: ``sqlite:///path`` (its folder is made) or ``postgresql://...`` (reached through psycopg 3).
        patience: how many seconds to wait for a connection, a lock or an answer.

    Raises:
        Fault: SETTINGS when the URL is neither; the sentence does not repeat it: it may hold a password.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise _unknown() from None
    if parsed.drivername == "sqlite" and parsed.database not in {None, "", ":memory:"}:
        return _open_sqlite(parsed, patience)
    if parsed.drivername in _POSTGRESQL:
        return _open_postgresql(parsed, patience)
    raise _unknown()


def _unknown() -> Fault:
    return Fault(
        FaultCode.SETTINGS, "DATABASE_URL must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE."
    )


def _open_sqlite(url: URL, patience: float) -> Engine:
    try:
        Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Fault(FaultCode.SETTINGS, f"DATABASE_URL: no folder for it: {error.strerror}.") from error
    engine = create_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=CONNECTIONS,
        pool_timeout=patience,
        hide_parameters=True,  # an error that is logged names nobody
        connect_args={"timeout": patience, "check_same_thread": False},
        execution_options={TURN: Turn(threading.Lock(), patience), REST: Rest()},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    """Take transactions into our own hands; an acknowledged commit survives a power cut."""
    connection.isolation_level = None
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    # The mode is kept in the file. While another process fills a new one it cannot be set, and the next
    # connection does it; until then the journal is as safe, only slower.
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode=WAL")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock before the first read, so that what is counted is still so when it is written."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _open_postgresql(url: URL, patience: float) -> Engine:
    milliseconds = int(patience * 1000)
    bounds = f"-c statement_timeout={milliseconds} -c lock_timeout={milliseconds}"
    bounds += " -c idle_in_transaction_session_timeout=10000"
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=CONNECTIONS,
        max_overflow=CONNECTIONS,
        pool_timeout=patience,
        hide_parameters=True,  # an error that is logged names nobody
        pool_pre_ping=True,  # a server that was restarted costs nobody a call
        connect_args={"connect_timeout": 2, "tcp_user_timeout": milliseconds, "options": bounds},
        execution_options={REST: Rest()},
    )
