"""Whether this process lives, and whether what it depends on answers."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait

from flask import Blueprint, Response, jsonify

SECONDS = 1.0  # a dependency that takes longer is down
Ping = Callable[[], None]


def health(pings: Mapping[str, Ping]) -> Blueprint:
    """``GET /healthz``: alive. ``GET /readyz``: 200, or 503 with the names of what is down.

    Args:
        pings: by the name to show; each raises when its dependency is away. What it raises is not shown.
    """
    blueprint = Blueprint("health", __name__)
    checks = {name: _Check(ping) for name, ping in pings.items()}

    @blueprint.get("/healthz")
    def healthz() -> Response:
        return _answer(200, {"alive": True})

    @blueprint.get("/readyz")
    def readyz() -> Response:
        running = {name: check.running() for name, check in checks.items()}
        wait(running.values(), timeout=SECONDS)
        down = sorted(name for name, future in running.items() if not future.done() or future.exception())
        return _answer(503 if down else 200, {"ready": not down, "down": down})

    return blueprint


class _Check:
    """One dependency's ping, of which at most one runs: whoever asks meanwhile shares it.

    So neither a dependency that hangs nor many questions at once pile up threads.
    """

    def __init__(self, ping: Ping) -> None:
        self._ping = ping
        self._lock = threading.Lock()
        self._future: Future[None] | None = None

    def running(self) -> Future[None]:
        with self._lock:
            if self._future is None or self._future.done():
                self._future = Future()
                threading.Thread(target=self._run, args=(self._future,), daemon=True).start()
            return self._future

    def _run(self, future: Future[None]) -> None:
        try:
            future.set_result(self._ping())
        except Exception as error:  # noqa: BLE001 - whatever it raises, the dependency is down
            future.set_exception(error)


def _answer(status: int, facts: dict[str, object]) -> Response:
    response = jsonify(facts)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response
