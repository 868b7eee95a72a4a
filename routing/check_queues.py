"""Queues: whether calls come to them, where they send them, and what takes over."""

from collections.abc import Collection, Iterator

from routing.compiled import RoutingTable
from routing.locate import Placed, placed
from routing.numbers import can_be_dialled, sendable_regions
from routing.remarks import Origins, Remark
from routing.table import Document, Queue
from routing.targets import VOICEMAIL, is_outside, numbers, queue_of

FALLBACK = "fallback"


def queue_errors(
    table: RoutingTable, origins: Origins, destinations: Collection[str] | None
) -> Iterator[Remark]:
    """Overflows that are not there or come back, and numbers in countries where no call may go.

    ``destinations`` are the ISO 3166-1 codes of the countries that calls may go to; None: every one.
    """
    document = table.document
    known = _desk_queues(document) | {row.name for row in document.queues}
    coming_back = _coming_back({row.name: row.overflow for row in document.queues})
    for place in placed(document, "queues", origins):
        row: Queue = place.row
        if _names_queue(row.overflow) and row.overflow not in known:
            yield place.error(
                "overflow", f"there is no queue {row.overflow!r}; name one of the table's, or leave it empty"
            )
        elif row.name in coming_back:
            yield place.error(
                "overflow", f"calls would go round: {row.name} comes back to itself; end it somewhere"
            )
        if destinations is not None:
            yield from _outside(place, destinations)


def queue_warnings(table: RoutingTable, origins: Origins) -> Iterator[Remark]:
    """Queues no call comes to, numbers that no numbering plan knows, and cells that change nothing."""
    reached = reached_queues(table.document)
    for place in placed(table.document, "queues", origins):
        row: Queue = place.row
        for column, number in numbers(row):
            if not can_be_dialled(number):
                yield place.warning(column, f"{number} fits no numbering plan; calls may not get there")
        if row.name not in reached:
            yield place.warning(
                "name", "no desk's calls go to this queue, and no other queue's overflow does"
            )
        yield from _idle(place)


def _outside(place: Placed, destinations: Collection[str]) -> Iterator[Remark]:
    for column, number in numbers(place.row):
        regions = sendable_regions(number)
        if not regions or not regions <= set(destinations):
            country = f"may be of {', '.join(sorted(regions))}" if regions else "is of no country"
            allowed = ", ".join(sorted(destinations)) or "none"
            yield place.error(
                column, f"{number} {country}, where no calls may be transferred to; allowed are {allowed}"
            )


def _idle(place: Placed) -> Iterator[Remark]:
    """Cells that are of no effect where nobody waits, or where nothing comes after the waiting."""
    row: Queue = place.row
    if is_outside(row.target):
        if row.overflow_after is not None:
            yield place.warning("overflow_after", f"nobody waits in this queue: {row.target} rings at once")
        if row.backup:
            yield place.warning("backup", f"this is never rung: {row.target} takes this queue's calls anyway")
    elif row.name == FALLBACK and row.overflow_after is not None and not row.overflow:
        yield place.warning(
            "overflow_after", "callers stay: nothing comes after this queue; name an overflow"
        )


def _desk_queues(document: Document) -> set[str]:
    return {queue_of(row) for row in document.coverage} | {FALLBACK}


def _names_queue(overflow: str) -> bool:
    return bool(overflow) and overflow != VOICEMAIL and not is_outside(overflow)


def reached_queues(document: Document) -> set[str]:
    """The queues that calls may come to: the desks', the fallback queue, and whatever these overflow into."""
    overflow = {row.name: row.overflow for row in document.queues}
    reached: set[str] = set()
    left = list(_desk_queues(document))
    while left:
        name = left.pop()
        if name and name not in reached:
            reached.add(name)
            left.append(overflow.get(name, ""))
    return reached


def _coming_back(overflow: dict[str, str]) -> set[str]:
    """The queues whose overflow comes back to them; each queue is looked at once."""
    found: set[str] = set()
    done: set[str] = set()
    for name in overflow:
        path: dict[str, None] = {}  # in order
        step = name
        while step and step not in done and step not in path:
            path[step] = None
            step = overflow.get(step, "")
        if step in path:
            walked = list(path)
            found.update(walked[walked.index(step) :])
        done.update(path)
    return found
