"""The account's phone numbers (twilio.com/docs/phone-numbers/api/incomingphonenumber-resource).

A call to one of them is asked about at its VoiceUrl, if it has one.
"""

import re

from app.simulator.numbers import Number
from app.simulator.refused import Refused
from app.simulator.resources.asked import VERSION, Answer, Asked, Payload
from app.simulator.resources.dates import written
from app.simulator.resources.pages import page


def create(asked: Asked) -> Answer:
    """Add a number to the account."""
    phone = asked.get("PhoneNumber")
    if not re.fullmatch(r"\+[1-9][0-9]{6,14}", phone):
        raise Refused("PhoneNumber must be in E.164 format", 21421)
    exchange = asked.exchange
    if phone in {one.phone for one in exchange.numbers.values()}:
        raise Refused(f"{phone} is not available", 21422)
    number = Number(exchange.sids.make("PN"), phone, exchange.clock.now())
    exchange.numbers[number.sid] = number
    _changes(asked, number)
    return 201, _shown(asked, number)


def list_all(asked: Asked) -> Answer:
    """The numbers that contain the filter's digits, and have its name."""
    found = [
        one
        for one in tuple(asked.exchange.numbers.values())
        if asked.get("PhoneNumber") in one.phone and asked.get("FriendlyName") in {"", one.name}
    ]
    return page(asked, "incoming_phone_numbers", found, _shown)


def fetch(asked: Asked) -> Answer:
    """One number."""
    return 200, _shown(asked, _number(asked))


def update(asked: Asked) -> Answer:
    """Change where its calls are asked about."""
    number = _number(asked)
    _changes(asked, number)
    return 200, _shown(asked, number)


def _changes(asked: Asked, number: Number) -> None:
    """Keep whatever was given; the method of each URL is POST unless it was."""
    number.fields.update({name: value for name, value in asked.form if name != "PhoneNumber"})


def _number(asked: Asked) -> Number:
    found = asked.exchange.numbers.get(asked.names["Sid"])
    if found is None:
        raise asked.not_found()
    return found


def _shown(asked: Asked, number: Number) -> Payload:
    written_at = written(number.created)
    fields = {
        "sms_application_sid": "SmsApplicationSid",
        "sms_fallback_url": "SmsFallbackUrl",
        "sms_url": "SmsUrl",
        "status_callback": "StatusCallback",
        "trunk_sid": "TrunkSid",
        "voice_application_sid": "VoiceApplicationSid",
        "voice_fallback_url": "VoiceFallbackUrl",
        "voice_url": "VoiceUrl",
    }
    methods = {
        "sms_fallback_method": "SmsFallbackMethod",
        "sms_method": "SmsMethod",
        "status_callback_method": "StatusCallbackMethod",
        "voice_fallback_method": "VoiceFallbackMethod",
        "voice_method": "VoiceMethod",
    }
    return {
        "account_sid": asked.account,
        "api_version": VERSION,
        "capabilities": {"voice": True, "sms": True, "mms": False, "fax": False},
        "date_created": written_at,
        "date_updated": written_at,
        "friendly_name": number.name,
        "phone_number": number.phone,
        "sid": number.sid,
        "status": "in-use",
        "uri": asked.uri(f"IncomingPhoneNumbers/{number.sid}"),
        **{name: number.fields.get(field, "") for name, field in fields.items()},
        **{name: number.fields.get(field, "POST") for name, field in methods.items()},
    }
