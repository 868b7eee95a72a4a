"""The versions of the routing table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.access.model import Actor
from routing.table import Document, Overlay


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A published version, without its document."""

    version: int
    author: str
    published_at: datetime
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftMark:
    """A draft at one of its revisions."""

    id: int
    revision: int


class TableStore(Protocol):
    """Immutable versions of the routing table, and the overlay beside them."""

    def latest(self) -> int:
        """The newest version's number; 0 when none was published."""
        ...

    def read(self, version: int) -> Document:
        """A version's document; Fault NO_SUCH_VERSION."""
        ...

    def publish(
        self,
        document: Document,
        *,
        actor: Actor,
        now: datetime,
        sentences: Iterable[str],
        expecting: int,
        author: str = "",
        draft: DraftMark | None = None,
    ) -> int:
        """Store as version ``expecting + 1``; in the same step, close the draft it comes from.

        ``author`` is who the history names, where that is not the actor alone. Fault BAD_INPUT when another
        version was published meanwhile, CONFLICT when the draft was changed or closed.
        """
        ...

    def history(self, *, limit: int, offset: int = 0) -> Sequence[VersionRow]:
        """Newest first."""
        ...

    def overlay(self) -> Overlay:
        """Emergency closures, announcements and re-routes, at least those in force or to come."""
        ...
