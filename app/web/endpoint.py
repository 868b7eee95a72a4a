"""A carrier endpoint as WSGI: guard, handler, TwiML. Never a 500: a fault becomes the answer instead."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from werkzeug.exceptions import HTTPException
from werkzeug.wsgi import get_content_length, get_input_stream

from app.faults import Fault, FaultCode
from app.services.calls import Answer
from app.web.guard import LARGEST_BODY, Admitted, Guard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_log = structlog.get_logger(__name__)
_STATUS = {FaultCode.FORGED: "403 Forbidden", FaultCode.TOO_LARGE: "413 Content Too Large"}

Handler = Callable[[Admitted], Answer]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What answers the POSTs to one path."""

    path: str
    guard: Guard
    answer: Handler
    instead: Handler  # what a fault of ours is answered with; it asks nothing of any store
    allowed: frozenset[str] = frozenset()  # the arguments its URL may have

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        """Answer one request: TwiML, or one sentence why not."""
        try:
            answer = self._answer(self._admitted(environ))
        except Fault as fault:
            _log.warning("refused", path=self.path, fault=fault.code.value)
            return _respond(
                start_response, _STATUS[fault.code], "text/plain", fault.sentence + "\n", "refused"
            )
        return _respond(start_response, "200 OK", "text/xml", answer.body, answer.state)

    def _admitted(self, environ: "WSGIEnvironment") -> Admitted:
        """The webhook, once its guard let it in; a body that says it is too large is not read."""
        if (get_content_length(environ) or 0) > LARGEST_BODY:
            raise Fault(FaultCode.TOO_LARGE, "The request is larger than any the carrier sends.")
        query, signature = environ.get("QUERY_STRING", ""), environ.get("HTTP_X_TWILIO_SIGNATURE", "")
        return self.guard.admit(self.path, query, signature, _body(environ), self.allowed)

    def _answer(self, admitted: Admitted) -> Answer:
        try:
            return self.answer(admitted)
        except Fault as fault:
            if fault.code is FaultCode.FORGED:
                raise
            _log.exception("voice_fault", path=self.path, fault=fault.code.value)
        except Exception:  # noqa: BLE001 - a caller hears an apology, never an error
            _log.exception("voice_fault", path=self.path)
        return self.instead(admitted)


class Shortcut:
    """Hands POSTs for an endpoint straight to it, and everything else to the application.

    The application has the same routes. What Flask does on the way to a view (routing, contexts, session,
    signals) would cost a turn as much as deciding it, and an endpoint uses none of it.
    """

    def __init__(self, application: "WSGIApplication", endpoints: Mapping[str, Endpoint]) -> None:
        self._application = application
        self._endpoints = endpoints

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        """Answer one request."""
        endpoint = self._endpoints.get(environ["PATH_INFO"])
        if endpoint is not None and environ["REQUEST_METHOD"] == "POST":
            return endpoint(environ, start_response)
        return self._application(environ, start_response)


def _body(environ: "WSGIEnvironment") -> bytes:
    """The request's body, up to one byte over the cap: it tells the guard that there is too much."""
    if environ.get("wsgi.input_terminated"):  # by the server: chunked bodies, too
        return bytes(environ["wsgi.input"].read(LARGEST_BODY + 1))
    try:
        return get_input_stream(environ).read()
    except HTTPException:
        raise Fault(FaultCode.FORGED, "The request did not arrive whole.") from None


def _respond(start_response: "StartResponse", status: str, kind: str, text: str, state: str) -> list[bytes]:
    body = text.encode()
    headers = [
        ("Content-Type", f"{kind}; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("X-Call-State", state),
    ]
    start_response(status, headers)
    return [body]
