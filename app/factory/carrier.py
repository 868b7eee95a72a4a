"""The account at the carrier, as the command line looks at it."""

from app.adapters.carrier_account import TwilioAccount
from app.adapters.carrier_http import CarrierHttp
from app.faults import Fault, FaultCode
from app.ports.carrier_account import CarrierAccount
from app.settings import Settings, checks, development

_TWILIO = "https://api.twilio.com"


def carrier_account(settings: Settings) -> CarrierAccount:
    """The account of the settings.

    Raises:
        Fault: SETTINGS, while it is development's own, which nobody has, or while the carrier could not reach
            this service: numbers pointed at it would lead nowhere.
    """
    if settings.twilio_account_sid == development.ACCOUNT_SID and settings.twilio_api_url == _TWILIO:
        raise Fault(
            FaultCode.SETTINGS,
            "Development has no account at Twilio: set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to your own.",
        )
    if checks.over_tls(settings.public_url):
        raise Fault(
            FaultCode.SETTINGS,
            f"Twilio does not reach {settings.public_url}: set PUBLIC_URL to the https address it is to ask.",
        )
    http = CarrierHttp(settings.twilio_api_url)
    return TwilioAccount(settings.twilio_account_sid, settings.twilio_auth_tokens, http)
