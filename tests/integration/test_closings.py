"""Emergency closures and announcements on the databases, and the acts written down with them."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from app.access.model import operator
from app.adapters.sql.closings import SqlClosings
from app.adapters.sql.tables import SqlTableStore
from app.faults import Fault, FaultCode
from app.ports.closings import Entry, Phase, Selected
from routing.table import Emergency, Overlay
from tests.integration.world import START

ANNA, BERT = operator("anna"), operator("bert")
HOUR = timedelta(hours=1)
CLOSURE = Emergency(START, START + HOUR, "IT", "technical", "it", "fire", {"it": "Chiuso."})
WORDS = Emergency(START, START + 2 * HOUR, text={"en": "Delays."})


@pytest.fixture
def closings(engine: Engine) -> SqlClosings:
    return SqlClosings(engine)


def put(closings: SqlClosings, row: Emergency = CLOSURE, *, closes: bool = True, incident: str = "") -> Entry:
    return closings.add(row, closes=closes, incident=incident, actor=ANNA, now=START)


def numbers(closings: SqlClosings, phase: Phase, *, minutes: int = 0) -> list[int]:
    rows, total = closings.page(Selected(phase), START + timedelta(minutes=minutes), limit=10)
    assert total == len(rows)
    return [row.number for row in rows]


def test_calls_and_people_see_the_same(closings: SqlClosings, engine: Engine) -> None:
    """What is put beside the versions is what calls meet, closures and announcements apart."""
    assert SqlTableStore(engine).overlay() == Overlay()
    closure, words = put(closings), put(closings, WORDS, closes=False, incident="Storm")
    assert SqlTableStore(engine).overlay() == Overlay((CLOSURE,), (WORDS,))
    assert closings.get(words.number) == words
    assert (closure.author, words.incident, words.emergency.text) == ("anna", "Storm", {"en": "Delays."})


def test_lists_go_by_the_instant(closings: SqlClosings) -> None:
    """An entry is to come before its start, in force until its end, over from its end on."""
    later = Emergency(START + HOUR, START + 2 * HOUR)
    one, other = put(closings).number, put(closings, later).number
    assert numbers(closings, Phase.IN_FORCE) == [one]
    assert numbers(closings, Phase.TO_COME) == [other]
    assert numbers(closings, Phase.IN_FORCE, minutes=60) == [other]
    assert numbers(closings, Phase.OVER, minutes=60) == [one]
    assert closings.page(Selected(closes=False), START, limit=5)[1] == 0


def test_ending_is_once(closings: SqlClosings) -> None:
    """Ended early an entry is over at once and says by whom; ending it again is a conflict."""
    number = put(closings).number
    ended = closings.end(number, actor=BERT, now=START + timedelta(minutes=5))
    assert (ended.ended_by, ended.emergency.end) == ("bert", START + timedelta(minutes=5))
    for wrong, code in (
        (number, FaultCode.CONFLICT),
        (999, FaultCode.NOT_FOUND),
        (2**70, FaultCode.NOT_FOUND),
    ):
        with pytest.raises(Fault) as caught:
            closings.end(wrong, actor=BERT, now=START + timedelta(minutes=6))
        assert caught.value.code is code


def test_two_who_move_an_end_do_not_overwrite_each_other(closings: SqlClosings) -> None:
    """Who moves an end that somebody moved meanwhile is told, and the first one's end stays."""
    number, end = put(closings).number, CLOSURE.end
    moved = closings.move_end(number, end + HOUR, expecting=end, actor=ANNA, now=START)
    with pytest.raises(Fault) as caught:
        closings.move_end(number, end + 5 * HOUR, expecting=end, actor=BERT, now=START)
    assert caught.value.code is FaultCode.CONFLICT
    assert closings.get(number) == moved


def test_an_incident_ends_as_one(closings: SqlClosings) -> None:
    """Everything of an incident that is not over ends together; what is of another stays."""
    put(closings, WORDS, closes=False, incident="Storm")
    put(closings, Emergency(START + HOUR, START + 2 * HOUR, "IT"), closes=True, incident="Storm")
    other = put(closings, WORDS, closes=False, incident="Flood").number
    assert closings.incidents(START) == ["Flood", "Storm"]
    assert len(closings.end_incident("Storm", actor=BERT, now=START + timedelta(minutes=1))) == 2
    assert numbers(closings, Phase.IN_FORCE, minutes=1) == [other]
    assert numbers(closings, Phase.TO_COME, minutes=1) == []
    assert closings.incidents(START + timedelta(minutes=1)) == ["Flood"]


def test_every_act_is_written_down(closings: SqlClosings, engine: Engine) -> None:
    """Adding, moving and ending leave who did it, and what was before and after."""
    number = put(closings).number
    closings.move_end(number, CLOSURE.end + HOUR, expecting=CLOSURE.end, actor=BERT, now=START)
    closings.end(number, actor=BERT, now=START)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT who, what, before, after FROM audit ORDER BY id")).all()
    assert [(row.who, row.what) for row in rows] == [
        ("anna", "closure_added"),
        ("bert", "closure_end_moved"),
        ("bert", "closure_ended"),
    ]
    assert "Chiuso." in rows[0].after
    assert rows[1].after == rows[2].before == (CLOSURE.end + HOUR).isoformat()
