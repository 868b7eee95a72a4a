"""Handovers: an agent takes a row of the list, is rung, and talks with the caller.

Each method is one transaction, with what is to be asked of the carrier committed in it. Every one may raise
Fault LEDGER_AWAY. Those that act for an agent raise Fault CONFLICT, in a sentence for them, where it cannot
be done any more, and NOT_FOUND, NOT_YOURS.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.access.model import Actor
from app.handover.model import NOT_JOINED, Disposition, LegEnd, LegKind, LegState, TalkState, WaitKind
from app.ports.agents import Agent
from app.ports.waiting import Wait

#: Chooses the row an agent takes, of all that wait.
Choose = Callable[[Agent, Sequence[Wait]], Wait | None]


@dataclass(frozen=True, slots=True)
class Leg:
    """Somebody who is or was rung."""

    id: str
    handover: str
    kind: LegKind
    user: int | None
    name: str
    address: str
    asked_by: str
    language: str
    call_sid: str
    state: LegState
    end: LegEnd | None
    muted: bool
    asked_at: datetime
    joined_at: datetime | None
    ended_at: datetime | None

    @property
    def rings(self) -> bool:
        """Whether they are to answer yet, or to press 1."""
        return self.state in NOT_JOINED


@dataclass(frozen=True, slots=True)
class Handover:
    """A handover with its legs, oldest first."""

    id: str
    wait: int
    kind: WaitKind
    state: TalkState
    call_id: str
    caller_sid: str
    link: str
    ani: str | None  # who called, E.164
    dnis: str  # what was dialled, in the call it began with
    organisation: int | None
    organisation_name: str
    level: str  # which the call reached
    method: str
    proved_at: datetime | None  # when it did
    queue: str
    territory: str
    department: str
    desk_language: str
    language: str  # the caller's
    number: str  # of a callback
    conference_sid: str
    challenge: str
    held: bool
    began_at: datetime  # the call did
    started_at: datetime
    talked_at: datetime | None
    ended_at: datetime | None
    disposition: str
    legs: tuple[Leg, ...]

    def leg(self, leg: str) -> Leg:
        """The leg of this id; KeyError: it is none of this handover's."""
        for one in self.legs:
            if one.id == leg:
                return one
        raise KeyError(leg)

    def of(self, user: int) -> Leg | None:
        """An agent's own leg, the last one where there were several."""
        return next((leg for leg in reversed(self.legs) if leg.user == user), None)


@dataclass(frozen=True, slots=True)
class Lost:
    """Somebody else was first."""

    by: str  # an agent's name; empty: not known


@dataclass(frozen=True, slots=True)
class Ringing:
    """Whom to ring for a conversation that goes on."""

    kind: LegKind
    name: str
    address: str  # number:+E164 or sip:...
    user: int | None = None
    language: str = ""


class Handovers(Protocol):
    """Handovers of calls to agents."""

    def take(self, user: int, choose: Choose, now: datetime) -> Handover | Lost | None:
        """Ring an agent for the row that ``choose`` gives; None: it gave none.

        Fault CONFLICT when the agent is busy, away, or not reached anywhere.
        """
        ...

    def get(self, handover: str) -> Handover:
        """A handover; Fault NOT_FOUND."""
        ...

    def of_leg(self, leg: str) -> Handover | None:
        """The handover of a leg; None: there is no such leg."""
        ...

    def of_sid(self, call_sid: str) -> Handover | None:
        """The handover of the leg that is a call of the carrier's; None: it is no leg's, or empty."""
        ...

    def queue_of(self, leg: str) -> str:
        """The queue somebody is rung for: where it was handed on to a queue, that one; Fault NOT_FOUND."""
        ...

    def of_call(self, call_id: str) -> Sequence[Handover]:
        """Every handover of a caller's call, oldest first."""
        ...

    def running(self) -> Sequence[Handover]:
        """Every handover that is not over, oldest first."""
        ...

    # what legs do

    def rings(self, leg: str, call_sid: str, now: datetime) -> None:
        """The carrier says that a leg rings."""
        ...

    def answered(self, leg: str, call_sid: str, now: datetime) -> Handover | None:
        """Somebody answered; None: there is nothing to hear any more."""
        ...

    def joins(self, leg: str, now: datetime) -> Handover | None:
        """Whoever answered pressed 1; None: the caller, or the conversation, is not there any more."""
        ...

    def over(self, leg: str, end: LegEnd, now: datetime) -> None:
        """A leg is over, and so is, or goes on, what it was for."""
        ...

    # what the caller's leg does

    def caller_joins(self, call_id: str, now: datetime) -> Handover | None:
        """The caller comes into the conference, or back to it; None: no agent is there (any more)."""
        ...

    def called_back(self, leg: str, call_id: str, call_sid: str, link: str, now: datetime) -> Handover | None:
        """Who was called back pressed 1: their call is the handover's from now on."""
        ...

    def caller_left(self, call_id: str, now: datetime) -> None:
        """The caller's call is over: whoever was rung or talked is let go."""
        ...

    def alone(self, call_id: str, now: datetime) -> None:
        """The caller is in a conference: where nobody is there, they are sent back to their place."""
        ...

    def arrived(self, call_sid: str, place: str, link: str, now: datetime) -> None:
        """A call is at a document that a request sent it to: the request was carried out."""
        ...

    def conference(self, handover: str, sid: str) -> None:
        """Note the SID the carrier gave a handover's conference."""
        ...

    # what agents do in a conversation

    def hold(self, handover: str, user: int, *, held: bool, now: datetime) -> None:
        """Let the caller hear music, or come back."""
        ...

    def mute(self, handover: str, user: int, *, muted: bool, now: datetime) -> None:
        """Mute the agent's own leg, or not any more."""
        ...

    def add(self, handover: str, user: int, ringing: Ringing, now: datetime) -> Leg:
        """Ring somebody else into the conversation."""
        ...

    def to_queue(self, handover: str, user: int, queue: str, now: datetime) -> None:
        """Let a queue's agents take the conversation over; the agent stays until one has."""
        ...

    def withdraw(self, handover: str, user: int, now: datetime) -> None:
        """Take a transfer back that nobody has accepted yet."""
        ...

    def let_go(self, handover: str, user: int, leg: str, now: datetime) -> None:
        """End somebody else's leg of the conversation."""
        ...

    def leave(self, handover: str, user: int, now: datetime) -> None:
        """Leave a conversation that another agent has taken over, or end it where none has."""
        ...

    def end(self, handover: str, user: int, now: datetime) -> None:
        """End the conversation for everybody."""
        ...

    def code_step(self, handover: str, user: int) -> int:
        """Begin a step of a code run by an agent; gives its number, which no other step of the call has."""
        ...

    def next_step(self, handover: str, after: int) -> int:
        """The number of what a caller keys after a step of this code, 0 at first: the same each time."""
        ...

    def ask_for_code(self, handover: str, challenge: str, *, by_key: bool, now: datetime) -> None:
        """Note the code on its way; ``by_key`` sends the caller's leg to where it is keyed."""
        ...

    def recall(self, handover: str, user: int, now: datetime) -> None:
        """Bring a caller back who is keying a code."""
        ...

    def wrap_up(
        self, handover: str, disposition: Disposition, text: str, *, actor: Actor, now: datetime
    ) -> None:
        """Write down what a conversation was about, and be available again."""
        ...
