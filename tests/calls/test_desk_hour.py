"""Fifty callers and five agents over an hour of simulated clock."""

from collections import Counter
from random import Random

from app.factory.services import Services
from app.simulator.phone import Phone
from app.simulator.transcript import Happening
from routing.table import Queue
from tests.calls.called_back import rows
from tests.calls.desk import CallCentre
from tests.calls.hour import Hour
from tests.calls.hour_plan import planned
from tests.calls.inbox import Inbox
from tests.calls.ways import publish

SEED = 20261120


def test_an_hour(phone: Phone, centre: CallCentre, services: Services, inbox: Inbox) -> None:
    """Nobody is lost, everybody is taken in the promised order, each call ends in exactly one final state."""
    publish(services, queues=(Queue("technical-it"), Queue("technical-fr", overflow="technical-en")))
    random = Random(SEED)  # noqa: S311 - a test's, and to be the same each time
    callers, hour = planned(random), Hour(centre, inbox, random)
    hour.employs("ana", ("fr", "en"), ("technical", "billing"))
    hour.employs("bob", ("en",), ("technical",))
    hour.employs("cara", ("it", "fr"), ("technical",))
    hour.employs("dan", ("fr", "en"), ("billing",))
    hour.employs("eve", ("fr", "it"), ("technical",))
    hour.calls(callers)  # in the promised order, or it fails
    assert len(callers) == len(hour.by_call) == 50
    assert len(hour.taken) > 45
    assert hour.by_priority > 1  # each of them did decide who was next
    assert hour.by_level > 1
    levels = rows(services, "SELECT DISTINCT level FROM calls ORDER BY 1")
    assert levels == [("code",), ("number_matched",), ("unverified",)]
    _nobody_is_lost(phone, services, hour)
    _everything_is_over(services)


def _nobody_is_lost(phone: Phone, services: Services, hour: Hour) -> None:
    """Each of them talked with an agent, on the line or called back, or gave up: one of these."""
    met = {entry.leg for entry in phone.transcript.entries if entry.kind is Happening.CONFERENCE}
    children = {parent for (parent,) in rows(services, "SELECT parent_id FROM calls WHERE connected_at > 0")}
    gave_up = {call for (call,) in rows(services, "SELECT call_id FROM waits WHERE state = 'abandoned'")}
    for call_id, caller in hour.by_call.items():
        assert caller.call is not None
        fates = (caller.call.sid in met, call_id in children, call_id in gave_up)
        assert sum(fates) == 1, (caller, fates)
    assert len(gave_up) > 2
    assert len(children) > 2


def _everything_is_over(services: Services) -> None:
    """Stays, handovers, legs, requests and calls each ended once, in a state nothing comes after."""
    left = Counter(rows(services, "SELECT call_id, kind FROM waits WHERE state <> 'overflowed'"))
    assert set(left.values()) == {1}  # to another queue as often as they like, and out of the last one once
    assert rows(services, "SELECT count(*) FROM waits WHERE ended_at IS NULL") == [(0,)]
    states = rows(services, "SELECT DISTINCT kind || ' ' || state FROM waits ORDER BY 1")
    assert [state for (state,) in states] == [
        "call abandoned",
        "call callback",
        "call overflowed",
        "call taken",
        "callback taken",
    ]
    assert rows(services, "SELECT DISTINCT state, ended_at IS NULL FROM handovers") == [("over", 0)]
    assert rows(services, "SELECT DISTINCT state, ended_at IS NULL FROM legs") == [("over", 0)]
    assert rows(services, "SELECT DISTINCT ended, ended_at IS NULL FROM calls") == [("completed", 0)]
    assert not rows(services, "SELECT wish FROM requests WHERE state IN ('due', 'claimed', 'refused')")
