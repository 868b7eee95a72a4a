"""A carrier's REST API on this machine, over HTTP: a thin server before a ``RestApi``."""

import json
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, Self

from app.simulator.clock import SimulatedClock
from app.simulator.conduct import SILENT, Conduct, Received
from app.simulator.phone import Phone
from app.simulator.rest_api import RestApi
from app.simulator.transport import Response
from app.simulator.webhooks import Account

__all__ = ["Conduct", "FakeCarrier", "Received"]


class FakeCarrier:
    """Serves on a free port of 127.0.0.1 while it is entered; ``url`` takes the place of Twilio's.

    ``api`` is whose requests are served, ``Phone.rest`` of the phone that is to carry the calls; without one
    the calls that are asked for are only recorded.
    """

    def __init__(
        self, account_sid: str, token: str, *, seed: str = "carrier", api: RestApi | None = None
    ) -> None:
        self.api = api if api is not None else _nobody_calls(account_sid, token, seed)
        self._closing = Event()
        self._server = self._listens(0)

    @property
    def url(self) -> str:
        """``http://127.0.0.1:port``."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def received(self) -> list[Received]:
        """All requests, in order."""
        return self.api.received

    @property
    def messages(self) -> list[Received]:
        """The texts that were accepted."""
        return self.api.messages

    @property
    def calls(self) -> list[Received]:
        """The calls that were accepted; ``Phone.is_called(received.form, sid=received.sid)`` places one."""
        return self.api.calls

    def will(self, *conducts: Conduct) -> None:
        """What happens with the next requests, one after the other; then all are accepted again."""
        self.api.will(*conducts)

    def goes_away(self) -> None:
        """Refuse connections until told otherwise."""
        self.api.away = True
        self._server.shutdown()
        self._server.server_close()

    def comes_back(self) -> None:
        """Be reachable again, under the same URL."""
        self.api.away = False
        self._server = self._listens(int(self._server.server_address[1]))
        self._serves()

    def __enter__(self) -> Self:
        self._serves()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    def waits_for_the_end(self) -> None:
        """Until the carrier is closed: what a request hangs in."""
        self._closing.wait()

    def _listens(self, port: int) -> ThreadingHTTPServer:
        server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        server.daemon_threads = True
        server.block_on_close = False
        return server

    def _serves(self) -> None:
        serve = self._server.serve_forever
        Thread(target=serve, kwargs={"poll_interval": 0.01}, daemon=True).start()


def _nobody_calls(account_sid: str, token: str, seed: str) -> RestApi:
    def transport(*_: Any) -> Response:
        raise ConnectionRefusedError("no application belongs to this carrier")

    clock = SimulatedClock(datetime(2026, 1, 1, tzinfo=UTC))
    return Phone(transport, Account(token, account_sid), clock, seed=seed).rest


def _handler(carrier: FakeCarrier) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self._serve()

        def do_GET(self) -> None:
            self._serve()

        def do_DELETE(self) -> None:
            self._serve()

        def log_message(self, *_: object) -> None:
            """Say nothing: requests are recorded, and their bodies hold codes."""

        def _serve(self) -> None:
            self.close_connection = True
            length = self.headers.get("Content-Length", "0")
            body = self.rfile.read(int(length) if length.isdecimal() else 0).decode("utf-8", "replace")
            if carrier.api.away:
                return
            authorization = self.headers.get("Authorization", "")
            decision = carrier.api.decides(self.command, self.path, authorization, body)
            if decision.conduct in {Conduct.HANGS, Conduct.LOSES}:
                carrier.waits_for_the_end()
            if decision.conduct not in SILENT:
                self._answers(*decision.answer)

        def _answers(self, status: int, payload: dict[str, Any]) -> None:
            text = json.dumps(payload).encode() if payload else b""
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

    return Handler
