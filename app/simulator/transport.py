"""The two ways a webhook reaches an application: within the process, and over HTTP."""

import urllib.request
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit, urlunsplit

from werkzeug.test import Client

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Response:
    """An application's answer; header names are in lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def header(self, name: str) -> str:
        """A header's value, empty when absent."""
        return self.headers.get(name.lower(), "")


# (url, form, headers) -> answer. Twilio always posts a form; an empty one is a GET. Raises OSError
# (TimeoutError, ConnectionError) when there is no answer.
Transport = Callable[[str, list[tuple[str, str]], Mapping[str, str]], Response]


def over_wsgi(app: "WSGIApplication") -> Transport:
    """Calls a WSGI application in this process; what it raises passes through."""
    client = Client(app, use_cookies=False)

    def send(url: str, form: list[tuple[str, str]], headers: Mapping[str, str]) -> Response:
        parts = urlsplit(url)
        answer = client.open(
            parts.path or "/",
            base_url=f"{parts.scheme}://{parts.netloc}",
            query_string=parts.query,
            method="POST" if form else "GET",
            data=urlencode(form) if form else None,
            content_type=FORM if form else None,
            headers=dict(headers),
        )
        with answer:
            return Response(answer.status_code, _lowered(answer.headers.items()), answer.get_data())

    return send


def over_http(*, timeout: float = 15, at: str = "") -> Transport:
    """Calls a running server over HTTP.

    ``timeout`` in seconds is Twilio's own; ``at`` (``http://host:port``) is where requests really go when the
    public URL they are signed for does not lead to the server.
    """
    opener = urllib.request.OpenerDirector()  # no redirects, no proxies, no exception for a status
    opener.add_handler(urllib.request.HTTPHandler())
    opener.add_handler(urllib.request.HTTPSHandler())

    def send(url: str, form: list[tuple[str, str]], headers: Mapping[str, str]) -> Response:
        request = urllib.request.Request(  # noqa: S310 - Twilio's documents name http and https only
            _elsewhere(url, at), data=urlencode(form).encode() if form else None, headers=dict(headers)
        )
        try:
            with opener.open(request, timeout=timeout) as answer:
                return Response(answer.status, _lowered(answer.headers.items()), answer.read())
        except HTTPException as fault:
            raise ConnectionError(f"{url} did not answer in HTTP") from fault

    return send


def _elsewhere(url: str, at: str) -> str:
    if not at:
        return url
    there, parts = urlsplit(at), urlsplit(url)
    return urlunsplit((there.scheme, there.netloc, parts.path, parts.query, ""))


def _lowered(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers}
