"""Texts: accepted, and kept for whoever looks (twilio.com/docs/messaging/api/message-resource)."""

from app.simulator.resources.asked import VERSION, Answer, Asked
from app.simulator.resources.dates import written


def create(asked: Asked) -> Answer:
    """Take a text to be sent."""
    sid = asked.exchange.sids.make("SM")
    return 201, {
        "account_sid": asked.account,
        "api_version": VERSION,
        "body": asked.get("Body"),
        "date_created": written(asked.exchange.clock.now()),
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": asked.get("From") or None,
        "messaging_service_sid": asked.get("MessagingServiceSid") or None,
        "num_media": "0",
        "num_segments": "1",
        "sid": sid,
        "status": "queued",
        "to": asked.get("To"),
        "uri": asked.uri(f"Messages/{sid}"),
    }
