"""Reading the audit and the history: narrowed, in pages and as a whole, on both engines."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from app.access.model import operator
from app.adapters.sql.acts import write_act
from app.adapters.sql.audit import SqlAudit
from app.adapters.sql.history import SqlHistory
from app.adapters.sql.tables import SqlTableStore
from app.adapters.sql.transactions import Transactions
from app.faults import Fault, FaultCode
from app.ports.audit import Sought
from routing.table import Document
from tests.integration.world import START, World, organisation

MINUTE = timedelta(minutes=1)


@pytest.fixture
def audit(engine: Engine) -> SqlAudit:
    with Transactions(engine).writing() as session:
        for number in range(5):
            who = operator("anna" if number % 2 else "bert")
            write_act(
                session, who, START + number * MINUTE, "line_changed", f"50%_{number}", before="è", after="ò"
            )
        write_act(session, operator("anna"), START + 9 * MINUTE, "published")
    return SqlAudit(engine)


def details(audit: SqlAudit, **sought: object) -> list[str]:
    wanted = Sought(**sought)  # type: ignore[arg-type]  # of the fields' types
    rows = audit.page(wanted, limit=100)
    assert audit.count(wanted) == len(rows)
    return [row.detail or row.what for row in rows]


def test_acts_are_narrowed_by_what_is_sought(audit: SqlAudit) -> None:
    """Each filter leaves the acts it names, newest first; characters of LIKE are characters."""
    assert details(audit)[:2] == ["published", "50%_4"]
    assert details(audit, who="ANNA", what="line_changed") == ["50%_3", "50%_1"]
    assert details(audit, since=START + MINUTE, until=START + 3 * MINUTE) == ["50%_2", "50%_1"]
    assert details(audit, text="%_2") == ["50%_2"]
    assert len(details(audit, text="è")) == 5
    assert details(audit, account="12345678") == []
    assert audit.kinds() == ["line_changed", "published"]


def test_a_page_is_a_part(audit: SqlAudit) -> None:
    """A page has its rows only; how many there are in all is counted."""
    assert [row.detail for row in audit.page(Sought(), limit=2, offset=4)] == ["50%_1", "50%_0"]
    assert audit.count(Sought()) == 6


def test_acts_name_their_organisation(world: World, engine: Engine) -> None:
    """An act about an organisation gives its account number, and is found by it."""
    world.profile([organisation(), organisation("87654321")], [])
    ids = {account: world.organisation_id(account) for account in ("12345678", "87654321")}
    with Transactions(engine).writing() as session:
        for account, about in ids.items():
            write_act(session, operator("anna"), START, "limit_lifted", account, organisation=about)
    rows = SqlAudit(engine).page(Sought(what="limit_lifted", account="87654321"), limit=5)
    assert [(row.detail, row.account) for row in rows] == [("87654321", "87654321")]


def test_every_act_comes_once(audit: SqlAudit, engine: Engine) -> None:
    """A whole copy has each act once, oldest first; acts that come while it is read are not in it."""
    copy = audit.every(Sought())
    first = next(copy)
    audit.exported("csv", actor=operator("anna"), now=START)
    rest = list(copy)
    assert [row.id for row in (first, *rest)] == sorted({row.id for row in (first, *rest)})
    assert len(rest) == 5
    assert details(audit, what="audit_exported") == ["csv"]


def test_versions_are_searched(engine: Engine) -> None:
    """Versions are found by author and by their sentences, whatever the characters and letter case."""
    store, history = SqlTableStore(engine), SqlHistory(engine)
    for number, sentence in enumerate(["Italy: added", "Åland: 100% closed", "Haiti: removed"]):
        who = operator("bert" if number == 2 else "anna")
        store.publish(Document(), actor=who, now=START, sentences=[sentence], expecting=number)
    assert [row.version for row in history.page("", limit=2)[0]] == [3, 2]
    assert [row.version for row in history.page("Åland: 100%", limit=9)[0]] == [2]
    assert [row.version for row in history.page("BERT", limit=9)[0]] == [3]
    assert history.page("100_", limit=9) == ([], 0)
    assert history.get(2).sentences == ("Åland: 100% closed",)
    for number in (0, 4, 2**70):
        with pytest.raises(Fault) as caught:
            history.get(number)
        assert caught.value.code is FaultCode.NO_SUCH_VERSION
