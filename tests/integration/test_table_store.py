"""The published versions of the routing table."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta

import pytest
from sqlalchemy import Engine, text

from app.access.model import operator
from app.adapters.sql.tables import SqlTableStore
from app.faults import Fault, FaultCode
from routing.table import Closure, Coverage, Document, Line, Territory
from tests.integration.world import START

DOCUMENT = Document(
    territories=(Territory("IT", "IT", "Italy", zones=("Europe/Rome",), prompt_languages=("it",)),),
    lines=(Line("+390000", "+390000", "39 0000", ("IT",), "IT"),),
    coverage=(Coverage("IT", "technical", "it", hours="Mo-Fr 09:00-17:00", zone="Europe/Rome"),),
    closures=(Closure(date(2026, 12, 24), start=time(12, 30), reason="è Natale"),),
)


@pytest.fixture
def store(engine: Engine) -> SqlTableStore:
    return SqlTableStore(engine)


def publish(store: SqlTableStore, expecting: int, document: Document = DOCUMENT) -> int:
    at = START + timedelta(minutes=expecting)
    return store.publish(
        document, actor=operator("ops"), now=at, sentences=["Italy added"], expecting=expecting
    )


def test_versions_are_kept_as_published(store: SqlTableStore) -> None:
    """A published version is read back equal, whatever is published after it."""
    assert store.latest() == 0
    assert publish(store, 0) == 1
    assert publish(store, 1, Document()) == 2
    assert store.latest() == 2
    assert store.read(1) == DOCUMENT
    assert store.read(2) == Document()


def test_unknown_version_is_a_fault(store: SqlTableStore) -> None:
    """A version that was never published is NO_SUCH_VERSION."""
    with pytest.raises(Fault) as caught:
        store.read(7)
    assert caught.value.code is FaultCode.NO_SUCH_VERSION


def test_version_of_another_program_is_a_fault(store: SqlTableStore, engine: Engine) -> None:
    """A document this program cannot read is NO_SUCH_VERSION with the reason."""
    publish(store, 0)
    with engine.begin() as connection:
        connection.execute(text("""UPDATE table_versions SET document = '{"schema": 99}'"""))
    with pytest.raises(Fault, match="99") as caught:
        store.read(1)
    assert caught.value.code is FaultCode.NO_SUCH_VERSION


def test_publishing_on_an_old_version_is_refused(store: SqlTableStore) -> None:
    """Who edits version 1 while version 2 is published is told so, and nothing changes."""
    publish(store, 0)
    publish(store, 1)
    with pytest.raises(Fault) as caught:
        publish(store, 1, Document())
    assert caught.value.code is FaultCode.BAD_INPUT
    assert store.latest() == 2


def test_one_of_two_publishers_wins(store: SqlTableStore) -> None:
    """Two that publish on the same version at once: one does, the other is told."""

    def attempt(_: int) -> object:
        try:
            return publish(store, 0)
        except Fault as fault:
            return fault.code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(map(str, pool.map(attempt, range(4)))) == ["1"] + 3 * [FaultCode.BAD_INPUT]
    assert store.latest() == 1


def test_history_is_newest_first(store: SqlTableStore) -> None:
    """The history tells who, when and what, in pages."""
    for expecting in range(3):
        publish(store, expecting)
    rows = store.history(limit=2)
    assert [row.version for row in rows] == [3, 2]
    assert (rows[1].author, rows[1].published_at) == ("ops", START + timedelta(minutes=1))
    assert rows[1].sentences == ("Italy added",)
    assert [row.version for row in store.history(limit=5, offset=2)] == [1]
