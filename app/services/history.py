"""The versions that were published, what each changed, and what bringing one back would change now."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.ports import TableStore, VersionRow
from app.ports.history import History
from routing import diff


@dataclass(frozen=True, slots=True)
class Compared:
    """A version beside the live one."""

    row: VersionRow
    live: int
    back: tuple[str, ...]  # what changes if it comes back

    @property
    def is_live(self) -> bool:
        """Whether it is the version calls see now."""
        return self.row.version == self.live


@dataclass(frozen=True, slots=True)
class HistoryDesk:
    """Reading the history. Every method may raise LEDGER_AWAY."""

    store: History
    tables: TableStore

    def page(self, text: str, *, limit: int, offset: int = 0) -> tuple[Sequence[VersionRow], int]:
        """One page of the versions whose author or difference holds the text, newest first; their number."""
        return self.store.page(text, limit=limit, offset=offset)

    def live(self) -> int:
        """The newest version's number; 0 when none was published."""
        return self.tables.latest()

    def get(self, version: int) -> VersionRow:
        """One version, without its document; Fault NO_SUCH_VERSION."""
        return self.store.get(version)

    def compared(self, version: int) -> Compared:
        """A version beside the live one; Fault NO_SUCH_VERSION."""
        row = self.store.get(version)
        live = self.tables.latest()
        if live == version:
            return Compared(row, live, ())
        back = diff.sentences(self.tables.read(live), self.tables.read(version))
        return Compared(row, live, tuple(back))
