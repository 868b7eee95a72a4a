"""What if: one call that nobody placed, decided by the table that is live, a version, or a draft."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from app.services.drafts import DraftDesk
from app.services.ranking import ranking
from app.services.tables import Tables
from app.verification.model import Level
from routing import edit
from routing.compiled import RoutingTable
from routing.decide import Decision, Facts, Kind, decide
from routing.explain import sentences
from routing.table import Coverage, Overlay
from routing.targets import is_outside

LIVE = "live"
_SECTIONS = {
    "territory": "territories",
    "line": "lines",
    "coverage": "coverage",
    "schedule": "schedules",
    "queue": "queues",
    "calendar": "calendars",
    "closure": "closures",
}


class Caller(NamedTuple):
    """Who waits: what counts for the order of waiting."""

    priority: int = 0  # the organisation's, 0 to 9
    level: Level = Level.UNVERIFIED


@dataclass(frozen=True, slots=True)
class Asked:
    """A call to be tried, and the table to try it against: ``live``, ``version-7`` or ``draft-3``."""

    facts: Facts
    at: datetime
    zone: str
    against: str = LIVE
    caller: Caller | None = None  # None: how the call would rank is not asked

    @property
    def number(self) -> int:
        """The version's or draft's number; 0 for live."""
        return int(self.against.partition("-")[2] or 0)

    @property
    def is_draft(self) -> bool:
        """Whether a draft is to decide."""
        return self.against.startswith("draft-")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that decided: its section and natural key, and the country it belongs to, if to one."""

    section: str
    key: str
    territory: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A decision in sentences, and the rows of the table it rests on."""

    decision: Decision
    sentences: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was decided, and, where that was not the live table, what it would have decided."""

    told: Told
    live: Told | None
    live_version: int

    @property
    def same(self) -> bool:
        """Whether the live table takes the call to the same desk."""
        return self.live is None or _outcome(self.live.decision) == _outcome(self.told.decision)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Tries calls. Raises Fault NO_TABLE, NO_SUCH_VERSION, NO_SUCH_DRAFT, LEDGER_AWAY."""

    tables: Tables
    drafts: DraftDesk

    def answer(self, asked: Asked) -> Answer:
        """What becomes of the call, under the emergency closures that hold at its instant."""
        overlay, live = self.tables.overlay(), self.tables.current()
        told = _told(self._table(asked), overlay, asked)
        beside = None if asked.against == LIVE else _told(live, overlay, asked)
        return Answer(told, beside, live.version)

    def _table(self, asked: Asked) -> RoutingTable:
        if asked.is_draft:
            return RoutingTable(self.drafts.get(asked.number).document, 0)
        return self.tables.version(asked.number) if asked.number else self.tables.current()


def _told(table: RoutingTable, overlay: Overlay, asked: Asked) -> Told:
    decision = decide(table, overlay, asked.facts, asked.at)
    # The last sentence names version and instant; who asks chose both, and a draft has no version.
    lines = sentences(table, asked.facts, decision, asked.at)[:-1]
    lines += _waits(table, decision, asked.caller) if asked.caller else []
    return Told(decision, tuple(lines), tuple(dict.fromkeys(_rows(table, decision))))


def _waits(table: RoutingTable, decision: Decision, caller: Caller) -> list[str]:
    """How the call would rank in its queue; nothing where it goes to none."""
    if decision.kind is not Kind.TRANSFER:
        return []
    target = table.queue(decision.queue).target
    return [f"Nobody waits there: {target} rings at once." if is_outside(target) else ranking(*caller)]


def _rows(table: RoutingTable, decision: Decision) -> Iterator[Row]:
    """The rows of the table among the reasons, and those they lean on: a shared schedule, the queue."""
    for because in decision.because:
        section = _SECTIONS.get(because.partition("/")[0], "")
        row = edit.find(table.document, section, because) if section else None
        if row is None:
            continue
        yield Row(section, because, decision.territory if section in {"territories", "coverage"} else "")
        if isinstance(row, Coverage) and row.schedule:
            yield Row("schedules", f"schedule/{row.schedule}")
    if decision.queue and edit.find(table.document, "queues", f"queue/{decision.queue}") is not None:
        yield Row("queues", f"queue/{decision.queue}")


def _outcome(decision: Decision) -> tuple[object, ...]:
    """What a caller notices of a decision."""
    return decision._replace(because=(), version=0)
