"""Ways out: SMTP and the carrier where they are set, the development outbox where they are not."""

from collections.abc import Callable, Mapping
from datetime import datetime

from app.adapters.carrier import CarrierDelivery
from app.adapters.carrier_http import CarrierHttp
from app.adapters.email import MailServer, SmtpDelivery
from app.adapters.outbox_file import DevelopmentOutbox
from app.ports import Delivery
from app.settings import Settings

OUTBOX_FILE = "outbox.jsonl"


def deliveries(settings: Settings, now: Callable[[], datetime]) -> Mapping[str, Delivery]:
    """One way out for each channel. Production has all of them, or would not have started."""
    posted: Delivery = development_outbox(settings, now)
    email, carrier = posted, posted
    if settings.smtp_url:
        email = SmtpDelivery(MailServer.parse(settings.smtp_url), settings.mail_from, now)
    if settings.sms_from:
        carrier = CarrierDelivery(
            settings.twilio_account_sid,
            settings.twilio_auth_tokens,
            settings.sms_from,
            CarrierHttp(settings.twilio_api_url),
        )
    return {"email": email, "text": carrier, "voice": carrier}


def development_outbox(settings: Settings, now: Callable[[], datetime]) -> DevelopmentOutbox:
    """Where messages land that have no other way out; development only."""
    return DevelopmentOutbox(settings.var / OUTBOX_FILE, now)
