"""Many values in portions that every database takes as the parameters of one statement."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

_MOST = 500

T = TypeVar("T")


def batches(values: Sequence[T], most: int = _MOST) -> Iterator[Sequence[T]]:
    """The values in their order, at most so many at a time."""
    for start in range(0, len(values), most):
        yield values[start : start + most]
