"""The webhook that issues a code, while the mail server and the SMS provider hang: no caller may notice."""

import socket
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from tests.bench.load import Run, blast
from tests.bench.report import Figure, remark
from tests.bench.servers import CLIENT_CORE, Server, free_port, pinned, running, serving, wait_for
from tests.bench.stage import Stage, dnis, number_of, stage
from tests.bench.webhooks import Caller, in_state

CODES = 300  # of each, by mail and by text in turn
CHUNK = 10
_FROM = "+12025550142"


@dataclass(slots=True)
class Silent:
    """Accepts every connection on a port and never answers."""

    listener: socket.socket = field(
        default_factory=lambda: socket.create_server(("127.0.0.1", 0), backlog=500)
    )
    accepted: list[socket.socket] = field(default_factory=list)

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self.listener.getsockname()[1]
        return port

    def accept(self) -> None:
        """Accept until closed."""
        while True:
            try:
                self.accepted.append(self.listener.accept()[0])
            except OSError:
                return


def figures(where: Stage) -> Iterable[Figure]:
    """The p99 of the hung one over that of the prompt one; both are asked in turn."""
    with ExitStack() as stack:
        silent = stack.enter_context(_silence())
        stack.enter_context(pinned(CLIENT_CORE))
        hung = _Side(where, "hung", 20_000_000)
        prompt = _Side(where, "prompt", 30_000_000)
        for side, ports in ((hung, (silent.port, silent.port)), (prompt, stack.enter_context(_prompt()))):
            side.start(stack, *ports)
        for start in range(0, CODES, CHUNK):
            for side in (hung, prompt):
                side.issue(start)
        held = len(silent.accepted)
    if not held:
        raise RuntimeError("nothing was sent while the servers hung: the figure would mean nothing")
    ours, floor = hung.whole(), prompt.whole()
    yield Figure(
        "p99 of issuing a code while SMTP and SMS hang",
        ours.percentile(0.99) / floor.percentile(0.99),
        "x",
        "<= 1.2",
        f"{_told(ours)}; prompt: {_told(floor)}",
    )
    remark(f"{held} connections were held open by servers that never answer")


class _Side:
    """One server with a database of its own, and calls that are about to choose how to get the code."""

    def __init__(self, where: Stage, name: str, first: int) -> None:
        self._where = stage(where.var, where.redis_url, f"{name}.db", organisations=CODES)
        line = dnis()
        self._callers = [Caller(first + n, number_of(n), line) for n in range(CODES)]
        self._requests: list[bytes] = []
        self._port = 0
        self._latencies: list[float] = []

    def start(self, stack: ExitStack, mail_port: int, text_port: int) -> None:
        """Start the server and bring every call to the choice."""
        environ = self._where.environ(
            SMTP_URL=f"smtp://127.0.0.1:{mail_port}",
            TWILIO_API_URL=f"http://127.0.0.1:{text_port}",
            SMS_FROM=_FROM,
        )
        server: Server = stack.enter_context(serving("granian", "wsgi:app", environ))
        self._port, settings = server.port, self._where.settings
        asked = [caller.incoming(settings) for caller in self._callers]
        arrived = blast(self._port, asked, in_state("department")).answers
        asked = self._pressing(arrived, ["1"] * CODES)
        menus = blast(self._port, asked, in_state("channel")).answers
        self._requests = self._pressing(menus, ["1", "2"] * (CODES // 2))

    def issue(self, start: int) -> None:
        """Ask for the codes of one chunk of calls, one after the other."""
        run = blast(self._port, self._requests[start : start + CHUNK], in_state("enter_code"), connections=1)
        self._latencies += run.latencies

    def whole(self) -> Run:
        """Everything that was measured."""
        return Run(sum(self._latencies), 0.0, self._latencies, [])

    def _pressing(self, answers: list[bytes], keys: list[str]) -> list[bytes]:
        each = zip(self._callers, answers, keys, strict=True)
        return [caller.presses(self._where.settings, answer, key) for caller, answer, key in each]


@contextmanager
def _silence() -> Iterator[Silent]:
    silent = Silent()
    threading.Thread(target=silent.accept, daemon=True).start()
    yield silent
    silent.listener.close()
    for each in silent.accepted:
        each.close()


@contextmanager
def _prompt() -> Iterator[tuple[int, int]]:
    ports = free_port(), free_port()
    command = [sys.executable, "-m", "tests.bench.outside", *map(str, ports)]
    with running(command, {}, core=CLIENT_CORE) as process:
        wait_for(ports[1], process)
        yield ports


def _told(run: Run) -> str:
    return f"p50 {run.percentile(0.5) * 1e3:.1f} ms, p99 {run.percentile(0.99) * 1e3:.1f} ms"
