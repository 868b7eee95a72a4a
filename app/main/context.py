"""What commands share: settings from the environment, and the database, ready for use."""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from app.adapters.clock import SystemClock
from app.adapters.log import configure_logging
from app.adapters.sql import schema
from app.factory.stores import Sql, open_sql, with_secrets
from app.settings import Settings


def settings(port: int | None = None) -> Settings:
    """The settings, with development's own secrets; Fault SETTINGS names all that is missing or wrong.

    In development a server is reached at its own ``port`` where PUBLIC_URL does not say otherwise.
    """
    found = Settings.from_env(os.environ)
    if port is not None and not found.production and not os.environ.get("PUBLIC_URL"):
        found = replace(found, public_url=f"http://127.0.0.1:{port}")
    configure_logging(production=found.production)
    return with_secrets(found)


@contextmanager
def database(found: Settings | None = None) -> Iterator[Sql]:
    """The database, checked; in development it is brought up to date first.

    Raises:
        Fault: DATABASE_OLDER or DATABASE_NEWER; LEDGER_AWAY.
    """
    found = found or settings()
    sql = open_sql(found, SystemClock())
    try:
        (schema.check if found.production else schema.upgrade)(sql.engine)
        yield sql
    finally:
        sql.engine.dispose()


def author() -> str:
    """Who acts, for the history: the user of this session."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
