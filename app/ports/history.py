"""The published versions, searched."""

from collections.abc import Sequence
from typing import Protocol

from app.ports.tables import VersionRow


class History(Protocol):
    """Reading the versions' history. Every method may raise Fault LEDGER_AWAY."""

    def page(self, text: str, *, limit: int, offset: int = 0) -> tuple[Sequence[VersionRow], int]:
        """One page of the versions whose author or difference holds the text, newest first; their number."""
        ...

    def get(self, version: int) -> VersionRow:
        """One version, without its document; Fault NO_SUCH_VERSION."""
        ...
