"""Supervisors' numbers: each queue as it stands, and what became of its callers since an instant."""

from datetime import timedelta

import pytest

from app.adapters.sql.desk_reading import SqlDeskReading
from app.handover.model import WaitState
from app.ports.agent_desk import IN_TIME, QueueNumbers
from tests.integration.handover.desk import Desk

INSTANT = timedelta(microseconds=1000)
BILLING = "billing-it"


def numbers(desk: Desk) -> dict[str, QueueNumbers]:
    midnight = desk.now - timedelta(hours=10)
    return {one.queue: one for one in SqlDeskReading(desk.engine).numbers(midnight)}


@pytest.mark.parametrize(("later", "in_time"), [(timedelta(), 1), (INSTANT, 0)])
def test_answered_in_time(desk: Desk, later: timedelta, in_time: int) -> None:
    """Up to 20 seconds after the caller came, to the thousandth, on either engine."""
    ana = desk.agent()
    desk.enters()
    desk.passes(seconds=(IN_TIME + later).total_seconds())
    desk.talks(ana)
    found = numbers(desk)["technical-it"]
    assert (found.waiting, found.longest_since, found.taken, found.in_time) == (0, None, 1, in_time)
    assert (found.service_level, found.verified, found.verified_share) == (in_time, 0, 0)


def test_each_queue_counts_its_own(desk: Desk) -> None:
    """Who waits and since when, who gave up, who was sent on; a day before counts no more."""
    for call_id in ("left", "sent"):
        desk.enters(call_id)
    desk.line.close("left", WaitState.ABANDONED, desk.now)
    desk.line.close("sent", WaitState.OVERFLOWED, desk.now)
    waits = desk.enters("waits")
    desk.passes(seconds=30)
    desk.enters("after")
    desk.enters("other", queue=BILLING)
    found = numbers(desk)
    assert list(found) == [BILLING, "technical-it"]
    assert (found[BILLING].waiting, found[BILLING].service_level) == (1, None)
    mine = found["technical-it"]
    assert (mine.waiting, mine.longest_since) == (2, waits.entered_at)
    assert (mine.taken, mine.abandoned, mine.overflowed, mine.service_level) == (0, 1, 1, 0)
    desk.passes(days=1)
    mine = numbers(desk)["technical-it"]
    assert (mine.waiting, mine.abandoned, mine.overflowed) == (2, 0, 0)
