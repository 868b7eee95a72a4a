"""The load client: raw requests over keep-alive connections, from one thread that parses next to nothing."""

import re
import selectors
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

TIMEOUT = 20.0  # seconds without any answer: the server hangs
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *([0-9]+)")
_HEAD_END = b"\r\n\r\n"
Accepts = Callable[[bytes], bool]


class WrongAnswerError(Exception):
    """A server answered something else than what is measured; the figure would mean nothing."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one blast showed; ``answers`` are the raw ones, in the order of the requests."""

    seconds: float
    client_share: float  # of the time the client itself was busy
    latencies: list[float] = field(repr=False)  # seconds, in the order the answers came
    answers: list[bytes] = field(repr=False)
    server_busy: float = 0.0  # seconds the server's workers ran meanwhile; 0: not known

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """The latency in seconds that this share of the requests did not exceed."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Line:
    """One keep-alive connection with at most one request on its way."""

    __slots__ = ("_buffer", "number", "sent_at", "socket")

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = b""
        self.number = 0
        self.sent_at = 0.0

    def send(self, number: int, request: bytes) -> None:
        self.number = number
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bytes | None:
        """The whole answer, or None while some of it is still to come."""
        data = self.socket.recv(65536)
        if not data:
            raise WrongAnswerError("the server closed a connection instead of answering")
        self._buffer += data
        end = self._buffer.find(_HEAD_END)
        if end < 0:
            return None
        length = _LENGTH.search(self._buffer, 0, end)
        if length is None:
            raise WrongAnswerError(f"an answer without a length: {self._buffer[:200]!r}")
        if len(self._buffer) < end + 4 + int(length[1]):
            return None
        answer, self._buffer = self._buffer, b""
        return answer


def blast(port: int, requests: Sequence[bytes], accepts: Accepts, *, connections: int = 16) -> Run:
    """Send all requests as fast as the server answers them, each connection one at a time.

    Raises:
        WrongAnswerError: ``accepts`` refused an answer, or one is missing.
    """
    lines = [Line(port) for _ in range(min(connections, len(requests)))]
    answers = [b""] * len(requests)
    latencies: list[float] = []
    with selectors.DefaultSelector() as selector:
        for line in lines:
            selector.register(line.socket, selectors.EVENT_READ, line)
        started, busy = time.perf_counter(), time.thread_time()
        for number, line in enumerate(lines):
            line.send(number, requests[number])
        sent = len(lines)
        while len(latencies) < len(requests):
            for line, answer in _arrived(selector):
                latencies.append(time.perf_counter() - line.sent_at)
                answers[line.number] = answer
                if sent < len(requests):
                    line.send(sent, requests[sent])
                    sent += 1
        seconds, busy = time.perf_counter() - started, time.thread_time() - busy
    for line in lines:
        line.socket.close()
    _check(answers, accepts)
    return Run(seconds, busy / seconds, latencies, answers)


def _arrived(selector: selectors.BaseSelector) -> list[tuple[Line, bytes]]:
    ready = selector.select(TIMEOUT)
    if not ready:
        raise WrongAnswerError(f"no answer for {TIMEOUT:.0f} seconds")
    found = [(key.data, key.data.receive()) for key, _ in ready]
    return [(line, answer) for line, answer in found if answer is not None]


def _check(answers: Sequence[bytes], accepts: Accepts) -> None:
    for answer in answers:
        if not accepts(answer):
            raise WrongAnswerError(f"not the answer that is measured: {answer[:600]!r}")
