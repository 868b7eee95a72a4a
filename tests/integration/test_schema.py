"""The tables: made by migrations, equal to the models, of this version or refused."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from app.adapters.sql import schema
from app.adapters.sql.engine import open_engine
from app.adapters.sql.rows import METADATA
from app.faults import Fault, FaultCode


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    opened = open_engine(empty_url, patience=30)
    yield opened
    opened.dispose()


def fault_of_check(engine: Engine) -> FaultCode:
    with pytest.raises(Fault) as caught:
        schema.check(engine)
    return caught.value.code


def test_migrations_make_what_the_models_say(empty: Engine) -> None:
    """From an empty database the migrations make exactly the models' tables; again, they change nothing."""
    schema.upgrade(empty)
    schema.upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    schema.check(empty)


def test_every_migration_is_listed() -> None:
    """The revisions the program knows are those its package carries."""
    folder = files("app.adapters.sql.migrations.versions")
    carried = {file.name[1:5] for file in folder.iterdir() if file.name.startswith("r")}
    assert carried == set(schema.REVISIONS)


def test_database_without_tables_is_older(empty: Engine) -> None:
    """An empty database is refused with the command that fills it."""
    assert fault_of_check(empty) is FaultCode.DATABASE_OLDER


def test_database_at_an_earlier_revision_is_older(engine: Engine) -> None:
    """A database that lacks a migration is refused with the command that brings it up."""
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{schema.REVISIONS[0]}'"))  # noqa: S608 - ours
    assert fault_of_check(engine) is FaultCode.DATABASE_OLDER


def test_newer_database_is_refused(engine: Engine) -> None:
    """A database of a later version is neither used nor touched."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert fault_of_check(engine) is FaultCode.DATABASE_NEWER
    with pytest.raises(Fault) as caught:
        schema.upgrade(engine)
    assert caught.value.code is FaultCode.DATABASE_NEWER


def test_two_upgrades_at_once(empty: Engine, empty_url: str) -> None:
    """Two processes that start together both end with the tables."""
    other = open_engine(empty_url, patience=30)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(schema.upgrade, (empty, other)))
    other.dispose()
    schema.check(empty)
