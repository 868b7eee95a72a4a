"""Queues (twilio.com/docs/voice/api/queue-resource)."""

from app.simulator.queues import MOST_WAITING, Queue
from app.simulator.refused import Refused
from app.simulator.resources.asked import Answer, Asked, Payload
from app.simulator.resources.dates import written
from app.simulator.resources.pages import page

LARGEST = 5000
NOT_UNIQUE = 22003  # what the API answers; the error dictionary has no page for it


def create(asked: Asked) -> Answer:
    """Make a queue; its name must be new."""
    name = asked.get("FriendlyName")
    _check(asked, name)
    exchange = asked.exchange
    queue = Queue(
        name, exchange.sids.make("QU"), exchange.clock.now(), int(asked.get("MaxSize", str(MOST_WAITING)))
    )
    exchange.queues[name] = queue
    return 201, _shown(asked, queue)


def list_all(asked: Asked) -> Answer:
    """All queues, in order of their making."""
    return page(asked, "queues", tuple(asked.exchange.queues.values()), _shown)


def fetch(asked: Asked) -> Answer:
    """One queue."""
    return 200, _shown(asked, queue_of(asked, "Sid"))


def update(asked: Asked) -> Answer:
    """Give a queue another name or size."""
    queue = queue_of(asked, "Sid")
    name = asked.get("FriendlyName", queue.name)
    _check(asked, name, queue)
    queue.max_size = int(asked.get("MaxSize", str(queue.max_size)))
    if name != queue.name:
        asked.exchange.queues[name] = asked.exchange.queues.pop(queue.name)
        queue.name = name
    return 200, _shown(asked, queue)


def delete(asked: Asked) -> Answer:
    """Remove a queue in which nobody waits."""
    queue = queue_of(asked, "Sid")
    if queue.members:
        raise Refused(f"Queue {queue.sid} is not empty", 20001)
    del asked.exchange.queues[queue.name]
    return 204, {}


def queue_of(asked: Asked, name: str) -> Queue:
    """The queue whose SID is the path's parameter of this name."""
    for queue in tuple(asked.exchange.queues.values()):
        if queue.sid == asked.names[name]:
            return queue
    raise asked.not_found()


def _check(asked: Asked, name: str, own: Queue | None = None) -> None:
    if not 1 <= len(name) <= 64:
        raise Refused("A FriendlyName has 1 to 64 characters", 20002)
    if asked.exchange.queues.get(name) not in {None, own}:
        raise Refused(f"A queue with the name {name} already exists", NOT_UNIQUE)
    if asked.has("MaxSize") and not 1 <= int(asked.get("MaxSize")) <= LARGEST:
        raise Refused(f"MaxSize is from 1 to {LARGEST}", 20001)


def _shown(asked: Asked, queue: Queue) -> Payload:
    return {
        "account_sid": asked.account,
        "average_wait_time": queue.average(),
        "current_size": len(queue.members),
        "date_created": written(queue.created),
        "date_updated": written(queue.created),
        "friendly_name": queue.name,
        "max_size": queue.max_size,
        "sid": queue.sid,
        "subresource_uris": {"members": asked.uri(f"Queues/{queue.sid}/Members")},
        "uri": asked.uri(f"Queues/{queue.sid}"),
    }
