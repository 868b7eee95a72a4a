"""What the carrier posts, in our words: form -> ``Event``."""

from urllib.parse import unquote_to_bytes
from uuid import UUID, uuid5

from app.callflow.event import Event
from app.faults import Fault, FaultCode
from routing.numbers import caller_number

MOST_FIELDS = 200
LONGEST_NAME = 100  # characters

# Fixed for ever: a call's id must come out the same in each worker and after each restart.
_CALLS = UUID("6f2c1f0e-9d7b-5b57-8a65-3c1d2b6f9a10")
_OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})


class Form(dict[str, tuple[str, ...]]):
    """The fields of a webhook: name -> its values, in the order they came."""

    __slots__ = ()

    def one(self, name: str, default: str = "") -> str:
        """Give the field's first value, or ``default`` when it is absent."""
        values = self.get(name)
        return values[0] if values else default

    def twice(self, name: str) -> bool:
        """Say whether the field was given more than once."""
        return len(self.get(name, ())) > 1


def read_form(body: bytes) -> Form:
    """Read an ``application/x-www-form-urlencoded`` body; its size is capped before it comes here.

    Blank values are kept, as the carrier signs them. Bad percent escapes stand as they are and invalid
    UTF-8 becomes U+FFFD: such a form cannot be genuine, and fails at the signature. Fault TOO_LARGE beyond
    200 fields or a name of over 100 characters.
    """
    if body.count(b"&") >= MOST_FIELDS:
        raise Fault(FaultCode.TOO_LARGE, f"The form has more than {MOST_FIELDS} fields.")
    form = Form()
    for field in body.decode("utf-8", "replace").replace("+", " ").split("&"):
        if not field:
            continue
        name, _, value = field.partition("=")
        if "%" in field:
            name, value = _unescaped(name), _unescaped(value)
        if len(name) > LONGEST_NAME:
            raise Fault(FaultCode.TOO_LARGE, f"A field's name is longer than {LONGEST_NAME} characters.")
        form[name] = (*form[name], value) if name in form else (value,)
    return form


def _unescaped(text: str) -> str:
    return unquote_to_bytes(text).decode("utf-8", "replace") if "%" in text else text


def call_id_of(account_sid: str, call_sid: str) -> str:
    """Give the call's id: a UUID that follows from the carrier's two SIDs, so that it needs no store."""
    return str(uuid5(_CALLS, f"{account_sid}/{call_sid}"))


def to_event(form: Form) -> Event:
    """Put a webhook about a caller's leg in our words. Fault BAD_INPUT when it names no account or call.

    ``StirVerstat`` and ``Digits`` stand exactly as given: what they mean is judged elsewhere, strictly.
    """
    account_sid, call_sid = form.one("AccountSid"), form.one("CallSid")
    if not account_sid or not call_sid:
        raise Fault(FaultCode.BAD_INPUT, "The webhook names no AccountSid or CallSid.")
    status = form.one("CallStatus")
    return Event(
        call_id=call_id_of(account_sid, call_sid),
        account_sid=account_sid,
        call_sid=call_sid,
        dnis=form.one("To") or form.one("Called"),
        ani=caller_number(form.one("From") or form.one("Caller")),
        forwarded_from=form.one("ForwardedFrom"),
        attestation=form.one("StirVerstat") if "StirVerstat" in form else None,
        attestation_odd=form.twice("StirVerstat"),
        digits=form.one("Digits") if "Digits" in form else None,
        bridged=_bridged(form),
        left_queue=form.one("QueueResult"),
        dialled_for=_seconds(form, "DialCallDuration"),
        waited=_seconds(form, "QueueTime"),
        recording=form.one("RecordingUrl"),
        recorded_for=_seconds(form, "RecordingDuration"),
        ended=status if status in _OVER else "",
    )


def _bridged(form: Form) -> bool | None:
    """Say whether a Dial led to a conversation; None when the webhook is not about the end of one.

    ``DialBridged`` alone tells: with a whisper before the bridge, a voicemail or an agent who refused leaves
    ``DialCallStatus=completed`` behind. Without that field nothing shows that anybody talked, and the caller
    who is still on the line is taken on to the next queue rather than hung up on.
    """
    if "DialBridged" in form:
        return form.one("DialBridged") == "true"
    return False if "DialCallStatus" in form else None


def _seconds(form: Form, name: str) -> int:
    """A whole number of seconds, for reports only: 0 for whatever is none."""
    text = form.one(name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
