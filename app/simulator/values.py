"""What an attribute may be set to, and which error Twilio reports when it is not."""

import re
from urllib.parse import urlsplit

from app.simulator.refused import Refused
from app.simulator.schema import Attribute

# twilio.com/docs/api/errors; everything else is a schema warning, 12200.
CODES = {
    ("Dial", "method"): 13210,
    ("Dial", "timeout"): 13212,
    ("Dial", "hangupOnStar"): 13213,
    ("Dial", "timeLimit"): 13216,
    ("Dial", "record"): 13217,
    ("Dial", "sequential"): 13218,
    ("Dial", "answerOnBridge"): 13219,
    ("Dial", "ringTone"): 13220,
    ("Number", "method"): 13221,
    ("Conference", "muted"): 13230,
    ("Conference", "endConferenceOnExit"): 13231,
    ("Conference", "startConferenceOnEnter"): 13232,
    ("Conference", "waitUrl"): 13233,
    ("Conference", "waitMethod"): 13234,
    ("Conference", "beep"): 13235,
    ("Sip", "method"): 13241,
    ("Gather", "finishOnKey"): 13310,
    ("Gather", "method"): 13312,
    ("Gather", "timeout"): 13313,
    ("Gather", "numDigits"): 13314,
    ("Gather", "input"): 13326,
    ("Gather", "language"): 13331,
    ("Gather", "bargeIn"): 13332,
    ("Gather", "actionOnEmptyResult"): 13338,
    ("Play", "loop"): 13410,
    ("Play", "digits"): 13430,
    ("Say", "loop"): 13510,
    ("Say", "voice"): 13511,
    ("Say", "language"): 13512,
    ("Redirect", "method"): 13710,
    ("Reject", "reason"): 13810,
    ("Pause", "length"): 13910,
    ("Enqueue", "method"): 14201,
    ("Enqueue", "waitUrl"): 14202,
    ("Enqueue", "action"): 14203,
    ("Enqueue", "waitUrlMethod"): 14206,
    ("Queue", "method"): 14210,
    ("Queue", "url"): 14211,
}
POSITIVE = frozenset({"timeout", "numDigits", "length", "timeLimit", "maxQueueSize", "maxParticipants"})
MAY_BE_ZERO = frozenset({("Record", "timeout")})  # no silence ends it
URLS = frozenset({"action", "url", "waitUrl", "referUrl", "partialResultCallback", "eventCallbackUrl"})


def check_value(tag: str, key: str, attribute: Attribute, value: str) -> None:
    """Raise ``Refused`` unless Twilio takes ``value`` for attribute ``key`` of element ``tag``."""
    if not _fits(tag, key, attribute, value):
        default = 11100 if _is_url(key) else 12200
        raise Refused(f'{tag} {key}="{value[:60]}" is not allowed', CODES.get((tag, key), default))


def _fits(tag: str, key: str, attribute: Attribute, value: str) -> bool:
    if attribute.values is not None:
        given = value.split() if attribute.many else [value]
        return bool(given) and set(given) <= attribute.values
    if attribute.type == "boolean":
        return value in ("true", "false")
    if attribute.type == "number":
        given = value.split() if attribute.many else [value]
        return all(re.fullmatch("[0-9]{1,9}", one) for one in given) and (
            key not in POSITIVE or int(value) > 0 or (tag, key) in MAY_BE_ZERO
        )
    if key.lower().endswith("method"):
        return value in ("GET", "POST")
    return fits_url(value) if _is_url(key) else True


def _is_url(key: str) -> bool:
    return key in URLS or key.endswith("Callback")


def fits_url(value: str) -> bool:
    """Whether Twilio can request it: an http(s) URL, or one relative to the document's; empty is itself."""
    if re.search(r"[\s<>\"{}|\\^`]", value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return not parts.scheme or (parts.scheme in ("http", "https") and bool(parts.hostname))
