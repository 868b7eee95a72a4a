"""``make bench``: each performance figure beside its floor, measured in one run.

Nothing here fails because a machine is slow: most goals are counts, and ratios between neighbours in time.
How many were missed is printed last.
"""

import platform
import tempfile
import time
from pathlib import Path

import click

from tests.bench import hanging, process, stores, tables
from tests.bench.report import remark, section
from tests.bench.servers import KINDS, SERVER_CORE
from tests.bench.stage import Stage, staged
from tests.bench.turns import NAMES, bench


def main() -> None:
    """Measure everything and print it."""
    started = time.monotonic()
    click.echo(f"Callgate's figures on {platform.machine()}, Python {platform.python_version()}.")
    click.echo("Ratios hold from machine to machine; what stands after them was measured in this run.")
    if SERVER_CORE is None:
        remark("servers and client share their cores here: rates and latencies are less exact")
    with tempfile.TemporaryDirectory(prefix="callgate-bench-") as folder, staged(Path(folder)) as where:
        missed, worker = _served(where)
        missed += section("What a menu turn asks of the stores", lambda: stores.figures(where))
        missed += section("A provider that hangs", lambda: hanging.figures(where))
    missed += section("The routing table", tables.figures)
    missed += section("A process", lambda: process.figures(worker))
    click.echo(f"\n{missed} of the goals missed, in {time.monotonic() - started:.0f} s.")


def _served(where: Stage) -> tuple[int, float | None]:
    """The figures of both servers; gives the goals missed, and the memory of the product's own worker."""
    missed, worker = 0, None
    for kind in KINDS:
        with bench(kind, where) as running:
            missed += section(f"A menu turn, {NAMES[kind]}", running.throughput)
            missed += section(f"A menu turn on one connection, {NAMES[kind]}", running.latency)
            worker = running.memory()
    return missed, worker


if __name__ == "__main__":
    main()
