"""Two workers over one database and one Valkey: a call may alternate between them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.access.model import operator
from app.factory.application import create_app
from app.factory.services import Services, build
from app.settings import Settings
from app.simulator.clock import SimulatedClock
from app.simulator.phone import Phone
from app.simulator.transport import over_wsgi
from routing.table import Territory
from routing.tables import sample
from tests.calls.course import ITALY, UNREGISTERED, comes_to, count
from tests.calls.inbox import Inbox
from tests.calls.phones import Alternating, Repeating, a_phone


@pytest.fixture
def other(services: Services, settings: Settings, clock: SimulatedClock) -> Iterator[Services]:
    """A second worker beside ``services``."""
    built = build(settings, clock=clock, wake=lambda: None)
    built.tables.refresh()
    yield built
    built.close()


@pytest.fixture
def workers(services: Services, other: Services) -> Alternating:
    return Alternating([over_wsgi(create_app(one.settings, one)) for one in (services, other)])


@pytest.fixture
def phone(services: Services, clock: SimulatedClock, tmp_path: Path, workers: Alternating) -> Phone:
    return a_phone(services, clock, seed=str(tmp_path), transport=workers)


def test_a_call_alternates_between_two_workers(phone: Phone, inbox: Inbox, workers: Alternating) -> None:
    """Each webhook meets another worker than the one before; the call ends verified, as ever."""
    call = comes_to("enter_code", phone, inbox).keys("000000").waits(31).keys("1").keys(inbox.code())
    call.is_transferred_to("technical-it", level="code").agent_hears("Giulia Conti")
    call.agent_hangs_up().presses("4").is_over()
    assert workers.count > 10
    assert not phone.failures


def test_webhooks_repeated_across_two_workers(
    services: Services, clock: SimulatedClock, tmp_path: Path, inbox: Inbox, workers: Alternating
) -> None:
    """Each webhook eight times at once, over both workers: equal answers, one guess, one letter."""
    phone = a_phone(services, clock, seed=f"{tmp_path}8", transport=Repeating(workers, 8, at_once=True))
    call = comes_to("enter_code", phone, inbox).keys(inbox.code())
    call.is_transferred_to("technical-it", level="code")
    assert count(services, "attempts") == count(services, "levels") == 1
    assert count(services, "outbox", "kind = 'code'") == 1


def test_a_table_published_through_one_worker(
    phone: Phone, inbox: Inbox, services: Services, other: Services, workers: Alternating
) -> None:
    """Once the other worker looked, it serves the new version; a call that runs keeps its own on both."""
    running = comes_to("department", phone, inbox)
    document = sample()
    renamed = tuple(_renamed(one) if one.key == "IT" else one for one in document.territories)
    changed = replace(document, territories=renamed)
    version = services.sql.tables.latest()
    services.sql.tables.publish(
        changed, actor=operator("ops"), now=services.clock.now(), sentences=["Renamed."], expecting=version
    )
    services.tables.refresh()
    assert other.tables.current().version == version
    other.tables.refresh()
    assert other.tables.current().version == services.tables.current().version == version + 1
    running.presses("1").keys("12345678").presses("1").presses("1").keys(inbox.code())
    running.agent_hears("Italia").is_transferred_to("technical-it", level="code")
    fresh = phone.dials(ITALY, ani=UNREGISTERED)
    fresh.hears_language("fi")


def _renamed(territory: Territory) -> Territory:
    return replace(territory, prompt_languages=("fi", "it"))
