"""What a turn asks of the stores, counted where it leaves the process."""

from collections.abc import Iterator

import pytest

from app.adapters.clock import SystemClock
from app.adapters.redis import RedisCallStore
from app.factory.services import Services
from app.simulator.phone import Phone
from tests.bench.counting import CountingLink, counting
from tests.calls.course import ITALY, UNREGISTERED
from tests.calls.trouble import BreakableStore


@pytest.fixture
def link(services: Services, store: BreakableStore, phone: Phone) -> Iterator[CountingLink]:
    """The link every call of this test runs over, and nothing else: what asks the carrier is still."""
    phone.chores.clear()
    assert services.redis.embedded is not None
    counted = CountingLink(services.redis.embedded.url, SystemClock().monotonic)
    store.inner = RedisCallStore(counted)
    yield counted
    counted.close()


@pytest.mark.parametrize(
    ("before", "keys", "state"),
    [
        ("", "1", "department"),
        ("", "*", "language"),
        ("1", "1", "account"),
        ("1", "7", "department"),
        ("1", "", "department"),
        ("1 1", "12345678#", "confirm_account"),
        ("1 1", "12#", "account"),
        ("1 1 12345678#", "2", "account"),
    ],
)
def test_a_menu_turn(
    phone: Phone, services: Services, link: CountingLink, before: str, keys: str, state: str
) -> None:
    """A turn that reads or changes no right takes two trips to Redis and no SQL, whatever is keyed."""
    call = phone.dials(ITALY, ani=UNREGISTERED).follows(before)
    with counting(link, services.sql.engine) as cost:
        call = call.presses(keys) if keys else call.stays_silent()
    assert call.state == state
    assert (cost.trips, cost.statements) == (2, 0)


def test_a_repeated_turn(phone: Phone, services: Services, link: CountingLink) -> None:
    """A webhook that comes again is answered from one trip to Redis and no SQL."""
    call = phone.dials(ITALY, ani=UNREGISTERED).presses("1")
    with counting(link, services.sql.engine) as cost:
        assert phone.send(call.last_request()).status == 200
    assert (cost.trips, cost.statements) == (1, 0)


def test_an_arrival(phone: Phone, services: Services, link: CountingLink) -> None:
    """An arrival is looked up and recorded: two trips, and SQL, which shows that SQL is counted."""
    phone.dials(ITALY, ani=UNREGISTERED).hangs_up()  # Redis knows the script from here on
    with counting(link, services.sql.engine) as cost:
        phone.dials(ITALY, ani=UNREGISTERED)
    assert cost.trips == 2
    assert cost.statements > 0
