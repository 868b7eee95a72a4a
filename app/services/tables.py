"""The published tables as the calls see them: the current one, and the one a running call keeps."""

import threading
from collections import OrderedDict

import structlog

from app.faults import Fault, FaultCode
from app.ports import TableStore
from routing.compiled import RoutingTable
from routing.table import Overlay

_log = structlog.get_logger(__name__)

#: Compiled versions kept beside the current one: a call keeps its version for as long as it lasts.
KEPT = 8
#: Seconds between looks at the store: a published table is live everywhere within two.
EVERY = 1.0


class Tables:
    """Compiled tables of this process; ``refresh`` swaps in what was published elsewhere."""

    def __init__(self, store: TableStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._compiled: OrderedDict[int, RoutingTable] = OrderedDict()
        self._current: RoutingTable | None = None
        self._overlay = Overlay()
        self._stop = threading.Event()
        self._watcher: threading.Thread | None = None

    def current(self) -> RoutingTable:
        """The newest version this process knows; Fault NO_TABLE before the first is published."""
        table = self._current
        if table is None:
            self.refresh()
            table = self._current
        if table is None:
            raise Fault(
                FaultCode.NO_TABLE, "No routing table is published: run `callgate table import FILE...`."
            )
        return table

    def at(self, version: int) -> RoutingTable:
        """The version a call keeps; the current one when that cannot be read any more."""
        table = self._current
        if table is not None and table.version == version:
            return table
        try:
            return self.version(version)
        except Fault:
            return self.current()

    def version(self, version: int) -> RoutingTable:
        """One published version, compiled; Fault NO_SUCH_VERSION or LEDGER_AWAY."""
        with self._lock:
            table = self._compiled.get(version)
            if table is None:
                table = RoutingTable(self._store.read(version), version)
                self._compiled[version] = table
                while len(self._compiled) > KEPT:
                    self._compiled.popitem(last=False)
            return table

    def overlay(self) -> Overlay:
        """Emergency closures and announcements, as of the last refresh."""
        return self._overlay

    def refresh(self) -> None:
        """Look at the store once: swap in a newer version and the overlay. Raises what the store raises."""
        latest = self._store.latest()
        self._overlay = self._store.overlay()
        if latest and (self._current is None or self._current.version != latest):
            self._current = self.version(latest)

    def watch(self) -> None:
        """Refresh every second in a thread of this process; a store that is away is asked again."""
        if self._watcher is None:
            self._watcher = threading.Thread(target=self._run, name="callgate-tables", daemon=True)
            self._watcher.start()

    def stop_watching(self) -> None:
        """End the thread; harmless when there is none."""
        self._stop.set()

    def _run(self) -> None:
        away = False
        while not self._stop.wait(EVERY):
            try:
                self.refresh()
                away = False
            except Fault as fault:
                if not away:  # once, not every second
                    _log.error("table_not_looked_at", fault=fault.code.value)
                away = True
