"""How requests reach the carrier's REST API: one connection each, and it is known how far each came."""

import json
import ssl
from base64 import b64encode
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from twilio.http.response import Response

SECONDS = 3.0
_LARGEST_ANSWER = 1_000_000  # bytes
_LONGEST_MESSAGE = 200  # characters


class NotReachedError(Exception):
    """The request did not leave: nothing can have come of it."""


class NoAnswerError(Exception):
    """The request left and no whole answer came back: it may have been carried out."""


class NotDoneError(Exception):
    """The carrier answered, and not that it did it; ``said`` is its own word on why, empty without one."""

    def __init__(self, status: int, said: str = "") -> None:
        super().__init__(f"the carrier answered {status}")
        self.status = status
        self.said = said


class CarrierHttp:
    """Twilio's client asks through this; its own host is replaced by ``TWILIO_API_URL``'s.

    Twilio's own session keeps connections, on which a request that was lost with an idle connection cannot be
    told from one that was carried out.
    """

    def __init__(self, base_url: str, *, seconds: float = SECONDS) -> None:
        """Nothing is connected yet.

        Args:
            base_url: http or https, without a trailing slash.
            seconds: how long connecting, and how long each read may take.
        """
        self._base = urlsplit(base_url)
        self._seconds = seconds

    def request(
        self,
        method: str,
        uri: str,
        *,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        **_options: object,
    ) -> "Response":
        """One request, as Twilio's client words it; its options (timeout, redirects) are decided here.

        Redirects are not followed: they would be asked with the account's token.

        Raises:
            NotReachedError: no connection.
            NoAnswerError: a connection, but no whole answer.
            NotDoneError: an answer of another status than 2xx.
        """
        from twilio.http.response import Response  # noqa: PLC0415 - imported by the client that asks

        parts = urlsplit(uri)
        query = "&".join(filter(None, (parts.query, urlencode(params or {}, doseq=True))))
        path = f"{self._base.path}{parts.path}{f'?{query}' if query else ''}"
        all_headers = {**(headers or {}), "Connection": "close"}
        if auth is not None:
            all_headers["Authorization"] = basic(auth)
        status, text = self._exchange(method, path, urlencode(data or {}, doseq=True), all_headers)
        if not 200 <= status < 300:
            raise NotDoneError(status, _message(text))
        return Response(status, text)

    def _exchange(self, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[int, str]:
        connection = self._connected()
        try:
            connection.request(method, path, body, headers)
            with connection.getresponse() as answer:  # it has the socket once it is said to be the last
                return answer.status, answer.read(_LARGEST_ANSWER).decode("utf-8", "replace")
        except (OSError, HTTPException) as error:
            raise NoAnswerError(type(error).__name__) from error
        finally:
            connection.close()

    def _connected(self) -> HTTPConnection:
        host, port = self._base.hostname or "", self._base.port
        connection: HTTPConnection
        if self._base.scheme == "https":
            context = ssl.create_default_context()
            connection = HTTPSConnection(host, port, timeout=self._seconds, context=context)
        else:
            connection = HTTPConnection(host, port, timeout=self._seconds)
        try:
            connection.connect()
        except OSError as error:
            connection.close()
            raise NotReachedError(type(error).__name__) from error
        return connection


def _message(text: str) -> str:
    """The sentence in an answer that is an error: printable, and not longer than people read."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    said = found.get("message") if isinstance(found, dict) else None
    said = said if isinstance(said, str) else ""
    return "".join(letter for letter in said if letter.isprintable())[:_LONGEST_MESSAGE].rstrip(". ")


def basic(auth: tuple[str, str] | None) -> str:
    """What HTTP's Basic scheme says of somebody (RFC 7617); empty for nobody."""
    return f"Basic {b64encode(':'.join(auth).encode()).decode('ascii')}" if auth is not None else ""
