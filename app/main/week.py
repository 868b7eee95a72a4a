"""A week of sample calls for the demo: each placed with the simulated phone, over the whole application."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from random import Random

from app.factory.services import build
from app.main.handset import phone_to
from app.main.week_callers import ACTS, Inbox, Scene
from app.main.week_plan import Planned, Temper, week
from app.settings import Settings
from app.simulator.agents import Agent
from app.simulator.call import CallInProgress
from app.simulator.clock import SimulatedClock

_MOST_STEPS = 30  # of a call; the longest way through the script takes less
_QUEUE = "queue:"


def record_week(settings: Settings, now: datetime) -> Iterator[int]:
    """Place the calls of the 7 days before ``now``; gives how many are left, before the first and after each.

    The settings must have their secrets, and their database the sample.
    """
    calls = week(now)
    with _scene(settings, calls[0].at if calls else now) as scene:
        yield len(calls)
        for number, planned in enumerate(calls, start=1):
            _place(scene, planned)
            yield len(calls) - number


def _place(scene: Scene, planned: Planned) -> None:
    """Place one call and see it through to its end."""
    scene.clock.advance((planned.at - scene.clock.now()).total_seconds())
    scene.wrong = 0
    for address in scene.phone.agents:
        scene.phone.agents[address] = _agent(scene.rng)
    attestation = "TN-Validation-Passed-A" if planned.attested else None
    call = scene.phone.dials(planned.place.line, ani=planned.ani, attestation=attestation)
    for _ in range(_MOST_STEPS):
        if call.over or call.leg.connected_to or call.state not in ACTS:
            break
        ACTS[call.state](scene, call, planned)
    _meets(scene, call, planned)
    call.hangs_up()
    scene.delivers()
    scene.inbox.new.clear()


def _agent(rng: Random) -> Agent:
    return Agent.no_answer() if rng.random() < 0.1 else Agent(rings=rng.randrange(3, 25))


def _meets(scene: Scene, call: CallInProgress, planned: Planned) -> None:
    """Wait for somebody, or tire of it; then talk."""
    waiting = call.leg.connected_to
    if waiting.startswith(_QUEUE):
        call.waits(scene.rng.randrange(15, 150))
        if planned.temper is Temper.TIRES or call.over:
            return
        scene.phone.takes_from(waiting.removeprefix(_QUEUE))
    if call.leg.connected_to:
        call.waits(scene.rng.randrange(60, 480))


@contextmanager
def _scene(settings: Settings, at: datetime) -> Iterator[Scene]:
    clock, inbox = SimulatedClock(at), Inbox()
    deliver = dict.fromkeys(("email", "text", "voice"), inbox)
    services = build(settings, clock=clock, wake=lambda: None, deliver=deliver)
    try:
        services.tables.refresh()
        phone = phone_to(services, clock, seed=f"a week from {at.isoformat()}")
        yield Scene(services, clock, phone, inbox, Random("callers"))  # noqa: S311 - calls, no secrets
    finally:
        services.close()
