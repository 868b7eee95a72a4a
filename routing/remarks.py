"""What is to be said about a table's files: faults that refuse them and warnings that do not."""

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from routing.table import Document

Origins = dict[str, tuple[str, int]]  # a row's natural key -> its file and its row there, the header being 1

_MARK = 16  # digits: a few hundred remarks never share one by chance


class Severity(StrEnum):
    """An error cannot work; a warning works, but somebody should look at it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """One sentence about one cell: what is wrong and what would be right."""

    file: str
    row: int  # as in the file, the header being 1; 0: the file as a whole
    column: str  # empty: the row as a whole
    sentence: str
    severity: Severity = Severity.ERROR
    key: str = field(default="", compare=False)  # the row's natural key, where it is known

    @property
    def mark(self) -> str:
        """A short name of what is said about which row: the same wherever the row stands."""
        return hashlib.sha256(f"{self.key or self.file}\n{self.sentence}".encode()).hexdigest()[:_MARK]

    def __str__(self) -> str:
        where = [
            self.file,
            f"row {self.row}" if self.row else "",
            f"column {self.column}" if self.column else "",
        ]
        place = ", ".join(part for part in where if part)
        return f"{place}: {self.sentence}" if place else self.sentence


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of files read: the document, or None and every fault."""

    document: Document | None
    faults: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    origins: Origins = field(default_factory=dict)
