"""A carrier endpoint by itself, and the short way to it."""

import io
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from app.faults import Fault, FaultCode
from app.services.calls import Answer
from app.telephony.signature import signature
from app.web.endpoint import Endpoint, Shortcut
from app.web.guard import LARGEST_BODY, Admitted, Guard

URL, TOKEN, ACCOUNT = "https://phone.example.com", "token", "AC1"
PATH = "/voice/turn"
FORM = {"AccountSid": ACCOUNT, "CallSid": "CA1", "Digits": "7"}
SIGNED = {
    "X-Twilio-Signature": signature(TOKEN, URL + PATH, {name: (value,) for name, value in FORM.items()})
}


def echo(admitted: Admitted) -> Answer:
    return Answer(f"<Response>{admitted.form.one('Digits')}é</Response>", "echoed")


def instead(_admitted: Admitted) -> Answer:
    return Answer("<Response/>", "fault")


def an_app(answer: Callable[[Admitted], Answer] = echo, *, short: bool = True) -> Client:
    endpoint = Endpoint(PATH, Guard(URL, (TOKEN,), frozenset({ACCOUNT})), answer, instead)
    app = Flask("test", static_folder=None)
    app.add_url_rule(PATH, "turn", lambda: endpoint, methods=["POST"])
    return Client(Shortcut(app.wsgi_app, {PATH: endpoint}) if short else app.wsgi_app)


def posts(client: Client) -> TestResponse:
    return client.post(PATH, data=FORM, headers=SIGNED)


def test_the_short_way_and_the_long_one() -> None:
    """A webhook gets the same status, headers and bytes on the short way and through Flask."""
    short, long = posts(an_app()), posts(an_app(short=False))
    assert short.status == long.status == "200 OK"
    assert sorted(short.headers.items()) == sorted(long.headers.items())
    assert short.data == long.data == "<Response>7é</Response>".encode()
    assert short.headers["X-Call-State"] == "echoed"
    assert short.headers["Content-Type"] == "text/xml; charset=utf-8"


def test_what_is_not_for_an_endpoint() -> None:
    """Other methods and other paths are the application's to answer."""
    assert an_app().get(PATH).status_code == 405
    assert an_app().post(f"{PATH}/").status_code == 404


@pytest.mark.parametrize("error", [RuntimeError("bug"), Fault(FaultCode.NO_TABLE, "No table.")])
def test_a_fault_of_ours(error: Exception) -> None:
    """A bug or a fault behind an endpoint is answered with what stands instead, never with an error."""

    def breaks(_admitted: Admitted) -> Answer:
        raise error

    answer = posts(an_app(breaks))
    assert (answer.status_code, answer.headers["X-Call-State"]) == (200, "fault")


def test_a_url_that_was_not_handed_out() -> None:
    """A handler that finds the URL forged refuses with one sentence."""

    def refuses(_admitted: Admitted) -> Answer:
        raise Fault(FaultCode.FORGED, "Not for this call.")

    answer = posts(an_app(refuses))
    assert (answer.status_code, answer.text) == (403, "Not for this call.\n")
    assert answer.headers["X-Call-State"] == "refused"


def test_a_body_that_ends_early() -> None:
    """A body shorter than it said is refused."""
    environ = {"CONTENT_LENGTH": "500", "wsgi.input": io.BytesIO(b"AccountSid=AC1")}
    answer = an_app().post(PATH, environ_overrides=environ)
    assert (answer.status_code, answer.headers["X-Call-State"]) == (403, "refused")


@pytest.mark.parametrize(("length", "status"), [(LARGEST_BODY, 403), (LARGEST_BODY + 1, 413)])
@pytest.mark.parametrize("terminated", [True, False])
def test_the_largest_body(length: int, status: int, terminated: bool) -> None:
    """A body at the cap is read, and fails only for its signature; one byte more is too much."""
    data = b"a=" + b"x" * (length - 2)
    environ = {"wsgi.input": io.BytesIO(data), "CONTENT_LENGTH": "" if terminated else str(length)}
    more = {"wsgi.input_terminated": True} if terminated else {}
    assert an_app().post(PATH, environ_overrides=environ | more).status_code == status
