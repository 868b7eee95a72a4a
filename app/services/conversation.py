"""One conversation as its agent sees it: who calls, how sure that is, why here, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.access.model import Actor, Right
from app.faults import Fault, FaultCode
from app.handover.model import AGENTS, LegKind, LegState, TalkState, WaitKind
from app.ports import Clock, Ledger
from app.ports.agent_desk import CallNote, DeskReading, Interpreter, Interpreters, PastCall
from app.ports.agents import Agent, Agents
from app.ports.handovers import Handover, Handovers, Leg
from app.ports.profiles import OrganisationRecord, Profiles
from app.ports.waiting import WaitingList
from app.services.call_card import through
from app.verification.contact import masked
from app.verification.limits import Limits
from app.verification.model import Method, Proof, Role

_LATEST = 8
_UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Way:
    """One way a code may go to a contact."""

    by: Method
    address: str  # masked


@dataclass(frozen=True, slots=True)
class Reachable:
    """A contact of the organisation, and how codes may reach them now."""

    id: int
    name: str
    role: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A handover, whole, as the agent's page shows it."""

    handover: Handover
    own: Leg | None
    proof: Proof | None  # at which level the caller is now
    was: Proof | None  # where none holds any more: the one that was reached
    organisation: OrganisationRecord | None
    contacts: tuple[Reachable, ...]
    through: str  # the address that level rests on, masked
    code_until: datetime | None  # one is on its way
    notes: tuple[CallNote, ...]
    past: tuple[PastCall, ...]
    interpreters: tuple[Interpreter, ...]
    colleagues: tuple[Agent, ...]  # who are free
    wraps_up: bool  # the reader is to write down what it was about, and is available again then
    transfers: tuple[str, ...]  # the queues whose agents are to take it over
    again_at: datetime | None  # a call back that came to nothing: when it is made again

    @property
    def talks(self) -> bool:
        """Whether the agent is with the caller now."""
        joined = self.own is not None and self.own.state is LegState.JOINED
        return joined and _goes_on(self.handover)

    @property
    def left(self) -> bool:
        """Whether the agent was with the caller and is not any more: then they tell what became of it."""
        return self.own is not None and self.own.joined_at is not None and self.own.state is LegState.OVER

    @property
    def others(self) -> tuple[Leg, ...]:
        """Everybody else who is in it, or is being rung, but the caller."""
        mine = self.own.id if self.own else ""
        legs = self.handover.legs
        return tuple(leg for leg in legs if leg.id != mine and leg.state is not LegState.OVER)

    @property
    def refused(self) -> Leg | None:
        """Who was rung last, and did not come."""
        mine = self.own.id if self.own else ""
        rung = [leg for leg in self.handover.legs if leg.id != mine and leg.kind is not LegKind.CALLER]
        last = max(rung, key=lambda leg: leg.asked_at, default=None)
        return last if last is not None and last.state is LegState.OVER and last.joined_at is None else None

    @property
    def called(self) -> Leg | None:
        """The leg of somebody who was called back."""
        return next((leg for leg in self.handover.legs if leg.kind is LegKind.CALLER), None)

    @property
    def shared(self) -> bool:
        """Whether another agent looks after the caller, too, so that this one may leave."""
        return any(leg.kind in AGENTS and leg.state is LegState.JOINED for leg in self.others)


@dataclass(frozen=True, slots=True)
class Conversations:
    """Puts conversations together. Raises Fault LEDGER_AWAY, NOT_FOUND, NOT_YOURS."""

    handovers: Handovers
    ledger: Ledger
    reading: DeskReading
    profiles: Profiles
    agents: Agents
    interpreters: Interpreters
    waiting: WaitingList
    clock: Clock
    limits: Limits

    def of(self, handover_id: str, actor: Actor, account: str = "") -> Conversation:
        """A conversation, for who is or was in it, and for supervisors.

        ``account``: an organisation the caller names; it is looked up only for who talks with a caller now,
        and the audit says so.
        """
        handover = self.handovers.get(handover_id)
        own = handover.of(actor.user)
        if own is None and not actor.may(Right.SUPERVISE):
            raise Fault(FaultCode.NOT_YOURS, "This conversation is another agent's.")
        now = self.clock.now()
        asks = account if own is not None and own.state is LegState.JOINED and _goes_on(handover) else ""
        organisation = self._organisation(handover, asks)
        if asks:
            named = organisation.id if organisation else None
            self.reading.looked_up(handover.call_id, asks, named, actor=actor, now=now)
        challenge = self.ledger.challenge(handover.challenge) if handover.challenge else None
        alive = challenge is not None and challenge.used_at is None and challenge.expires_at > now
        past: Sequence[PastCall] = ()
        if organisation is not None:
            past = self.reading.past_calls(organisation.id, but=handover.call_id, limit=_LATEST)
        proof, agents = self.ledger.proof(handover.call_id), self.agents.listed()
        was = None if proof or handover.level == _UNVERIFIED else self.ledger.reached(handover.call_id)
        waits = self.waiting.open(now)
        return Conversation(
            handover=handover,
            own=own,
            proof=proof,
            was=was,
            through=through(proof or was, organisation),
            organisation=organisation,
            contacts=_reachable(organisation, now, self.limits.confirmed_for),
            code_until=challenge.expires_at if challenge is not None and alive else None,
            notes=tuple(self.reading.notes(handover.call_id)),
            past=tuple(past),
            interpreters=tuple(self.interpreters.listed()),
            colleagues=tuple(one for one in agents if one.user != actor.user and one.free(now)),
            wraps_up=any(one.user == actor.user and one.wraps_up == handover.id for one in agents),
            transfers=tuple(
                one.queue
                for one in waits
                if one.kind is WaitKind.TRANSFER and one.call_id == handover.call_id
            ),
            again_at=next((one.due_at for one in waits if one.id == handover.wait), None),
        )

    def _organisation(self, handover: Handover, account: str) -> OrganisationRecord | None:
        try:
            if account:
                return self.profiles.by_account(account)
            return self.profiles.get(handover.organisation) if handover.organisation else None
        except Fault as fault:
            if fault.code is not FaultCode.NOT_FOUND:
                raise
            return None


def _goes_on(handover: Handover) -> bool:
    return handover.state in {TalkState.TALKING, TalkState.CODE}


def _reachable(
    organisation: OrganisationRecord | None, now: datetime, confirmed_for: timedelta
) -> tuple[Reachable, ...]:
    """The contacts a code may be sent to, in the profile's order; never a user, who may open no cases."""
    found = []
    for contact in organisation.contacts if organisation else ():
        if contact.row.role == Role.USER or contact.switched_off_at is not None:
            continue
        ways = []
        if contact.email_confirmed is not None and now - contact.email_confirmed >= confirmed_for:
            ways.append(Way(Method.EMAIL, masked(contact.row.email)))
        if contact.phone_confirmed is not None and now - contact.phone_confirmed >= confirmed_for:
            number = masked(contact.row.phone)
            ways += [Way(Method.TEXT, number)] if contact.row.phone_can_text else []
            ways.append(Way(Method.VOICE, number))
        if ways := [way for way in ways if way.address]:
            found.append(Reachable(contact.id, contact.row.name, contact.row.role, tuple(ways)))
    return tuple(found)
