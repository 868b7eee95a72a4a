"""A carrier's REST API on this machine: checks and records each request, and misbehaves when told to."""

import json
from base64 import b64encode
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from app.simulator.refused import Refused
from app.simulator.rest import check_request
from app.simulator.sids import Sids

Payload = dict[str, Any]


class Conduct(StrEnum):
    """What the carrier does with one request."""

    ACCEPTS = "accepts"
    TOO_MANY = "too_many"  # 429, nothing happens
    BREAKS = "breaks"  # 500, nothing happens
    HANGS = "hangs"  # accepts, and never answers
    DROPS = "drops"  # accepts, and closes the connection without an answer


@dataclass(frozen=True, slots=True)
class Received:
    """One request: ``accepted`` if anything came of it, ``refused`` why the API would not take it."""

    method: str
    path: str
    form: list[tuple[str, str]] = field(repr=False)  # a text holds a code
    sid: str
    accepted: bool
    refused: str = ""


class FakeCarrier:
    """Serves on a free port of 127.0.0.1 while it is entered; ``url`` takes the place of Twilio's."""

    def __init__(self, account_sid: str, token: str, *, seed: str = "carrier") -> None:
        self.received: list[Received] = []
        self._account = account_sid
        self._token = token
        self._sids = Sids(seed)
        self._script: deque[Conduct] = deque()
        self._closing = Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._server.block_on_close = False

    @property
    def url(self) -> str:
        """``http://127.0.0.1:port``."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def messages(self) -> list[Received]:
        """The texts that were accepted."""
        return self._accepted("/Messages.json")

    @property
    def calls(self) -> list[Received]:
        """The calls that were accepted; ``Phone.is_called(received.form, sid=received.sid)`` places one."""
        return self._accepted("/Calls.json")

    def will(self, *conducts: Conduct) -> None:
        """What happens with the next requests, one after the other; then all are accepted again."""
        self._script.extend(conducts)

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    def handles(self, method: str, url: str, authorization: str, body: str) -> tuple[int, Payload] | None:
        """Decide on a request: status and JSON, or None for no answer at all."""
        parts = urlsplit(url)
        form = parse_qsl(parts.query if method == "GET" else body, keep_blank_values=True)
        refusal = self._refusal(method, parts.path, form, authorization)
        conduct = self._script.popleft() if self._script and refusal is None else Conduct.ACCEPTS
        accepted = refusal is None and conduct not in {Conduct.TOO_MANY, Conduct.BREAKS}
        sid = self._sids.make("SM" if parts.path.endswith("/Messages.json") else "CA")
        reason = "" if refusal is None else str(refusal[1]["message"])
        self.received.append(Received(method, parts.path, form, sid, accepted, reason))
        if refusal is not None:
            return refusal
        if conduct is Conduct.HANGS:
            self._closing.wait()
        return self._answer(method, conduct, sid, dict(form))

    def _answer(
        self, method: str, conduct: Conduct, sid: str, form: dict[str, str]
    ) -> tuple[int, Payload] | None:
        match conduct:
            case Conduct.TOO_MANY:
                return _error(429, 20429, "Too Many Requests")
            case Conduct.BREAKS:
                return _error(500, 20500, "Internal Server Error")
            case Conduct.HANGS | Conduct.DROPS:
                return None
            case Conduct.ACCEPTS:
                return 201 if method == "POST" else 200, self._resource(sid, form)

    def _refusal(
        self, method: str, path: str, form: list[tuple[str, str]], authorization: str
    ) -> tuple[int, Payload] | None:
        expected = "Basic " + b64encode(f"{self._account}:{self._token}".encode()).decode()
        if authorization != expected:
            return _error(401, 20003, "Authenticate")
        if f"/Accounts/{self._account}" not in path:
            return _error(404, 20404, f"The requested resource {path} was not found")
        try:
            check_request(method, path, form)
        except Refused as refused:
            return _error(404 if refused.code == 20404 else 400, refused.code, refused.sentence)
        return None

    def _resource(self, sid: str, form: dict[str, str]) -> Payload:
        return {
            "account_sid": self._account,
            "api_version": "2010-04-01",
            "body": form.get("Body"),
            "direction": "outbound-api",
            "error_code": None,
            "from": form.get("From"),
            "sid": sid,
            "status": "queued",
            "to": form.get("To"),
        }

    def _accepted(self, end: str) -> list[Received]:
        return [
            one for one in self.received if one.accepted and one.path.endswith(end) and one.method == "POST"
        ]


def _error(status: int, code: int, message: str) -> tuple[int, Payload]:
    more = f"https://www.twilio.com/docs/errors/{code}"
    return status, {"code": code, "message": message, "more_info": more, "status": status}


def _handler(carrier: FakeCarrier) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self._serve()

        def do_GET(self) -> None:
            self._serve()

        def log_message(self, *_: object) -> None:
            """Say nothing: requests are recorded, and their bodies hold codes."""

        def _serve(self) -> None:
            length = self.headers.get("Content-Length", "0")
            body = self.rfile.read(int(length) if length.isdecimal() else 0).decode("utf-8", "replace")
            answer = carrier.handles(self.command, self.path, self.headers.get("Authorization", ""), body)
            self.close_connection = True
            if answer is None:
                return
            text = json.dumps(answer[1]).encode()
            self.send_response(answer[0])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

    return Handler
