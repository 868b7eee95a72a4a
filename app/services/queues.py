"""Step 8 of a call: which queue takes it, and which one next when nobody answers there."""

from collections.abc import Callable
from dataclasses import dataclass

from app.callflow.model import Call, Cue, Heard
from app.services.moment import Moment
from app.services.place import facts_of
from routing.compiled import RoutingTable
from routing.decide import Kind, decide
from routing.rerouting import rerouted
from routing.targets import VOICEMAIL

#: The queue of last resort: it takes every call, whatever happened.
FALLBACK = "fallback"
_PERSONS_DEPARTMENT = "technical"


@dataclass(frozen=True, slots=True)
class Queues:
    """Answers about queues, from the table; ``away``: whether the carrier's API is, so that none is asked."""

    away: Callable[[], bool] = lambda: False

    def which(self, call: Call, moment: Moment) -> Heard:
        """The queue for an unverified caller: the chosen desk's, else an open one's, else fallback."""
        queue, language = call.queue, call.desk_language
        if not queue:
            queue, language = self._open_desk(call, moment)
        queue = rerouted(moment.overlay, queue, moment.now)
        if not self._takes(moment.table, queue, call):
            queue, language = FALLBACK, ""
        return Heard(Cue.QUEUE_FOUND, {"queue": queue, "desk_language": language}, queue)

    def _open_desk(self, call: Call, moment: Moment) -> tuple[str, str]:
        """A desk that is open now: the chosen department, else technical; the caller's language, else any."""
        if not call.territory:
            return FALLBACK, ""
        for department in dict.fromkeys((call.department or _PERSONS_DEPARTMENT, _PERSONS_DEPARTMENT)):
            for language in dict.fromkeys((call.desk_language or call.language, "")):
                facts = facts_of(call, language, department)
                decision = decide(moment.table, moment.overlay, facts, moment.now)
                if decision.kind is Kind.TRANSFER:
                    return decision.queue, decision.language
        return FALLBACK, ""

    def next(self, call: Call, moment: Moment) -> Heard:
        """Where supervisors send them, the backup where nobody can be asked, the overflow, the fallback."""
        tried = (*call.tried, call.queue)
        for queue in self._after(call, moment):
            if queue == VOICEMAIL:
                return Heard(Cue.VOICEMAIL, {"tried": tried}, queue)
            if queue and queue not in tried and self._takes(moment.table, queue, call):
                return Heard(Cue.ANOTHER_QUEUE, {"queue": queue, "tried": tried}, queue)
        return Heard(Cue.NO_QUEUE_LEFT, {"tried": tried})

    def _after(self, call: Call, moment: Moment) -> tuple[str, ...]:
        row = moment.table.queue(call.queue)
        sent = rerouted(moment.overlay, call.queue, moment.now)
        backup = row.backup if self.away() else ""
        overflow = rerouted(moment.overlay, row.overflow, moment.now)
        return ("" if sent == call.queue else sent, backup, overflow, FALLBACK)

    def _takes(self, table: RoutingTable, queue: str, call: Call) -> bool:
        """Whether a queue takes this caller: some refuse the unverified; the fallback refuses nobody."""
        refuses = table.queue(queue).unverified == "refuse"
        return queue == FALLBACK or not refuses or call.level != "unverified"
