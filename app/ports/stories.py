"""Recorded calls one by one: found by what people know of them, and read with their timelines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.callflow.model import Note
from app.ports.records import Outcome, Recorded


@dataclass(frozen=True, slots=True)
class SoughtCalls:
    """Which calls are sought; what is left empty leaves none out."""

    text: str = ""  # a number, an organisation, its account, the beginning of an id, a territory, a queue
    since: datetime | None = None  # inclusive
    until: datetime | None = None  # exclusive
    level: str = ""
    outcome: Outcome | None = None
    territory: str = ""
    queue: str = ""


class Stories(Protocol):
    """Recorded calls and what happened in them. Every method may raise Fault LEDGER_AWAY."""

    def find(self, sought: SoughtCalls, *, limit: int, offset: int = 0) -> Sequence[Recorded]:
        """The calls sought, newest first."""
        ...

    def count(self, sought: SoughtCalls) -> int:
        """How many ``find`` gives in all."""
        ...

    def read(self, beginning: str) -> tuple[Recorded, Sequence[Note]] | None:
        """The one call whose id is this or begins so, and its notes, oldest first; None: there is none.

        Raises:
            Fault: BAD_INPUT when several calls do.
        """
        ...
