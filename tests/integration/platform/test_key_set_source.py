"""Fetching published keys from servers that behave and from ones that do not."""

import socket
import time

import pytest

from app.adapters.key_set_source import LARGEST, fetch_key_set, issuer_of
from app.faults import Fault, FaultCode
from tests.integration.platform.scripted_server import answering

KEYS = b'{"keys": []}'


def answer(body: bytes, status: str = "200 OK", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body


def refusal(url: str, *, seconds: float = 3.0) -> str:
    with pytest.raises(Fault) as caught:
        fetch_key_set(url, seconds=seconds)
    assert caught.value.code is FaultCode.BAD_INPUT
    return caught.value.sentence


def test_what_is_published_is_fetched() -> None:
    """The text comes as it stands."""
    with answering(answer(KEYS)) as port:
        assert fetch_key_set(f"http://127.0.0.1:{port}/.well-known/jwks.json") == KEYS


@pytest.mark.parametrize("status", ["301 Moved", "404 Not Found", "500 Oops"])
def test_another_answer_is_told(status: str) -> None:
    """A redirect is not followed, an error is no key set; both are said with their number."""
    with answering(answer(KEYS, status, "Location: http://127.0.0.1:1/\r\n")) as port:
        assert status[:3] in refusal(f"http://127.0.0.1:{port}/x")


def test_a_huge_answer_is_not_read_to_its_end() -> None:
    """What is larger than keys are is refused."""
    with answering(answer(b"x" * (LARGEST + 1))) as port:
        assert "larger" in refusal(f"http://127.0.0.1:{port}/x")


def test_a_server_that_hangs_is_left() -> None:
    """Whoever does not answer in time is not waited for."""
    began = time.monotonic()
    with answering(None) as port:
        assert "does not answer" in refusal(f"http://127.0.0.1:{port}/x", seconds=0.2)
    assert time.monotonic() - began < 2


def test_nobody_there_is_told() -> None:
    """A refused connection, a name that leads nowhere and an answer that is no HTTP are one sentence each."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert "does not answer" in refusal(f"http://127.0.0.1:{port}/x")
    assert "does not answer" in refusal(f"https://127.0.0.1:{port}/x")
    assert "does not answer" in refusal("https://nowhere.invalid/x")
    assert "does not answer" in refusal(f"http://127.0.0.1:{port}/ü")
    with answering(b"SSH-2.0-nothing\r\n") as port:
        assert "does not answer" in refusal(f"http://127.0.0.1:{port}/x")


def test_an_address_tells_whose_keys_they_are() -> None:
    """Scheme, host and port of the address are the issuer that receipts must name."""
    assert (
        issuer_of("https://phone.example.com:8443/.well-known/jwks.json") == "https://phone.example.com:8443"
    )
