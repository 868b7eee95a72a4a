"""What a caller hears while waiting in the carrier's queue: the place in it, and an honest range."""

import math

from app.callflow.model import Saying
from app.callflow.prompts import Prompt
from app.services.links import Link
from app.services.queues import FALLBACK

_MINUTE = 60


def may_leave(queue: str) -> bool:
    """Whether a caller who waits in a queue has another one left: after the fallback queue there is none."""
    return queue != FALLBACK


def sayings(link: Link, *, position: int, average_wait: int) -> tuple[Saying, ...]:
    """The words between the music.

    Args:
        link: the waiting call's: its language, and the queue it waits in.
        position: place in the queue, from 1 (the carrier's ``QueuePosition``).
        average_wait: seconds the queue's callers waited of late (``AvgQueueTime``); 0: not known yet.
    """
    language = link.language or "en"
    said = [Saying(Prompt.WAIT_POSITION, language, {"position": position})]
    if average_wait > 0:
        low, high = padded(average_wait)
        said.append(Saying(Prompt.WAIT_RANGE, language, {"low": low, "high": high}))
    said.append(Saying(Prompt.WAIT_KEYS if may_leave(link.queue) else Prompt.WAIT_STAR, language))
    return tuple(said)


def padded(seconds: int) -> tuple[int, int]:
    """A range of whole minutes around an average: a quarter less, a half more, never empty."""
    low = max(1, math.floor(seconds * 0.75 / _MINUTE))
    return low, max(low + 1, math.ceil(seconds * 1.5 / _MINUTE))
