"""Who is there for a queue: the agents on duty whose skills it needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.ports.agents import Agent, Agents
from app.ports.waiting import Wait
from routing.compiled import RoutingTable
from routing.decide import Facts, Kind, decide
from routing.table import Overlay
from routing.targets import is_outside

#: A desk that closes sooner calls nobody back today.
_STILL_OPEN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Staffing:
    """Answers from the agents' list. Every method may raise Fault LEDGER_AWAY."""

    agents: Agents

    def anybody(self, table: RoutingTable, queue: str, now: datetime) -> bool:
        """Whether an agent who serves the queue is on duty."""
        return any(serves(table, agent, queue) for agent in self.agents.on_duty(now))

    def takes(self, table: RoutingTable, queue: str, now: datetime) -> bool:
        """Whether a queue's callers reach somebody: a number or address is always rung."""
        return is_outside(table.queue(queue).target) or self.anybody(table, queue, now)

    def calls_back(
        self, table: RoutingTable, overlay: Overlay, queue: str, desk: Facts, now: datetime
    ) -> bool:
        """Whether somebody is on duty, at a desk that does not just close, where one was chosen."""
        if not self.anybody(table, queue, now):
            return False
        if not desk.territory or not desk.department or not table.desks_of(queue):
            return True
        return decide(table, overlay, desk, now + _STILL_OPEN).kind is Kind.TRANSFER

    def has_agents(self, table: RoutingTable, queue: str) -> bool:
        """Whether there are agents for a queue at all, on duty or not."""
        return any(agent.reach and serves(table, agent, queue) for agent in self.agents.listed())

    def other_languages(
        self, table: RoutingTable, overlay: Overlay, wait: Wait, now: datetime
    ) -> tuple[str, ...]:
        """The languages in which the department a caller waits for is open, their own aside."""
        if not wait.territory or not wait.department:
            return ()
        facts = Facts(territory=wait.territory, department=wait.department)
        open_ones = decide(table, overlay, facts, now).languages
        return tuple(language for language in open_ones if language != wait.desk_language)


def may_take(table: RoutingTable, agent: Agent, wait: Wait) -> bool:
    """Whether a row of the list is for this agent."""
    desks = table.desks_of(wait.queue)
    return agent.skills.takes(desks, (wait.department, wait.desk_language))


def takeable(table: RoutingTable, agent: Agent, waits: Sequence[Wait], now: datetime) -> list[Wait]:
    """The rows an agent may take now, in no order."""
    return [wait for wait in waits if wait.is_due(now) and may_take(table, agent, wait)]


def serves(table: RoutingTable, agent: Agent, queue: str) -> bool:
    """Whether an agent has the skills for a queue's desks."""
    return agent.skills.serves(table.desks_of(queue))
