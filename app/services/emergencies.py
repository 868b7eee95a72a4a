"""Close now, and say something to every caller: who, what, from when, and until an instant that is named."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.access.model import Actor, Right
from app.faults import Fault, FaultCode
from app.ports.closings import Closings, Entry, Phase, Selected
from app.services.emergency_wanted import Wanted, end_fault, faults
from app.services.reach import Reach, reach, scope
from app.services.tables import Tables
from app.services.wrong import Wrong
from routing.compiled import RoutingTable

_MOST_IN_FORCE = 100  # on every page


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry for people: ``scope`` says in words what it concerns."""

    entry: Entry
    scope: str

    @property
    def closes(self) -> bool:
        """Whether it closes desks; else it is an announcement."""
        return self.entry.closes

    @property
    def incident(self) -> str:
        return self.entry.incident

    @property
    def reason(self) -> str:
        return self.entry.emergency.reason

    @property
    def author(self) -> str:
        return self.entry.author

    @property
    def end(self) -> datetime:
        return self.entry.emergency.end


@dataclass(frozen=True, slots=True)
class Closing:
    """The use case behind pages, API and command line. ``languages``: those with prompts.

    Every method may raise LEDGER_AWAY; those that change anything, NOT_YOURS without the right to publish.
    """

    store: Closings
    tables: Tables
    languages: Collection[str]

    def in_force(self, now: datetime) -> Sequence[Shown]:
        """What closes desks or is announced now, for every page."""
        return self.page(Selected(Phase.IN_FORCE), now, limit=_MOST_IN_FORCE)[0]

    def page(
        self, selected: Selected, now: datetime, *, limit: int, offset: int = 0
    ) -> tuple[Sequence[Shown], int]:
        """One page of the entries selected, newest first, and how many there are."""
        rows, total = self.store.page(selected, now, limit=limit, offset=offset)
        table = self._table() if rows else None
        return [Shown(row, scope(row.emergency, table)) for row in rows], total

    def get(self, number: int) -> Shown:
        """One entry; Fault NOT_FOUND."""
        return self._shown(self.store.get(number))

    def scope(self, wanted: Wanted, now: datetime) -> str:
        """What is concerned, in words."""
        return scope(wanted.at(now), self._table())

    def reach(self, wanted: Wanted, now: datetime) -> Reach:
        """Whom it would reach; Fault NO_TABLE before the first version."""
        return reach(self.tables.current(), wanted.at(now), now, self.languages)

    def faults(self, wanted: Wanted, now: datetime) -> dict[str, str]:
        """What is wrong with it, by field; "" for it as a whole."""
        table = self._table()
        found = faults(wanted, table, self.languages, now)
        if wanted.closes and table and not found and not self.reach(wanted, now).desks:
            found[""] = (
                f"No desk is reached by this: {scope(wanted.at(now), table)}. Look at the three choices."
            )
        return found

    def add(self, wanted: Wanted, *, actor: Actor, now: datetime) -> Shown | Wrong:
        """Put it in force, at once or from its start on; or say what is wrong with it."""
        _require(actor, closes=wanted.closes)
        if found := self.faults(wanted, now):
            return Wrong(found)
        incident = " ".join(wanted.incident.split())
        row = wanted.at(now)
        return self._shown(self.store.add(row, closes=wanted.closes, incident=incident, actor=actor, now=now))

    def end(self, number: int, *, actor: Actor, now: datetime) -> Shown:
        """End an entry now, earlier than it says; Fault NOT_FOUND, CONFLICT when it is over."""
        _require(actor, closes=self.get(number).closes)
        return self._shown(self.store.end(number, actor=actor, now=now))

    def move_end(
        self, number: int, end: datetime, *, expecting: datetime, actor: Actor, now: datetime
    ) -> Shown | Wrong:
        """Extend or shorten an entry.

        Raises:
            Fault: NOT_FOUND; CONFLICT when it is over or its end was moved meanwhile.
        """
        _require(actor, closes=self.get(number).closes)
        start = self.store.get(number).emergency.start
        if sentence := end_fault(max(start, now), end):
            return Wrong({"end": sentence})
        return self._shown(self.store.move_end(number, end, expecting=expecting, actor=actor, now=now))

    def end_incident(self, incident: str, *, actor: Actor, now: datetime) -> Sequence[Entry]:
        """End everything now that carries the incident's name; Fault NOT_FOUND when nothing does."""
        _require(actor, closes=True)
        ended = self.store.end_incident(incident, actor=actor, now=now)
        if not ended:
            raise Fault(
                FaultCode.NOT_FOUND, "Nothing in force or to come belongs to an incident of this name."
            )
        return ended

    def incidents(self, now: datetime) -> Sequence[str]:
        """The names of incidents in force or to come."""
        return self.store.incidents(now)

    def _shown(self, entry: Entry) -> Shown:
        return Shown(entry, scope(entry.emergency, self._table()))

    def _table(self) -> RoutingTable | None:
        try:
            return self.tables.current()
        except Fault as fault:
            if fault.code is FaultCode.NO_TABLE:
                return None
            raise


def _require(actor: Actor, *, closes: bool) -> None:
    """Supervisors announce, too; what closes desks is for those who publish."""
    if actor.may(Right.PUBLISH) or (not closes and actor.may(Right.SUPERVISE)):
        return
    raise Fault(FaultCode.NOT_YOURS, "Publishers and admins close and announce, with a one-time code.")
