"""The other end of a call: agents with a phone and a desk."""

from dataclasses import dataclass
from typing import Self

from app.access.model import Actor, Role, operator
from app.factory.agent_desk import AgentWork, build_agent_desk
from app.factory.services import Services
from app.handover.model import Duty, TalkState
from app.handover.skills import Skills
from app.ports.handovers import Handover
from app.ports.waiting import Wait
from app.simulator.call import CallInProgress
from app.simulator.person import Person
from app.simulator.phone import Phone
from app.verification.model import Level, Method

_BY = operator("test")
BOTH = ("technical", "billing")


@dataclass
class AgentAtWork:
    """An agent: an account, a phone to be rung at, and what they do at their desk."""

    actor: Actor
    work: AgentWork
    phone: Phone
    person: Person

    def is_here(self) -> None:
        """Their desk asks for news."""
        self.work.desk.seen(self.actor)

    def stays(self) -> Self:
        """Their desk asks for news from now on, whatever else happens."""
        self.phone.chores.append(self.is_here)
        return self

    def is_available(self) -> None:
        """Done with the last call, or back."""
        self.work.desk.set_duty(self.actor, Duty.AVAILABLE)

    def takes_next(self) -> Handover | None:
        """Press Take next; the phone rings then."""
        return self.work.desk.take_next(self.actor)

    def takes(self) -> Handover:
        """Take the next caller, answer, hear the whisper out and press 1."""
        taken = self.takes_next()
        assert taken is not None, "nobody waits for this agent"
        self.person.answers().presses("1")
        return taken

    def sends_code(self, by: Method = Method.EMAIL, *, by_key: bool) -> None:
        """Have a code sent to the first contact of the profile who gets codes this way."""
        talk = self.handover.id
        page = self.work.conversations.of(talk, self.actor)
        assert page.organisation is not None
        contact = next(one.id for one in page.contacts if any(way.by is by for way in one.ways))
        said = self.work.codes.send(talk, page.organisation.id, contact, by, by_key=by_key, actor=self.actor)
        assert said == ""
        self.phone.passes(1)

    def is_in(self, state: TalkState) -> None:
        """What the conversation they are in does now."""
        assert self.handover.state is state

    @property
    def handover(self) -> Handover:
        """The conversation they are in, or were in last."""
        me = self.work.stores.agents.get(self.actor.user)
        return self.work.stores.handovers.get(me.handover or me.wraps_up)


def talks(caller: CallInProgress, agent: AgentAtWork) -> Handover:
    """Let the agent take the caller."""
    taken = agent.takes()
    caller.talks_with(agent.person)
    return taken


def rings(person: Person) -> bool:
    """Whether somebody's phone rings, asked anew each time."""
    return person.rings


def level_of(services: Services, handover: Handover) -> tuple[Level, Method] | None:
    """What holds of a conversation's caller now."""
    proof = services.sql.ledger.proof(handover.call_id)
    return (proof.level, proof.method) if proof else None


@dataclass
class CallCentre:
    """The desk's people over the services of a test."""

    services: Services
    phone: Phone
    work: AgentWork

    @classmethod
    def over(cls, services: Services, phone: Phone) -> "CallCentre":
        return cls(services, phone, build_agent_desk(services))

    def agent(
        self,
        name: str,
        *languages: str,
        departments: tuple[str, ...] = BOTH,
        reach: str = "",
        role: Role = Role.AGENT,
    ) -> AgentAtWork:
        """Somebody who signs in as an agent, is reached at a number of their own, and is available."""
        now = self.services.clock.now()
        user = self.services.sql.accounts.add(name, role, "", actor=_BY, now=now)
        assert user is not None
        actor = Actor(name, role, "10.0.0.1", strong=True, user=user.id)
        agents = self.work.stores.agents
        number = reach or f"+1202555{user.id:04}"
        agents.set_skills(user.id, Skills(frozenset(departments), frozenset(languages)), actor=_BY, now=now)
        agents.set_reach(
            user.id, number if number.startswith("sip:") else f"number:{number}", actor=_BY, now=now
        )
        agents.set_duty(user.id, Duty.AVAILABLE, now)
        agents.seen(user.id, now)
        return AgentAtWork(actor, self.work, self.phone, self.phone.person(number))

    def waiting(self) -> list[Wait]:
        """Who is in the list, in no order."""
        return list(self.work.stores.waiting.open(self.services.clock.now()))
