"""The routing table: compiling it, and one decision, at the sample's size and a hundred times it."""

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from routing.compiled import RoutingTable
from routing.decide import Facts, Kind, decide
from routing.table import Document, Overlay
from routing.tables import sample
from tests.bench.larger import larger
from tests.bench.report import Figure

TIMES = 100
AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
DECISIONS = 2000
LINES = 100  # of the table, asked about in turn
REPEATS = 25


def figures() -> Iterable[Figure]:
    """Compiling, then deciding."""
    small, large = sample(), larger(sample(), TIMES)
    short, long = _fastest(3, lambda: _compiled(small)), _fastest(2, lambda: _compiled(large))
    rows = f"{len(small.coverage):,} and {len(large.coverage):,} rows"
    first = _fastest(3, lambda: RoutingTable(small, 1))
    beside = f"its indexes alone {first * 1e3:.2g} ms; each desk's hours read besides"
    yield Figure("compiling the sample table", short * 1e3, " ms", "<= 50", beside)
    yield Figure(f"compiling the table {TIMES} times larger", long, " s", "<= 5", rows)
    per_call = _decisions(_compiled(small), _compiled(large))
    beside = f"both departments of {LINES} lines, open and closed"
    yield Figure("decide on the sample table", per_call[0] * 1e6, " us", "<= 5", beside)
    yield Figure(
        f"decide on the table {TIMES} times larger, over the sample's",
        per_call[1] / per_call[0],
        "x",
        "<= 1.5",
        f"{per_call[1] * 1e6:.2f} us",
    )


def _compiled(document: Document) -> RoutingTable:
    """A table with everything worked out that it otherwise works out when first asked."""
    table = RoutingTable(document, 1)
    for territory in document.territories:
        table.board(territory)
        table.prompt_languages(territory.key)
    return table


def _decisions(small: RoutingTable, large: RoutingTable) -> tuple[float, float]:
    """Seconds a decision on each, measured in turn; each line is asked for by number."""
    found = [_asked(table) for table in (small, large)]
    best = [float("inf"), float("inf")]
    for _ in range(REPEATS):
        for index, (table, facts) in enumerate(zip((small, large), found, strict=True)):
            best[index] = min(best[index], _seconds(table, facts))
    return best[0], best[1]


def _asked(table: RoutingTable) -> list[Facts]:
    """Facts spread over the whole table, as many different ones whatever its size."""
    lines = [line for line in table.document.lines if line.number and len(line.territories) == 1]
    chosen = lines[:: len(lines) // LINES][:LINES]
    facts = [
        Facts(line.number, territory=line.default, department=department, language="en")
        for line in chosen
        for department in ("technical", "billing")
    ]
    return (facts * (DECISIONS // len(facts) + 1))[:DECISIONS]


def _seconds(table: RoutingTable, facts: list[Facts]) -> float:
    overlay, at = Overlay(), AT
    started = time.perf_counter()
    for fact in facts:
        decide(table, overlay, fact, at)
    seconds = time.perf_counter() - started
    if decide(table, overlay, facts[0], at).kind not in {Kind.TRANSFER, Kind.CLOSED}:
        raise RuntimeError("the decisions measured are no decisions")
    return seconds / len(facts)


def _fastest(times: int, work: Callable[[], object]) -> float:
    """Seconds the fastest of several takes."""
    best = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best
