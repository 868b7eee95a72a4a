"""What supervisors see and change: queues as they stand, re-routes, agents' skills, interpreters."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.access.model import Actor
from app.handover.skills import Skills
from app.ports import Clock
from app.ports.agent_desk import DeskReading, Interpreter, Interpreters, QueueNumbers
from app.ports.agents import Agent, Agents
from app.ports.rerouting import RerouteEntry
from app.services.addresses import as_address, wrong_address
from app.services.queues import FALLBACK
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
    left: tuple[str, ...]  # those whose callers can be sent elsewhere
    departments: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Supervising:
    """Raises Fault LEDGER_AWAY, and what re-routing raises."""

    reading: DeskReading
    agents: Agents
    interpreters: Interpreters
    rerouting: Rerouting
    tables: Tables
    clock: Clock
    destinations: Collection[str] | None  # ISO 3166-1 countries calls may go to; None: every one

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
        queues = self.rerouting.queues()
        left = tuple(queue for queue in queues if queue != FALLBACK)
        return Choices(queues, left, DEPARTMENTS, languages)

    def agents_with_skills(self) -> Sequence[Agent]:
        """Everybody who takes calls."""
        return self.agents.listed()

    def listed_interpreters(self) -> Sequence[Interpreter]:
        """Every interpreter."""
        return self.interpreters.listed()

    def reroutes(self, now: datetime) -> Sequence[RerouteEntry]:
        """The re-routes in force."""
        return self.rerouting.in_force(now)

    def reroute(self, wanted: RerouteWanted, *, actor: Actor) -> Wrong | None:
        """Send a queue's callers elsewhere."""
        added = self.rerouting.add(wanted, actor=actor, now=self.clock.now())
        return added if isinstance(added, Wrong) else None

    def end_reroute(self, number: int, *, actor: Actor) -> None:
        """End a re-route now."""
        self.rerouting.end(number, actor=actor, now=self.clock.now())

    def set_skills(self, user: int, skills: Skills, *, actor: Actor) -> Wrong | None:
        """Say what an agent can take."""
        choices = self.choices()
        known = skills.departments <= set(choices.departments) and skills.languages <= set(choices.languages)
        if not known:
            return Wrong({"": "Choose among the departments and languages of the table."})
        self.agents.set_skills(user, skills, actor=actor, now=self.clock.now())
        return None

    def add_interpreter(self, language: str, name: str, address: str, *, actor: Actor) -> Wrong | None:
        """Put an interpreter onto the list; the faults are by ``language``, ``name`` and ``address``."""
        name, found = " ".join(name.split()), as_address(address)
        faults = {}
        if language not in self.choices().languages:
            faults["language"] = "Choose a language of the table."
        if not name or len(name) > _LONGEST_NAME or not name.isprintable():
            faults["name"] = f"A name of 1 to {_LONGEST_NAME} characters is needed."
        if wrong := wrong_address(found, self.destinations):
            faults["address"] = wrong
        if faults:
            return Wrong(faults)
        self.interpreters.add(language, name, found, actor=actor, now=self.clock.now())
        return None

    def remove_interpreter(self, interpreter: int, *, actor: Actor) -> None:
        """Take one off the list."""
        self.interpreters.remove(interpreter, actor=actor, now=self.clock.now())
