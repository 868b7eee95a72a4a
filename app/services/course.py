"""What reports want to know of a call's course, kept in the running call: no store is asked for it."""

from datetime import datetime, timedelta

from app.callflow.event import Event
from app.callflow.model import Call, Cue
from app.services.after_transfer import BRIDGED
from app.services.moment import rfc3339


def asked(call: Call, language: str, cue: Cue, now: datetime) -> dict[str, str]:
    """The desk a call asked for first and what it met; nothing once that is known."""
    if call.met:
        return {}
    return {
        "asked_department": call.department,
        "asked_language": language,
        "met": cue.value,
        "decided_at": rfc3339(now),
    }


def handed(call: Call, now: datetime) -> dict[str, str]:
    """That a call is handed to a queue: the first time, and this time."""
    at = rfc3339(now)
    return {"queued_at": call.queued_at or at, "handed_at": at}


def connected(call: Call, event: Event, now: datetime) -> dict[str, str]:
    """When somebody answered, told by the webhook that ends a transfer; nothing when nobody talked."""
    if event.bridged:
        return {"connected_at": rfc3339(now - timedelta(seconds=event.dialled_for))}
    if event.left_queue == BRIDGED and call.handed_at:
        handed_at = datetime.fromisoformat(call.handed_at)
        return {"connected_at": rfc3339(min(now, handed_at + timedelta(seconds=event.waited)))}
    return {"connected_at": rfc3339(now)} if event.left_queue == BRIDGED else {}
