"""A call's status callbacks (twilio.com/docs/voice/api/call-resource#statuscallbackevent)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.simulator import parameters
from app.simulator.webhooks import Form

if TYPE_CHECKING:
    from app.simulator.leg import Leg

_STATUS = {"initiated": "initiated", "ringing": "ringing", "answered": "in-progress"}
END = "completed"
# What the other side's telephone system answered, by how the call ended: the page names 404 and 487.
_SIP_CODES = {"completed": 200, "busy": 486, "no-answer": 487, "canceled": 487, "failed": 404}


@dataclass(slots=True)
class Progress:
    """Tells a URL (relative to ``base``) of the events it asked for; numbers them from 0."""

    url: str
    events: frozenset[str] = frozenset({END})
    method: str = "POST"
    base: str = ""
    told: int = 0

    def tells(self, leg: "Leg", event: str) -> None:
        """One of initiated, ringing, answered, completed happened; the last whatever the leg's status is."""
        if not self.url or event not in self.events:
            return
        more: Form = parameters.progress(leg.exchange.clock.now(), self.told)
        if event == END:
            more += parameters.duration(leg.seconds())
            more.append(("SipResponseCode", str(_SIP_CODES.get(leg.status, 200))))
        status, leg.status = leg.status, _STATUS.get(event, leg.status)
        leg.tells(self.url, self.base, self.method, more)
        leg.status = status
        self.told += 1
