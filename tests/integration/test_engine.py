"""Opening the database, and what is said when it cannot be used."""

import socket
from pathlib import Path

import pytest
from sqlalchemy import text

from app.adapters.sql.engine import open_engine
from app.adapters.sql.ledger import SqlLedger
from app.adapters.sql.outbox import SqlOutbox
from app.adapters.sql.transactions import Transactions
from app.faults import Fault, FaultCode
from app.ports import Ledger, Outbox
from tests.integration.world import START, Hands, World, contact, organisation


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mysql://u:secret@h/d",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql+asyncpg://u:secret@h/d",
        "secret",
    ],
)
def test_other_urls_are_refused(url: str) -> None:
    """Only SQLite files and PostgreSQL are opened; the sentence repeats no part of the URL."""
    with pytest.raises(Fault) as caught:
        open_engine(url)
    assert caught.value.code is FaultCode.SETTINGS
    assert "secret" not in caught.value.sentence


def test_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    """The folder of a SQLite file need not exist."""
    engine = open_engine(f"sqlite:///{tmp_path}/a/b/callgate.db")
    Transactions(engine).ping()
    engine.dispose()
    assert (tmp_path / "a/b/callgate.db").exists()


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A folder that cannot be made is a sentence, not a traceback."""
    (tmp_path / "file").write_text("")
    with pytest.raises(Fault, match="no folder"):
        open_engine(f"sqlite:///{tmp_path}/file/callgate.db")


def test_sqlite_is_durable(tmp_path: Path) -> None:
    """SQLite runs with a write-ahead log, full synchronisation and foreign keys."""
    engine = open_engine(f"sqlite:///{tmp_path}/callgate.db")
    with engine.connect() as connection:
        found = [
            connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    engine.dispose()
    assert found == ["wal", 2, 1, 1500]


@pytest.mark.parametrize("prefix", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_goes_through_psycopg_3(prefix: str) -> None:
    """Any way to write a PostgreSQL URL leads to psycopg 3, and the password shows nowhere."""
    engine = open_engine(f"{prefix}://user:secret@localhost/callgate")
    assert engine.dialect.driver == "psycopg"
    assert "secret" not in repr(engine)


def test_absent_server_is_a_fault() -> None:
    """A server that is not there is LEDGER_AWAY for every door."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    engine = open_engine(f"postgresql://user:secret@127.0.0.1:{port}/callgate")
    ledger: Ledger = SqlLedger(engine, key_id="test", clock=Hands())
    outbox: Outbox = SqlOutbox(engine, clock=Hands())
    for call in (ledger.ping, lambda: ledger.proof("call"), lambda: outbox.claim(START, limit=1)):
        with pytest.raises(Fault) as caught:
            call()
        assert caught.value.code is FaultCode.LEDGER_AWAY
        assert "secret" not in caught.value.sentence
    engine.dispose()


def test_failed_step_changes_nothing(world: World) -> None:
    """When a step cannot be finished, nothing of it is kept: the guess is neither counted nor audited."""
    world.profile([organisation()], [contact()])
    challenge = world.issue().challenge

    def breaks(_: object) -> bool:
        raise Fault(FaultCode.SETTINGS, "the key is gone")

    with pytest.raises(Fault):
        world.ledger.judge(world.asker("call", 2), challenge.id, breaks)
    assert world.audited("code_rejected") == 0
    assert str(world.guess(challenge, 2, "000000")).startswith("Rejected(left=2")


def test_database_without_tables_is_a_fault(tmp_path: Path) -> None:
    """A database that lost its tables is LEDGER_AWAY, not a traceback."""
    engine = open_engine(f"sqlite:///{tmp_path}/callgate.db")
    with pytest.raises(Fault) as caught:
        SqlLedger(engine, key_id="test", clock=Hands()).registrations("+12025550114")
    engine.dispose()
    assert caught.value.code is FaultCode.LEDGER_AWAY


def test_writer_waits_its_turn_and_no_longer(tmp_path: Path) -> None:
    """Whoever finds the database busy for longer than its patience is told that it is away."""
    url = f"sqlite:///{tmp_path}/callgate.db"
    holder, waiter = open_engine(url), open_engine(url, patience=0.05)
    held, waiting = Transactions(holder), Transactions(waiter)
    with held.writing() as session:
        session.execute(text("CREATE TABLE held (id INTEGER)"))
        with pytest.raises(Fault) as caught, waiting.writing() as late:
            late.execute(text("SELECT 1"))
        with waiting.reading() as reader:
            assert reader.execute(text("SELECT 1")).scalar() == 1
    assert caught.value.code is FaultCode.LEDGER_AWAY
    with waiting.writing() as session:
        assert session.execute(text("SELECT count(*) FROM held")).scalar() == 0
    holder.dispose()
    waiter.dispose()


def test_a_server_that_never_answers_is_waited_for_once() -> None:
    """After one wait in vain the next steps fail at once: a webhook has two seconds for all of them."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(5)
        port = silent.getsockname()[1]
        ledger = Transactions(open_engine(f"postgresql://callgate@127.0.0.1:{port}/callgate"))
        for _ in range(3):
            with pytest.raises(Fault) as caught:
                ledger.ping()
            assert caught.value.code is FaultCode.LEDGER_AWAY
        silent.accept()[0].close()
        silent.setblocking(False)
        with pytest.raises(BlockingIOError):
            silent.accept()
