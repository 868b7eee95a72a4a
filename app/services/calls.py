"""The use case everything else serves: one webhook in, one answer out.

Load the running call, go along the script, save if nobody else did, answer. A repeated webhook gets the
stored answer, byte for byte. Redis or SQL gone: the caller is routed all the same, and gains no level.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from app.callflow.event import Event
from app.callflow.model import ENDED, Call, Cue, Ends, Heard, Listens, Note, State, Turn
from app.faults import Fault
from app.ports import CallStore, Clock, Ledger, Stored
from app.ports.waiting import Entering
from app.services import course
from app.services.after_transfer import BRIDGED, LEFT, SENT, outcome
from app.services.apology import apology
from app.services.beginnings import Beginnings
from app.services.flow import Flow, Flowed
from app.services.identity import as_it_holds, with_proof
from app.services.line import Line
from app.services.links import Link
from app.services.moment import Moment, rfc3339
from app.services.proofs import Proofs
from app.services.queues import FALLBACK
from app.services.tables import Tables

_log = structlog.get_logger(__name__)

#: What a running call's ``spent`` says after the fallback URL was asked; else the nonce of its last link.
_FALLBACK_SPENT = "fallback"
_UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of an answer, and the state the call is in after it."""

    body: str
    state: str


@dataclass(frozen=True, slots=True)
class Calls:
    """Answers the carrier's webhooks about the caller's leg."""

    store: CallStore
    ledger: Ledger
    tables: Tables
    flow: Flow
    begin: Beginnings
    clock: Clock
    render: Callable[[Turn], str]
    line: Line
    proofs: Proofs

    def arrive(self, event: Event) -> Answer:
        """A call comes in. Posted again while the call is on, it gets the last answer again."""
        try:
            stored = self.store.load(event.call_id)
        except Fault:
            return self._without_store(self.begin.unknown(event), event)
        if stored is not None:
            return _again(stored)
        call = self.begin.arriving(event)
        moment = self._moment(call, event)
        return self._answer(self.flow.arrive(call, moment), moment, expecting=None)

    def turn(self, event: Event, link: Link) -> Answer:
        """The caller keyed something, or kept silent, or a transfer ended."""
        if event.left_queue in SENT:
            return self._unmoved(event, link)
        stored = self._running(event, link)
        if isinstance(stored, Answer):
            return stored
        moment = self._moment(stored.call, event)
        call = as_it_holds(stored.call, moment.now)
        cue = self._transfer_cue(call, event, moment.now)
        if cue is not None:
            flowed = self.flow.heard(*self._after_transfer(call, event, cue, moment), moment)
        elif event.recording and event.recorded_for:
            left = {"recording": event.recording, "recorded_for": event.recorded_for}
            flowed = self.flow.heard(call, Heard(Cue.MESSAGE_LEFT, left), moment)
        else:
            flowed = self.flow.keyed(call, moment)
        return self._answer(flowed, moment, expecting=call.turn, spent=link.nonce)

    def _running(self, event: Event, link: Link) -> Stored | Answer:
        """The running call at the turn of its link; else what is answered instead."""
        try:
            stored = self.store.load(event.call_id)
        except Fault:
            return self._without_store(self.begin.from_link(event, link), event)
        if stored is None or link.turn > stored.call.turn:
            return self._resume(event, link, stored)
        return _again(stored) if link.turn < stored.call.turn else stored

    def _unmoved(self, event: Event, link: Link) -> Answer:
        """We had the caller sent elsewhere: the queue's action is told, and no answer to it executed."""
        try:
            stored = self.store.load(event.call_id)
        except Fault:
            stored = None
        if stored is not None:
            return _again(stored)
        call = replace(self.begin.bare(event), turn=link.turn, language=link.language, queue=link.queue)
        turn = Turn(call, (), Listens.NOTHING, Ends.TRANSFER, target=f"queue:{link.queue or FALLBACK}")
        return Answer(self.render(turn), State.TRANSFER.value)

    def talked(self, event: Event, link: Link) -> Answer:
        """A conversation with an agent of ours is over, however it ended."""
        return self.turn(replace(event, bridged=True, left_queue="", digits=None), link)

    def lost_colleague(self, event: Event, link: Link) -> Answer:
        """The agent was gone before the caller came: back in the line, at the same place."""
        stored = self._running(event, link)
        if isinstance(stored, Answer):
            return stored
        moment = self._moment(stored.call, event)
        flowed = self.flow.heard(stored.call, Heard(Cue.LOST_COLLEAGUE), moment)
        return self._answer(flowed, moment, expecting=link.turn, spent=link.nonce)

    def _after_transfer(self, call: Call, event: Event, cue: Cue, moment: Moment) -> tuple[Call, Heard]:
        """The call as it comes back from a queue: at the level it may have reached meanwhile."""
        talked = course.connected(call, event, moment.now)
        try:
            proof = self.ledger.proof(call.call_id)
        except Fault:
            proof = None
        if proof is not None and proof.level.name.lower() != call.level:
            call = with_proof(call, proof)
        return call, Heard(cue, talked, note=event.left_queue)

    def _transfer_cue(self, call: Call, event: Event, now: datetime) -> Cue | None:
        """What became of a transfer; who left the queue by a key, or was sent out of it, is asked further."""
        if event.left_queue == LEFT:
            return self.line.stepped_out(event.call_id)
        if event.left_queue == BRIDGED:
            answered_at = datetime.fromisoformat(course.connected(call, event, now)["connected_at"])
            self.line.taken_elsewhere(event.call_id, answered_at, now)
        return outcome(event)

    def lost(self, event: Event) -> Answer:
        """The carrier could not use our last answer, or the call is unknown: apologise, and to a person.

        Posted again before the call went on, it gets the same answer again.
        """
        try:
            stored = self.store.load(event.call_id)
        except Fault:
            stored = None
        if stored is not None and stored.spent == _FALLBACK_SPENT:
            return _again(stored)
        call = replace(stored.call, fault=True) if stored else replace(self.begin.unknown(event), fault=True)
        moment = self._moment(call, event)
        call = replace(call, state=State.WHO)
        flowed = self.flow.heard(call, Heard(Cue.TROUBLE, note="fallback"), moment)
        expecting = stored.call.turn if stored else None
        return self._answer(flowed, moment, expecting=expecting, spent=_FALLBACK_SPENT)

    def entering(self, event: Event, link: Link, query: str) -> Entering:
        """A waiting call as the list takes it, where it is not in it: the link it waits under is right."""
        try:
            stored = self.store.load(event.call_id)
        except Fault:
            stored = None
        call = stored.call if stored is not None else self.begin.from_link(event, link)
        return replace(self.line.entering(call), queue=link.queue, link=query)

    def apologise(self, event: Event, link: Link | None = None) -> Answer:
        """What is left when nothing else works: an apology and the fallback queue, from no store at all."""
        return Answer(self.render(apology(self.begin.bare(event), event, link)), "fault")

    def ended(self, event: Event) -> None:
        """The call is over: write its end and what its timeline still held."""
        try:
            stored = self.store.load(event.call_id)
        except Fault:
            stored = None
        call = stored.call if stored else self.begin.bare(event)
        note = Note(rfc3339(self.clock.now()), ENDED, event.ended)
        self.ledger.record(replace(call, notes=(*call.notes, note)), ended=event.ended)
        self.line.ended(event.call_id, self.clock.now())

    def _resume(self, event: Event, link: Link, stale: Stored | None) -> Answer:
        """The running call was lost, or is older than its own link: go on at the safe point the link tells.

        What is older (``stale``) is not gone on with: a turn that was judged before would be taken for a
        repeat of itself, whatever is keyed now.
        """
        expecting = stale.call.turn if stale else None
        call = replace(self.begin.from_link(event, link), known=None, resumed=True)
        moment = self._moment(call, event)
        cue = outcome(event)
        if cue is None:
            return self._answer(self.flow.arrive(call, moment), moment, expecting=expecting, spent=link.nonce)
        talked = course.connected(call, event, moment.now)
        flowed = self.flow.heard(replace(call, state=State.TRANSFER), Heard(cue, talked), moment)
        return self._answer(flowed, moment, expecting=expecting, spent=link.nonce)

    def _without_store(self, call: Call, event: Event) -> Answer:
        """Redis is away: route to what the link says was chosen already, at the level SQL holds, if any."""
        moment = self._moment(call, event)
        call = call.having(**course.connected(call, event, moment.now))
        if not call.territory:
            call = self.flow.arrive(call, moment).turn.call
        reached = call.level != _UNVERIFIED and call.queue
        return self._unchecked(call, outcome(event) or (Cue.PROVED if reached else Cue.NOT_CHECKED), moment)

    def _unchecked(self, call: Call, cue: Cue, moment: Moment) -> Answer:
        """Hand the caller on without a running call: what comes next will find none."""
        state = State.TRANSFER if cue in {Cue.BRIDGED, Cue.NOT_ANSWERED} else State.WHO
        call = replace(call, state=state, fault=True)
        turn = self.flow.heard(call, Heard(cue, note="store_away"), moment).turn
        self._record(turn.call)
        turn = self.proofs.with_turn(turn, moment.now)
        self.line.follows(turn, moment.now)
        return Answer(self.render(turn), turn.call.state.value)

    def _answer(self, flowed: Flowed, moment: Moment, *, expecting: int | None, spent: str = "") -> Answer:
        turn = flowed.turn
        if flowed.rights or expecting is None or turn.ends is not None:
            turn = replace(turn, call=self._record(turn.call))
        turn = self.proofs.with_turn(turn, moment.now)
        self.line.follows(turn, moment.now)
        body = self.render(turn)
        try:
            other = self.store.save(Stored(turn.call, spent, body), expecting=expecting)
        except Fault:
            if turn.ends is None:  # nothing would know the call when the caller answers
                return self._unchecked(turn.call, Cue.NOT_CHECKED, moment)
            other = None
        return Answer(body, turn.call.state.value) if other is None else _again(other)

    def _record(self, call: Call) -> Call:
        """Write the call's row and pending notes; kept for the next time when SQL is away."""
        try:
            self.ledger.record(call)
        except Fault as fault:
            _log.error("not_recorded", call_id=call.call_id, fault=fault.code.value)
            return call
        return replace(call, notes=())

    def _moment(self, call: Call, event: Event) -> Moment:
        table = self.tables.at(call.table_version) if call.table_version else self.tables.current()
        return Moment(self.clock.now(), table, self.tables.overlay(), event.digits or "")


def _again(stored: Stored) -> Answer:
    return Answer(stored.answer, stored.call.state.value)
