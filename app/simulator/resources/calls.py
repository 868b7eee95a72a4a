"""Calls (twilio.com/docs/voice/api/call-resource)."""

from app.simulator.leg import Leg
from app.simulator.moments import CallerGone, Redirected
from app.simulator.outgoing import places
from app.simulator.placed import inline_document, read_call
from app.simulator.progress import END, Progress
from app.simulator.refused import Refused
from app.simulator.resources.asked import VERSION, Answer, Asked, Payload
from app.simulator.resources.dates import is_within, written
from app.simulator.resources.pages import page

_NOT_BEGUN = frozenset({"queued", "ringing"})


def create(asked: Asked) -> Answer:
    """Place a call."""
    return 201, shown(asked, places(asked.exchange, read_call(asked.form)))


def list_all(asked: Asked) -> Answer:
    """The calls that pass the filters, the newest first."""
    equal = {"To": "called", "From": "caller", "Status": "status"}
    legs = [
        leg
        for leg in reversed(tuple(asked.exchange.legs.values()))
        if all(asked.get(name) in {"", getattr(leg, field)} for name, field in equal.items())
        and asked.get("ParentCallSid") in {"", _parent(leg)}
        and is_within(asked, "StartTime", leg.created_at)
        and is_within(asked, "EndTime", leg.ended_at)
    ]
    return page(asked, "calls", legs, shown)


def fetch(asked: Asked) -> Answer:
    """One call."""
    return 200, shown(asked, _leg(asked))


def update(asked: Asked) -> Answer:
    """End a call, or let it leave whatever it does and execute another document."""
    leg = _leg(asked)
    if leg.driver.over or leg.ended_at is not None:
        raise Refused("Call is not in-progress. Cannot redirect.", 21220)
    if asked.get("Status") == "completed" or (asked.get("Status") == "canceled" and _has_not_begun(leg)):
        asked.exchange.scheduler.soon(lambda: leg.driver.throws(CallerGone()))
    elif asked.get("Url") or asked.get("Twiml"):
        _redirects(asked, leg)
    return 200, shown(asked, leg)


def _redirects(asked: Asked, leg: Leg) -> None:
    if _has_not_begun(leg):
        raise Refused("Call is not in-progress. Cannot redirect.", 21220)
    url, twiml, method = asked.get("Url"), asked.get("Twiml"), asked.get("Method", "POST")
    leg.fallback = asked.get("FallbackUrl", leg.fallback)
    leg.fallback_method = asked.get("FallbackMethod", leg.fallback_method)
    if asked.has("StatusCallback"):
        method_told = asked.get("StatusCallbackMethod", "POST")
        leg.progress = Progress(asked.get("StatusCallback"), frozenset({END}), method_told)
    away = Redirected(lambda: leg.fetch(url, "", method) if url else inline_document(twiml, leg))
    asked.exchange.scheduler.soon(lambda: leg.driver.throws(away))


def _has_not_begun(leg: Leg) -> bool:
    return leg.direction == "outbound-api" and leg.status in _NOT_BEGUN


def _leg(asked: Asked) -> Leg:
    found = asked.exchange.legs.get(asked.names["Sid"])
    if found is None:
        raise asked.not_found()
    return found


def _parent(leg: Leg) -> str | None:
    return next((value for name, value in leg.extra if name == "ParentCallSid"), None)


def shown(asked: Asked, leg: Leg) -> Payload:
    """A call as the API answers it."""
    return {
        "account_sid": asked.account,
        "answered_by": None,
        "api_version": VERSION,
        "caller_name": None,
        "date_created": written(leg.created_at),
        "date_updated": written(leg.ended_at or leg.answered_at or leg.created_at),
        "direction": leg.direction,
        "duration": str(int(leg.seconds())) if leg.ended_at is not None else None,
        "end_time": written(leg.ended_at),
        "forwarded_from": next((value for name, value in leg.extra if name == "ForwardedFrom"), None),
        "from": leg.caller,
        "from_formatted": leg.caller,
        "group_sid": None,
        "parent_call_sid": _parent(leg),
        "phone_number_sid": None,
        "price": None,
        "price_unit": "USD",
        "queue_time": "0",
        "sid": leg.sid,
        "start_time": written(leg.created_at) if leg.status != "queued" else None,
        "status": leg.status,
        "subresource_uris": {},
        "to": leg.called,
        "to_formatted": leg.called,
        "trunk_sid": None,
        "uri": asked.uri(f"Calls/{leg.sid}"),
    }
