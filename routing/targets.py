"""Where a queue's calls may go: another queue, a telephone outside the carrier's own queues, a voicemail."""

from collections.abc import Iterator

from routing.table import Coverage, Queue

#: The word in ``overflow`` for leaving a message; no queue may be called so.
VOICEMAIL = "voicemail"
NUMBER = "number:"
_OUTSIDE = (NUMBER, "sip:", "sips:")
_COLUMNS = ("target", "overflow", "backup")


def queue_of(row: Coverage) -> str:
    """The queue a desk's calls go to."""
    return row.queue or f"{row.department}-{row.language}"


def is_outside(text: str) -> bool:
    """Whether a target rings a number or SIP address, rather than that its callers wait in a queue."""
    return text.startswith(_OUTSIDE)


def destinations(queue: Queue) -> Iterator[tuple[str, str]]:
    """The numbers and SIP addresses a queue's row names, each after the column that does."""
    for column in _COLUMNS:
        text: str = getattr(queue, column)
        if is_outside(text):
            yield column, text


def numbers(queue: Queue) -> Iterator[tuple[str, str]]:
    """The numbers among ``destinations``, in E.164."""
    for column, text in destinations(queue):
        if text.startswith(NUMBER):
            yield column, text.removeprefix(NUMBER)
