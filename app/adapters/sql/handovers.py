"""Handovers on SQL: each method one transaction. The steps live in the modules it calls."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine, select

from app.access.model import Actor
from app.adapters.sql import (
    arriving,
    caller_steps,
    code_steps,
    leg_steps,
    taking,
    talk_steps,
    transferring,
)
from app.adapters.sql.handover_reading import as_handover, as_handovers, as_leg, queue_of
from app.adapters.sql.handover_rows import HandoverEntry, LegEntry
from app.adapters.sql.transactions import Transactions
from app.faults import Fault, FaultCode
from app.handover.model import Disposition, LegEnd, TalkState
from app.ports.handovers import Choose, Handover, Leg, Lost, Ringing


class SqlHandovers:
    """``app.ports.handovers.Handovers`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._transactions = Transactions(engine)

    def take(self, user: int, choose: Choose, now: datetime) -> Handover | Lost | None:
        """Ring an agent for the row that ``choose`` gives."""
        with self._transactions.writing() as session:
            return taking.take(session, user, choose, now)

    def get(self, handover: str) -> Handover:
        """A handover; Fault NOT_FOUND."""
        with self._transactions.reading() as session:
            entry = session.get(HandoverEntry, handover)
            if entry is None:
                raise Fault(FaultCode.NOT_FOUND, "There is no such conversation.")
            return as_handover(session, entry)

    def of_leg(self, leg: str) -> Handover | None:
        """The handover of a leg."""
        with self._transactions.reading() as session:
            found = session.get(LegEntry, leg)
            entry = session.get(HandoverEntry, found.handover_id) if found is not None else None
            return None if entry is None else as_handover(session, entry)

    def of_sid(self, call_sid: str) -> Handover | None:
        """The handover of the leg that is a call of the carrier's."""
        known = select(LegEntry.handover_id).where(LegEntry.call_sid == call_sid, LegEntry.call_sid != "")
        with self._transactions.reading() as session:
            found = session.scalars(select(HandoverEntry).where(HandoverEntry.id.in_(known))).first()
            return None if found is None else as_handover(session, found)

    def queue_of(self, leg: str) -> str:
        """The queue somebody is rung for; Fault NOT_FOUND."""
        with self._transactions.reading() as session:
            found = session.get(LegEntry, leg)
            if found is None:
                raise Fault(FaultCode.NOT_FOUND, "There is no such leg.")
            return queue_of(session, session.get_one(HandoverEntry, found.handover_id), found)

    def of_call(self, call_id: str) -> Sequence[Handover]:
        """Every handover of a caller's call, oldest first."""
        query = select(HandoverEntry).where(HandoverEntry.call_id == call_id)
        with self._transactions.reading() as session:
            return as_handovers(session, session.scalars(query.order_by(HandoverEntry.started_at)))

    def running(self) -> Sequence[Handover]:
        """Every handover that is not over, oldest first."""
        query = select(HandoverEntry).where(HandoverEntry.state != TalkState.OVER)
        with self._transactions.reading() as session:
            return as_handovers(session, session.scalars(query.order_by(HandoverEntry.started_at)))

    def rings(self, leg: str, call_sid: str, now: datetime) -> None:
        """The carrier says that a leg rings."""
        with self._transactions.writing() as session:
            leg_steps.rings(session, leg, call_sid, now)

    def answered(self, leg: str, call_sid: str, now: datetime) -> Handover | None:
        """Somebody answered; None: there is nothing to hear any more."""
        with self._transactions.writing() as session:
            return leg_steps.answered(session, leg, call_sid, now)

    def joins(self, leg: str, now: datetime) -> Handover | None:
        """Whoever answered pressed 1; None: who they were to talk with is not there any more."""
        with self._transactions.writing() as session:
            return leg_steps.joins(session, leg, now)

    def over(self, leg: str, end: LegEnd, now: datetime) -> None:
        """A leg is over, and so is, or goes on, what it was for."""
        with self._transactions.writing() as session:
            leg_steps.over(session, leg, end, now)

    def caller_joins(self, call_id: str, now: datetime) -> Handover | None:
        """The caller comes into the conference, or back to it."""
        with self._transactions.writing() as session:
            return caller_steps.caller_joins(session, call_id, now)

    def called_back(self, leg: str, call_id: str, call_sid: str, link: str, now: datetime) -> Handover | None:
        """Who was called back pressed 1: their call is the handover's from now on."""
        with self._transactions.writing() as session:
            return caller_steps.called_back(session, leg, call_id, call_sid, link, now)

    def caller_left(self, call_id: str, now: datetime) -> None:
        """The caller's call is over: whoever was rung or talked is let go."""
        with self._transactions.writing() as session:
            leg_steps.caller_left(session, call_id, now)

    def alone(self, call_id: str, now: datetime) -> None:
        """The caller is in a conference where nobody is: send them back, once."""
        with self._transactions.writing() as session:
            caller_steps.alone(session, call_id, now)

    def conference(self, handover: str, sid: str) -> None:
        """Note the SID the carrier gave a handover's conference."""
        with self._transactions.writing() as session:
            entry = session.get(HandoverEntry, handover)
            if entry is not None and entry.conference_sid != sid:
                entry.conference_sid = sid

    def arrived(self, call_sid: str, place: str, link: str, now: datetime) -> None:
        """A call is at a document that a request sent it to: the request was carried out."""
        arriving.settle_arrival(self._engine, call_sid, place, link, now)

    def hold(self, handover: str, user: int, *, held: bool, now: datetime) -> None:
        """Let the caller hear music, or come back."""
        with self._transactions.writing() as session:
            talk_steps.hold(session, handover, user, held=held, now=now)

    def mute(self, handover: str, user: int, *, muted: bool, now: datetime) -> None:
        """Mute the agent's own leg, or not any more."""
        with self._transactions.writing() as session:
            talk_steps.mute(session, handover, user, muted=muted, now=now)

    def add(self, handover: str, user: int, ringing: Ringing, now: datetime) -> Leg:
        """Ring somebody else into the conversation."""
        with self._transactions.writing() as session:
            return as_leg(transferring.add(session, handover, user, ringing, now))

    def to_queue(self, handover: str, user: int, queue: str, now: datetime) -> None:
        """Let a queue's agents take the conversation over; the agent stays until one has."""
        with self._transactions.writing() as session:
            transferring.to_queue(session, handover, user, queue, now)

    def withdraw(self, handover: str, user: int, now: datetime) -> None:
        """Take a transfer back that nobody has accepted yet."""
        with self._transactions.writing() as session:
            transferring.withdraw(session, handover, user, now)

    def let_go(self, handover: str, user: int, leg: str, now: datetime) -> None:
        """End somebody else's leg of the conversation."""
        with self._transactions.writing() as session:
            transferring.release_leg(session, handover, user, leg, now)

    def leave(self, handover: str, user: int, now: datetime) -> None:
        """Leave a conversation that another agent has taken over, or end it where none has."""
        with self._transactions.writing() as session:
            talk_steps.leave(session, handover, user, now)

    def end(self, handover: str, user: int, now: datetime) -> None:
        """End the conversation for everybody."""
        with self._transactions.writing() as session:
            talk_steps.end(session, handover, user, now)

    def code_step(self, handover: str, user: int) -> int:
        """Begin a step of a code run by an agent; gives its number, which no other step of the call has."""
        with self._transactions.writing() as session:
            return code_steps.code_step(session, handover, user)

    def next_step(self, handover: str, after: int) -> int:
        """The number of what a caller keys after a step of this code, 0 at first: the same each time."""
        with self._transactions.writing() as session:
            return code_steps.next_step(session, handover, after)

    def ask_for_code(self, handover: str, challenge: str, *, by_key: bool, now: datetime) -> None:
        """Note the code on its way; ``by_key`` sends the caller's leg to where it is keyed."""
        with self._transactions.writing() as session:
            code_steps.ask_for_code(session, handover, challenge, by_key=by_key, now=now)

    def recall(self, handover: str, user: int, now: datetime) -> None:
        """Bring a caller back who is keying a code."""
        with self._transactions.writing() as session:
            code_steps.recall(session, handover, user, now)

    def wrap_up(
        self, handover: str, disposition: Disposition, text: str, *, actor: Actor, now: datetime
    ) -> None:
        """Write down what a conversation was about, and be available again."""
        with self._transactions.writing() as session:
            talk_steps.wrap_up(session, handover, actor.user, actor.name, disposition, text, now)
