"""Whether what callers are told comes true: a line of callers and agents, by a clock and a die."""

import heapq
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from app.handover.estimate import OF_LATE, Take, estimate

OPENS = datetime(2026, 11, 20, 9, tzinfo=UTC)
CALL = 300.0  # seconds an agent is busy with a call, on average
DAY = 8 * 3600.0
DAYS = 6
_PARTS = 4  # a call's length is the sum of so many spans: some are twice the average, few three times


@dataclass
class Counted:
    """Callers who were told a range when they came into the line."""

    told: int = 0
    within: int = 0  # who waited as long as it said
    longer: int = 0


def day(agents: int, load: float, seed: int) -> list[tuple[float, float]]:
    """When each caller came in and was taken, in seconds; ``load`` 1.0: as many calls as agents can take."""
    chance = Random(seed)  # noqa: S311 - no secret hangs on it
    free = [0.0] * agents
    calls: list[tuple[float, float]] = []
    came = chance.expovariate(load * agents / CALL)
    while came < DAY:
        taken = max(came, heapq.heappop(free)) + chance.uniform(3, 15)  # a hand goes to the phone
        heapq.heappush(free, taken + sum(chance.expovariate(_PARTS / CALL) for _ in range(_PARTS)))
        calls.append((came, taken))
        came += chance.expovariate(load * agents / CALL)
    return calls


def count(calls: list[tuple[float, float]], counted: Counted) -> None:
    for number, (came, taken) in enumerate(calls):
        before = calls[max(0, number - 400) : number]
        place = 1 + sum(other_taken > came for _, other_taken in before)
        of_late = [one for one in before if came - OF_LATE.total_seconds() < one[1] <= came]
        found = estimate([Take(at(one), at(other)) for one, other in of_late], place, at(came))
        if found is None:
            continue
        minutes = math.ceil((taken - came) / 60)
        counted.told += 1
        counted.within += found[0] <= minutes <= found[1]
        counted.longer += minutes > found[1]


def at(seconds: float) -> datetime:
    return OPENS + timedelta(seconds=seconds)


@pytest.mark.parametrize("load", [0.8, 0.95, 1.1], ids=["quiet", "busy", "more than they can take"])
@pytest.mark.parametrize(("agents", "within", "longer"), [(1, 0.4, 0.3), (3, 0.7, 0.2), (8, 0.9, 0.1)])
def test_what_callers_are_told_comes_true(agents: int, load: float, within: float, longer: float) -> None:
    """In a steady queue so many callers wait as long as they were told on coming in, and so few longer.

    The shares are those that docs/waiting.md promises. Minutes are counted as they begin: who was told "1 to
    2" and waited 40 seconds waited as long as that said.
    """
    counted = Counted()
    for seed in range(DAYS):
        count(day(agents, load, seed), counted)
    assert counted.told > 100
    assert counted.within >= within * counted.told
    assert counted.longer <= longer * counted.told
