"""Who is there for a queue, and what an agent may take."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from app.handover.model import Duty, WaitKind, WaitState
from app.handover.skills import Skills
from app.ports.agents import Agent
from app.ports.waiting import Wait
from app.services.staffing import Staffing, may_take, takeable
from routing.table import Coverage, Queue
from tests.unit.routing.building import BILLING, DESK, NOBODY, at, table

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)  # a Friday, 11:00 in Rome
GERMAN = Coverage("IT", "technical", "de", "Mo-Fr 09:00-17:00", zone="Europe/Rome")
ASLEEP = Coverage("IT", "technical", "en", "Mo-Fr 18:00-20:00", zone="Europe/Rome")
TABLE = table(
    *(DESK, GERMAN, ASLEEP, replace(BILLING, queue="money")),
    queues=(Queue("money", "number:+390655550100"), Queue("technical-de", "sip:de@example.com")),
)
ANA = Agent(
    1,
    "ana",
    Skills(frozenset({"technical"}), frozenset({"it"})),
    "number:+390655550199",
    Duty.AVAILABLE,
    NOW,
    NOW,
    "",
    "",
)
WAIT = Wait(
    id=1,
    kind=WaitKind.CALL,
    state=WaitState.WAITING,
    call_id="call",
    call_sid="CA1",
    carrier_queue="QU1",
    queue="technical-it",
    territory="IT",
    department="technical",
    desk_language="it",
    language="it",
    began_at=NOW,
    entered_at=NOW,
    priority=0,
    level="unverified",
    method="",
    organisation=None,
    organisation_name="",
    ani=None,
    code_until=None,
    told_at=None,
    told_place=None,
    told=None,
    number="",
    due_at=None,
    tries=0,
    link="",
)


@dataclass
class Listed:
    """The agents of a test."""

    agents: list[Agent]

    def listed(self) -> list[Agent]:
        return self.agents

    def on_duty(self, now: datetime) -> list[Agent]:
        return [agent for agent in self.agents if agent.on_duty(now)]


def staffing(*agents: Agent) -> Staffing:
    return Staffing(Listed(list(agents)))  # type: ignore[arg-type]  # the part of the port that is asked


def test_anybody_for_a_queue() -> None:
    """An agent who serves it and is on duty is somebody, also while in a call; others are nobody."""
    assert staffing(ANA).anybody(TABLE, "technical-it", NOW)
    assert staffing(replace(ANA, seen_at=None, handover="h")).anybody(TABLE, "technical-it", NOW)
    assert staffing(replace(ANA, duty=Duty.WRAP_UP)).anybody(TABLE, "technical-it", NOW)
    for nobody in (
        replace(ANA, duty=Duty.AWAY),
        replace(ANA, reach=""),
        replace(ANA, seen_at=None),
        replace(ANA, seen_at=NOW - timedelta(seconds=61)),
        replace(ANA, skills=Skills(frozenset({"billing"}), frozenset({"it"}))),
    ):
        assert not staffing(nobody).anybody(TABLE, "technical-it", NOW)
    assert not staffing().anybody(TABLE, "fallback", NOW)


def test_a_queue_of_no_desk_is_everybodys() -> None:
    """Whoever is on duty is there for the fallback."""
    assert staffing(replace(ANA, skills=Skills(frozenset(), frozenset()))).anybody(TABLE, "fallback", NOW)


def test_a_number_is_always_rung() -> None:
    """Callers of a queue that is a number or a SIP address reach somebody without any agent."""
    assert staffing().takes(TABLE, "money", NOW)
    assert staffing().takes(TABLE, "technical-de", NOW)
    assert not staffing().takes(TABLE, "technical-it", NOW)
    assert staffing(ANA).takes(TABLE, "technical-it", NOW)


def test_agents_at_all() -> None:
    """Agents who are off duty are there for a call when the desk opens; those reached nowhere are not."""
    assert staffing(replace(ANA, duty=Duty.AWAY, seen_at=None)).has_agents(TABLE, "technical-it")
    assert not staffing(replace(ANA, reach="")).has_agents(TABLE, "technical-it")
    assert not staffing(ANA).has_agents(TABLE, "money")


def test_other_languages() -> None:
    """The languages in which the department is open now, the caller's own aside."""
    found = staffing()
    assert found.other_languages(TABLE, NOBODY, WAIT, NOW) == ("de",)
    assert found.other_languages(TABLE, NOBODY, replace(WAIT, desk_language="de"), NOW) == ("it",)
    assert found.other_languages(TABLE, NOBODY, WAIT, at("2026-11-20 19:00")) == ("en",)
    assert found.other_languages(TABLE, NOBODY, WAIT, at("2026-11-21 11:00")) == ()
    assert found.other_languages(TABLE, NOBODY, replace(WAIT, territory=""), NOW) == ()
    assert found.other_languages(TABLE, NOBODY, replace(WAIT, department=""), NOW) == ()


def test_what_an_agent_may_take() -> None:
    """Rows of their desks, and of no desk; a call back not before it is due."""
    other = replace(WAIT, id=2, queue="technical-de", desk_language="de")
    fallback = replace(WAIT, id=3, queue="fallback", desk_language="de")
    due = replace(WAIT, id=4, due_at=NOW)
    later = replace(WAIT, id=5, due_at=NOW + timedelta(microseconds=1))
    assert [one.id for one in takeable(TABLE, ANA, [WAIT, other, fallback, due, later], NOW)] == [1, 3, 4]
    assert may_take(TABLE, ANA, later)
