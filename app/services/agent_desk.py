"""The agents' desk: who waits in which order, who talks with whom, and what an agent can do about it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.access.model import Actor, Right
from app.faults import Fault, FaultCode
from app.handover.model import Disposition, Duty, LegKind, WaitState
from app.ports import Clock
from app.ports.aftercare import Callbacks, Voicemail, Voicemails
from app.ports.agent_desk import Interpreters
from app.ports.agents import Agent, Agents
from app.ports.handovers import Handover, Handovers, Lost, Ringing
from app.ports.waiting import Wait, WaitingList
from app.services.addresses import as_address, wrong_address
from app.services.carrier_state import CarrierState
from app.services.identity import LIMITS
from app.services.rerouting import queues_of
from app.services.staffing import may_take, serves, takeable
from app.services.tables import Tables
from app.services.waiting import in_order

_NOTED_EVERY = timedelta(seconds=10)  # that an agent is at the desk
_TRIES = 5  # to take the next call, where others take theirs at the same moment


@dataclass(frozen=True, slots=True)
class Standing:
    """A row of the board: who waits, at which place of those shown."""

    wait: Wait
    place: int
    mine: bool  # the one the agent would be given next


@dataclass(frozen=True, slots=True)
class Board:
    """The desk's first page at one instant."""

    me: Agent
    waiting: tuple[Standing, ...]
    later: tuple[Wait, ...]  # call backs that are not due yet
    talks: tuple[Handover, ...]
    voicemails: tuple[Voicemail, ...]
    on_duty: tuple[Agent, ...]
    away_since: datetime | None  # the carrier's API

    @property
    def rings(self) -> bool:
        """Whether the reader's own phone does."""
        own = [talk.of(self.me.user) for talk in self.talks if talk.id == self.me.handover]
        return any(leg is not None and leg.rings for leg in own)


