"""How long a caller will wait, as an honest range from what happened in the queue of late.

``docs/waiting.md`` says it to people, and how often it comes true.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from operator import attrgetter
from typing import NamedTuple

#: Takes older than this tell nothing of now.
OF_LATE = timedelta(minutes=30)
#: With fewer takes of late nothing is said.
LEAST_TAKES = 3
#: Who was taken sooner met a free agent rather than a line, and tells nothing of how fast a line moves.
AT_ONCE = timedelta(seconds=20)
#: An estimate that did not improve is said again after this long.
AGAIN = timedelta(seconds=90)

_MINUTE = timedelta(minutes=1)

Minutes = tuple[int, int]  # from, to


class Take(NamedTuple):
    """A caller who was taken: when they came into the queue, and when an agent took them."""

    entered_at: datetime
    taken_at: datetime


def estimate(takes: Iterable[Take], place: int, now: datetime) -> Minutes | None:
    """The range of whole minutes for whoever has this place in the line, 1 being the next.

    ``takes`` are the queue's, in any order; only those of the last half hour count. None: too few waited and
    were taken since to say anything.
    """
    pace = _pace(takes, now)
    if pace is None:
        return None
    expected = max(place, 1) * pace
    low = max(1, expected * 8 // (10 * _MINUTE))
    return low, max(low + 1, -(-expected * 12 // (10 * _MINUTE)))


def improves(told: Minutes | None, found: Minutes | None) -> bool:
    """Whether a range is better news than the one told last: it ends sooner or, ending alike, begins sooner.

    Any range is better than none.
    """
    if told is None or found is None:
        return found is not None
    return (found[1], found[0]) < (told[1], told[0])


def is_news(
    told: Minutes | None, told_at: datetime | None, found: Minutes | None, now: datetime, *, nearer: bool
) -> bool:
    """Whether a caller is to hear now how things stand: at first, when they improve, and every 90 seconds.

    ``nearer``: whether the place is a better one, which counts where no range of minutes is known.
    """
    if told_at is None or now - told_at >= AGAIN:
        return True
    return nearer if found is None else improves(told, found)


def _pace(takes: Iterable[Take], now: datetime) -> timedelta | None:
    """The mean time callers taken of late were the next one in the line; None: too few were.

    A caller is the next from coming in, or from when the one before was taken, whichever is later; before
    the half hour nothing is counted. Who was taken at once never stood in the line.
    """
    before = now - OF_LATE
    in_line = [take for take in takes if _counts(take, before, now)]
    at_head = timedelta(0)
    for take in sorted(in_line, key=attrgetter("taken_at", "entered_at")):
        at_head += take.taken_at - max(take.entered_at, before)
        before = take.taken_at
    return at_head / len(in_line) if len(in_line) >= LEAST_TAKES else None


def _counts(take: Take, since: datetime, now: datetime) -> bool:
    return since < take.taken_at <= now and take.taken_at - take.entered_at >= AT_ONCE
