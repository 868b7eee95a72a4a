"""What the sample's agents take and where they are reached, so that calls can be taken at once."""

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from app.access.model import Actor
from app.handover.skills import Skills
from app.ports.agents import Agents
from routing.compiled import DEPARTMENTS

_FIRST = frozenset({"en", "it", "fr"})
_SECOND = frozenset({"en", "de", "es"})
#: Account -> languages and the number that rings; the numbers are fictional.
SAMPLE_AGENTS = MappingProxyType(
    {
        "agent": (_FIRST, "number:+12025550181"),
        "second-agent": (_SECOND, "number:+12025550182"),
        "supervisor": (_FIRST | _SECOND, "number:+12025550183"),
    }
)


@dataclass(frozen=True, slots=True)
class SampleAgents:
    """The sample's agents, over the store of all agents."""

    agents: Agents

    def add(self, *, actor: Actor, now: datetime) -> None:
        """Give skills and a number to those who have no number yet; what somebody changed stays."""
        for agent in self.agents.listed():
            if agent.name in SAMPLE_AGENTS and not agent.reach:
                languages, reach = SAMPLE_AGENTS[agent.name]
                skills = Skills(frozenset(DEPARTMENTS), languages)
                self.agents.set_skills(agent.user, skills, actor=actor, now=now)
                self.agents.set_reach(agent.user, reach, actor=actor, now=now)
