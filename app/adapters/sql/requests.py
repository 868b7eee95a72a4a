"""What is to be asked of the carrier, on SQL: claimed by one at a time, given back when that one dies."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.adapters.sql.fetching import never_came
from app.adapters.sql.handover_reading import held_handover, queue_of, wait_of
from app.adapters.sql.handover_rows import CarrierHealth, HandoverEntry, LegEntry, RequestEntry
from app.adapters.sql.handover_steps import ask
from app.adapters.sql.leg_steps import over
from app.adapters.sql.silent_legs import give_up, silent_legs
from app.adapters.sql.transactions import Transactions
from app.faults import Fault, FaultCode
from app.handover.model import LegEnd, LegKind, LegState, TalkState, WaitKind
from app.handover.wishes import Dequeue, HangUp, Ring, Send, wish
from app.ports.carrier import Carried, Declined, Gone, NotNow, NotSaid, Outcome
from app.ports.requests import Health, Request, RingFacts

LEASE = timedelta(seconds=30)  # longer than any asking takes; then a claim is taken for a dead process's
FIRST_PAUSE = timedelta(seconds=1)  # doubled after each answer that says nothing
LONGEST_PAUSE = timedelta(seconds=30)
LASTS = timedelta(minutes=5)  # what could not be asked for this long is of no use any more
#: Nor do people wait that long for each other: the caller is back in line then, and may go to the backup.
MEETING_LASTS = timedelta(minutes=1)
_MEETING = frozenset({"ring", "dequeue"})
_OF_LATE = timedelta(hours=1)  # longer than any phone rings, or request lasts
_OPEN = ("due", "claimed")


class SqlRequests:
    """``app.ports.requests.Requests`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def claim(self, now: datetime) -> Sequence[Request]:
        """Take the next request, if one is due: of each handover one after the other, in their order."""
        free = or_(
            and_(RequestEntry.state == "due", RequestEntry.due_at <= now),
            and_(RequestEntry.state == "claimed", RequestEntry.claimed_until <= now),
        )
        earlier = aliased(RequestEntry)
        waits = exists().where(
            earlier.handover_id == RequestEntry.handover_id,
            earlier.id < RequestEntry.id,
            earlier.state.in_(_OPEN),
        )
        query = select(RequestEntry).where(free, ~waits).order_by(RequestEntry.due_at, RequestEntry.id)
        with self._transactions.writing() as session:
            taken = session.scalars(query.limit(1).with_for_update(skip_locked=True)).all()
            return [request for entry in taken if (request := _claimed(entry, now)) is not None]

    def settle(self, request: int, outcome: Outcome, now: datetime) -> None:
        """Record what came of it, and what follows for the handover."""
        with self._transactions.writing() as session:
            entry = session.get(RequestEntry, request, with_for_update=True)
            if entry is None or entry.state != "claimed":
                return
            entry.claimed_until = None
            if isinstance(outcome, NotNow | NotSaid) and now - entry.created_at < _lasts(entry.wish):
                pause = min(FIRST_PAUSE * 2 ** min(entry.tries, 10), LONGEST_PAUSE)
                entry.state, entry.due_at, entry.tries = "due", now + pause, entry.tries + 1
                entry.doubtful = entry.doubtful or isinstance(outcome, NotSaid)
                return
            entry.state, entry.settled_at = _settled(outcome), now
            session.flush()
            _follow(session, entry, outcome, now)

    def ring_facts(self, leg: str) -> RingFacts:
        """Whom to ring; Fault NOT_FOUND."""
        with self._transactions.reading() as session:
            entry = session.get(LegEntry, leg)
            handover = session.get(HandoverEntry, entry.handover_id) if entry is not None else None
            if entry is None or handover is None:
                raise Fault(FaultCode.NOT_FOUND, "There is no such leg.")
            over = entry.state == LegState.OVER or handover.state == TalkState.OVER
            hands_over = entry.kind not in {LegKind.CALLER, LegKind.INTERPRETER}
            queue = queue_of(session, handover, entry)
            anew = wait_of(session, handover).kind == WaitKind.CALLBACK and handover.talked_at is None
            return RingFacts(leg, entry.address, handover.call_id, queue, hands_over, over, anew)

    def call_sid(self, leg: str) -> str:
        """The carrier's SID of a leg; empty: it has none yet."""
        with self._transactions.reading() as session:
            entry = session.get(LegEntry, leg)
            return "" if entry is None else entry.call_sid

    def give_up(self, now: datetime) -> int:
        """End the legs of which the carrier told nothing for long; each in a transaction of its own."""
        with self._transactions.reading() as session:
            silent = silent_legs(session, now)
        ended = 0
        for leg in silent:
            with self._transactions.writing() as session:
                ended += give_up(session, leg, now)
        return ended

    def placed(self, now: datetime) -> Collection[str]:
        """The SIDs of all legs that were placed of late."""
        lately = (LegEntry.call_sid != "", LegEntry.asked_at > now - _OF_LATE)
        with self._transactions.reading() as session:
            return frozenset(session.scalars(select(LegEntry.call_sid).where(*lately)))

    def health(self) -> Health:
        """How the API did of late."""
        with self._transactions.reading() as session:
            entry = session.get(CarrierHealth, 1)
            return Health() if entry is None else Health(entry.failures, entry.away_since, entry.asked_at)

    def note_health(self, outcome: Outcome, now: datetime) -> None:
        """Write down whether the API answered; nothing is written while all stays well."""
        failed = isinstance(outcome, NotNow | NotSaid)
        if not failed and not self.health().failures:
            return
        with self._transactions.writing() as session:
            entry = session.get(CarrierHealth, 1, with_for_update=True)
            if entry is None:
                entry = CarrierHealth(id=1, failures=0, away_since=None, asked_at=now)
                session.add(entry)
            entry.failures = entry.failures + 1 if failed else 0
            entry.away_since = (entry.away_since or now) if failed else None
            entry.asked_at = now


def _lasts(kind: str) -> timedelta:
    return MEETING_LASTS if kind in _MEETING else LASTS


def _settled(outcome: Outcome) -> str:
    match outcome:
        case Carried():
            return "done"
        case Gone():
            return "gone"
        case _:
            return "refused"


def _follow(session: Session, entry: RequestEntry, outcome: Outcome, now: datetime) -> None:
    """What an answer means for the handover it was asked for."""
    asked = wish(entry.wish, json.loads(entry.facts))
    match asked:
        case Ring(leg):
            _ringing(session, entry, leg, outcome, now)
        case Dequeue() if not isinstance(outcome, Carried):
            _not_fetched(session, entry, now)
        case Send(_, place, _) if place == "/voice/join" and isinstance(outcome, Gone | Declined):
            _not_fetched(session, entry, now)
        case _:
            return


def _ringing(session: Session, entry: RequestEntry, leg_id: str, outcome: Outcome, now: datetime) -> None:
    leg = session.get(LegEntry, leg_id)
    if leg is None:
        return
    if isinstance(outcome, Carried):
        leg.call_sid = leg.call_sid or outcome.sid
        if leg.state == LegState.OVER:  # let go of while it was being placed
            ask(session, entry.handover_id, HangUp(leg.id), now)
    else:
        unasked = leg.kind == LegKind.CALLER and not isinstance(outcome, Declined)
        over(session, leg_id, LegEnd.CANCELED if unasked else LegEnd.FAILED, now)


def _not_fetched(session: Session, entry: RequestEntry, now: datetime) -> None:
    """The caller could not be brought in: hung up, or stepped out; whoever waits for them hears so."""
    handover = held_handover(session, entry.handover_id)
    if handover.state == TalkState.JOINING:
        never_came(session, handover, now)


def _claimed(entry: RequestEntry, now: datetime) -> Request | None:
    """A request for whoever claims it; None: it is none of this version's, and holds nothing up."""
    try:
        asked = wish(entry.wish, json.loads(entry.facts))
    except ValueError:
        entry.state, entry.settled_at = "refused", now
        return None
    entry.doubtful = entry.doubtful or entry.state == "claimed"
    entry.state, entry.claimed_until = "claimed", now + LEASE
    return Request(entry.id, asked, entry.created_at, entry.doubtful)
