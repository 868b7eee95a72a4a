"""How a call comes to be: from the webhook alone, or from the link of one whose running state is gone."""

from dataclasses import dataclass, replace

from app.callflow.event import Event
from app.callflow.model import Call
from app.faults import Fault
from app.ports import Clock, Ledger
from app.services.identity import with_proof
from app.services.links import Link
from app.services.moment import rfc3339
from app.services.tables import Tables


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Makes calls out of webhooks."""

    ledger: Ledger
    tables: Tables
    clock: Clock

    def bare(self, event: Event) -> Call:
        """What the webhook itself says, and nothing more."""
        return Call(
            call_id=event.call_id,
            account_sid=event.account_sid,
            call_sid=event.call_sid,
            dnis=event.dnis,
            ani=event.ani,
            started_at=rfc3339(self.clock.now()),
            table_version=0,
            attestation=event.attestation,
            attestation_odd=event.attestation_odd,
        )

    def unknown(self, event: Event) -> Call:
        """A call on the line that was dialled, its caller not looked up. Raises Fault NO_TABLE."""
        table = self.tables.current()
        dnis = next((to for to in (event.dnis, event.forwarded_from) if to and table.line(to)), event.dnis)
        line = table.line(dnis)
        return replace(
            self.bare(event),
            dnis=dnis,
            table_version=table.version,
            variant=line.variant if line else "",
            cloud=line.cloud if line else "",
        )

    def arriving(self, event: Event) -> Call:
        """A call that comes in, with what is known of its number. Raises Fault NO_TABLE."""
        known, prefers = self._registrations_of(event)
        return replace(self.unknown(event), known=known, prefers=prefers)

    def from_link(self, event: Event, link: Link) -> Call:
        """A running call that is not there: what its link says, and the level SQL holds for it."""
        call = replace(
            self.unknown(event),
            turn=link.turn,
            territory=link.territory,
            department=link.department,
            language=link.language,
            queue=link.queue,
            greeted=True,
        )
        try:
            proof = self.ledger.proof(call.call_id)
        except Fault:
            return call
        return with_proof(call, proof) if proof else call

    def _registrations_of(self, event: Event) -> tuple[int | None, str]:
        """How many organisations know this number, and the language of the one contact it belongs to."""
        if event.ani is None:
            return 0, ""
        try:
            found = self.ledger.registrations(event.ani)
        except Fault:
            return None, ""
        organisations = {registration.organisation.id for registration in found}
        contact = found[0].contact if len(found) == 1 else None
        language = (contact.language if contact else "") or (found[0].organisation.language if found else "")
        return len(organisations), language if len(organisations) == 1 else ""
