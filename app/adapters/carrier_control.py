"""Legs, queues and conferences through Twilio's REST API (https://www.twilio.com/docs/voice/api)."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from app.adapters.carrier_http import NoAnswerError, NotDoneError, NotReachedError
from app.ports.carrier import (
    Carried,
    ChangeParticipant,
    Declined,
    EndCall,
    EndConference,
    Gone,
    NotNow,
    NotSaid,
    Order,
    Outcome,
    PlaceCall,
    SendCall,
    TakeFromQueue,
)

if TYPE_CHECKING:
    from twilio.rest import Client

_UNAUTHORIZED = 401
# A token being changed, a timeout, too many requests (RFC 9110, RFC 6585): not this request's fault.
_PASSING = frozenset({_UNAUTHORIZED, 408, 429})
_RINGING = ["initiated", "ringing", "answered", "completed"]
_ENDED = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})


class Http(Protocol):
    """How requests go out: as ``CarrierHttp`` does, or to a carrier on this machine."""

    def request(self, method: str, uri: str, **options: Any) -> Any:
        """One request, as Twilio's client words it."""
        ...


class CarrierControl:
    """The ``Carrier`` port on Twilio's Calls, Queues and Conferences resources."""

    def __init__(
        self, account_sid: str, tokens: Sequence[str], http: Http, now: Callable[[], datetime]
    ) -> None:
        """Nothing is asked yet.

        Args:
            account_sid: the account whose calls these are.
            tokens: its token; during a rotation the current and the next, tried in this order.
            http: how requests go out.
            now: the present instant, aware.
        """
        self._account_sid = account_sid
        self._tokens = tokens
        self._http = http
        self._now = now

    def ask(self, order: Order) -> Outcome:
        """Have something done."""
        outcome = self._tried(lambda client: _do(client, order))
        # A second request for what has happened already is refused: what it was about is not there any more.
        return Gone() if isinstance(outcome, Declined) and not isinstance(order, PlaceCall) else outcome

    def look_up(self, order: Order, since_seconds: int, others: Collection[str] = ()) -> Outcome:
        """Whether an order was carried out; Gone: it was not.

        Where a call is cannot be asked: whoever sent it somewhere learns it from its coming there. What ends
        a conference asks for it by its name first, and finds none that is over.
        """
        since = self._now() - timedelta(seconds=since_seconds)
        match order:
            case PlaceCall():
                return self._tried(lambda client: _placed(client, order, since, others))
            case ChangeParticipant():
                return self._tried(lambda client: _is_changed(client, order))
            case TakeFromQueue(queue_sid, call_sid):
                found = self._tried(lambda client: _is_member(client, queue_sid, call_sid))
                return Carried() if isinstance(found, Declined) else found
            case EndCall(call_sid):
                return self._tried(lambda client: _has_ended(client, call_sid))
            case _:
                return Gone()

    def ping(self) -> Outcome:
        """Whether the API answers at all."""
        return self._tried(_ping)

    @cached_property
    def _clients(self) -> "list[Client]":
        from twilio.rest import Client  # noqa: PLC0415 - a sixth of start-up, paid where no caller waits

        return [Client(self._account_sid, token, http_client=self._http) for token in self._tokens]

    def _tried(self, act: "Callable[[Client], Outcome]") -> Outcome:
        outcome: Outcome = NotNow()
        for client in self._clients:
            outcome, status = _outcome(act, client)
            if status != _UNAUTHORIZED:
                break
        return outcome


def _outcome(act: "Callable[[Client], Outcome]", client: "Client") -> tuple[Outcome, int]:
    try:
        return act(client), 200
    except NotReachedError:
        return NotNow(), 0
    except NotDoneError as error:
        passing = error.status in _PASSING or not 400 <= error.status < 500
        return (NotNow() if passing else Declined(error.status)), error.status
    except (NoAnswerError, ValueError, TypeError, AttributeError, KeyError):
        return NotSaid(), 0  # no whole answer, or one in words that cannot be read


def _do(client: "Client", order: Order) -> Outcome:
    match order:
        case PlaceCall():
            return _place(client, order)
        case TakeFromQueue(queue_sid, call_sid, url):
            client.queues(queue_sid).members(call_sid).update(url=url, method="POST")
        case SendCall(call_sid, url):
            client.calls(call_sid).update(url=url, method="POST")
        case EndCall(call_sid):
            client.calls(call_sid).update(status="completed")
        case ChangeParticipant(conference):
            return _change(client, _conference(client, conference), order)
        case EndConference(conference):
            sid = _conference(client, conference)
            if not sid:
                return Gone()
            client.conferences(sid).update(status="completed")
    return Carried()


def _place(client: "Client", order: PlaceCall) -> Outcome:
    placed = client.calls.create(
        to=order.to,
        from_=order.caller_id,
        url=order.url,
        method="POST",
        timeout=order.seconds,
        status_callback=order.status_url,
        status_callback_method="POST",
        status_callback_event=_RINGING,
    )
    return Carried(str(placed.sid))


def _change(client: "Client", sid: str, order: ChangeParticipant) -> Outcome:
    if not sid:
        return Gone()
    changes: dict[str, object] = {}
    if order.muted is not None:
        changes["muted"] = order.muted
    if order.held is not None:
        changes["hold"] = order.held
        if order.held:
            changes |= {"hold_url": order.hold_url, "hold_method": "POST"}
    if order.ends is not None:
        changes["end_conference_on_exit"] = order.ends
    client.conferences(sid).participants(order.call_sid).update(**changes)
    return Carried()


def _conference(client: "Client", name: str) -> str:
    """The SID of the conference of this name that goes on; empty: there is none."""
    for found in client.conferences.list(friendly_name=name, status="in-progress", limit=1):
        return str(found.sid)
    return ""


def _placed(client: "Client", order: PlaceCall, since: datetime, others: Collection[str]) -> Outcome:
    """The call that a request may have placed: to the same address, from the same number, made since then.

    Not one that is over: that was of an earlier request, as the end of this one's would have been told. Nor
    one of another request: an interpreter may be rung for two conversations at once.
    """
    address = order.to.partition("?")[0]
    for call in client.calls.list(from_=order.caller_id, limit=50):
        made = call.date_created
        if call.status in _ENDED or call.sid in others:
            continue
        if str(call.to).partition("?")[0] == address and (made is None or made >= since):
            return Carried(str(call.sid))
    return Gone()


def _is_changed(client: "Client", order: ChangeParticipant) -> Outcome:
    """Whether a participant is already as they are to be."""
    sid = _conference(client, order.conference)
    if not sid:
        return Gone()
    found = client.conferences(sid).participants(order.call_sid).fetch()
    wanted = (
        (order.muted, found.muted),
        (order.held, found.hold),
        (order.ends, found.end_conference_on_exit),
    )
    return Carried() if all(want in {None, now} for want, now in wanted) else Gone()


def _is_member(client: "Client", queue_sid: str, call_sid: str) -> Outcome:
    client.queues(queue_sid).members(call_sid).fetch()
    return Gone()


def _has_ended(client: "Client", call_sid: str) -> Outcome:
    return Carried() if client.calls(call_sid).fetch().status in _ENDED else Gone()


def _ping(client: "Client") -> Outcome:
    client.queues.list(limit=1)
    return Carried()
