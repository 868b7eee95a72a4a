"""The simulated carrier's REST API below Twilio's client: development's, and the tests'."""

from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlencode, urlsplit

from app.adapters.carrier_http import NoAnswerError, NotDoneError, NotReachedError, basic

if TYPE_CHECKING:
    from twilio.http.response import Response


class Door(Protocol):
    """Where requests are answered without a network."""

    def exchange_request(self, method: str, url: str, body: str, authorization: str) -> tuple[int, str]:
        """Status and JSON; ConnectionRefusedError when it is not reached, OSError when no answer comes."""
        ...


class LocalHttp:
    """What ``CarrierHttp`` is over a network. Its door may be given later: a phone needs services first."""

    def __init__(self, door: Door | None = None) -> None:
        self.door = door

    def request(
        self,
        method: str,
        uri: str,
        *,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        auth: tuple[str, str] | None = None,
        **_options: object,
    ) -> "Response":
        """One request, as Twilio's client words it; raises as ``CarrierHttp`` does."""
        from twilio.http.response import Response  # noqa: PLC0415 - imported by the client that asks

        if self.door is None:
            raise NotReachedError("nobody is there yet")
        query = f"?{urlencode(params, doseq=True)}" if params else ""
        url, body = f"{urlsplit(uri).path}{query}", urlencode(data or {}, doseq=True)
        try:
            status, text = self.door.exchange_request(method, url, body, basic(auth))
        except ConnectionRefusedError as error:
            raise NotReachedError(type(error).__name__) from error
        except OSError as error:
            raise NoAnswerError(type(error).__name__) from error
        if not 200 <= status < 300:
            raise NotDoneError(status)
        return Response(status, text)
