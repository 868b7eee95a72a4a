"""Texts and code calls through Twilio's REST API."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.adapters.carrier_clients import UNAUTHORIZED, CarrierClients
from app.adapters.carrier_http import CarrierHttp, NoAnswerError, NotDoneError, NotReachedError
from app.ports import Message, Sent

if TYPE_CHECKING:
    from twilio.rest import Client

# Not this message's fault: a token being changed, a timeout, too many requests (RFC 9110, RFC 6585).
_PASSING = frozenset({UNAUTHORIZED, 408, 429})


class CarrierDelivery:
    """The ``Delivery`` port for texts and code calls: Twilio's Messages and Calls resources."""

    def __init__(self, account_sid: str, tokens: Sequence[str], sender: str, http: CarrierHttp) -> None:
        """Nothing is asked yet.

        Args:
            account_sid: the account that sends.
            tokens: its token; during a rotation the current and the next, tried in this order.
            sender: the number texts and calls come from, E.164.
            http: how requests go out.
        """
        self._clients = CarrierClients(account_sid, tokens, http)
        self._sender = sender

    def send(self, message: Message) -> Sent:
        """Send a text, or place a call that fetches ``message.url``; an unknown end counts as sent."""
        place = self._call if message.channel == "voice" else self._text
        return _outcome(_status(lambda: self._clients.ask(lambda client: place(client, message))))

    def _text(self, client: "Client", message: Message) -> None:
        client.messages.create(to=message.to, from_=self._sender, body=message.text)

    def _call(self, client: "Client", message: Message) -> None:
        client.calls.create(to=message.to, from_=self._sender, url=message.url, method="POST")


def _status(ask: Callable[[], None]) -> int:
    """The HTTP status of asking; 0 when not reached, 200 when it may have been carried out."""
    try:
        ask()
    except NotReachedError:
        return 0
    except NotDoneError as error:
        return error.status
    except (NoAnswerError, ValueError, TypeError, AttributeError, KeyError):
        return 200  # no whole answer, or accepted in words that cannot be read
    return 201


def _outcome(status: int) -> Sent:
    if 200 <= status < 300:
        return Sent.SENT
    refused = 400 <= status < 500 and status not in _PASSING
    return Sent.REFUSED if refused else Sent.LATER
