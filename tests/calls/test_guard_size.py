"""Bodies, forms and URLs larger than any the carrier sends."""

import io
import tracemalloc
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.factory.application import create_app
from app.factory.services import Services

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def client(services: Services) -> FlaskClient:
    return create_app(services.settings, services).test_client()


def is_refused(answer: TestResponse, status: int) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["X-Call-State"] == "refused"


class Unread(io.RawIOBase):
    """A body nobody may read."""

    def readable(self) -> bool:
        return True

    def readinto(self, _buffer: object) -> int:
        raise AssertionError("the body was read")


@pytest.mark.parametrize("length", [1 << 30, 300_000, (256 << 10) + 1, 10**30])
def test_a_body_that_says_it_is_large_is_not_read(client: FlaskClient, length: int) -> None:
    """1 GB, 300 kB, one byte too many: 413, before a byte is read."""
    environ = {"CONTENT_LENGTH": str(length), "wsgi.input": Unread()}
    answer = client.post("/voice/incoming", content_type=FORM, environ_overrides=environ)
    is_refused(answer, 413)


def test_a_large_body_of_unknown_length(client: FlaskClient) -> None:
    """A chunked body that says nothing of its length is refused once it is over the cap."""
    body = io.BytesIO(b"a=" + b"x" * 300_000)
    environ = {"wsgi.input": body, "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    is_refused(client.post("/voice/incoming", content_type=FORM, environ_overrides=environ), 413)


@pytest.mark.parametrize(
    "body",
    [
        b"&".join(b"k%d=1" % number for number in range(100_000)),
        b"a&" * 100_000,
        b"&" * 200_000,
        b"x" * 101 + b"=1",
        b"%41" * 60_000 + b"=1",
    ],
    ids=["100,000 keys", "100,000 short keys", "only ands", "a long name", "a long escaped name"],
)
def test_odd_forms(client: FlaskClient, body: bytes) -> None:
    """Too many or too long keys: 413."""
    is_refused(client.post("/voice/incoming", data=body, content_type=FORM), 413)


def test_a_long_query(client: FlaskClient) -> None:
    """A URL longer than any that is handed out: 413."""
    is_refused(client.post("/voice/turn?c=" + "1" * 3000, data=b"a=1", content_type=FORM), 413)


@pytest.fixture
def measured() -> Iterator[None]:
    """Memory is traced while the test runs."""
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.usefixtures("measured")
def test_the_memory_of_big_requests(client: FlaskClient) -> None:
    """The largest requests there may be cost less than 20 MB at their highest."""
    body = b"Digits=" + b"%31" * 80_000
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    for _ in range(10):
        is_refused(client.post("/voice/incoming", data=body, content_type=FORM), 403)
    assert tracemalloc.get_traced_memory()[1] - before < 20_000_000
