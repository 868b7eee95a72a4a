"""Twilio's client with each of the account's tokens."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from app.adapters.carrier_http import CarrierHttp, NotDoneError

if TYPE_CHECKING:
    from twilio.rest import Client

UNAUTHORIZED = 401
T = TypeVar("T")


class CarrierClients:
    """Asks the carrier with the first token it takes: during a rotation there are two."""

    def __init__(self, account_sid: str, tokens: Sequence[str], http: CarrierHttp) -> None:
        """Nothing is asked yet.

        Args:
            account_sid: the account.
            tokens: its token; during a rotation the current and the next, tried in this order.
            http: how requests go out.
        """
        self._account_sid = account_sid
        self._tokens = tokens
        self._http = http

    def ask(self, request: "Callable[[Client], T]") -> T:
        """What a request gives. Raises what ``CarrierHttp`` and reading the answer raise."""
        *others, last = self._clients
        for client in others:
            try:
                return request(client)
            except NotDoneError as error:
                if error.status != UNAUTHORIZED:
                    raise
        return request(last)

    @cached_property
    def _clients(self) -> "list[Client]":
        from twilio.rest import Client  # noqa: PLC0415 - a sixth of start-up, paid where no caller waits

        return [Client(self._account_sid, token, http_client=self._http) for token in self._tokens]
