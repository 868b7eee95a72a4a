"""Whether the carrier's REST API can be used: callers are not kept waiting for agents nobody can ring."""

from dataclasses import dataclass
from datetime import datetime

import structlog

from app.faults import Fault
from app.ports.requests import Requests

#: One request may fail; after this many in a row the API is away.
AWAY_AFTER = 2
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class CarrierState:
    """Answers from how the last requests went."""

    requests: Requests

    def away(self) -> bool:
        """Whether the API is away; where that cannot be read it is taken to be there."""
        return self.away_since() is not None

    def away_since(self) -> datetime | None:
        """Since when the API has been away; None: it is there."""
        try:
            health = self.requests.health()
        except Fault as fault:
            _log.error("carrier_state_unknown", fault=fault.code.value)
            return None
        return health.away_since if health.failures >= AWAY_AFTER else None
