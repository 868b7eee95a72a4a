"""Files on their way into the directory: kept from the dry run until they are applied or given up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from app.access.model import Actor


class ImportState(StrEnum):
    """How far an import is."""

    READING = "reading"
    READY = "ready"  # the dry run is there to be looked at
    FAULTY = "faulty"  # so it is, and it has faults: nothing can be applied
    APPLYING = "applying"
    APPLIED = "applied"
    DISCARDED = "discarded"


class ImportLine(NamedTuple):
    """What an import does with one row of a file, or why it cannot."""

    file: str
    row: int  # the header being 1; 0: no row stands for it
    account: str
    contact: str
    result: str  # added | changed | unchanged | removed | fault | waiting
    detail: str  # what changes, or what is wrong and would be right


@dataclass(frozen=True, slots=True)
class ImportFiles:
    """The two files of an import, and where their records come from."""

    organisations_name: str
    organisations: bytes
    contacts_name: str
    contacts: bytes
    source: str


@dataclass(frozen=True, slots=True)
class ImportJob:
    """An import, its files apart."""

    id: int
    author: str
    author_id: int
    created_at: datetime
    state: ImportState
    done: int
    total: int
    source: str
    mark: str
    sentence: str
    lines: tuple[ImportLine, ...]


class Imports(Protocol):
    """Imports under way. Every method may raise Fault LEDGER_AWAY."""

    def create(self, actor: Actor, files: ImportFiles, now: datetime, *, keep_since: datetime) -> int:
        """Keep two files; those from before ``keep_since`` are thrown away. Gives the import's id."""
        ...

    def get(self, job: int) -> ImportJob:
        """One import.

        Raises:
            Fault: NOT_FOUND.
        """
        ...

    def files(self, job: int) -> ImportFiles:
        """Its files; empty once it is applied or given up.

        Raises:
            Fault: NOT_FOUND.
        """
        ...

    def progress(self, job: int, done: int, total: int) -> None:
        """Note how far the dry run is."""
        ...

    def show(
        self, job: int, state: ImportState, lines: Sequence[ImportLine], *, mark: str, sentence: str
    ) -> None:
        """Keep what the dry run found."""
        ...

    def move(self, job: int, before: ImportState, after: ImportState) -> bool:
        """Go from one state to another; False when it was in another one, and nothing happened."""
        ...

    def close(self, job: int, state: ImportState, sentence: str) -> None:
        """Forget the files and what was shown of them; only what became of them stays."""
        ...
