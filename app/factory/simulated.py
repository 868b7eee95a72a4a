"""What development has in place of a carrier account: one within the process, and a clock that can be set."""

from dataclasses import dataclass

from app.adapters.carrier_control import CarrierControl
from app.adapters.clock import ShiftedClock
from app.adapters.local_carrier import LocalHttp
from app.ports import Clock
from app.ports.carrier import Carrier
from app.settings import Settings, development

_TWILIO = "https://api.twilio.com"


@dataclass(frozen=True, slots=True)
class Simulated:
    """``line`` leads nowhere until a phone is put at its other end."""

    line: LocalHttp
    carrier: Carrier
    clock: ShiftedClock


def simulated_by(settings: Settings, wall: Clock) -> Simulated | None:
    """What is simulated over the real clock; None in production, and with an account of one's own."""
    own = settings.twilio_account_sid != development.ACCOUNT_SID or settings.twilio_api_url != _TWILIO
    if settings.production or own:
        return None
    line, clock = LocalHttp(), ShiftedClock(wall)
    account, tokens = settings.twilio_account_sid, settings.twilio_auth_tokens
    return Simulated(line, CarrierControl(account, tokens, line, clock.now), clock)
