"""An hour at the desk as it happens: callers and agents do what they do, and each take is looked at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.event import listen
from sqlalchemy.orm import Session

from app.adapters.sql.handover_rows import WaitEntry
from app.handover.model import Disposition, Duty
from app.simulator.agents import Agent
from app.simulator.call import CallInProgress
from tests.calls.desk import AgentAtWork, CallCentre
from tests.calls.hour_plan import Caller, Does
from tests.calls.inbox import Inbox
from tests.calls.ways import call_id

LOOKS_EVERY = timedelta(seconds=15)  # an agent who is free, for somebody to take


class Placed(NamedTuple):
    """A call in the line, as docs/waiting.md ranks it."""

    rank: datetime
    began: datetime
    call: str
    priority: timedelta
    level: timedelta


@dataclass
class Hour:
    """Lets the hour happen. Each take is held against what the formula says."""

    centre: CallCentre
    inbox: Inbox
    random: Random
    agents: list[tuple[AgentAtWork, set[tuple[str, str]]]] = field(default_factory=list)
    by_call: dict[str, Caller] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    by_priority: int = 0  # takes in which another caller would have been next without it
    by_level: int = 0
    _plan: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _turns: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        services, self._asked = self.centre.services, False
        listen(services.sql.engine, "before_cursor_execute", self._sees)
        self.centre.phone.chores[:] = [self._asks]

    def _sees(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self._asked = self._asked or statement.startswith("INSERT INTO requests")

    def _asks(self) -> None:
        """The carrier is asked as soon as something is wanted of it, and only then."""
        if self._asked:
            self._asked = False
            self.centre.services.handover.asking.tick(self.now)

    @property
    def now(self) -> datetime:
        return self.centre.services.clock.now()

    def employs(self, name: str, languages: tuple[str, ...], departments: tuple[str, ...]) -> None:
        """An agent whose phone is answered, or now and then not, by itself."""
        agent = self.centre.agent(name, *languages, departments=departments)
        agent.phone.exchange.persons.pop(agent.person.address)  # no hand picks it up
        self.agents.append((agent, {(one, other) for one in departments for other in languages}))
        self._looks(len(self.agents) - 1)

    def calls(self, callers: list[Caller]) -> None:
        """Everybody calls and does what they do; then time passes until the last call is over."""
        start, phone = self.now, self.centre.phone
        for caller in callers:
            self._at(start + timedelta(seconds=caller.at), partial(self._dials, caller))
        while self._plan:
            instant, _, act = heappop(self._plan)
            phone.runs_until(instant)
            act()
        while self._open() or not all(one.call and one.call.over for one in callers):
            assert self.now < start + timedelta(hours=4), "somebody is lost"
            phone.passes(60)
        phone.passes(600)  # what is being written up

    def _at(self, instant: datetime, act: Callable[[], None]) -> None:
        heappush(self._plan, (instant, next(self._turns), act))

    def _dials(self, caller: Caller) -> None:
        phone, services = self.centre.phone, self.centre.services
        phone.agents[caller.ani] = Agent(rings=5)  # should they be called back
        caller.began = self.now
        caller.call = phone.dials(caller.sort.line, ani=caller.ani)
        self.by_call[call_id(services, caller.call)] = caller
        caller.call.follows(caller.sort.script)
        if caller.does is Does.CODE:
            caller.code = self.inbox.code()
        self._at(self.now + timedelta(seconds=caller.after), partial(self._acts, caller))

    def _acts(self, caller: Caller) -> None:
        call = caller.call
        assert call is not None
        if caller.does is Does.HANGS_UP and self._waits(call):
            call.hangs_up()
        while self._waits(call) and caller.does not in {Does.WAITS, Does.HANGS_UP}:
            if call.listens:
                self._presses(caller, call)
                return
            self.centre.phone.passes(1)

    def _presses(self, caller: Caller, call: CallInProgress) -> None:
        call.follows(caller.does)
        if caller.does is Does.CODE:
            caller.level = 3  # from the key on; while it is keyed nobody takes the call
            call.keys(caller.code)

    def _waits(self, call: CallInProgress) -> bool:
        return not call.over and not call.talks and call.leg.connected_to.startswith("queue:")

    # the agents

    def _looks(self, which: int) -> None:
        agent, desks = self.agents[which]
        agent.is_here()
        me = agent.work.stores.agents.get(agent.actor.user)
        if me.duty is Duty.WRAP_UP and self.now - me.duty_since >= timedelta(seconds=30):
            agent.work.desk.wrap_up(agent.actor, me.wraps_up, Disposition.SOLVED, "")
        elif me.duty is Duty.AVAILABLE and not me.handover:
            self._takes(agent, desks)
        scheduler = self.centre.phone.exchange.scheduler
        scheduler.at(self.now + LOOKS_EVERY, partial(self._looks, which))

    def _takes(self, agent: AgentAtWork, desks: set[tuple[str, str]]) -> None:
        first = self.first_for(desks)
        answers = self.random.random() < 0.85
        talks, rings = self.random.uniform(200, 560), self.random.uniform(2, 9)
        behaviour = Agent(talks=talks, rings=rings) if answers else Agent.no_answer()
        self.centre.phone.agents[agent.person.address] = behaviour
        handover = agent.takes_next()
        assert (handover.call_id if handover else None) == first, f"{agent.actor.name} at {self.now}"
        if first is not None:
            self.taken.append(first)

    # who should be next

    def first_for(self, desks: set[tuple[str, str]]) -> str | None:
        """The call that docs/waiting.md puts first of those an agent of these desks may take; None: none."""
        found = [self._placed(row) for row in self._open() if self._may_take(row, desks)]
        if not found:
            return None
        first = min(found)
        self.by_priority += first[1:] != min((one.began - one.level, *one[1:]) for one in found)[1:]
        self.by_level += first[1:] != min((one.began - one.priority, *one[1:]) for one in found)[1:]
        return first.call

    def _may_take(self, row: WaitEntry, desks: set[tuple[str, str]]) -> bool:
        department, _, language = row.queue.partition("-")
        due = row.due_at is None or row.due_at <= self.now
        return row.state == "waiting" and due and (row.queue == "fallback" or (department, language) in desks)

    def _placed(self, row: WaitEntry) -> "Placed":
        caller = self.by_call[row.call_id]
        priority = timedelta(minutes=5 * caller.sort.priority)
        level = timedelta(minutes=0 if row.kind == "callback" else caller.level)
        return Placed(caller.began - priority - level, caller.began, row.call_id, priority, level)

    def _open(self) -> Sequence[WaitEntry]:
        with Session(self.centre.services.sql.engine) as session:
            return session.scalars(select(WaitEntry).where(WaitEntry.ended_at.is_(None))).all()
