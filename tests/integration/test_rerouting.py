"""Re-routed queues on the databases: what calls meet, who may, what is refused, and what is written down."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from app.access.model import Actor, Role, operator
from app.adapters.sql.rerouting import SqlReroutes
from app.adapters.sql.tables import SqlTableStore
from app.faults import Fault, FaultCode
from app.ports.closings import Phase
from app.ports.rerouting import RerouteEntry
from app.services.rerouting import RerouteWanted, Rerouting
from app.services.tables import Tables
from app.services.wrong import Wrong
from routing.decide import Facts, decide
from routing.rerouting import rerouted
from routing.table import Coverage, Document, Queue, Reroute, Territory
from tests.integration.world import START

CARLA = Actor("carla", Role.SUPERVISOR, "192.0.2.9", strong=True, user=3)
BERT = operator("bert")
HOUR = timedelta(hours=1)
WANTED = RerouteWanted("technical-it", "night", "two are ill")
DOCUMENT = Document(
    territories=(Territory("IT", "IT", "Italy", zones=("Europe/Rome",)),),
    coverage=tuple(
        Coverage("IT", name, "it", "24/7", zone="Europe/Rome") for name in ("technical", "billing")
    ),
    queues=(Queue("night"),),
)


@pytest.fixture
def tables(engine: Engine) -> Tables:
    store = SqlTableStore(engine)
    store.publish(DOCUMENT, actor=BERT, now=START, sentences=["Italy."], expecting=0)
    found = Tables(store)
    found.refresh()
    return found


@pytest.fixture
def desk(engine: Engine, tables: Tables) -> Rerouting:
    return Rerouting(SqlReroutes(engine), tables)


def put(desk: Rerouting, wanted: RerouteWanted = WANTED, *, now: datetime = START) -> RerouteEntry:
    added = desk.add(wanted, actor=CARLA, now=now)
    assert isinstance(added, RerouteEntry), added
    return added


def wrong(desk: Rerouting, wanted: RerouteWanted) -> dict[str, str]:
    found = desk.add(wanted, actor=CARLA, now=START)
    assert isinstance(found, Wrong)
    return dict(found.faults)


def numbers(desk: Rerouting, phase: Phase | None, now: datetime = START) -> list[int]:
    rows, total = desk.page(phase, now, limit=10)
    assert total == len(rows)
    assert phase is None or {row.phase(now) for row in rows} <= {phase}
    return [row.number for row in rows]


def test_calls_meet_what_people_put_there(desk: Rerouting, tables: Tables) -> None:
    """After the next look at the store a worker's calls go where the queue is sent, for a day unless said."""
    facts = Facts(territory="IT", department="technical")
    added = put(desk)
    assert added.reroute == Reroute("technical-it", "night", START, START + 24 * HOUR, "two are ill")
    assert (added.author, desk.store.get(added.number)) == ("carla", added)
    assert decide(tables.current(), tables.overlay(), facts, START).queue == "technical-it"
    tables.refresh()
    assert decide(tables.current(), tables.overlay(), facts, START).queue == "night"
    desk.end(added.number, actor=CARLA, now=START + HOUR)
    tables.refresh()
    assert decide(tables.current(), tables.overlay(), facts, START + HOUR).queue == "technical-it"


def test_lists_go_by_the_instant(desk: Rerouting) -> None:
    """An entry is to come before its start, in force until its end, over from its end on."""
    later = replace(WANTED, start=START + 2 * HOUR, end=START + 3 * HOUR)
    one, other = put(desk, replace(WANTED, end=START + HOUR)).number, put(desk, later).number
    assert (numbers(desk, Phase.IN_FORCE), numbers(desk, Phase.TO_COME)) == ([one], [other])
    assert numbers(desk, Phase.OVER, START + HOUR) == [one]
    assert numbers(desk, None) == [other, one]
    assert desk.page(None, START, limit=1, offset=1)[0][0].number == one
    assert [row.number for row in desk.in_force(START + 2 * HOUR)] == [other]


def test_what_is_to_come_can_be_ended_before(desk: Rerouting, tables: Tables) -> None:
    """Ended before its start a re-route never holds."""
    number = put(desk, replace(WANTED, start=START + HOUR)).number
    ended = desk.end(number, actor=CARLA, now=START)
    assert (ended.phase(START), ended.ended_by) == (Phase.OVER, "carla")
    tables.refresh()
    assert rerouted(tables.overlay(), "technical-it", START + 2 * HOUR) == "technical-it"


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"queue": "nobody"}, "queue", "The published table has no queue nobody."),
        ({"queue": ""}, "queue", "Choose a queue."),
        ({"queue": "fallback"}, "queue", "takes what nobody else does"),
        ({"to": "number:+390655550100"}, "to", "has no queue number:+390655550100."),
        ({"to": "voicemail"}, "to", "has no queue voicemail."),
        ({"to": "technical-it"}, "to", "the same queue"),
        ({"reason": "  "}, "reason", "Say why"),
        ({"reason": "x" * 201}, "reason", "at most 200"),
        ({"start": START - HOUR}, "start", "This is past"),
        ({"start": datetime.max.replace(tzinfo=UTC)}, "start", "of this age"),
        ({"end": START}, "end", "later than now"),
        ({"start": START + 2 * HOUR, "end": START + HOUR}, "end", "later than it starts"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    desk: Rerouting, changes: dict[str, object], field: str, said: str
) -> None:
    """Queues the live table does not have, the last one, itself, no reason, odd times: said at the field."""
    found = wrong(desk, replace(WANTED, **changes))  # type: ignore[arg-type]  # fields by name
    assert list(found) == [field]
    assert said in found[field]
    assert numbers(desk, None) == []


