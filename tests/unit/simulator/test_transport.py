"""The two ways to an application give the same answers."""

from collections.abc import Callable, Iterable, Iterator
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from app.simulator.transport import Response, over_http, over_wsgi

FORM = [("Digits", "1#"), ("Twice", "a"), ("Twice", "b c"), ("Empty", ""), ("Name", "Ł & Ø")]


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    status = {"/gone": "404 Not Found", "/moved": "302 Found"}.get(environ["PATH_INFO"], "200 OK")
    start(status, [("Content-Type", "text/plain"), ("Location", "/"), ("X-Call-State", "menu")])
    seen = (
        environ["REQUEST_METHOD"],
        environ["PATH_INFO"],
        environ["QUERY_STRING"],
        environ.get("HTTP_X_A", ""),
    )
    return ["\n".join(seen).encode(), b"\n", body]


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with make_server("127.0.0.1", 0, echo, handler_class=_Quiet) as running:
        Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def both(server: str, path: str, form: list[tuple[str, str]]) -> tuple[Response, Response]:
    public = "https://callgate.example"
    headers = {"X-A": "b"}
    return (
        over_wsgi(echo)(public + path, form, headers),
        over_http(at=server)(public + path, form, headers),
    )


def test_posted_form_arrives_alike(server: str) -> None:
    """A form is posted with its order, repeats and blank values; query and headers come along."""
    inside, outside = both(server, "/turn?a=%20b&c", FORM)
    assert inside.body == outside.body
    assert inside.body.decode().startswith("POST\n/turn\na=%20b&c\nb\nDigits=1%23&Twice=a&Twice=b+c&Empty=&")


def test_empty_form_is_a_get(server: str) -> None:
    """Without a form the request is a GET."""
    inside, outside = both(server, "/", [])
    assert inside.body == outside.body
    assert inside.body.startswith(b"GET\n/\n")


@pytest.mark.parametrize(("path", "status"), [("/gone", 404), ("/moved", 302)])
def test_every_status_is_an_answer(server: str, path: str, status: int) -> None:
    """Errors are answers, and redirects are not followed."""
    assert [answer.status for answer in both(server, path, FORM)] == [status, status]


def test_headers_are_found_in_any_case(server: str) -> None:
    """A header is found whatever its case, and an absent one is empty."""
    for answer in both(server, "/", FORM):
        assert (answer.header("x-call-STATE"), answer.header("X-None")) == ("menu", "")


def test_url_itself_is_called_without_another_place(server: str) -> None:
    """Without ``at`` the request goes where the URL says."""
    assert over_http()(f"{server}/x", FORM, {}).status == 200


def test_nobody_there_is_an_os_error() -> None:
    """A server that is not there is an OSError."""
    with make_server("127.0.0.1", 0, echo) as unused:
        port = unused.server_port
    with pytest.raises(OSError, match=r"."):
        over_http()(f"http://127.0.0.1:{port}/", FORM, {})
