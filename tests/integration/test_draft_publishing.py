"""Publishing drafts on real engines: two people at once, two publishers, a version published meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from app.access.model import Actor, Role
from app.adapters.sql.drafts import SqlDraftStore
from app.adapters.sql.tables import SqlTableStore
from app.faults import Fault, FaultCode
from app.services.draft_publishing import CarriedOver, DraftPublishing
from app.services.drafts import Draft, DraftDesk, Stale
from app.services.publishing import Published, Publishing, Refused, SecondNeeded, Unsettled, Unsigned
from routing.table import Document, Line, Queue
from tests.integration.test_drafts import ADA, BEN, closing
from tests.integration.test_table_store import DOCUMENT as FIRST
from tests.integration.world import START

LINE = Line("+390212345678", "+390212345678", "02 12345678", ("IT",), "IT")
DOCUMENT = replace(FIRST, lines=(LINE,))
CLEO = Actor("cleo", Role.PUBLISHER, "192.0.2.3", strong=True, user=3)
ELSEWHERE = Queue("technical-it", target="number:+390212345678")


@pytest.fixture
def desk(engine: Engine) -> DraftPublishing:
    """The sample on version 1; its warnings are live and pass."""
    tables = SqlTableStore(engine)
    tables.publish(DOCUMENT, actor=BEN, now=START, sentences=["first"], expecting=0)
    drafts = DraftDesk(SqlDraftStore(engine), tables, Document())
    return DraftPublishing(drafts, Publishing(tables, ("it", "en"), None), lambda _: True)


def drafted(desk: DraftPublishing, document: Document, owner: Actor = ADA) -> Draft:
    draft = desk.drafts.open(owner, "a draft", START)
    saved = desk.drafts.change(draft.id, 1, document, owner, START, "a change")
    assert isinstance(saved, Draft)
    return saved


def press(desk: DraftPublishing, draft: Draft, actor: Actor = BEN) -> object:
    return desk.publish(draft.id, draft.revision, actor, START)


def test_a_published_draft_is_closed(desk: DraftPublishing) -> None:
    """A draft goes live in the step that closes it, and is not published again."""
    draft = drafted(desk, closing(DOCUMENT, 26))
    outcome = press(desk, draft)
    assert isinstance(outcome, Published)
    assert (desk.drafts.get(draft.id).state, desk.drafts.get(draft.id).version) == ("published", 2)
    assert desk.drafts.tables.read(2) == draft.document
    with pytest.raises(Fault) as caught:
        press(desk, draft)
    assert caught.value.code is FaultCode.CONFLICT


def test_of_two_that_publish_at_once_one_wins_and_the_other_is_carried_over(desk: DraftPublishing) -> None:
    """Two drafts pressed at once: one is version 2, the other stands on it then, with both changes."""
    drafts = [drafted(desk, closing(DOCUMENT, 26)), drafted(desk, closing(DOCUMENT, 27), BEN)]
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda draft: press(desk, draft), drafts))
    carried = next(outcome for outcome in outcomes if isinstance(outcome, CarriedOver))
    assert sum(isinstance(outcome, Published) for outcome in outcomes) == 1
    assert carried.draft.base == 2
    assert {closure.day.day for closure in carried.draft.document.closures} == {24, 26, 27}
    assert isinstance(press(desk, carried.draft), Published)
    assert desk.drafts.tables.latest() == 3


def test_a_row_both_changed_is_settled_before_it_is_published(desk: DraftPublishing) -> None:
    """A carried-over draft with differing rows is not published until each is settled."""
    first, second = (replace(DOCUMENT.closures[0], reason=reason) for reason in ("one", "two"))
    mine = drafted(desk, replace(DOCUMENT, closures=(first,)))
    press(desk, drafted(desk, replace(DOCUMENT, closures=(second,)), BEN))
    carried = press(desk, mine)
    assert isinstance(carried, CarriedOver)
    refused = press(desk, carried.draft)
    assert isinstance(refused, Unsettled)
    kept = desk.drafts.settle(mine.id, carried.draft.revision, refused.conflicts[0], ADA, START, theirs=False)
    assert isinstance(kept, Draft)
    assert isinstance(press(desk, kept), Published)
    assert desk.drafts.tables.read(3).closures == (first,)


def test_an_error_is_never_published(desk: DraftPublishing) -> None:
    """A draft with an error is refused and stays open."""
    draft = drafted(desk, replace(DOCUMENT, coverage=(replace(DOCUMENT.coverage[0], territory="XX"),)))
    assert isinstance(press(desk, draft), Refused)
    assert desk.check(draft).errors
    assert desk.drafts.get(draft.id).state == "open"


def test_warnings_are_signed_off_one_by_one(desk: DraftPublishing) -> None:
    """A new warning waits for a signature, which survives other edits and can be taken back."""
    document = replace(DOCUMENT, queues=(Queue("nowhere", target="queue:nowhere"),))
    draft = drafted(desk, document)
    refused = press(desk, draft)
    assert isinstance(refused, Unsigned)
    mark = refused.warnings[0].mark
    with pytest.raises(Fault) as caught:
        desk.sign_off(draft.id, draft.revision, "no such mark", "", ADA, START)
    assert caught.value.code is FaultCode.CONFLICT
    with pytest.raises(Fault) as caught:
        desk.sign_off(draft.id, draft.revision, mark, "", replace(BEN, role=Role.EDITOR), START)
    assert caught.value.code is FaultCode.NOT_YOURS
    desk.sign_off(draft.id, draft.revision, mark, "for later", ADA, START)
    edited = desk.drafts.change(draft.id, draft.revision, closing(document, 26), ADA, START, "a day")
    assert isinstance(edited, Draft)
    assert [warned.sign_off.note for warned in desk.check(edited).warnings if warned.sign_off] == [
        "for later"
    ]
    desk.withdraw(draft.id, edited.revision, mark, ADA, START)
    assert isinstance(press(desk, edited), Unsigned)
    desk.sign_off(draft.id, edited.revision, mark, "", BEN, START)
    assert isinstance(press(desk, edited), Published)


def test_a_new_destination_is_published_by_the_second_press(desk: DraftPublishing) -> None:
    """One publisher's presses change nothing; another's publishes, and both are its authors."""
    draft = drafted(desk, replace(DOCUMENT, queues=(ELSEWHERE,)))
    assert press(desk, draft) == SecondNeeded((ELSEWHERE.target,), ("ben",))
    token = replace(BEN, name="ben (token night)")
    assert isinstance(press(desk, draft, token), SecondNeeded)
    assert isinstance(press(desk, draft, CLEO), Published)
    assert desk.drafts.tables.history(limit=1)[0].author == "ben and cleo"


def test_a_change_drops_the_first_publishers_wish(desk: DraftPublishing) -> None:
    """Both have to want the same document: what was changed in between needs two again."""
    draft = drafted(desk, replace(DOCUMENT, queues=(ELSEWHERE,)))
    press(desk, draft)
    changed = desk.drafts.change(draft.id, draft.revision, closing(draft.document, 26), ADA, START, "a day")
    assert isinstance(changed, Draft)
    assert isinstance(press(desk, draft, CLEO), Stale)
    assert isinstance(press(desk, changed, CLEO), SecondNeeded)
    assert isinstance(press(desk, changed, BEN), Published)


def test_two_publishers_at_once_publish_once(desk: DraftPublishing) -> None:
    """Both press at the same moment: it is published once, by both."""
    draft = drafted(desk, replace(DOCUMENT, queues=(ELSEWHERE,)))

    def attempt(actor: Actor) -> object:
        try:
            return press(desk, draft, actor)
        except Fault as fault:
            return fault.code

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(attempt, (BEN, CLEO)))
    assert sum(isinstance(outcome, Published) for outcome in outcomes) == 1, outcomes
    assert desk.drafts.tables.latest() == 2
