"""What a process costs before it serves anything: importing it, and the memory of a worker."""

import subprocess
import sys
from collections.abc import Iterable
from statistics import median

from tests.bench.report import Figure
from tests.bench.servers import ROOT

ROUNDS = 5
#: What wsgi.py imports, as it does; making the application waits for stores and is no import.
OURS = "import gc; gc.disable(); import app.adapters.log, app.factory.application, app.settings"
#: The packages the product is made of, alone.
PACKAGES = "import flask, twilio.rest, redis, sqlalchemy.orm, phonenumbers, pyotp, structlog, orjson"
#: structlog imports rich where it finds it; it comes with a development tool, and production has none.
_MEASURE = """
import sys, time
sys.modules["rich"] = None
started = time.perf_counter()
{}
print(time.perf_counter() - started)
try:
    lines = open("/proc/self/status", encoding="utf-8").readlines()
except OSError:
    lines = []
print(next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0))
"""


def figures(worker: float | None) -> Iterable[Figure]:
    """Import time and memory beside those of the packages alone; ``worker`` is a worker's, in MB."""
    ours, floor = [], []
    for _ in range(ROUNDS):
        floor.append(_measured(PACKAGES))
        ours.append(_measured(OURS))
    seconds, packages = median(one[0] for one in ours), median(one[0] for one in floor)
    yield Figure(
        "importing the web process",
        seconds * 1e3,
        " ms",
        "<= 500",
        f"{seconds / packages:.2f} times the named packages alone, {packages * 1e3:.0f} ms",
    )
    if worker is not None:
        beside = (
            f"after thousands of turns; the named packages alone {median(one[1] for one in floor):.0f} MB"
        )
        yield Figure("memory of a worker", worker, " MB", "<= 95", beside)


def _measured(statement: str) -> tuple[float, float]:
    """Seconds a fresh interpreter takes for the statement, and its megabytes after it."""
    command = [sys.executable, "-c", _MEASURE.format(statement)]
    printed = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    seconds, megabytes = printed.split()
    return float(seconds), float(megabytes)
