"""Twilio's own client over the simulated carrier's REST API, within this process."""

from base64 import b64encode
from typing import Any
from urllib.parse import urlencode

from twilio.http.response import Response
from twilio.rest import Client

from app.simulator.phone import Phone
from app.simulator.rest_door import RestDoor


class Here:
    """Twilio's HTTP client, through a door instead of the network."""

    def __init__(self, door: RestDoor) -> None:
        self._door = door

    def request(
        self,
        method: str,
        uri: str,
        params: dict[str, Any] | None = None,
        data: dict[str, Any] | None = None,
        headers: Any = None,
        auth: tuple[str, str] | None = None,
        **_: Any,
    ) -> Response:
        query = "?" + urlencode(params, doseq=True) if params else ""
        basic = "Basic " + b64encode(":".join(auth or ("", "")).encode()).decode()
        body = urlencode(data or {}, doseq=True)
        status, text = self._door.exchange_request(method, uri + query, body, basic)
        return Response(status, text)


def client_of(phone: Phone, token: str = "token") -> Client:
    """Twilio's client, as an application would use it."""
    return Client(phone.account.sid, token, http_client=Here(RestDoor(phone.rest)))
