"""The parameters Twilio posts with every webhook about a call, and those of its status callbacks.

twilio.com/docs/voice/twiml#twilios-request-to-your-application; the names of places are there but empty, as
they are for most of the world.
"""

from datetime import datetime
from email.utils import format_datetime
from math import ceil

from app.simulator.webhooks import Form

API_VERSION = "2010-04-01"
WITHHELD = "+266696687"  # what Twilio gives for a caller without a number: ANONYMOUS on the keys
_PLACES = ("City", "Country", "State", "Zip")


def standard(
    *, call_sid: str, account_sid: str, caller: str, called: str, direction: str, status: str
) -> Form:
    """The parameters every webhook about a call has."""
    people = (("Called", called), ("Caller", caller), ("From", caller), ("To", called))
    form = [
        ("AccountSid", account_sid),
        ("ApiVersion", API_VERSION),
        ("CallSid", call_sid),
        ("CallStatus", status),
        ("Direction", direction),
    ]
    for name, number in people:
        form += [(name, number), *((name + place, "") for place in _PLACES)]
    return form


def progress(at: datetime, sequence: int) -> Form:
    """What a status callback adds (twilio.com/docs/voice/api/call-resource#statuscallback)."""
    return [
        ("CallbackSource", "call-progress-events"),
        ("SequenceNumber", str(sequence)),
        ("Timestamp", format_datetime(at)),
    ]


def duration(seconds: float) -> Form:
    """What the last status callback adds: the length in seconds, and in minutes begun."""
    return [("CallDuration", str(int(seconds))), ("Duration", str(ceil(seconds / 60)))]
