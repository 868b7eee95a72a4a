"""What the legs of a handover hear and do: the agent's, the caller's, and those of whoever is added."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from app.callflow.model import Saying
from app.callflow.prompts import Prompt
from app.faults import Fault, FaultCode
from app.handover.model import AGENTS, LegEnd, LegKind, LegState, WaitKind
from app.ports import Clock
from app.ports.handovers import Handover, Handovers, Leg
from app.services import links
from app.services.links import Link
from app.services.whisper import Whisper

_ENDS = {
    "no-answer": LegEnd.NO_ANSWER,
    "busy": LegEnd.BUSY,
    "failed": LegEnd.FAILED,
    "canceled": LegEnd.CANCELED,
}


@dataclass(frozen=True, slots=True)
class Heard:
    """What a leg that answered is told before it presses 1."""

    says: tuple[Saying, ...]
    called_back: bool  # the leg is that of a caller


@dataclass(frozen=True, slots=True)
class Room:
    """The conference a leg comes into."""

    handover: str
    ends: bool  # for everybody, when this leg leaves
    leg: str = ""  # empty: the caller's


@dataclass(frozen=True, slots=True)
class Handing:
    """The use cases behind the legs' webhooks. Raises Fault LEDGER_AWAY."""

    handovers: Handovers
    whisper: Whisper
    clock: Clock
    secret: bytes = field(repr=False)
    wake: Callable[[], None] = lambda: None

    def answered(self, leg_id: str, call_sid: str) -> Heard | None:
        """Somebody answered: who they are to talk with, or None when nobody waits for them any more."""
        handover = self.handovers.answered(leg_id, call_sid, self.clock.now())
        if handover is None:
            return None
        leg = handover.leg(leg_id)
        return Heard(self._told(handover, leg), called_back=leg.kind is LegKind.CALLER)

    def rings(self, leg_id: str, call_sid: str) -> None:
        """The carrier says that a leg rings."""
        self.handovers.rings(leg_id, call_sid, self.clock.now())

    def arrived(self, call_sid: str, place: str, link: str) -> None:
        """A call is at a document that we may have sent it to; then it is not sent there a second time."""
        with suppress(Fault):  # what the call is to hear does not depend on it
            self.handovers.arrived(call_sid, place, link, self.clock.now())

    def conference(self, handover: str, sid: str) -> None:
        """The carrier says which conference a handover's is."""
        if sid:
            self.handovers.conference(handover, sid)

    def caller_of(self, handover_id: str, call_id: str) -> tuple[Link, str] | None:
        """The caller's link in a handover, and its query; None where the call is not its caller's."""
        try:
            handover = self.handovers.get(handover_id)
        except Fault as fault:
            if fault.code is not FaultCode.NOT_FOUND:
                raise
            return None
        link = links.parse(self.secret, handover.link)
        return (link, handover.link) if link is not None and handover.call_id == call_id else None

    def _told(self, handover: Handover, leg: Leg) -> tuple[Saying, ...]:
        if leg.kind is LegKind.CALLER:
            return (Saying(Prompt.CALLBACK_HELLO, handover.language or "en"),)
        link = Link(
            handover.call_id,
            0,
            handover.territory,
            handover.department,
            handover.desk_language or handover.language,
            self.handovers.queue_of(leg.id),
        )
        lead = _LEADS.get(leg.kind)
        language = self.whisper.language_of(link.queue)
        said: tuple[Saying, ...] = ()
        if lead is not None:
            gaps: dict[str, str | int | list[str]] = {"agent": _who_hands_over(handover, leg)}
            if leg.language:
                gaps["language"] = leg.language
            said = (Saying(lead, language, gaps),)
        elif handover.number:
            said = (Saying(Prompt.WHISPER_CALLBACK, language),)
        anew = handover.kind is WaitKind.CALLBACK and handover.talked_at is None
        return (*said, *self.whisper.of_handover(link, handover.organisation_name, starts_anew=anew))

    def joins(self, leg_id: str) -> Room | None:
        """1 was pressed: into the conference, or None when nobody is there any more."""
        handover = self.handovers.joins(leg_id, self.clock.now())
        self.wake()
        if handover is None:
            return None
        first = handover.leg(leg_id).kind in AGENTS and not any(
            one.kind in AGENTS and one.state is LegState.JOINED and one.id != leg_id for one in handover.legs
        )
        return Room(handover.id, ends=first, leg=leg_id)

    def over(self, leg_id: str, status: str) -> bool:
        """The carrier says that a leg is over; gives whether a call of ours ends with it.

        That of a caller who was called back and talked does, however often its end is told.
        """
        handover = self.handovers.of_leg(leg_id)
        if handover is None:
            return False
        leg = handover.leg(leg_id)
        end = _ENDS.get(status, LegEnd.ENDED if leg.state is LegState.JOINED else LegEnd.REFUSED)
        self.handovers.over(leg_id, end, self.clock.now())
        self.wake()
        return leg.kind is LegKind.CALLER and leg.joined_at is not None

    def caller_joins(self, call_id: str) -> Room | None:
        """The caller's leg comes into the conference; None: no agent is there (any more)."""
        handover = self.handovers.caller_joins(call_id, self.clock.now())
        self.wake()
        return None if handover is None else Room(handover.id, ends=False)

    def alone(self, call_id: str) -> None:
        """The caller hears music in a conference: where nobody is there, they go back to their place."""
        self.handovers.alone(call_id, self.clock.now())
        self.wake()


_LEADS = {
    LegKind.TRANSFER: Prompt.WHISPER_TRANSFERRED,
    LegKind.COLLEAGUE: Prompt.WHISPER_JOIN,
    LegKind.INTERPRETER: Prompt.WHISPER_INTERPRETER,
}


def _who_hands_over(handover: Handover, leg: Leg) -> str:
    """Who talks with the caller now; a transfer to a queue is asked for by whoever takes it from there."""
    talking = [one.name for one in handover.legs if one.user and one.state is LegState.JOINED and one != leg]
    return talking[-1] if talking else leg.asked_by
