"""Who asked to be called back answers, and presses 1: a call of their own begins."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.callflow.event import Event
from app.callflow.model import Call, State
from app.faults import Fault
from app.handover.model import LegKind, LegState
from app.ports import Asker, CallStore, Clock, Ledger, Stored
from app.ports.handovers import Handover, Handovers
from app.services import links
from app.services.beginnings import Beginnings
from app.services.handing import Room
from app.services.identity import proof_by_number, with_proof
from app.services.moment import rfc3339
from app.services.proofs import Proofs
from app.verification.model import Level, Registration, TrustPolicy
from app.verification.trust import is_user, stands_for


@dataclass(frozen=True, slots=True)
class CallingBack:
    """The use case. Raises Fault LEDGER_AWAY."""

    handovers: Handovers
    ledger: Ledger
    store: CallStore
    begin: Beginnings
    clock: Clock
    proofs: Proofs
    secret: bytes = field(repr=False)

    def called_back(self, leg_id: str, event: Event) -> tuple[Room, str] | None:
        """Who was called back pressed 1: a new call, with the one it was asked for in as its parent.

        Gives the room and the query of the new call's link.
        """
        found = self.handovers.of_leg(leg_id)
        if found is None or found.leg(leg_id).state is LegState.OVER:
            return None
        call = self._new_call(found, event)
        link = links.query(self.secret, call)
        with suppress(Fault):  # without it the call goes on from its link
            self.store.save(Stored(call, "", ""), expecting=None)
        self.ledger.record(call)
        handover = self.handovers.called_back(leg_id, call.call_id, call.call_sid, link, self.clock.now())
        if handover is None:  # the agent was gone meanwhile: nobody ends this call but us
            self.ledger.record(call, ended="completed")
            return None
        self._prove(handover)
        return Room(handover.id, ends=False), link

    def _prove(self, handover: Handover) -> None:
        """Who was rung before there was the call that is theirs now gets its receipt."""
        for leg in handover.legs:
            if leg.kind is LegKind.AGENT and leg.state is LegState.JOINED:
                now, queue = self.clock.now(), handover.queue
                self.proofs.for_leg(handover.call_id, queue, f"{leg.id} talks", leg.address, now)

    def _new_call(self, handover: Handover, event: Event) -> Call:
        now = self.clock.now()
        call = replace(
            self.begin.unknown(replace(event, dnis=handover.dnis)),
            parent=handover.call_id,
            ani=handover.number,
            state=State.TRANSFER,
            turn=1,
            territory=handover.territory,
            department=handover.department,
            language=handover.language,
            desk_language=handover.desk_language,
            queue=handover.queue,
            greeted=True,
            queued_at=rfc3339(now),
            handed_at=rfc3339(now),
        )
        return self._matched(call, now)

    def _matched(self, call: Call, now: datetime) -> Call:
        """A confirmed contact's number that answers is a number matched: it was dialled, not claimed."""
        registration = _reached(self.ledger.registrations(call.ani or ""))
        if registration is None:
            return call
        proof = proof_by_number(Level.NUMBER_MATCHED, registration, now)
        self.ledger.record(call)
        asker = Asker(call_id=call.call_id, turn=call.turn, ani=call.ani, now=now)
        self.ledger.prove_by_number(asker, registration, proof, "called back")
        named = replace(call, organisation=registration.organisation.id, contact=proof.contact)
        return with_proof(named, replace(proof, organisation_name=registration.organisation.name))


def _reached(registrations: Sequence[Registration]) -> Registration | None:
    """Whom a number that was dialled stands for: one organisation, by a contact who confirmed it."""
    only = stands_for(registrations)
    if only is None or is_user(only) or only.organisation.trust_caller_id is TrustPolicy.NEVER:
        return None
    contacts = [one.contact for one in registrations if one.contact is not None]
    return only if any(contact.phone_confirmed is not None for contact in contacts) else None
