"""Lists, a page at a time (twilio.com/docs/usage/twilios-response)."""

from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import urlencode

from app.simulator.resources.asked import Answer, Asked, Payload

LARGEST = 1000
USUAL = 50
T = TypeVar("T")


def page(asked: Asked, key: str, found: Sequence[T], shows: Callable[[Asked, T], Payload]) -> Answer:
    """One page of what was found, under ``key``, with the addresses of the pages around it."""
    size = min(max(int(asked.get("PageSize", str(USUAL))), 1), LARGEST)
    number = max(int(asked.get("Page", "0")), 0)
    start = number * size
    here = found[start : start + size]
    return 200, {
        "end": max(start + len(here) - 1, 0),
        "first_page_uri": _uri(asked, 0, size),
        "next_page_uri": _uri(asked, number + 1, size) if start + size < len(found) else None,
        "page": number,
        "page_size": size,
        "previous_page_uri": _uri(asked, number - 1, size) if number else None,
        "start": start,
        "uri": _uri(asked, number, size),
        key: [shows(asked, one) for one in here],
    }


def _uri(asked: Asked, number: int, size: int) -> str:
    kept = [pair for pair in asked.form if pair[0] not in {"Page", "PageSize", "PageToken"}]
    return f"{asked.path}?{urlencode([*kept, ('PageSize', size), ('Page', number)])}"
