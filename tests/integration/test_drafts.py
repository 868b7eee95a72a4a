"""Drafts on real engines: one person's, saved as they are made, each change on the revision that was seen."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from app.access.model import Actor, Role, operator
from app.adapters.sql.draft_steps import UNDOABLE
from app.adapters.sql.drafts import SqlDraftStore
from app.adapters.sql.tables import SqlTableStore
from app.faults import Fault, FaultCode
from app.ports.drafts import Approval, SignOff
from app.services.drafts import Asked, Draft, DraftDesk, Stale
from routing.table import Closure, Document
from tests.integration.test_table_store import DOCUMENT, publish
from tests.integration.world import START

ADA = Actor("ada", Role.EDITOR, "192.0.2.1", strong=False, user=1)
BEN = Actor("ben", Role.PUBLISHER, "192.0.2.2", strong=True, user=2)


@pytest.fixture
def desk(engine: Engine) -> DraftDesk:
    tables = SqlTableStore(engine)
    publish(tables, 0)
    return DraftDesk(SqlDraftStore(engine), tables, Document())


@pytest.fixture
def draft(desk: DraftDesk) -> Draft:
    return desk.open(ADA, "Christmas", START)


def closing(document: Document, *days: int) -> Document:
    closures = tuple(Closure(date(2026, 12, day), territory="IT") for day in days)
    return replace(document, closures=(*document.closures, *closures))


def changed(desk: DraftDesk, draft: Draft, *days: int, after: int = 1) -> Draft:
    at = START + timedelta(minutes=after)
    found = desk.change(draft.id, draft.revision, closing(draft.document, *days), ADA, at, "a day")
    assert isinstance(found, Draft)
    return found


def test_a_draft_stands_on_the_newest_version_and_keeps_each_change(desk: DraftDesk, draft: Draft) -> None:
    """A draft opens with the published document; a change is there when read again, and live stays."""
    assert (draft.base, draft.revision, draft.state, draft.document) == (1, 1, "open", DOCUMENT)
    saved = changed(desk, draft, 26)
    assert desk.get(draft.id) == saved
    assert saved.revision == 2
    assert desk.tables.read(1) == DOCUMENT
    assert desk.sentences(saved) == ["Closure on 2026-12-26, Every department, Italy: added"]


def test_a_change_on_an_old_revision_is_told_what_changed(desk: DraftDesk, draft: Draft) -> None:
    """Of two tabs with one revision, the second to save changes nothing and gets the first one's steps."""
    changed(desk, draft, 26)
    second = desk.change(draft.id, draft.revision, closing(draft.document, 27), ADA, START, "another day")
    assert isinstance(second, Stale)
    assert [(step.who, step.what) for step in second.steps] == [("ada", "a day")]
    assert desk.get(draft.id).document == closing(DOCUMENT, 26)


def test_one_of_many_that_save_at_once_wins(desk: DraftDesk, draft: Draft) -> None:
    """Eight changes of one revision at the same time: one is saved, seven are told."""

    def save(day: int) -> object:
        return desk.change(draft.id, 1, closing(draft.document, day), ADA, START, f"day {day}")

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(save, range(1, 9)))
    assert sum(isinstance(outcome, Draft) for outcome in outcomes) == 1
    assert desk.get(draft.id).revision == 2


def test_only_its_owner_changes_a_draft(desk: DraftDesk, draft: Draft) -> None:
    """Somebody else, a viewer, and whoever comes after its end are refused."""
    for actor, code in ((BEN, FaultCode.NOT_YOURS), (replace(ADA, role=Role.VIEWER), FaultCode.NOT_YOURS)):
        with pytest.raises(Fault) as caught:
            desk.change(draft.id, 1, DOCUMENT, actor, START, "")
        assert caught.value.code is code
    desk.discard(draft.id, ADA, START)
    with pytest.raises(Fault) as caught:
        desk.change(draft.id, 1, DOCUMENT, ADA, START, "")
    assert caught.value.code is FaultCode.CONFLICT
    with pytest.raises(Fault) as caught:
        desk.get(draft.id + 1)
    assert caught.value.code is FaultCode.NO_SUCH_DRAFT


