"""Where calls meet the waiting list: they enter it, step out of it, and leave it, as their turns say.

The list is what agents see; the carrier's queue is where callers really are. Where the list cannot be reached
the caller goes on all the same, and the next request of the wait document puts them into it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from app.callflow.model import Call, Cue, Ends, State, Turn
from app.faults import Fault
from app.handover.model import WaitState, Wanted
from app.ports.handovers import Handovers
from app.ports.waiting import Entering, WaitingList
from app.services import links

_CUES = {
    Wanted.CALLBACK: Cue.WANTS_CALLBACK,
    Wanted.LANGUAGE: Cue.WANTS_LANGUAGE,
    Wanted.CODE: Cue.WANTS_CODE,
    Wanted.CLOSED: Cue.DESK_CLOSED,
}
#: States in which a caller who stepped out has left for good, and what became of the stay.
_LEAVES = {
    State.LEAVE_MESSAGE: WaitState.OVERFLOWED,
    State.NOBODY: WaitState.OVERFLOWED,
    State.CLOSED: WaitState.CLOSED,
    State.OFFER_LANGUAGE: WaitState.CLOSED,
    State.OFFER_DEPARTMENT: WaitState.CLOSED,
}
_QUEUE = "queue:"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """The waiting list as calls use it. Nothing here raises: a fault is logged, and the call goes on."""

    waiting: WaitingList
    handovers: Handovers
    secret: bytes = field(repr=False)
    wake: Callable[[], None] = lambda: None

    def follows(self, turn: Turn, now: datetime) -> None:
        """Put a call that is handed to a queue into its line; end the stay of one that goes elsewhere."""
        call = turn.call
        try:
            if turn.ends is Ends.TRANSFER and turn.target.startswith(_QUEUE):
                self.waiting.enter(self.entering(call), now)
            elif turn.ends is Ends.TRANSFER:
                self.waiting.close(call.call_id, WaitState.OVERFLOWED, now)
            elif call.queued_at and call.state in _LEAVES:
                self.waiting.close(call.call_id, _LEAVES[call.state], now)
        except Fault as fault:
            _log.error("not_in_line", call_id=call.call_id, fault=fault.code.value)

    def entering(self, call: Call) -> Entering:
        """A call as the list takes it."""
        return Entering(
            call_id=call.call_id,
            call_sid=call.call_sid,
            queue=call.queue,
            territory=call.territory,
            department=call.department,
            desk_language=call.desk_language,
            language=call.language,
            link=links.query(self.secret, call),
            organisation=call.organisation,
            began_at=datetime.fromisoformat(call.started_at),
            code_until=datetime.fromisoformat(call.expires_at)
            if call.challenge and call.expires_at
            else None,
        )

    def stepped_out(self, call_id: str) -> Cue:
        """What a caller left the queue for; whoever cannot be asked about goes on to the overflow."""
        try:
            wanted = self.waiting.wanted(call_id)
        except Fault as fault:
            _log.error("not_in_line", call_id=call_id, fault=fault.code.value)
            wanted = None
        return _CUES.get(wanted, Cue.NOT_ANSWERED) if wanted else Cue.NOT_ANSWERED

    def taken_elsewhere(self, call_id: str, taken_at: datetime, now: datetime) -> None:
        """Somebody who is no agent of ours took the caller out of the carrier's queue, and has talked."""
        try:
            self.waiting.taken_elsewhere(call_id, taken_at, now)
        except Fault as fault:
            _log.error("not_in_line", call_id=call_id, fault=fault.code.value)

    def ended(self, call_id: str, now: datetime) -> None:
        """A call is over: its place is given up, and whoever was rung or talked is let go."""
        try:
            self.waiting.close(call_id, WaitState.ABANDONED, now)  # first: nobody else would ever close it
            self.handovers.caller_left(call_id, now)
        except Fault as fault:
            _log.error("not_in_line", call_id=call_id, fault=fault.code.value)
        self.wake()
