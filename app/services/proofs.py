"""The proof that goes along with every transfer: made, kept, and handed over."""

from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from app.callflow.model import Ends, Turn
from app.faults import Fault
from app.ports.receipts import Signer
from app.ports.transfers import Transfer, Transfers
from app.services.receipts import facts_of
from app.verification.model import Level, Method
from app.verification.receipt import Facts

_QUEUE = "queue:"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Proofs:
    """Makes receipts and keeps which went where. No transfer fails for want of one."""

    signer: Signer
    transfers: Transfers

    def with_turn(self, turn: Turn, now: datetime) -> Turn:
        """A turn that hands the caller to a telephone or a SIP address, with its receipt.

        Who comes into a queue is handed over only when an agent is rung.
        """
        if turn.ends is not Ends.TRANSFER or turn.target.startswith(_QUEUE):
            return turn
        call = turn.call
        return replace(
            turn, receipt=self._kept(facts_of(call, now), f"turn {call.turn}", turn.target, call.queue)
        )

    def for_leg(
        self, call_id: str, queue: str, leg: str, address: str, now: datetime, *, starts_anew: bool = False
    ) -> str:
        """The receipt for somebody who is rung about a call; asked again, the same. Empty: there is none.

        ``starts_anew``: a call back, which proves nothing yet, whatever the call before had proved.
        """
        try:
            facts = self.transfers.facts(call_id, queue, now)
        except Fault as fault:
            _log.error("no_receipt", call_id=call_id, fault=fault.code.value)
            return ""
        if starts_anew:
            facts = replace(facts, level=Level.UNVERIFIED, method=Method.NONE, reached_at=None)
        return self._kept(facts, f"leg {leg}", address, queue)

    def _kept(self, facts: Facts, mark: str, target: str, queue: str) -> str:
        receipt = self.signer.sign(facts)
        transfer = Transfer(
            call_id=facts.call_id,
            mark=mark,
            at=facts.issued_at,
            queue=queue,
            target=target.partition("?")[0],
            level=facts.level.name.lower(),
            method=facts.method.value,
            receipt=receipt,
        )
        try:
            return self.transfers.keep(transfer)
        except Fault as fault:
            _log.error("transfer_not_kept", call_id=facts.call_id, fault=fault.code.value)
            return receipt
