"""A call as an agent needs it who was just given it: who, how sure that is, why here, what was before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.access.model import Actor, Right
from app.callflow.happened import Kind
from app.faults import Fault, FaultCode
from app.ports import Clock, Ledger
from app.ports.agent_desk import CallNote, DeskReading, PastCall
from app.ports.handovers import Handover, Handovers
from app.ports.profiles import OrganisationRecord, Profiles
from app.ports.receipts import Verifier
from app.ports.transfers import Transfers
from app.services.call_story import CallStories, CallStory, Reason
from app.verification.contact import masked
from app.verification.model import Method, Proof
from app.verification.receipt_check import Checked, Refused
from app.verification.receipt_check import Reason as NoProof

_LATEST = 8
_UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class CallCard:
    """What the page of a call shows beside its story."""

    story: CallStory
    proof: Proof | None  # the level the call holds now
    was: Proof | None  # where none holds any more: the one it reached
    through: str  # where the code went, masked
    why: tuple[Reason, ...]
    notes: tuple[CallNote, ...]
    past: tuple[PastCall, ...]
    conversation: Handover | None  # the reader's own, if there is one
    receipt: Checked | Refused | None  # of the address that led here; None: it had none
    latest: str  # the receipt that went along last


@dataclass(frozen=True, slots=True)
class CallCards:
    """Puts them together. Raises Fault LEDGER_AWAY."""

    stories: CallStories
    ledger: Ledger
    reading: DeskReading
    profiles: Profiles
    handovers: Handovers
    transfers: Transfers
    verifier: Verifier
    clock: Clock

    def of(self, call_id: str, receipt: str, actor: Actor) -> CallCard:
        """A call for whoever may see it.

        That is who may see all calls, who handled a call of its organisation, and who brings a receipt of it
        that holds: it goes to nobody but those the caller was handed to. Fault NOT_FOUND, NOT_YOURS.
        """
        story = self.stories.story(call_id)
        if story is None:
            raise Fault(FaultCode.NOT_FOUND, "There is no such call.")
        call, now = story.call, self.clock.now()
        checked = self._checked(receipt, call.call_id, now) if receipt else None
        if not isinstance(checked, Checked) and not self._may_see(actor, call.call_id):
            raise Fault(
                FaultCode.NOT_YOURS, "Neither this call was yours, nor another one of its organisation."
            )
        proof = self.ledger.proof(call.call_id)
        was = None if proof or call.level == _UNVERIFIED else self.ledger.reached(call.call_id)
        past: Sequence[PastCall] = ()
        if call.organisation_id:
            past = self.reading.past_calls(call.organisation_id, but=call.call_id, limit=_LATEST)
        return CallCard(
            story=story,
            proof=proof,
            was=was,
            through=through(proof or was, self._organisation(call.organisation_id)),
            why=why(story) or self._why_before(call.parent_id),
            notes=tuple(self.reading.notes(call.call_id)),
            past=tuple(past),
            conversation=self._own(call.call_id, actor),
            receipt=checked,
            latest=self.transfers.latest(call.call_id),
        )

    def _why_before(self, parent: str) -> tuple[Reason, ...]:
        """Why the call came to its desk in which a call back was asked for."""
        story = self.stories.story(parent) if parent else None
        return () if story is None else why(story)

    def _checked(self, receipt: str, call_id: str, now: datetime) -> Checked | Refused:
        """What the receipt proves of this call; one of another call proves nothing."""
        found = self.verifier.verify(receipt, now)
        if isinstance(found, Checked) and found.facts.call_id != call_id:
            return Refused(NoProof.OTHER_CALL)
        return found

    def _may_see(self, actor: Actor, call_id: str) -> bool:
        return actor.may(Right.VIEW) or self.reading.handled(actor.user, call_id)

    def _own(self, call_id: str, actor: Actor) -> Handover | None:
        return next((one for one in self.handovers.of_call(call_id) if one.of(actor.user)), None)

    def _organisation(self, number: int | None) -> OrganisationRecord | None:
        try:
            return self.profiles.get(number) if number else None
        except Fault as fault:
            if fault.code is not FaultCode.NOT_FOUND:
                raise
            return None


def why(story: CallStory) -> tuple[Reason, ...]:
    """The reasons of the last decision: why the call came to this desk."""
    decided = [entry.reasons for entry in story.entries if entry.kind is Kind.DECISION and entry.reasons]
    return decided[-1] if decided else ()


def through(proof: Proof | None, organisation: OrganisationRecord | None) -> str:
    """The address a level rests on, masked: where the code went, or the number that was matched.

    Empty where the method does not tell which of a contact's addresses it was.
    """
    if proof is None or organisation is None or proof.method is Method.AGENT:
        return ""
    rows = [one.row for one in organisation.contacts if one.id == proof.contact]
    if not rows:
        return ""
    return masked(rows[0].email if proof.method is Method.EMAIL else rows[0].phone)
