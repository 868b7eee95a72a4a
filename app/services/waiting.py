"""A caller waits: what is heard between the music, when it is said, and when the waiting is over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from app.callflow.model import Saying
from app.callflow.prompts import Prompt
from app.handover.estimate import OF_LATE, estimate, is_news
from app.handover.model import WaitState, Wanted
from app.handover.order import OrderKey, order_key
from app.ports import Clock
from app.ports.waiting import Entering, View, Wait, WaitingList
from app.services.links import Link
from app.services.queues import FALLBACK
from app.services.staffing import Staffing
from app.services.tables import Tables
from app.verification.model import Level
from routing.compiled import RoutingTable
from routing.decide import Facts, Kind, decide
from routing.rerouting import rerouted

_KEYS = {"1": Wanted.CALLBACK, "2": Wanted.LANGUAGE, "3": Wanted.CODE, "0": Wanted.OVERFLOW}
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Round:
    """What one request of the wait document is answered with."""

    says: tuple[Saying, ...] = ()
    leaves: bool = False  # out of the carrier's queue


@dataclass(frozen=True, slots=True)
class Waiting:
    """Answers the wait document: re-entrant, since whatever it changes it may change again."""

    line: WaitingList
    staffing: Staffing
    tables: Tables
    clock: Clock
    away: Callable[[], bool]  # whether the carrier's API is

    def round(self, link: Link, entering: Callable[[], Entering], carrier_queue: str) -> Round:
        """Between two pieces of music. A caller whom the list does not know yet is put into it."""
        now = self.clock.now()
        view = self._view(link, entering, now)
        if view is None:
            return Round(plain(link))
        self.line.heard(view.own.id, carrier_queue, now)
        if view.own.state is WaitState.JOINING:
            self.line.bring_in(view.own.id, now)
            return Round()
        over = self._over(view.own, now)
        if over is not None and self.line.step_out(view.own.id, over, now):
            return Round(leaves=True)
        return Round(self._says(link, view, now))

    def key(self, link: Link, digit: str) -> bool:
        """A key while waiting; gives whether the caller leaves the carrier's queue for it."""
        wanted, now = _KEYS.get(digit), self.clock.now()
        view = self.line.view(link.call_id, now, now)
        if wanted is None:
            if digit == "*" and view is not None:
                self.line.forget_told(view.own.id)
            return False
        if view is None:
            return wanted is Wanted.OVERFLOW and link.queue != FALLBACK
        if wanted not in self._offered(view.own, now):
            return False
        return self.line.step_out(view.own.id, wanted, now)

    def _view(self, link: Link, entering: Callable[[], Entering], now: datetime) -> View | None:
        view = self.line.view(link.call_id, now - OF_LATE, now)
        if view is None:
            self.line.enter(entering(), now)
            view = self.line.view(link.call_id, now - OF_LATE, now)
        return view

    def _over(self, own: Wait, now: datetime) -> Wanted | None:
        """Why the caller does not go on waiting here; None: they do."""
        if own.state in {WaitState.WAITING, WaitState.OFFERED} and self._has_backup(own):
            return Wanted.BACKUP  # offered: to a phone that cannot be rung
        if own.state is not WaitState.WAITING:
            return None
        table = self.tables.current()
        queue = table.queue(own.queue)
        if rerouted(self.tables.overlay(), own.queue, now) != own.queue:
            return Wanted.REROUTED
        limit = timedelta.max if queue.overflow_after is None else timedelta(seconds=queue.overflow_after)
        too_long = now - own.entered_at >= limit
        if not too_long and self.staffing.anybody(table, own.queue, now):
            return None
        if not too_long and not queue.overflow and not self._is_open(table, own, now):
            return Wanted.CLOSED
        return Wanted.OVERFLOW if self._elsewhere(table, own, now) else None

    def _has_backup(self, own: Wait) -> bool:
        """Whether the carrier's API is away, and the queue says what to do then."""
        queue = self.tables.current().queue(own.queue)
        return bool(queue.backup or queue.overflow) and self.away()

    def _elsewhere(self, table: RoutingTable, own: Wait, now: datetime) -> bool:
        """Whether something would take the caller: nobody is sent from one empty desk to another."""
        overflow = table.queue(own.queue).overflow
        if overflow:
            return True
        return own.queue != FALLBACK and self.staffing.takes(table, FALLBACK, now)

    def _is_open(self, table: RoutingTable, own: Wait, now: datetime) -> bool:
        """Whether the desk the caller chose is open; who chose none waits for whoever comes."""
        if not own.territory or not own.department or own.queue == FALLBACK:
            return True
        return decide(table, self.tables.overlay(), _desk_of(own), now).kind is Kind.TRANSFER

    def _offered(self, own: Wait, now: datetime) -> set[Wanted]:
        """The keys that lead somewhere now."""
        offered = set()
        table = self.tables.current()
        if own.queue != FALLBACK or table.queue(FALLBACK).overflow:
            offered.add(Wanted.OVERFLOW)
        if self.staffing.calls_back(table, self.tables.overlay(), own.queue, _desk_of(own), now):
            offered.add(Wanted.CALLBACK)
        if self.staffing.other_languages(table, self.tables.overlay(), own, now):
            offered.add(Wanted.LANGUAGE)
        if own.code_until is not None and now < own.code_until:
            offered.add(Wanted.CODE)
        return offered

    def _says(self, link: Link, view: View, now: datetime) -> tuple[Saying, ...]:
        """Everything at first, when it is better than what was said before, and every 90 s; else music."""
        own, place = view.own, place_of(view)
        minutes = estimate(view.takes, place, now)
        nearer = own.told_place is None or place < own.told_place
        if not is_news(own.told, own.told_at, minutes, now, nearer=nearer):
            return ()
        self.line.tell(own.id, place, minutes, now)
        language = link.language or "en"
        said = [Saying(Prompt.WAIT_POSITION, language, {"position": place})]
        if minutes is not None:
            said.append(Saying(Prompt.WAIT_RANGE, language, {"low": minutes[0], "high": minutes[1]}))
        offered = self._offered(own, now)
        said += [Saying(prompt, language) for wanted, prompt in _OFFERS if wanted in offered]
        said.append(Saying(Prompt.WAIT_KEYS if Wanted.OVERFLOW in offered else Prompt.WAIT_STAR, language))
        return tuple(said)


def _desk_of(wait: Wait) -> Facts:
    return Facts(territory=wait.territory, department=wait.department, language=wait.desk_language)


def plain(link: Link) -> tuple[Saying, ...]:
    """What is said while the list cannot be asked: nothing that might be wrong."""
    return (Saying(Prompt.WAIT_STAR, link.language or "en"),)


def place_of(view: View) -> int:
    """The caller's place in the line, from 1: how many are to be taken before, and the caller."""
    own = _rank(view.own)
    return 1 + sum(1 for other in view.line if other.id != view.own.id and _rank(other) < own)


def in_order(waits: Sequence[Wait]) -> list[Wait]:
    """Rows of the list as they are to be taken."""
    return sorted(waits, key=_rank)


def _rank(wait: Wait) -> OrderKey:
    return order_key(wait.began_at, wait.priority, Level[wait.level.upper()], wait.call_id)


_OFFERS = (
    (Wanted.CALLBACK, Prompt.WAIT_CALLBACK),
    (Wanted.LANGUAGE, Prompt.WAIT_OTHER_LANGUAGE),
    (Wanted.CODE, Prompt.WAIT_CODE),
)
