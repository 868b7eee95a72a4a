"""Files on their way into a draft: read in the background, shown row by row, then put in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from app.access.model import Actor
from routing.table import Document

Progress = Literal["reading", "ready", "failed", "applied"]


@dataclass(frozen=True, slots=True)
class DraftImport:
    """An import of files into a draft, as far as it is."""

    id: int
    draft_id: int
    revision: int  # of the draft it was compared with
    state: Progress
    author: str
    files: str  # their names
    digest: str  # of their content
    stage: str  # what is being done, or why it failed
    done: int  # steps, of ``total``
    total: int
    created_at: datetime
    updated_at: datetime  # of the last sign of life


class DraftImportStore(Protocol):
    """Imports. Every method may raise Fault LEDGER_AWAY; ``read`` NOT_FOUND."""

    def begin(
        self,
        draft_id: int,
        revision: int,
        files: str,
        digest: str,
        total: int,
        *,
        actor: Actor,
        now: datetime,
    ) -> int:
        """Write down that an import begins; earlier ones of the draft are over. Gives its number."""
        ...

    def move(self, number: int, stage: str, done: int, now: datetime) -> None:
        """Say how far it is."""
        ...

    def finish(self, number: int, findings: dict[str, Any], document: Document | None, now: datetime) -> None:
        """Keep what was found, and what would be put in; None: nothing can be."""
        ...

    def fail(self, number: int, why: str, now: datetime) -> None:
        """End it without a result, with a sentence."""
        ...

    def read(self, number: int) -> DraftImport:
        """How far it is."""
        ...

    def findings(self, number: int) -> dict[str, Any]:
        """What was found; empty before it is ready."""
        ...

    def document(self, number: int) -> Document | None:
        """What would be put in."""
        ...

    def applied(self, number: int, now: datetime) -> None:
        """Note that it was put in."""
        ...
