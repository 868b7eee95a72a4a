"""Agents, callers and the stores between them on one database, with a clock to move."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import Engine

from app.access.model import Actor, Role, operator
from app.adapters.sql.accounts import SqlAccounts
from app.adapters.sql.aftercare import SqlCallbacks, SqlSurveys, SqlVoicemails
from app.adapters.sql.agents import SqlAgents
from app.adapters.sql.handovers import SqlHandovers
from app.adapters.sql.requests import SqlRequests
from app.adapters.sql.waits import SqlWaitingList
from app.handover.model import Duty, WaitState
from app.handover.skills import Skills
from app.handover.wishes import Wish
from app.ports.agents import Agent
from app.ports.carrier import Carried, Outcome
from app.ports.handovers import Choose, Handover
from app.ports.requests import Request
from app.ports.waiting import Entering, Wait
from tests.integration.world import START, Hands

OPERATOR = operator("ops")
LONG_AGO = timedelta(days=1)


def entering(call_id: str = "call", **changes: object) -> Entering:
    caller = Entering(
        call_id=call_id,
        call_sid=f"CA-{call_id}",
        queue="technical-it",
        territory="IT",
        department="technical",
        desk_language="it",
        language="it",
        link=f"c={call_id}&t=3",
        organisation=None,
        began_at=START,
        code_until=None,
    )
    return replace(caller, **changes)  # type: ignore[arg-type]  # fields by name, checked by the dataclass


def first(_: Agent, waits: Sequence[Wait]) -> Wait | None:
    """Whoever has waited longest."""
    return min((one for one in waits if one.state == "waiting"), key=lambda one: one.began_at, default=None)


@dataclass
class Desk:
    """The handover's stores on one database, and short ways to use them."""

    engine: Engine
    clock: Hands = field(default_factory=Hands)

    def __post_init__(self) -> None:
        self.line, self.handovers = SqlWaitingList(self.engine), SqlHandovers(self.engine)
        self.requests, self.agents = SqlRequests(self.engine), SqlAgents(self.engine)
        self.accounts, self.callbacks = SqlAccounts(self.engine), SqlCallbacks(self.engine)
        self.voicemails, self.surveys = SqlVoicemails(self.engine), SqlSurveys(self.engine)

    def on(self, engine: Engine) -> "Desk":
        """The same desk as another process sees it."""
        return Desk(engine, self.clock)

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def passes(self, **span: float) -> None:
        self.clock.moves(timedelta(**span))

    def account(self, name: str, role: Role = Role.AGENT) -> int:
        added = self.accounts.add(name, role, "", actor=OPERATOR, now=self.now)
        assert added is not None
        return added.id

    def agent(self, name: str = "ana") -> int:
        """An agent who is at their desk, reached by telephone, and available."""
        user = self.account(name)
        skills = Skills(frozenset({"technical"}), frozenset({"it"}))
        self.agents.set_skills(user, skills, actor=OPERATOR, now=self.now)
        self.agents.set_reach(user, f"number:+1202555{user:04}", actor=OPERATOR, now=self.now)
        self.agents.set_duty(user, Duty.AVAILABLE, self.now)
        self.agents.seen(user, self.now)
        return user

    def enters(self, call_id: str = "call", *, heard: bool = True, **changes: object) -> Wait:
        """A caller comes into a line, and the carrier tells in which of its queues."""
        self.line.enter(entering(call_id, **changes), self.now)
        if heard:
            self.line.heard(self.wait(call_id).id, "QU1", self.now)
        return self.wait(call_id)

    def wait(self, call_id: str = "call") -> Wait:
        """The row of a call that stands in a line."""
        view = self.line.view(call_id, self.now - LONG_AGO, self.now)
        assert view is not None
        return view.own

    def stands(self, call_id: str = "call") -> bool:
        """Whether a call stands in a line."""
        return self.line.view(call_id, self.now, self.now) is not None

    def takes(self, user: int, choose: Choose = first) -> Handover:
        """An agent takes a row and is rung."""
        taken = self.handovers.take(user, choose, self.now)
        assert isinstance(taken, Handover)
        return taken

    def accepts(self, user: int) -> Handover:
        """An agent takes a row, is rung, answers and presses 1."""
        rung = self.takes(user).of(user)
        assert rung is not None
        leg = rung.id
        self.carries()
        self.handovers.answered(leg, f"CA-{leg}", self.now)
        accepted = self.handovers.joins(leg, self.now)
        assert accepted is not None
        return accepted

    def talks(self, user: int) -> Handover:
        """As ``accepts``, and the caller is there, too."""
        accepted = self.accepts(user)
        self.carries()
        talking = self.handovers.caller_joins(accepted.call_id, self.now)
        assert talking is not None
        return talking

    def leaves(self, call_id: str = "call") -> None:
        """The caller hangs up."""
        self.line.close(call_id, WaitState.ABANDONED, self.now)
        self.handovers.caller_left(call_id, self.now)

    def claims(self) -> Request:
        """The next request, which is there."""
        (claimed,) = self.requests.claim(self.now)
        return claimed

    def carries(self, outcome: Outcome | None = None) -> list[Wish]:
        """Carry out all that is due; gives what that was. A call that is placed has its leg's SID."""
        done: list[Wish] = []
        while claimed := self.requests.claim(self.now):
            for request in claimed:
                done.append(request.wish)
                sid = f"CA-{getattr(request.wish, 'leg', '')}"
                self.requests.settle(request.id, outcome or Carried(sid), self.now)
        return done

    def actor(self, user: int, name: str = "ana") -> Actor:
        return Actor(name, Role.AGENT, "10.0.0.1", strong=True, user=user)
