"""Threads that send as soon as there is something to send, so that no webhook ever sends."""

import os
import threading
from collections.abc import Callable
from datetime import datetime

Tick = Callable[[datetime], object]


class SenderThread:
    """Ticks at once when woken, else every second, on a few threads: one hung server holds up only one."""

    def __init__(
        self,
        tick: Tick,
        now: Callable[[], datetime],
        *,
        failed: Callable[[Exception], None],
        every: float = 1.0,
        threads: int = 4,
    ) -> None:
        """No thread runs before ``start`` or ``wake``.

        Args:
            tick: what to do; several threads may be in it at a time.
            now: gives the present instant, aware.
            failed: is told what a tick raised; the next tick comes all the same.
            every: seconds between ticks that nobody asked for.
            threads: how many letters may be on their way at a time.
        """
        self._tick = tick
        self._now = now
        self._failed = failed
        self._every = every
        self._count = threads
        self._lock = threading.Lock()
        self._bells: list[threading.Event] = []
        self._threads: list[threading.Thread] = []
        self._stopping = threading.Event()
        self._process = 0

    def start(self) -> None:
        """Start ticking in this process; harmless when it already does, and after ``stop``."""
        with self._lock:
            if self._process == os.getpid() or self._stopping.is_set():
                return  # a fork has none of its parent's threads, so each process starts its own
            self._process = os.getpid()
            self._bells = [threading.Event() for _ in range(self._count)]
            self._threads = [
                threading.Thread(target=self._run, args=(bell,), name="callgate-sender", daemon=True)
                for bell in self._bells
            ]
            for thread in self._threads:
                thread.start()

    def wake(self) -> None:
        """Tick now: a letter was just committed. Never waits; starts the threads if need be."""
        self.start()
        for bell in self._bells:
            bell.set()

    def stop(self, seconds: float) -> bool:
        """Let ticks under way end, for so long in all; gives whether they did. No tick begins after this."""
        self._stopping.set()
        for bell in self._bells:
            bell.set()
        share = seconds / max(len(self._threads), 1)
        for thread in self._threads:
            thread.join(share)
        return not any(thread.is_alive() for thread in self._threads)

    def _run(self, bell: threading.Event) -> None:
        bell.set()  # something may have waited since before this process
        while True:
            bell.wait(self._every)
            if self._stopping.is_set():
                return
            bell.clear()
            try:
                self._tick(self._now())
            except Exception as error:  # noqa: BLE001 - a thread that dies would silence every code after it
                self._failed(error)
