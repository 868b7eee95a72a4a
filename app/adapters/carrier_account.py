"""The account's numbers and queues through Twilio's REST API."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from app.adapters.carrier_clients import UNAUTHORIZED, CarrierClients
from app.adapters.carrier_http import CarrierHttp, NoAnswerError, NotDoneError, NotReachedError
from app.faults import Fault, FaultCode
from app.ports.carrier_account import (
    CarrierQueue,
    Done,
    NotDone,
    Outcome,
    OwnedNumber,
    Unknown,
    Webhook,
    Webhooks,
)

if TYPE_CHECKING:
    from twilio.rest import Client

_PAGE = 200  # records an answer; a number has about 1.5 kB of the 1 MB that are read
_UNREADABLE = (ValueError, TypeError, AttributeError, KeyError, RecursionError)


class TwilioAccount:
    """``app.ports.carrier_account.CarrierAccount`` at Twilio."""

    def __init__(self, account_sid: str, tokens: Sequence[str], http: CarrierHttp) -> None:
        """Nothing is asked yet; the arguments are those of ``CarrierClients``."""
        self._clients = CarrierClients(account_sid, tokens, http)

    def numbers(self) -> tuple[OwnedNumber, ...]:
        """Every number of the account, page after page."""
        return self._read(
            lambda client: tuple(map(_number, client.incoming_phone_numbers.stream(page_size=_PAGE)))
        )

    def queues(self) -> tuple[CarrierQueue, ...]:
        """Every queue of the account, page after page."""
        return self._read(lambda client: tuple(map(_queue, client.queues.stream(page_size=_PAGE))))

    def point(self, sid: str, webhooks: Webhooks) -> Outcome:
        """Give a number these webhooks."""
        return self._do(
            lambda client: client.incoming_phone_numbers(sid).update(
                voice_url=webhooks.incoming.url,
                voice_method=webhooks.incoming.method,
                voice_fallback_url=webhooks.fallback.url,
                voice_fallback_method=webhooks.fallback.method,
                status_callback=webhooks.status.url,
                status_callback_method=webhooks.status.method,
            )
        )

    def add_queue(self, name: str, max_size: int) -> Outcome:
        """Make a queue."""
        return self._do(lambda client: client.queues.create(friendly_name=name, max_size=max_size))

    def resize_queue(self, sid: str, max_size: int) -> Outcome:
        """Let a queue hold so many callers."""
        return self._do(lambda client: client.queues(sid).update(max_size=max_size))

    def _read(self, request: "Callable[[Client], tuple[Any, ...]]") -> tuple[Any, ...]:
        from twilio.base.exceptions import TwilioException  # noqa: PLC0415 - as in CarrierClients

        try:
            return self._clients.ask(request)
        except NotReachedError as error:
            raise Fault(FaultCode.CARRIER_AWAY, _NOT_REACHED) from error
        except NotDoneError as error:
            raise Fault(_code(error.status), _refusal(error)) from error
        except (NoAnswerError, TwilioException, *_UNREADABLE) as error:
            raise Fault(FaultCode.CARRIER_AWAY, _NO_ANSWER) from error

    def _do(self, request: "Callable[[Client], object]") -> Outcome:
        try:
            self._clients.ask(request)
        except NotReachedError:
            return NotDone(_NOT_REACHED)
        except NotDoneError as error:
            return NotDone(_refusal(error))
        except (NoAnswerError, *_UNREADABLE):
            return Unknown()
        return Done()


_NOT_REACHED = "Twilio's API cannot be reached: check the network, and TWILIO_API_URL if it is set."
_NO_ANSWER = "Twilio's API gave no answer that can be read: try again, and check TWILIO_API_URL if it is set."


def _code(status: int) -> FaultCode:
    passing = status in {408, 429} or status >= 500
    return FaultCode.CARRIER_AWAY if passing else FaultCode.CARRIER_REFUSED


def _refusal(error: NotDoneError) -> str:
    said = f" ({error.said})" if error.said else ""
    if error.status == UNAUTHORIZED:
        return "Twilio does not take TWILIO_AUTH_TOKEN for TWILIO_ACCOUNT_SID: compare both with the console."
    if error.status == 404:
        return f"Twilio answers 404{said}: check TWILIO_ACCOUNT_SID, and TWILIO_API_URL if it is set."
    if _code(error.status) is FaultCode.CARRIER_AWAY:
        return f"Twilio answers {error.status}{said}: try again in a minute."
    return f"Twilio refuses with {error.status}{said}: see the account in Twilio's console."


def _number(found: Any) -> OwnedNumber:
    application, trunk = found.voice_application_sid, found.trunk_sid
    taken_by = f"the trunk {trunk}" if trunk else f"the application {application}" if application else ""
    webhooks = Webhooks(
        _webhook(found.voice_url, found.voice_method),
        _webhook(found.voice_fallback_url, found.voice_fallback_method),
        _webhook(found.status_callback, found.status_callback_method),
    )
    can = dict(found.capabilities or {})
    texts, calls = bool(can.get("sms", True)), bool(can.get("voice", True))
    return OwnedNumber(str(found.sid), str(found.phone_number), webhooks, taken_by, texts, calls)


def _webhook(url: str | None, method: str | None) -> Webhook:
    return Webhook(url, (method or "POST").upper()) if url else Webhook()


def _queue(found: Any) -> CarrierQueue:
    return CarrierQueue(str(found.sid), str(found.friendly_name), int(found.max_size))
