"""A phone over the whole application: SQLite, a real Valkey, the sample data, a clock that can be moved."""

import io
import logging
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog

from app.adapters.carrier_control import CarrierControl
from app.adapters.clock import SystemClock
from app.adapters.embedded import EmbeddedValkey
from app.adapters.local_carrier import LocalHttp
from app.adapters.log import configure_logging
from app.adapters.outbox_file import DevelopmentOutbox
from app.adapters.sql import schema
from app.factory.services import Services, build
from app.factory.stores import open_sql, with_secrets
from app.faults import Fault
from app.main.sample import load_sample
from app.settings import Settings
from app.simulator.call import CallInProgress
from app.simulator.clock import SimulatedClock
from app.simulator.person import Person
from app.simulator.phone import Phone
from app.simulator.rest_door import RestDoor
from routing.table import Queue
from tests.calls.desk import AgentAtWork, CallCentre
from tests.calls.inbox import Inbox
from tests.calls.phones import a_phone
from tests.calls.trouble import BreakableStore
from tests.calls.ways import UNREGISTERED, asks_channel, publish

#: A Friday on which the Italian desks are open: 11:00 in Rome.
FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
#: With this key the unknown account 51515151 is asked for 8 digits, the other unknown ones here for 6.
PIN_KEYS = "test:YmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmI="


@pytest.fixture(scope="session")
def var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of this worker's secrets and of the Valkey that all its tests share."""
    folder = tmp_path_factory.mktemp("var")
    with EmbeddedValkey.start(folder, SystemClock().monotonic):
        yield folder


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the sample table and the sample organisations, to be copied."""
    file = tmp_path_factory.mktemp("sample") / "sample.db"
    settings = with_secrets(
        Settings.from_env({"CALLGATE_VAR": str(file.parent), "DATABASE_URL": f"sqlite:///{file}"})
    )
    sql = open_sql(settings, SimulatedClock(FRIDAY))
    schema.upgrade(sql.engine)
    load_sample(sql)
    sql.engine.dispose()
    return file


@pytest.fixture(autouse=True)
def log() -> Iterator[io.StringIO]:
    """What the process would log in production."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    stream = io.StringIO()
    configure_logging(production=True, stream=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def clock() -> SimulatedClock:
    """The clock the phone moves and the application reads."""
    return SimulatedClock(FRIDAY)


@pytest.fixture
def settings(var: Path, tmp_path: Path) -> Settings:
    """Development settings with a database of this test's own."""
    found = Settings.from_env(
        {"PIN_KEYS": PIN_KEYS, "CALLGATE_VAR": str(var), "DATABASE_URL": f"sqlite:///{tmp_path / 'calls.db'}"}
    )
    return with_secrets(found)


@pytest.fixture
def inbox(tmp_path: Path, services: Services) -> Inbox:
    """What reached people by mail, text and code call."""
    return Inbox(services, DevelopmentOutbox(tmp_path / "outbox.jsonl", services.clock.now))


@pytest.fixture
def store() -> BreakableStore:
    """The store of running calls: the real one, until a test takes it away."""
    return BreakableStore()


@pytest.fixture
def services(
    settings: Settings,
    clock: SimulatedClock,
    tmp_path: Path,
    sample_database: Path,
    store: BreakableStore,
    line_to_carrier: LocalHttp,
) -> Iterator[Services]:
    """The application's services; letters go out when a test lets the sender tick."""
    shutil.copy(sample_database, tmp_path / "calls.db")
    posted = DevelopmentOutbox(tmp_path / "outbox.jsonl", clock.now)
    deliver = dict.fromkeys(("email", "text", "voice"), posted)
    account, tokens = settings.twilio_account_sid, settings.twilio_auth_tokens
    carrier = CarrierControl(account, tokens, line_to_carrier, clock.now)
    built = build(settings, clock=clock, wake=lambda: None, deliver=deliver, store=store, carrier=carrier)
    store.inner = built.redis.calls
    built.tables.refresh()
    yield built
    built.close()


@pytest.fixture
def line_to_carrier() -> LocalHttp:
    """The way to the carrier's REST API; its other end is the phone's exchange."""
    return LocalHttp()


@pytest.fixture
def phone(
    services: Services,
    clock: SimulatedClock,
    tmp_path: Path,
    line_to_carrier: LocalHttp,
    request: pytest.FixtureRequest,
) -> Iterator[Phone]:
    """A phone on the sample's lines; somebody answers wherever a queue rings.

    What the application wants of the carrier is asked as soon as it is wanted, and never what its
    description knows nothing of.
    """
    made = a_phone(services, clock, seed=str(tmp_path))  # calls of other tests are in the same Valkey
    line_to_carrier.door = RestDoor(made.rest)
    made.chores.append(lambda: _asks(services))
    yield made
    if request.node.get_closest_marker("provokes") is None:
        assert [one.refused for one in made.rest.received if one.refused] == []


def _asks(services: Services) -> None:
    with suppress(Fault):  # as the thread does that asks in a process
        services.handover.asking.turn(services.clock.now())


@pytest.fixture
def caller(phone: Phone) -> Person:
    """Whoever has the telephone of a stranger, should it be called back."""
    return phone.person(UNREGISTERED)


@pytest.fixture
def centre(services: Services, phone: Phone) -> CallCentre:
    """The agents' desk, with nobody there yet."""
    return CallCentre.over(services, phone)


@pytest.fixture
def italian(phone: Phone, services: Services) -> CallInProgress:
    """A caller of Rossi Forniture who waits unverified for the Italian desk."""
    publish(services, queues=(Queue("technical-it"),))
    return asks_channel(phone).presses("0")


@pytest.fixture
def ana(centre: CallCentre) -> AgentAtWork:
    """An agent who stays at her desk."""
    return centre.agent("ana", "fr", "en", "it").stays()


@pytest.fixture
def bob(centre: CallCentre) -> AgentAtWork:
    """Another one."""
    return centre.agent("bob", "fr", "en", "it").stays()
