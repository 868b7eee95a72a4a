"""How much work a decision is, in function calls rather than in seconds."""

import gc
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any

import pytest

from routing.compiled import RoutingTable
from routing.decide import Decision, Facts, decide
from routing.table import Overlay
from routing.tables import sample
from tests.bench.larger import larger

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
FACTS = [
    Facts("+39800917919", department="technical", language="it"),
    Facts("+39800917919", department="billing", language="it"),
    Facts("+13128435147", "+50922280000", department="billing", language="fr"),
    Facts("+13128435147", None),
    Facts("+4580347623", department="billing"),
    Facts("+15005550006"),
    Facts(territory="JP:enterprise", department="technical", language="ja"),
    Facts(territory="NP", department="technical", language="en"),
]


@pytest.fixture(scope="module")
def tables() -> tuple[RoutingTable, RoutingTable]:
    """The sample, and a table a hundred times larger."""
    return RoutingTable(sample(), 1), RoutingTable(larger(sample(), 100), 1)


def steps(work: Callable[[], Decision]) -> tuple[int, Decision]:
    """How many functions the work calls, and what comes of it."""
    count = 0

    def watch(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    gc.disable()  # a collection in between would run others' callbacks
    sys.setprofile(watch)
    try:
        found = work()
    finally:
        sys.setprofile(None)
        gc.enable()
    return count, found


@pytest.mark.parametrize("hours", [0, 18], ids=["noon in Europe", "night in Europe"])
@pytest.mark.parametrize("facts", FACTS, ids=lambda facts: f"{facts.dnis}{facts.territory}{facts.department}")
def test_a_table_a_hundred_times_larger(
    tables: tuple[RoutingTable, RoutingTable], facts: Facts, hours: int
) -> None:
    """A decision makes the same calls and comes out the same, however large the table around it is."""
    at = AT + timedelta(hours=hours)
    taken = []
    for table in tables:
        decide(table, Overlay(), facts, at)  # what is worked out when first asked is worked out now
        taken.append(steps(lambda table=table: decide(table, Overlay(), facts, at)))  # type: ignore[misc]
    assert taken[0][0] > 10
    assert taken[0] == taken[1]
