"""The code step an agent runs for a caller on the line: keyed by the caller, or typed as it is read out.

No screen shows a code and nobody sets a level: what is typed goes into the same check as what is keyed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.access.model import Actor
from app.faults import Fault, FaultCode
from app.handover.model import LegState, TalkState
from app.ports import Asker, Clock, Ledger, NotIssued
from app.ports.handovers import Handover, Handovers
from app.verification.code import Keys, NotWhole, matches, read_guess
from app.verification.model import Accepted, Expired, Judgement, Locked, Method, Rejected

#: Steps of agents are numbered from here: the turns of a call's script stay far below.
STEPS = 1_000_000


class Keyed(StrEnum):
    """What became of what the caller keyed, or kept silent."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    NOT_WHOLE = "not_whole"
    WAITED = "waited"
    BACK = "back"  # 0: to the colleague
    OVER = "over"  # no guess left, expired, or not asked for any more


@dataclass(frozen=True, slots=True)
class Typed:
    """What became of what an agent typed, in a sentence."""

    sentence: str
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class AgentCodes:
    """Runs codes. Raises Fault LEDGER_AWAY, NOT_FOUND, NOT_YOURS, CONFLICT."""

    handovers: Handovers
    ledger: Ledger
    keys: Keys
    clock: Clock
    wake_sender: Callable[[], None]
    wake_carrier: Callable[[], None]

    def send(
        self, handover_id: str, organisation: int, contact: int, by: Method, *, by_key: bool, actor: Actor
    ) -> str:
        """Send a code to a contact; ``by_key`` lets the caller key it. Gives why not, or nothing."""
        handover = self._talking(handover_id, actor)
        step = self.handovers.code_step(handover.id, actor.user)
        asker = self._asker(handover, step, actor.name)
        issued = self.ledger.issue_for_agent(asker, organisation, contact, by)
        if isinstance(issued, NotIssued):
            return issued.sentence
        self.wake_sender()
        self.handovers.ask_for_code(handover.id, issued.id, by_key=by_key, now=self.clock.now())
        self.wake_carrier()
        return ""

    def typed(self, handover_id: str, digits: str, *, actor: Actor) -> Typed:
        """Judge what a caller read out to the agent."""
        handover = self._talking(handover_id, actor)
        challenge = self.ledger.challenge(handover.challenge) if handover.challenge else None
        if challenge is None:
            return Typed("No code is on its way: have one sent first.")
        if isinstance(read_guess(digits, challenge.digits), NotWhole):
            return Typed("That is not the whole code; it does not count as a try.")
        step = self.handovers.code_step(handover.id, actor.user)
        judgement = self._judge(self._asker(handover, step, actor.name), challenge.id, digits, Method.AGENT)
        return _sentence(judgement)

    def keyed(self, handover_id: str, step: int, digits: str) -> Keyed:
        """Judge what the caller keyed at a step; the same step again is answered with the same."""
        if digits == "0":
            return Keyed.BACK
        handover = self.handovers.get(handover_id)
        challenge = self.ledger.challenge(handover.challenge) if handover.challenge else None
        if challenge is None:
            return Keyed.OVER
        if not digits:
            return Keyed.OVER if self.clock.now() >= challenge.expires_at else Keyed.WAITED
        if isinstance(read_guess(digits, challenge.digits), NotWhole):
            return Keyed.NOT_WHOLE
        judgement = self._judge(self._asker(handover, step, "caller"), challenge.id, digits, None)
        return _KEYED.get(type(judgement), Keyed.OVER)

    def next_step(self, handover: str, after: int) -> int:
        """The number of what the caller keys after a step, 0 at first; no other step of the call has it."""
        return self.handovers.next_step(handover, after)

    def asked(self, call_id: str) -> Handover | None:
        """The handover in which a caller is to key a code now; None: none."""
        running = [one for one in self.handovers.of_call(call_id) if one.state is TalkState.CODE]
        return running[-1] if running else None

    def _judge(self, asker: Asker, challenge: str, digits: str, method: Method | None) -> Judgement:
        return self.ledger.judge(asker, challenge, lambda one: matches(self.keys, one, digits), method=method)

    def _talking(self, handover_id: str, actor: Actor) -> Handover:
        handover = self.handovers.get(handover_id)
        own = handover.of(actor.user)
        if own is None or own.state is not LegState.JOINED:
            raise Fault(FaultCode.NOT_YOURS, "You are not in this conversation.")
        if handover.talked_at is None or handover.state is TalkState.OVER:
            raise Fault(FaultCode.CONFLICT, "The caller is not on the line.")
        return handover

    def _asker(self, handover: Handover, step: int, who: str) -> Asker:
        now: datetime = self.clock.now()
        return Asker(handover.call_id, STEPS + step, handover.ani, now, who)


_KEYED = {Accepted: Keyed.ACCEPTED, Rejected: Keyed.REJECTED}


def _sentence(judgement: Judgement) -> Typed:
    match judgement:
        case Accepted():
            return Typed("That is the code: the caller is verified.", accepted=True)
        case Rejected(left):
            return Typed(f"That is not the code; {left} left.")
        case Expired():
            return Typed("This code's time is over: have another one sent.")
        case Locked():
            return Typed("No try is left in this call: it goes on as it is.")
