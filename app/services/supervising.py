"""What supervisors see and change: queues as they stand, re-routes, agents' skills, interpreters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.access.model import Actor
from app.handover.skills import Skills
from app.ports import Clock
from app.ports.agent_desk import DeskReading, Interpreter, Interpreters, QueueNumbers
from app.ports.agents import Agent, Agents
from app.ports.rerouting import RerouteEntry
from app.services.addresses import as_address, wrong_address
from app.services.agent_desk import AgentDesk
from app.services.rerouting import RerouteWanted, Rerouting
from app.services.staffing import serves
from app.services.tables import Tables
from app.services.wrong import Wrong
from routing.compiled import DEPARTMENTS

_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Numbers:
    """A queue's numbers, with who is there for it."""

    queue: QueueNumbers
    on_duty: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the forms offer."""

    queues: tuple[str, ...]
    departments: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Supervising:
    """Raises Fault LEDGER_AWAY, and what re-routing raises."""

    reading: DeskReading
    agents: Agents
    interpreters: Interpreters
    rerouting: Rerouting
    desk: AgentDesk
    tables: Tables
    clock: Clock

    def numbers(self, since: datetime) -> list[Numbers]:
        """Every queue with callers since an instant or now, by name."""
        table, there = self.tables.current(), self.agents.on_duty(self.clock.now())
        return [
            Numbers(found, sum(serves(table, agent, found.queue) for agent in there))
            for found in self.reading.numbers(since)
        ]

    def choices(self) -> Choices:
        """What the forms offer: the live table's queues, departments and languages."""
        document = self.tables.current().document
        languages = tuple(sorted({row.language for row in document.coverage}))
        return Choices(self.desk.queues(), DEPARTMENTS, languages)

    def agents_with_skills(self) -> Sequence[Agent]:
        """Everybody who takes calls."""
        return self.agents.listed()

    def listed_interpreters(self) -> Sequence[Interpreter]:
        """Every interpreter."""
        return self.interpreters.listed()

    def reroutes(self, now: datetime) -> Sequence[RerouteEntry]:
        """The re-routes in force."""
        return self.rerouting.in_force(now)

    def reroute(self, wanted: RerouteWanted, *, actor: Actor) -> str:
        """Send a queue's callers elsewhere; gives what is wrong with that, or nothing."""
        added = self.rerouting.add(wanted, actor=actor, now=self.clock.now())
        return " ".join(added.faults.values()) if isinstance(added, Wrong) else ""

    def end_reroute(self, number: int, *, actor: Actor) -> str:
        """End a re-route now."""
        self.rerouting.end(number, actor=actor, now=self.clock.now())
        return ""

    def set_skills(self, user: int, skills: Skills, *, actor: Actor) -> str:
        """Say what an agent can take; gives what is wrong with it, or nothing."""
        choices = self.choices()
        known = skills.departments <= set(choices.departments) and skills.languages <= set(choices.languages)
        if not known:
            return "Choose among the departments and languages of the table."
        self.agents.set_skills(user, skills, actor=actor, now=self.clock.now())
        return ""

    def add_interpreter(self, language: str, name: str, address: str, *, actor: Actor) -> str:
        """Put an interpreter onto the list; gives what is wrong, or nothing."""
        name, found = " ".join(name.split()), as_address(address)
        if language not in self.choices().languages:
            return "Choose a language of the table."
        if not name or len(name) > _LONGEST_NAME or not name.isprintable():
            return f"A name of 1 to {_LONGEST_NAME} characters is needed."
        if wrong := wrong_address(found, self.desk.destinations):
            return wrong
        self.interpreters.add(language, name, found, actor=actor, now=self.clock.now())
        return ""

    def remove_interpreter(self, interpreter: int, *, actor: Actor) -> str:
        """Take one off the list."""
        self.interpreters.remove(interpreter, actor=actor, now=self.clock.now())
        return ""
