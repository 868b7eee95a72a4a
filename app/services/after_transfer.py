"""What became of a transfer, in the carrier's words: Dial's outcome, or why a caller left a queue."""

from app.callflow.event import Event
from app.callflow.model import Cue

#: What QueueResult says of a caller whom somebody took out of the carrier's queue.
BRIDGED = "bridged"
#: Of one whom our own document let out of it.
LEFT = "leave"
#: Of one whom our request to the carrier sent on.
SENT = frozenset({"redirected", "redirected-from-bridged"})


def outcome(event: Event) -> Cue | None:
    """The cue; None when the webhook is not about a transfer. Who hung up is taken no further."""
    if event.bridged is not None:
        return Cue.BRIDGED if event.bridged or event.ended else Cue.NOT_ANSWERED
    if event.left_queue:
        return Cue.BRIDGED if event.left_queue in {BRIDGED, "hangup"} else Cue.NOT_ANSWERED
    return None
