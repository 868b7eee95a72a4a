"""Turns a second and their latency: the product, ``hello`` and the idiomatic step on the same server."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from statistics import median

from tests.bench.load import Accepts, Run, blast
from tests.bench.report import Figure, remark
from tests.bench.servers import CLIENT_CORE, Server, pinned, serving
from tests.bench.stage import Stage, Standing, dnis, standing
from tests.bench.webhooks import in_state, twiml

CALLS = 1200
ROUNDS = 7
SINGLE = 400  # requests of a round over one connection
SINGLE_ROUNDS = 5
BUSY = 0.9  # a client busier than this was the limit, not the server
HAD = 0.75  # a server that ran less than this share of the time did not have its core to itself
APPS = {"hello": "tests.bench.hello:app", "turn": "wsgi:app", "idiomatic": "tests.bench.idiomatic:app"}
ANSWERS: dict[str, Accepts] = {"hello": twiml, "turn": in_state("account"), "idiomatic": twiml}
GOALS = {"gunicorn": ">= 0.37", "granian": ">= 0.27"}
NAMES = {"gunicorn": "gunicorn gthread x4", "granian": "granian WSGI x4"}


class Bench:
    """The three applications on one kind of server, and the calls they are asked about."""

    def __init__(self, kind: str, servers: dict[str, Server], calls: Standing) -> None:
        self.kind = kind
        self._servers = servers
        self._calls = calls

    def memory(self) -> float | None:
        """Megabytes of the product's worker."""
        return self._servers["turn"].memory()

    def throughput(self) -> Iterable[Figure]:
        """The first two figures of the goals."""
        runs = self._alternate(ROUNDS, self._calls.requests, connections=16)
        over_hello = _ratio(runs, "turn", "hello", _rate)
        over_idiomatic = _ratio(runs, "turn", "idiomatic", _rate)
        rates = {name: _told(name, found) for name, found in runs.items()}
        where = NAMES[self.kind]
        sides = f"{rates['turn']}, {rates['hello']}"
        yield Figure(f"menu turns over hello, {where}", over_hello, "", GOALS[self.kind], sides)
        sides = f"{rates['turn']}, {rates['idiomatic']}"
        yield Figure(f"menu turns over the idiomatic step, {where}", over_idiomatic, "x", ">= 2.5", sides)
        _warn(runs)

    def latency(self) -> Iterable[Figure]:
        """One connection, one request at a time."""
        runs = self._alternate(SINGLE_ROUNDS, self._calls.requests[:SINGLE], connections=1)
        for share, goal in ((0.50, "<= 2.5"), (0.99, "<= 3")):

            def at(run: Run, share: float = share) -> float:
                return run.percentile(share)

            turn, hello = (1e6 * median(map(at, runs[name])) for name in ("turn", "hello"))
            name = f"one connection, p{share * 100:.0f} over hello's, {NAMES[self.kind]}"
            yield Figure(
                name,
                _ratio(runs, "turn", "hello", at),
                "x",
                goal,
                f"turn {turn:,.0f} us, hello {hello:,.0f} us",
            )

    def _alternate(self, rounds: int, requests: list[bytes], *, connections: int) -> dict[str, list[Run]]:
        """One after the other, again and again: what else the machine does meets all of them alike."""
        runs: dict[str, list[Run]] = {name: [] for name in APPS}
        for _ in range(rounds):
            for name, found in runs.items():
                self._calls.put_back()
                found.append(_blasted(self._servers[name], requests, ANSWERS[name], connections))
        return runs


@contextmanager
def bench(kind: str, where: Stage) -> Iterator[Bench]:
    """The three applications started on a kind of server, warmed up, with calls at the department menu."""
    environ = where.environ(
        IDIOMATIC_DATABASE_URL=f"sqlite:///{where.var / 'idiomatic.db'}", IDIOMATIC_DNIS=dnis()
    )
    with ExitStack() as stack:
        servers = {name: stack.enter_context(serving(kind, app, environ)) for name, app in APPS.items()}
        stack.enter_context(pinned(CLIENT_CORE))
        calls = standing(where, servers["turn"].port, CALLS)
        for name, server in servers.items():
            blast(server.port, calls.requests[:200], ANSWERS[name])
        yield Bench(kind, servers, calls)


def _blasted(server: Server, requests: list[bytes], accepts: Accepts, connections: int) -> Run:
    before = server.busy()
    run = blast(server.port, requests, accepts, connections=connections)
    return replace(run, server_busy=server.busy() - before)


def _rate(run: Run) -> float:
    return run.rate


def _cpu(run: Run) -> float:
    """Seconds a worker runs for one answer."""
    return run.server_busy / len(run.latencies)


def _told(name: str, runs: list[Run]) -> str:
    cpu = median(map(_cpu, runs)) * 1e6
    return f"{name} {median(map(_rate, runs)):,.0f}/s" + (f" at {cpu:.0f} us CPU" if cpu else "")


def _warn(runs: dict[str, list[Run]]) -> None:
    """Say when something else than the server was measured, too."""
    share = median(run.client_share for run in runs["hello"])
    if share > BUSY:
        remark(f"the load client was the limit ({share:.0%} busy): hello is faster than shown")
    had = min(median(run.server_busy / run.seconds for run in found) for found in runs.values())
    if 0 < had < HAD:
        ratio = _ratio(runs, "hello", "turn", _cpu)
        remark(f"the servers had only {had:.0%} of their core; by CPU time turns over hello are {ratio:.3g}")


def _ratio(runs: dict[str, list[Run]], one: str, other: str, of: Callable[[Run], float]) -> float:
    """The median of the rounds' ratios: each is between neighbours in time."""
    return median(of(mine) / of(floor) for mine, floor in zip(runs[one], runs[other], strict=True))