@dataclass(frozen=True, slots=True)
class AgentDesk:
    """Raises Fault LEDGER_AWAY, and what the handovers raise."""

    agents: Agents
    handovers: Handovers
    waiting: WaitingList
    callbacks: Callbacks
    voicemails: Voicemails
    interpreters: Interpreters
    tables: Tables
    carrier: CarrierState
    clock: Clock
    destinations: Collection[str] | None  # ISO 3166-1 countries calls may go to; None: every one
    wake: Callable[[], None]

    def board(self, actor: Actor) -> Board:
        """What an agent sees: what they may take, and who talks; a supervisor sees all."""
        now, me = self.clock.now(), self.agents.get(actor.user)
        table = self.tables.current()
        everything = actor.has_role_for(Right.SUPERVISE)
        rows = [wait for wait in self.waiting.open(now) if everything or may_take(table, me, wait)]
        due = in_order([wait for wait in rows if wait.is_due(now)])
        free = [wait for wait in due if wait.state is WaitState.WAITING and may_take(table, me, wait)]
        mine = free[0].id if free and me.duty is not Duty.AWAY else 0
        return Board(
            me=me,
            waiting=tuple(Standing(wait, place, wait.id == mine) for place, wait in enumerate(due, start=1)),
            later=tuple(wait for wait in rows if not wait.is_due(now)),
            talks=tuple(
                _holding(one, now)
                for one in self.handovers.running()
                if everything or self._concerns(me, one)
            ),
            voicemails=tuple(one for one in self.voicemails.open() if everything or self._is_for(me, one)),
            on_duty=tuple(self.agents.on_duty(now)),
            away_since=self.carrier.away_since(),
        )

    def _concerns(self, me: Agent, handover: Handover) -> bool:
        return handover.of(me.user) is not None or serves(self.tables.current(), me, handover.queue)

    def _is_for(self, me: Agent, voicemail: Voicemail) -> bool:
        return serves(self.tables.current(), me, voicemail.queue)

    def seen(self, actor: Actor) -> None:
        """The agent's desk asked for news; written down now and then, since it asks each second."""
        now, me = self.clock.now(), self.agents.get(actor.user)
        if me.seen_at is None or now - me.seen_at >= _NOTED_EVERY:
            self.agents.seen(actor.user, now)

    # taking calls

    def take_next(self, actor: Actor) -> Handover | None:
        """Ring the agent for whoever is first of those they may take; None: nobody waits for them."""
        now, table = self.clock.now(), self.tables.current()

        def first(agent: Agent, waits: Sequence[Wait]) -> Wait | None:
            free = [wait for wait in waits if wait.state is WaitState.WAITING]
            return next(iter(in_order(takeable(table, agent, free, now))), None)

        for _ in range(_TRIES):
            taken = self.handovers.take(actor.user, first, now)
            if not isinstance(taken, Lost):
                self.wake()
                return taken
        return None

    def take(self, actor: Actor, wait: int) -> Handover:
        """Ring the agent for a chosen row; Fault CONFLICT in a sentence where somebody else was first."""
        now = self.clock.now()

        def chosen(_: Agent, waits: Sequence[Wait]) -> Wait | None:
            found = next((one for one in waits if one.id == wait), None)
            if found is not None and not found.is_due(now):
                raise Fault(FaultCode.CONFLICT, "This call back is for later: its caller expects it then.")
            return found

        taken = self.handovers.take(actor.user, chosen, now)
        if isinstance(taken, Lost):
            who = taken.by or "Somebody else"
            raise Fault(FaultCode.CONFLICT, f"{who} was first to take this call.")
        if taken is None:
            raise Fault(FaultCode.CONFLICT, "This call does not wait any more.")
        self.wake()
        return taken

    def message_done(self, actor: Actor, voicemail: int) -> None:
        """A message was dealt with; Fault NOT_FOUND, also for a queue the agent does not serve."""
        now = self.clock.now()
        if not actor.may(Right.SUPERVISE):
            me = self.agents.get(actor.user)
            if all(one.id != voicemail or not self._is_for(me, one) for one in self.voicemails.open()):
                raise Fault(FaultCode.NOT_FOUND, "There is no such message for you, or it was dealt with.")
        self.voicemails.done(voicemail, actor=actor, now=now)

    # the agent

    def set_duty(self, actor: Actor, duty: Duty) -> None:
        """Go on duty, or away; Fault CONFLICT without an address to be reached at."""
        if duty is Duty.AVAILABLE and not self.agents.get(actor.user).reach:
            raise Fault(FaultCode.CONFLICT, "Say first at which number or SIP address you are reached.")
        self.agents.set_duty(actor.user, duty, self.clock.now())

    def set_reach(self, actor: Actor, text: str) -> str:
        """Say where the agent is rung; gives what is wrong with it, or nothing."""
        address = as_address(text)
        if wrong := wrong_address(address, self.destinations):
            return wrong
        self.agents.set_reach(actor.user, address, actor=actor, now=self.clock.now())
        return ""

    # in a conversation

    def hold(self, actor: Actor, handover: str, *, held: bool) -> None:
        """Let the caller hear music, or come back."""
        self.handovers.hold(handover, actor.user, held=held, now=self.clock.now())
        self.wake()

    def mute(self, actor: Actor, handover: str, *, muted: bool) -> None:
        """Mute oneself, or not any more."""
        self.handovers.mute(handover, actor.user, muted=muted, now=self.clock.now())
        self.wake()

    def to_agent(self, actor: Actor, handover: str, agent: int, *, takes_over: bool) -> None:
        """Ring another agent: to take the conversation over, or to join it."""
        other = self.agents.get(agent)
        if not other.free(self.clock.now()):
            raise Fault(FaultCode.CONFLICT, f"{other.name} is not free.")
        kind = LegKind.TRANSFER if takes_over else LegKind.COLLEAGUE
        self._add(actor, handover, Ringing(kind, other.name, other.reach, other.user))

    def to_queue(self, actor: Actor, handover: str, queue: str) -> None:
        """Let the agents of a queue take the conversation over."""
        if queue not in self.queues():
            raise Fault(FaultCode.BAD_INPUT, "There is no such queue.")
        self.handovers.to_queue(handover, actor.user, queue, self.clock.now())

    def add_interpreter(self, actor: Actor, handover: str, interpreter: int) -> None:
        """Ring an interpreter into the conversation."""
        found = self.interpreters.get(interpreter)
        ringing = Ringing(LegKind.INTERPRETER, found.name, found.address, language=found.language)
        self._add(actor, handover, ringing)

    def _add(self, actor: Actor, handover: str, ringing: Ringing) -> None:
        self.handovers.add(handover, actor.user, ringing, self.clock.now())
        self.wake()

    def withdraw(self, actor: Actor, handover: str) -> None:
        """Take a transfer back that nobody has accepted yet."""
        self.handovers.withdraw(handover, actor.user, self.clock.now())
        self.wake()

    def let_go(self, actor: Actor, handover: str, leg: str) -> None:
        """End somebody else's leg of the conversation."""
        self.handovers.let_go(handover, actor.user, leg, self.clock.now())
        self.wake()

    def leave(self, actor: Actor, handover: str) -> None:
        """Leave to whoever took over; where nobody has, the conversation ends."""
        self.handovers.leave(handover, actor.user, self.clock.now())
        self.wake()

    def end(self, actor: Actor, handover: str) -> None:
        """End the conversation for everybody."""
        self.handovers.end(handover, actor.user, self.clock.now())
        self.wake()

    def recall(self, actor: Actor, handover: str) -> None:
        """Bring a caller back who is keying a code."""
        self.handovers.recall(handover, actor.user, self.clock.now())
        self.wake()

    def wrap_up(self, actor: Actor, handover: str, disposition: Disposition, text: str) -> None:
        """Write down what a conversation was about, and be available again."""
        self.handovers.wrap_up(handover, disposition, text, actor=actor, now=self.clock.now())

    def queues(self) -> tuple[str, ...]:
        """The queues that agents serve, by name."""
        return queues_of(self.tables.current())


def _holding(handover: Handover, now: datetime) -> Handover:
    """A conversation without the level its call reached once that is too old to hold."""
    if handover.proved_at is None or LIMITS.holds(handover.proved_at, now):
        return handover
    return replace(handover, level="unverified", method="")
