"""A carrier's REST API as a test scripts it; each request is held against Twilio's published description."""

import base64
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs

DESCRIPTION: dict[str, Any] = json.loads(files("app.simulator").joinpath("api_v2010.json").read_text("utf-8"))


@dataclass(frozen=True)
class Asked:
    """One request."""

    path: str
    user: str
    password: str
    form: dict[str, list[str]]


@dataclass
class RestScript:
    """The answers' statuses in turn (the last one stays), or what goes wrong; and what was asked."""

    statuses: tuple[int, ...] = (201,)
    goes_wrong: str = ""  # hang | drop | nonsense
    asked: list[Asked] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)


@contextmanager
def rest_server(script: RestScript) -> Iterator[str]:
    """The base URL of a server on 127.0.0.1 that follows the script."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            script.asked.append(_asked(self.path, self.headers["Authorization"], body))
            if script.goes_wrong == "hang":
                script.go_on.wait(20)
            if script.goes_wrong in {"hang", "drop"}:
                self.close_connection = True
                return
            status = script.statuses[min(len(script.asked), len(script.statuses)) - 1]
            answer = b"<html>" if script.goes_wrong == "nonsense" else json.dumps({"sid": "SM1"}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Tests need no access log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        script.go_on.set()
        server.shutdown()
        thread.join()
        server.server_close()


def is_described(asked: Asked) -> bool:
    """Whether Twilio describes this path with these fields, the required ones among them."""
    for path, item in DESCRIPTION["paths"].items():
        if re.fullmatch(
            re.sub(r"\{\w+\}", "[^/]+", re.escape(path).replace(r"\{", "{").replace(r"\}", "}")), asked.path
        ):
            schema = item["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
            return set(schema["required"]) <= set(asked.form) <= set(schema["properties"])
    return False


def _asked(path: str, authorization: str, body: bytes) -> Asked:
    scheme, _, credentials = authorization.partition(" ")
    assert scheme == "Basic"
    user, _, password = base64.b64decode(credentials).decode().partition(":")
    return Asked(path, user, password, parse_qs(body.decode(), keep_blank_values=True, strict_parsing=True))
