"""Bringing a database to this version's tables, and refusing one that is of another version."""

from sqlalchemy import Connection, Engine, inspect, text

from app.adapters.sql.engine import WRITES
from app.adapters.sql.transactions import as_fault
from app.faults import Fault, FaultCode

# Every revision under migrations/versions, oldest first; a test holds the two equal.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")

_UPGRADE_LOCK = 5_317_020  # any number nobody else locks


def upgrade(engine: Engine) -> None:
    """Create or bring up the tables, in one transaction; two processes at once do it one after the other.

    Raises:
        Fault: DATABASE_NEWER when a later version of Callgate made it; LEDGER_AWAY when it cannot be reached.
    """
    if _is_at(engine) == REVISIONS[-1]:
        return
    with as_fault(), engine.execution_options(**{WRITES: True}).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
        if _revision(connection) not in {"", *REVISIONS}:
            raise _newer()
        _run_migrations(connection)


def check(engine: Engine) -> None:
    """Pass when the tables are of this version.

    Raises:
        Fault: DATABASE_OLDER or DATABASE_NEWER; LEDGER_AWAY when the database cannot be reached.
    """
    revision = _is_at(engine)
    if revision == REVISIONS[-1]:
        return
    if revision in {"", *REVISIONS}:
        raise Fault(
            FaultCode.DATABASE_OLDER, "The database is older than this version: run `callgate db upgrade`."
        )
    raise _newer()


def _newer() -> Fault:
    return Fault(
        FaultCode.DATABASE_NEWER,
        "The database was made by a newer version of Callgate: run that version, or restore a backup.",
    )


def _is_at(engine: Engine) -> str:
    with as_fault(), engine.connect() as connection:
        return _revision(connection)


def _revision(connection: Connection) -> str:
    """The revision a database is at; empty before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    return str(found[0]) if found else ""


def _run_migrations(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - only the upgrade needs it; a web process starts without
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", "app.adapters.sql:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
