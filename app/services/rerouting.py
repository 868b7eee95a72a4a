"""Sending a queue's calls to another one for now: who, from when, and until when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.access.model import Actor, Right
from app.faults import Fault, FaultCode
from app.ports.closings import Phase
from app.ports.rerouting import RerouteEntry, Reroutes
from app.services.emergency_wanted import LONGEST_REASON, end_fault, start_fault
from app.services.queues import FALLBACK
from app.services.tables import Tables
from app.services.wrong import Wrong
from routing.compiled import RoutingTable
from routing.rerouting import rerouted
from routing.table import Overlay, Reroute
from routing.targets import queue_of

#: How long a re-route holds where nobody says until when.
LONGEST_UNSAID = timedelta(hours=24)
_MOST_IN_FORCE = 100


@dataclass(frozen=True, slots=True)
class RerouteWanted:
    """A re-route somebody wants; ``start`` None: at once, ``end`` None: 24 hours after it starts."""

    queue: str
    to: str
    reason: str
    start: datetime | None = None
    end: datetime | None = None

    def at(self, now: datetime) -> Reroute:
        """What it would be, made now."""
        start = self.start or now
        end = self.end or start + LONGEST_UNSAID
        return Reroute(self.queue, self.to, start, end, " ".join(self.reason.split()))


@dataclass(frozen=True, slots=True)
class Rerouting:
    """The use case. Every method may raise LEDGER_AWAY; ``add`` and ``end`` NOT_YOURS without the right."""

    store: Reroutes
    tables: Tables

    def in_force(self, now: datetime) -> Sequence[RerouteEntry]:
        """What is sent elsewhere now, newest first."""
        return self.page(Phase.IN_FORCE, now, limit=_MOST_IN_FORCE)[0]

    def page(
        self, phase: Phase | None, now: datetime, *, limit: int, offset: int = 0
    ) -> tuple[Sequence[RerouteEntry], int]:
        """One page of those in force, to come or over (None: all), newest first, and how many there are."""
        return self.store.page(phase, now, limit=limit, offset=offset)

    def queues(self) -> tuple[str, ...]:
        """The queues there are in the live table, by name; Fault NO_TABLE before the first version."""
        return queues_of(self.tables.current())

    def faults(self, wanted: RerouteWanted, now: datetime) -> dict[str, str]:
        """What is wrong with it, by field: queue, to, start, end, reason."""
        found = dict([*_queue_faults(wanted, self.queues()), *_time_faults(wanted, now)])
        if not found and _goes_round(wanted.at(now), self.store.not_over(now)):
            found["to"] = (
                f"Calls would go round: those of {wanted.to} come back to {wanted.queue}. End that first."
            )
        return found

    def add(self, wanted: RerouteWanted, *, actor: Actor, now: datetime) -> RerouteEntry | Wrong:
        """Send a queue's calls elsewhere, at once or from its start on; or say what is wrong with it.

        Raises:
            Fault: CONFLICT when somebody already sends this queue's calls elsewhere in that time.
        """
        _require(actor)
        if found := self.faults(wanted, now):
            return Wrong(found)
        return self.store.add(wanted.at(now), actor=actor, now=now)

    def end(self, number: int, *, actor: Actor, now: datetime) -> RerouteEntry:
        """Let an entry end now; Fault NOT_FOUND, CONFLICT when it is over."""
        _require(actor)
        return self.store.end(number, actor=actor, now=now)


def queues_of(table: RoutingTable) -> tuple[str, ...]:
    """The queues a table has, by name: those with a row, those of its desks, and the one of last resort."""
    document = table.document
    named = {row.name for row in document.queues} | {queue_of(row) for row in document.coverage}
    return tuple(sorted(named | {FALLBACK}))


def _queue_faults(wanted: RerouteWanted, known: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name, queue in (("queue", wanted.queue), ("to", wanted.to)):
        if queue not in known:
            yield name, f"The published table has no queue {queue[:40]}." if queue else "Choose a queue."
    if wanted.queue == FALLBACK:
        yield "queue", f"{FALLBACK} takes what nobody else does: its calls cannot be sent elsewhere."
    elif wanted.to == wanted.queue:
        yield "to", "These are the same queue: choose another one."


def _time_faults(wanted: RerouteWanted, now: datetime) -> Iterator[tuple[str, str]]:
    if sentence := start_fault(wanted.start, now):
        yield "start", sentence
    elif sentence := end_fault(max(wanted.start or now, now), wanted.at(now).end):
        yield "end", sentence
    if not wanted.reason.strip():
        yield "reason", "Say why, in a few words: it stands on the desks until this ends."
    elif len(wanted.reason) > LONGEST_REASON:
        yield "reason", f"Write at most {LONGEST_REASON} characters."


def _goes_round(row: Reroute, others: Sequence[Reroute]) -> bool:
    """Whether at any instant of a re-route its calls would come back to the queue they are sent away from."""
    overlay = Overlay(reroutes=(*others, row))
    instants = [row.start, *(other.start for other in others if row.start <= other.start < row.end)]
    return any(rerouted(overlay, row.queue, at) == row.queue for at in instants)


def _require(actor: Actor) -> None:
    if not actor.may(Right.SUPERVISE):
        raise Fault(FaultCode.NOT_YOURS, "Supervisors and admins re-route queues, with a one-time code.")
