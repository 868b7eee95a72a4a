"""Recorded calls: what is kept of a call's course, and what reports count of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from app.adapters.sql.records import SqlRecords
from app.callflow.model import Call, State
from app.ports import Sent
from app.ports.records import By, Codes, Counting, Outcome, Recorded, Tally
from app.verification.model import Channel
from tests.integration.world import START, UNBOUNDED, World, a_call, contact, organisation, wrong

DAY = timedelta(days=1)
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def records(engine: Engine) -> SqlRecords:
    return SqlRecords(engine)


def at(minute: float) -> str:
    return (START + timedelta(minutes=minute)).isoformat()


def asked(call_id: str = "call", *, after: timedelta = timedelta(), **changes: Any) -> Call:
    """A call for the Italian billing desk, which is open."""
    usual: dict[str, Any] = {
        "turn": 5,
        "started_at": (START + after).isoformat(),
        "territory": "IT",
        "department": "billing",
        "desk_language": "it",
        "queue": "billing-it",
        "asked_department": "billing",
        "asked_language": "it",
        "met": "open",
        "decided_at": at(1),
    }
    return a_call(call_id, **{**usual, **changes})


def talked(call_id: str, wait: float, *, after: timedelta = timedelta(), **changes: Any) -> Call:
    """A call that was connected after so many seconds."""
    return asked(
        call_id, after=after, queued_at=at(2), connected_at=at(2 + wait / 60), state=State.GOODBYE, **changes
    )


def counting(by: By | None = None, *, days: int = 7, **only: str) -> Counting:
    named = tuple((f"{MONDAY + number * DAY:%Y-%m-%d}", MONDAY + number * DAY) for number in range(days))
    return Counting(named, MONDAY + days * DAY, by, **only)


def the_one(records: SqlRecords) -> Recorded:
    [found] = records.of_territory("IT", START - DAY, limit=10)
    return found


def by_key(records: SqlRecords, by: By, **only: Any) -> dict[str, Tally]:
    return {tally.key: tally for tally in records.tallies(counting(by, **only))}


def test_the_course_of_a_call(world: World, records: SqlRecords) -> None:
    """What a call asked for first, and when it was decided, handed over, connected and over, is kept."""
    world.ledger.record(asked())
    world.ledger.record(talked("call", 30, department="technical", desk_language="en"), ended="completed")
    row = the_one(records)
    assert (row.asked_department, row.asked_language, row.met) == ("billing", "it", "open")
    assert (row.department, row.desk_language, row.table_version) == ("technical", "en", 1)
    assert (row.decided_at, row.queued_at) == (START + timedelta(minutes=1), START + timedelta(minutes=2))
    assert (row.wait_seconds, row.outcome) == (30, Outcome.CONNECTED)


def test_the_end_of_a_transfer_may_come_after_the_end(world: World, records: SqlRecords) -> None:
    """A conversation that is told once the call is over is kept all the same; what was told first stays."""
    world.ledger.record(asked(queued_at=at(2)), ended="completed")
    assert the_one(records).outcome is Outcome.ABANDONED
    world.ledger.record(asked(queued_at=at(9), connected_at=at(3)))
    assert (the_one(records).wait_seconds, the_one(records).outcome) == (60, Outcome.CONNECTED)


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, Outcome.LEFT),
        ({"met": "all_closed"}, Outcome.CLOSED),
        ({"met": "other_language_open"}, Outcome.CLOSED),
        ({"queued_at": at(2)}, Outcome.ABANDONED),
        ({"queued_at": at(2), "state": State.NOBODY}, Outcome.NOBODY),
        ({"queued_at": at(2), "state": State.CALLBACK_BOOKED}, Outcome.CALLBACK),
        ({"met": "all_closed", "state": State.CALLBACK_BOOKED}, Outcome.CALLBACK),
        ({"queued_at": at(2), "state": State.MESSAGE_TAKEN}, Outcome.MESSAGE),
        ({"queued_at": at(2), "connected_at": at(3), "met": "all_closed"}, Outcome.CONNECTED),
    ],
)
def test_outcomes_are_counted_as_they_are_shown(
    world: World, records: SqlRecords, changes: dict[str, Any], outcome: Outcome
) -> None:
    """What the list says of a call is what the report counts it as; a call that runs is neither."""
    world.ledger.record(asked(**changes))
    [tally] = records.tallies(counting())
    assert getattr(tally, outcome.value) == int(outcome is Outcome.CONNECTED)
    world.ledger.record(asked(**changes), ended="completed")
    assert the_one(records).outcome is outcome
    [tally] = records.tallies(counting())
    counted = [getattr(tally, one.value) for one in Outcome]
    assert sum(counted) == getattr(tally, outcome.value) == 1


def test_rows_by_day_country_queue_and_language(world: World, records: SqlRecords) -> None:
    """Each call counts in one row of each report, on the day it began; what is outside counts nowhere."""
    world.ledger.record(asked("one"))
    world.ledger.record(asked("two", after=DAY, territory="FR", queue="billing-fr", asked_language="fr"))
    world.ledger.record(asked("three", after=DAY))
    world.ledger.record(asked("later", after=7 * DAY))
    world.ledger.record(asked("earlier", after=-DAY))
    keys = {by: {key: row.calls for key, row in by_key(records, by).items()} for by in By}
    assert keys == {
        By.DAY: {"2026-03-02": 1, "2026-03-03": 2},
        By.COUNTRY: {"IT": 2, "FR": 1},
        By.QUEUE: {"billing-it": 2, "billing-fr": 1},
        By.LANGUAGE: {"it": 2, "fr": 1},
    }
    assert {key: row.calls for key, row in by_key(records, By.DAY, territory="FR").items()} == {
        "2026-03-03": 1
    }


def test_closed_desks_and_what_callers_took_instead(world: World, records: SqlRecords) -> None:
    """A closed desk is counted where it was asked for, with those who took another language or department."""
    closed: dict[str, Any] = {"met": "other_language_open"}
    world.ledger.record(asked("left", **closed), ended="completed")
    world.ledger.record(asked("took", queued_at=at(2), desk_language="en", **closed))
    world.ledger.record(asked("other", queued_at=at(2), met="other_department_open", department="technical"))
    world.ledger.record(asked("last", queued_at=at(2), met="all_closed", queue="fallback"))
    world.ledger.record(asked("open", queued_at=at(2)))
    [tally] = records.tallies(counting())
    assert (tally.asked_desk, tally.closed_hits, tally.took_language, tally.took_department) == (5, 4, 1, 1)
    assert (tally.queued, tally.fallback, tally.closed) == (4, 1, 1)


def test_waits_by_nearest_rank(world: World, records: SqlRecords) -> None:
    """Median and 90th percentile are waits that were: of ten the fifth and the ninth."""
    for number in range(1, 11):
        world.ledger.record(talked(f"call{number}", number * 10))
    world.ledger.record(talked("alone", 7, territory="FR"))
    rows = by_key(records, By.COUNTRY)
    assert (rows["IT"].waits, rows["IT"].wait_median, rows["IT"].wait_90) == (10, 50, 90)
    assert (rows["FR"].waits, rows["FR"].wait_median, rows["FR"].wait_90) == (1, 7, 7)


def test_the_way_of_a_code(world: World, records: SqlRecords) -> None:
    """Codes count by how far they came: asked for, sent, delivered, keyed, accepted."""
    world.limits = UNBOUNDED
    world.profile([organisation()], [contact()])
    for call_id in ("unknown", "sent", "refused", "wrong", "right"):
        world.ledger.record(asked(call_id))
    world.issue("unknown", account=None)
    world.issue("refused", 1, channel=Channel.PHONE)
    world.issue("sent", 1)
    for letter in world.outbox.claim(world.clock.now(), limit=10):
        outcome = Sent.REFUSED if letter.channel != "email" else Sent.SENT
        world.outbox.settle(letter.id, outcome, world.clock.now())
    challenge = world.issue("wrong", 1).challenge
    world.guess(challenge, 2, wrong(challenge))
    world.guess(world.issue("right", 1).challenge, 2)
    [tally] = records.tallies(counting(language="it"))
    assert tally.codes == Codes(asked=5, sent=4, delivered=3, keyed=2, accepted=1)
    assert tally.verified == {"email": 1}


def test_few_queries(world: World, records: SqlRecords, engine: Engine) -> None:
    """A report takes three queries, a list one, however many calls there are."""
    for number in range(20):
        world.ledger.record(talked(f"call{number}", number, after=number * timedelta(hours=5)))
    statements: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    assert len(records.tallies(counting(By.DAY))) == 5
    assert len(records.asked_between(START, START + DAY, limit=3)) == 3
    assert sum("FROM" in statement for statement in statements) == 4


def test_the_calls_of_a_country(world: World, records: SqlRecords) -> None:
    """A country's calls come newest first, in pages, with their number."""
    for number in range(5):
        world.ledger.record(asked(f"call{number}", after=timedelta(hours=number)))
    world.ledger.record(asked("elsewhere", territory="FR"))
    since = START + timedelta(hours=1)
    page = records.of_territory("IT", since, limit=2, offset=1)
    assert [row.call_id for row in page] == ["call3", "call2"]
    assert records.count_of_territory("IT", since) == 4


def test_filters_of_odd_characters_find_nothing(world: World, records: SqlRecords) -> None:
    """A filter with a NUL or half a letter, which no engine takes, is looked for without them."""
    world.ledger.record(asked())
    assert records.tallies(counting(language="\x00fi\ud800", queue="\x00x")) == []
