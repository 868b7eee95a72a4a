"""What a leg hears when whom it was for is not there any more, in the language it was spoken to before."""

from contextlib import suppress
from dataclasses import dataclass

from app.callflow.model import Saying
from app.callflow.prompts import Prompt
from app.faults import Fault
from app.handover.model import LegKind
from app.ports.handovers import Handovers
from app.services.whisper import Whisper


@dataclass(frozen=True, slots=True)
class Farewell:
    """Finds the words by the carrier's call; where it cannot look, they are English."""

    handovers: Handovers
    whisper: Whisper

    def to(self, call_sid: str) -> Saying:
        """To somebody who was rung: the customer who asked to be called, or whoever was to talk with one."""
        with suppress(Fault):
            handover = self.handovers.of_sid(call_sid)
            if handover is not None:
                leg = next(one for one in handover.legs if one.call_sid == call_sid)
                if leg.kind is LegKind.CALLER:
                    return Saying(Prompt.CALLBACK_LOST, handover.language or "en")
                queue = self.handovers.queue_of(leg.id)
                return Saying(Prompt.CALLER_GONE, self.whisper.language_of(queue))
        return Saying(Prompt.CALLER_GONE, "en")
