"""What one webhook's questions are answered with: the instant, the digits, the table, and who asks."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.callflow.model import Call
from app.ports import Asker
from routing.compiled import RoutingTable
from routing.table import Overlay


@dataclass(frozen=True, slots=True)
class Moment:
    """One webhook's circumstances. ``digits`` may be a code: it is never stored and never logged."""

    now: datetime
    table: RoutingTable
    overlay: Overlay
    digits: str = field(default="", repr=False)

    def asker(self, call: Call) -> Asker:
        """On whose behalf the ledger is asked; the turn makes a repeat harmless."""
        return Asker(call_id=call.call_id, turn=call.turn, ani=call.ani, now=self.now)


def rfc3339(at: datetime | None) -> str:
    """An instant as text in UTC, to the microsecond; empty for None."""
    return "" if at is None else at.astimezone(UTC).isoformat()
