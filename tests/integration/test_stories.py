"""Recorded calls one by one: found by what people know of them, and read with their timelines."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from app.adapters.sql.stories import SqlStories
from app.callflow.model import Call, Note, State
from app.faults import Fault, FaultCode
from app.ports.records import Outcome
from app.ports.stories import SoughtCalls
from tests.integration.world import START, World, a_call, contact, organisation

DAY = timedelta(days=1)


@pytest.fixture
def stories(engine: Engine) -> SqlStories:
    return SqlStories(engine)


def at(minute: int) -> str:
    return (START + timedelta(minutes=minute)).isoformat()


def record(world: World, call_id: str, minute: int = 0, *, ended: str = "completed", **changes: Any) -> None:
    call: Call = a_call(call_id, **{"turn": 3, "started_at": at(minute), **changes})
    world.ledger.record(call, ended=ended)


@pytest.fixture
def five(world: World) -> World:
    """Five calls, each with an end of its own, the last one begun last."""
    world.profile([organisation("12345678", name="Rossi Forniture")], [contact()])
    owner = world.organisation_id()
    rossi: dict[str, Any] = {"organisation": owner, "organisation_name": "Rossi Forniture"}
    record(world, "aaaa-1", 1, territory="IT", queue="technical-it", queued_at=at(2), connected_at=at(3))
    record(world, "aabb-2", 2, territory="IT", queue="billing-it", queued_at=at(3), **rossi)
    record(world, "bbbb-3", 3, territory="FR", ani="+33140205050", met="all_closed")
    record(world, "cccc-4", 4, territory="BQ-SA", ani=None, state=State.NOBODY, queued_at=at(5))
    record(world, "dddd-5", 5, dnis="+442079460999", ended="")
    return world


def ids(stories: SqlStories, **sought: Any) -> list[str]:
    wanted = SoughtCalls(**sought)
    found = [call.call_id for call in stories.find(wanted, limit=99) if "asks" not in call.call_id]
    assert stories.count(wanted) >= len(found)
    return found


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ({}, ["dddd-5", "cccc-4", "bbbb-3", "aabb-2", "aaaa-1"]),
        ({"text": "aa"}, ["aabb-2", "aaaa-1"]),
        ({"text": "AAAA"}, ["aaaa-1"]),
        ({"text": "rossi forn"}, ["aabb-2"]),
        ({"text": "12345678"}, ["aabb-2"]),
        ({"text": "+33 1 40 20 50 50"}, ["bbbb-3"]),
        ({"text": "01.40.20.50"}, ["bbbb-3"]),
        ({"text": "020 7946 0999"}, ["dddd-5"]),
        ({"text": "bq-sa"}, ["cccc-4"]),
        ({"text": "technical"}, ["aaaa-1"]),
        ({"text": "%"}, []),
        ({"text": "_"}, []),
        ({"text": "\x00\ud800"}, []),
        ({"since": START + timedelta(minutes=4)}, ["dddd-5", "cccc-4"]),
        (
            {"since": START + timedelta(minutes=2), "until": START + timedelta(minutes=4)},
            ["bbbb-3", "aabb-2"],
        ),
        ({"level": "code"}, []),
        ({"outcome": Outcome.CONNECTED}, ["aaaa-1"]),
        ({"outcome": Outcome.ABANDONED}, ["aabb-2"]),
        ({"outcome": Outcome.CLOSED}, ["bbbb-3"]),
        ({"outcome": Outcome.NOBODY}, ["cccc-4"]),
        ({"outcome": Outcome.RUNNING}, ["dddd-5"]),
        ({"territory": "IT", "queue": "billing-it"}, ["aabb-2"]),
        ({"territory": "I"}, []),
    ],
    ids=str,
)
def test_calls_are_found_by_what_people_know(
    five: World, stories: SqlStories, sought: dict[str, Any], found: list[str]
) -> None:
    """A search looks for numbers, organisations, accounts, ids, territories and queues; filters narrow it."""
    assert ids(stories, **sought) == found


def test_each_call_has_the_outcome_it_is_found_by(five: World, stories: SqlStories) -> None:
    """What the database takes for an outcome is what the call's own facts say, for every call."""
    for outcome in Outcome:
        for call in stories.find(SoughtCalls(outcome=outcome), limit=99):
            assert call.outcome is outcome


def test_a_level_is_a_filter(five: World, stories: SqlStories) -> None:
    """Calls are found by how sure it was who called, and come in pages."""
    five.guess(five.issue("eeee-6", ani=None).challenge, 2)
    assert ids(stories, level="code") == ["eeee-6"]
    everything = SoughtCalls(level="unverified")
    pages = [stories.find(everything, limit=2, offset=start) for start in range(0, 8, 2)]
    found = [call.call_id for page in pages for call in page]
    assert len(found) == len(set(found)) == stories.count(everything)


def test_a_call_is_read_by_a_beginning(five: World, stories: SqlStories) -> None:
    """A call comes with its notes, by its id or a beginning that is its alone; another finds nothing."""
    record(five, "ffff-7", notes=(Note(at(2), "second"), Note(at(1), "first")))
    read = stories.read("ff")
    assert read is not None
    call, notes = read
    assert (call.call_id, [note.what for note in notes]) == ("ffff-7", ["first", "second"])
    assert stories.read("zzzz") is None
    assert stories.read("%") is None
    with pytest.raises(Fault) as caught:
        stories.read("aa")
    assert caught.value.code is FaultCode.BAD_INPUT