def test_queues_are_those_of_rows_and_desks(desk: Rerouting) -> None:
    """Offered are the queues with a row, those of desks, and the fallback."""
    assert desk.queues() == ("billing-it", "fallback", "night", "technical-it")
    put(desk, replace(WANTED, to="billing-it", end=START + HOUR))
    put(desk, replace(WANTED, queue="night", to="fallback"))


def test_calls_that_would_go_round_are_refused(desk: Rerouting) -> None:
    """What closes a circle at any time of its own is refused; beside it in time it is not."""
    put(desk, replace(WANTED, start=START + HOUR, end=START + 2 * HOUR))
    back = RerouteWanted("night", "technical-it", "busy")
    assert "come back to night" in wrong(desk, back)["to"]
    put(desk, replace(back, end=START + HOUR))
    put(desk, RerouteWanted("billing-it", "night", "busy"))


def test_a_queue_is_sent_to_one_place_at_a_time(desk: Rerouting) -> None:
    """A second re-route of a queue in the same time is a conflict, however many try at once."""

    def attempt(_: int) -> str:
        try:
            return str(desk.add(WANTED, actor=CARLA, now=START))[:5]
        except Fault as fault:
            return fault.code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, range(4))) == ["Rerou"] + 3 * [FaultCode.CONFLICT]
    put(desk, replace(WANTED, start=START + 24 * HOUR))


def test_ending_is_once(desk: Rerouting) -> None:
    """Ending what is over is a conflict, what was never there is not found."""
    number = put(desk).number
    desk.end(number, actor=CARLA, now=START + HOUR)
    for missing, code in (
        (number, FaultCode.CONFLICT),
        (999, FaultCode.NOT_FOUND),
        (2**70, FaultCode.NOT_FOUND),
    ):
        with pytest.raises(Fault) as caught:
            desk.end(missing, actor=CARLA, now=START + HOUR)
        assert caught.value.code is code
    with pytest.raises(Fault) as caught:
        desk.store.get(0)
    assert caught.value.code is FaultCode.NOT_FOUND


@pytest.mark.parametrize(
    "actor",
    [replace(CARLA, strong=False), replace(CARLA, role=Role.AGENT), replace(CARLA, role=Role.PUBLISHER)],
    ids=["no code", "agent", "publisher"],
)
def test_only_supervisors_re_route(desk: Rerouting, actor: Actor) -> None:
    """Without the right to supervise, or without a one-time code, nothing is added or ended."""
    number = put(desk).number
    with pytest.raises(Fault) as adding:
        desk.add(replace(WANTED, queue="billing-it"), actor=actor, now=START)
    with pytest.raises(Fault) as ending:
        desk.end(number, actor=actor, now=START)
    assert adding.value.code is ending.value.code is FaultCode.NOT_YOURS
    assert numbers(desk, Phase.IN_FORCE) == [number]


def test_every_act_is_written_down(desk: Rerouting, engine: Engine) -> None:
    """Adding and ending leave who did it, from where, and what was before and after."""
    number = put(desk, replace(WANTED, reason=" two\nare \x00ill ")).number
    desk.end(number, actor=BERT, now=START + HOUR)
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT who, what, detail, place, before, after FROM audit "
                "WHERE what LIKE 'reroute%' ORDER BY id"
            )
        ).all()
    assert [(row.who, row.what, row.detail) for row in rows] == [
        ("carla", "reroute_added", str(number)),
        ("bert", "reroute_ended", str(number)),
    ]
    assert rows[0].place == "192.0.2.9"
    assert '"to": "night"' in rows[0].after
    assert "two are ill" in rows[0].after
    assert (rows[1].before, rows[1].after) == ((START + 24 * HOUR).isoformat(), (START + HOUR).isoformat())


def test_calls_meet_the_latest_however_many_are_over(engine: Engine) -> None:
    """Years of re-routes that are over keep none in force from being read."""
    store = SqlReroutes(engine)
    kept = Reroute("a", "b", START, START + HOUR * 1000)
    store.add(kept, actor=BERT, now=START)
    with engine.begin() as connection:
        over = "SELECT {0} + n, 'c', 'd', '2020-01-01', '2020-01-02', '', 'x', '2020-01-01', '' FROM n"
        numbered = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 600) "
        columns = "id, queue, goes_to, start, until, reason, author, created_at, ended_by"
        connection.execute(text(f"INSERT INTO reroutes ({columns}) {numbered}{over.format(100)}"))
    overlay = SqlTableStore(engine).overlay()
    assert len(overlay.reroutes) == 500
    assert kept in overlay.reroutes
    assert rerouted(overlay, "a", START) == "b"
