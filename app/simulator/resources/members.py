"""The members of a queue (twilio.com/docs/voice/api/member-resource)."""

from app.simulator.leg import Leg
from app.simulator.moments import Redirected
from app.simulator.queues import Member, Queue
from app.simulator.refused import Refused
from app.simulator.resources.asked import Answer, Asked, Payload
from app.simulator.resources.dates import written
from app.simulator.resources.pages import page
from app.simulator.resources.queues import queue_of

FRONT = "Front"  # instead of a CallSid: whoever is the first


def list_all(asked: Asked) -> Answer:
    """Who waits, in order."""
    queue = queue_of(asked, "QueueSid")
    return page(
        asked, "queue_members", tuple(queue.members), lambda here, member: _shown(here, queue, member)
    )


def fetch(asked: Asked) -> Answer:
    """One member, or the front one."""
    queue = queue_of(asked, "QueueSid")
    for member in queue.members:
        if asked.names["CallSid"] in {FRONT, member.call_sid}:
            return 200, _shown(asked, queue, member)
    raise asked.not_found()


def update(asked: Asked) -> Answer:
    """Take a member out of the queue, to execute another document.

    Only the first request for a member succeeds; a second one is answered 400.
    """
    queue = queue_of(asked, "QueueSid")
    named = asked.names["CallSid"]
    before = tuple(queue.members)
    member = queue.takes("" if named == FRONT else named)
    if member is None and named == FRONT:
        raise asked.not_found()
    if member is None:
        raise Refused(f"Call {named} is not in queue {queue.sid}", 21220)
    leg = asked.exchange.legs[member.call_sid]
    asked.exchange.scheduler.soon(
        lambda: leg.driver.throws(_away(leg, asked.get("Url"), asked.get("Method", "POST")))
    )
    return 200, _shown(asked, queue, member, position=1 + before.index(member))


def _away(leg: Leg, url: str, method: str) -> Redirected:
    return Redirected(lambda: leg.fetch(url, "", method))


def _shown(asked: Asked, queue: Queue, member: Member, *, position: int = 0) -> Payload:
    waited = asked.exchange.clock.now() - member.since
    return {
        "call_sid": member.call_sid,
        "date_enqueued": written(member.since),
        "position": position or queue.position(member.call_sid),
        "queue_sid": queue.sid,
        "uri": asked.uri(f"Queues/{queue.sid}/Members/{member.call_sid}"),
        "wait_time": int(waited.total_seconds()),
    }
