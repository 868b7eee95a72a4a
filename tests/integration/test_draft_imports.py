"""Imports into drafts on real engines: kept from the dry run until they are put in, or their reader died."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from app.adapters.sql.draft_imports import SqlDraftImportStore
from app.adapters.sql.drafts import SqlDraftStore
from app.adapters.sql.tables import SqlTableStore
from app.faults import Fault, FaultCode
from app.services.draft_imports import DraftImports
from app.services.drafts import Draft, DraftDesk
from app.services.publishing import Publishing
from app.services.round_trip import Effect
from routing.table import Document, Schedule
from tests.integration.test_drafts import ADA, BEN
from tests.integration.test_table_store import DOCUMENT, publish
from tests.integration.world import START, Hands

SCHEDULES = b"name,hours\noffice,Mo-Fr 09:00-17:00\n"


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def imports(engine: Engine, hands: Hands) -> DraftImports:
    tables = SqlTableStore(engine)
    publish(tables, 0)
    drafts = DraftDesk(SqlDraftStore(engine), tables, Document())
    errors = Publishing(tables, ("it",), None).errors
    return DraftImports(SqlDraftImportStore(engine), drafts, errors, hands)


@pytest.fixture
def draft(imports: DraftImports) -> Draft:
    return imports.drafts.open(ADA, "files", START)


def begun(imports: DraftImports, draft: Draft, data: bytes = SCHEDULES) -> int:
    number = imports.begin(draft.id, [("schedules.csv", data)], ADA, wait=60)
    assert isinstance(number, int)
    return number


def test_what_was_shown_is_put_in(imports: DraftImports, draft: Draft) -> None:
    """The rows are shown by what they would do; put in, the draft holds them and the import is over."""
    number = begun(imports, draft)
    row = imports.get(number)
    assert (row.state, row.author, row.files) == ("ready", "ada", "schedules.csv")
    shown = imports.shown(number, limit=10)
    assert [(one.key, one.effect) for one in shown.rows] == [("schedule/office", Effect.ADDED)]
    saved = imports.apply(number, row.digest, ADA)
    assert isinstance(saved, Draft)
    assert saved.document.schedules == (Schedule("office", "Mo-Fr 09:00-17:00"),)
    assert imports.get(number).state == "applied"
    with pytest.raises(Fault) as caught:
        imports.apply(number, row.digest, ADA)
    assert caught.value.code is FaultCode.CONFLICT


def test_a_later_import_takes_the_place_of_an_earlier_one(imports: DraftImports, draft: Draft) -> None:
    """Of one draft the last files sent are kept; the earlier import says so, whatever it still finds."""
    first = begun(imports, draft)
    second = begun(imports, draft, SCHEDULES + b"night,Mo-Fr 21:00-05:00\n")
    assert (imports.get(first).state, "later" in imports.get(first).stage) == ("failed", True)
    assert imports.store.document(first) is None
    imports.store.finish(first, {"rows": []}, DOCUMENT, START)
    assert imports.get(first).state == "failed"
    with pytest.raises(Fault) as caught:
        imports.get(second + 1)
    assert caught.value.code is FaultCode.NOT_FOUND
    assert imports.shown(second, limit=0).total == 2


def test_only_its_owner_sends_files(imports: DraftImports, draft: Draft) -> None:
    """Somebody else's files do not even begin to be read."""
    with pytest.raises(Fault) as caught:
        imports.begin(draft.id, [("schedules.csv", SCHEDULES)], BEN)
    assert caught.value.code is FaultCode.NOT_YOURS


def test_a_reader_that_died_is_told(imports: DraftImports, draft: Draft, hands: Hands) -> None:
    """An import that gave no sign of life for a minute has stopped, and says what to do."""
    number = imports.store.begin(draft.id, 1, "schedules.csv", "", 4, actor=ADA, now=hands.at)
    imports.store.move(number, "Reading the rows", 1, hands.at)
    hands.moves(timedelta(seconds=50))
    assert imports.get(number).state == "reading"
    hands.moves(timedelta(seconds=20))
    row = imports.get(number)
    assert row.state == "failed"
    assert "send the files again" in row.stage