def test_changes_are_taken_back_one_by_one(desk: DraftDesk, draft: Draft) -> None:
    """Undoing twice gives the document of two changes before, and past the steps kept there is a fault."""
    for day in range(1, UNDOABLE + 3):
        draft = changed(desk, draft, day)
    documents = []
    for _ in range(UNDOABLE):
        undone = desk.undo(draft.id, draft.revision, ADA, START)
        assert isinstance(undone, Draft)
        draft = undone
        documents.append(draft.document)
    assert documents[1] == closing(DOCUMENT, *range(1, UNDOABLE + 1))
    with pytest.raises(Fault) as caught:
        desk.undo(draft.id, draft.revision, ADA, START)
    assert caught.value.code is FaultCode.CONFLICT


def test_the_list_shows_what_was_asked_for(desk: DraftDesk, draft: Draft) -> None:
    """Lists are by owner, state and words, last changed first, in pages."""
    other = desk.open(BEN, "Summer 100%", START + timedelta(hours=1))
    rows, total = desk.listed(Asked())
    assert ([row.id for row in rows], total) == ([other.id, draft.id], 2)
    assert [row.id for row in desk.listed(Asked(owner_id=ADA.user))[0]] == [draft.id]
    assert [row.id for row in desk.listed(Asked(text="0%"))[0]] == [other.id]
    assert [row.id for row in desk.listed(Asked(limit=1, offset=1))[0]] == [draft.id]
    desk.discard(draft.id, ADA, START)
    assert [row.id for row in desk.listed(Asked(state="open"))[0]] == [other.id]


def test_a_version_published_meanwhile_is_merged(desk: DraftDesk, draft: Draft) -> None:
    """A rebase keeps the rows of both sides, and lists a row both changed until it is settled."""
    mine = replace(DOCUMENT.closures[0], reason="mine")
    theirs = replace(DOCUMENT.closures[0], reason="theirs")
    document = closing(replace(draft.document, closures=(mine,)), 26)
    saved = desk.change(draft.id, 1, document, ADA, START, "reason")
    assert isinstance(saved, Draft)
    publish(desk.tables, 1, closing(replace(DOCUMENT, closures=(theirs,)), 27))  # type: ignore[arg-type]  # it is
    found = desk.rebase(draft.id, saved.revision, ADA, START)
    assert isinstance(found, Draft)
    assert found.base == 2
    assert {closure.day.day for closure in found.document.closures} == {24, 26, 27}
    assert [conflict.key for conflict in found.conflicts] == ["closure/2026-12-24/12:30-"]
    settled = desk.settle(found.id, found.revision, found.conflicts[0], ADA, START, theirs=True)
    assert isinstance(settled, Draft)
    assert settled.conflicts == ()
    assert theirs in settled.document.closures
    with pytest.raises(Fault) as caught:
        desk.settle(found.id, settled.revision, found.conflicts[0], ADA, START, theirs=False)
    assert caught.value.code is FaultCode.CONFLICT


def test_a_change_drops_approvals_and_keeps_sign_offs(desk: DraftDesk, draft: Draft) -> None:
    """Approvals are of one revision; a signed-off warning stays signed off while it reads the same."""
    sign_off = SignOff("ada", START, "nobody answers", "known")
    desk.store.sign(draft.id, 1, "mark", sign_off, actor=ADA, now=START)
    approval = Approval("ben", BEN.user, START)
    desk.store.approve(draft.id, 1, approval, actor=BEN)
    twice = desk.store.approve(draft.id, 1, approval, actor=BEN)
    assert twice is not None
    assert twice.approvals == ("ben",)
    after = changed(desk, draft, 26)
    assert after.approvals == ()
    assert after.sign_offs == {"mark": sign_off}
    assert desk.store.sign(draft.id, 1, "mark", None, actor=ADA, now=START) is None


def test_the_command_line_owns_by_name(desk: DraftDesk) -> None:
    """A draft opened without an account is changed by the same name only."""
    draft = desk.open(operator("ops"), "From here", START)
    assert isinstance(desk.change(draft.id, 1, DOCUMENT, operator("ops"), START, "x"), Draft)
    with pytest.raises(Fault):
        desk.change(draft.id, 2, DOCUMENT, operator("other"), START, "x")
