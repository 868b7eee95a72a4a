"""Webhooks of an agent's call that come twice, or eight at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.adapters.local_carrier import LocalHttp
from app.factory.application import create_app
from app.factory.services import Services
from app.handover.model import TalkState
from app.simulator.clock import SimulatedClock
from app.simulator.phone import Phone
from app.simulator.rest_door import RestDoor
from app.simulator.transport import over_wsgi
from routing.table import Queue
from tests.calls.course import count
from tests.calls.desk import CallCentre
from tests.calls.inbox import Inbox
from tests.calls.phones import Repeating, a_phone
from tests.calls.ways import asks_channel, publish, story

Repeats = Callable[[int, bool], tuple[Phone, Repeating]]


@pytest.fixture
def repeats(services: Services, clock: SimulatedClock, tmp_path: Path, line_to_carrier: LocalHttp) -> Repeats:
    """Gives a phone with agents to be rung, whose webhooks come so many times."""

    def make(times: int, at_once: bool) -> tuple[Phone, Repeating]:
        transport = Repeating(
            over_wsgi(create_app(services.settings, services)), times, at_once, but="/voice/wait"
        )
        made = a_phone(services, clock, seed=str(tmp_path), transport=transport)
        line_to_carrier.door = RestDoor(made.rest)
        made.chores.append(lambda: services.handover.asking.turn(services.clock.now()))
        return made, transport

    return make


@pytest.mark.parametrize(("times", "at_once"), [(2, False), (8, True)], ids=["twice", "eight at once"])
def test_a_whole_conversation_of_repeated_webhooks(
    repeats: Repeats, services: Services, inbox: Inbox, times: int, at_once: bool
) -> None:
    """Each webhook of both legs, repeated: equal answers, one ring, one guess for each code, one level."""
    publish(services, queues=(Queue("technical-it"),))
    phone, transport = repeats(times, at_once)
    ana = CallCentre.over(services, phone).agent("ana", "it")
    ana.stays()
    call = asks_channel(phone).presses("0")
    ana.takes()
    call.talks_with(ana.person)
    ana.sends_code(by_key=True)
    code = inbox.code()
    call.keys(f"{(int(code) + 1) % 1_000_000:06}").keys(code).talks_with(ana.person)
    ana.person.hangs_up()
    call.presses("5").is_over()
    legs = {"leg", "leg-key", "leg-status", "join", "conference", "code-step", "code-key", "talked"}
    assert {f"/voice/{leg}" for leg in legs} <= set(transport.paths)
    assert ana.handover.state is TalkState.OVER
    assert (count(services, "handovers"), count(services, "legs")) == (1, 1)
    assert (count(services, "attempts"), count(services, "levels")) == (2, 1)
    assert count(services, "outbox", "kind = 'code'") == 1
    assert count(services, "surveys") == 1
    told = story(services, call)
    assert [told.count(f"{what} agent ana") for what in ("leg_asked", "leg_rings", "leg_accepted")] == [
        1,
        1,
        1,
    ]
    assert [one.path.endswith("/Calls.json") for one in phone.rest.received].count(True) == 1
    assert [one.refused for one in phone.rest.received if one.refused] == []
