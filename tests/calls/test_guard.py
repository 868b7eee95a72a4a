"""The door of the carrier's endpoints: who may come in, and with what."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.factory.application import create_app
from app.factory.services import Services
from app.simulator.call import CallInProgress
from app.simulator.phone import Phone
from app.telephony.signature import signature
from tests.calls.course import ITALY, UNREGISTERED, comes_to, count
from tests.calls.inbox import Inbox

FORM = "application/x-www-form-urlencoded"
CARRIER = {
    *("incoming", "turn", "fallback", "status", "whisper", "accept", "wait", "code"),
    *("leg", "leg-key", "leg-back", "leg-status", "leg-over", "leg-gone", "conference"),
    *("join", "hold", "hold-music", "talked", "requeue", "code-step", "code-key"),
}
OTHER_SID = "AC" + "9" * 32
OTHER_TOKEN = "9" * 32


@pytest.fixture
def app(services: Services) -> Flask:
    return create_app(services.settings, services)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def signed(
    services: Services, path: str, form: list[tuple[str, str]], *, base: str = "", token: str = ""
) -> dict[str, str]:
    fields: dict[str, list[str]] = {}
    for name, value in form:
        fields.setdefault(name, []).append(value)
    url = (base or services.settings.public_url) + path
    return {"X-Twilio-Signature": signature(token or services.settings.twilio_auth_tokens[0], url, fields)}


def arrival(services: Services, **changes: str) -> list[tuple[str, str]]:
    form = {
        "AccountSid": services.settings.twilio_account_sid,
        "CallSid": "CA" + "7" * 32,
        "From": UNREGISTERED,
        "To": ITALY,
        "CallStatus": "ringing",
    }
    return list((form | changes).items())


def is_refused(answer: TestResponse, status: int = 403) -> None:
    """Refused in a sentence, with a state, and nothing of a call in it."""
    assert answer.status_code == status, answer.text
    assert answer.headers["X-Call-State"] == "refused"
    assert "<Response" not in answer.text


def post(
    client: FlaskClient,
    services: Services,
    path: str = "/voice/incoming",
    form: list[tuple[str, str]] | None = None,
    headers: dict[str, str] | None = None,
) -> TestResponse:
    body = urlencode(arrival(services) if form is None else form)
    return client.post(path, data=body, content_type=FORM, headers=headers)


def test_every_carrier_endpoint_refuses_the_unsigned(
    app: Flask, client: FlaskClient, services: Services
) -> None:
    """Below /voice there are the carrier's endpoints and nothing else, and each refuses the unsigned."""
    rules = {rule.rule: rule.methods or set() for rule in app.url_map.iter_rules()}
    voice = {path: methods for path, methods in rules.items() if path.startswith("/voice")}
    assert voice.keys() == {f"/voice/{name}" for name in CARRIER}
    for path, methods in voice.items():
        assert methods - {"HEAD", "OPTIONS"} == {"POST"}
        is_refused(post(client, services, path))


@pytest.mark.parametrize(
    "header",
    [None, "", "A", "=", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", "h\xe9llo", "\xff" * 28, "x" * 5000, "\t"],
    ids=["none", "empty", "short", "blank", "another", "latin", "bytes", "long", "tab"],
)
def test_an_odd_signature_is_refused(client: FlaskClient, services: Services, header: str | None) -> None:
    """No signature, a wrong, short, long or non-ASCII one: 403, never an error."""
    is_refused(post(client, services, headers=None if header is None else {"X-Twilio-Signature": header}))


def test_one_byte_changed_in_each_parameter(phone: Phone, inbox: Inbox) -> None:
    """A signed webhook with one character of one value, name or URL argument changed is refused."""
    call = comes_to("enter_code", phone, inbox)
    request = phone.request(call.last_url, [*call.leg.form(), ("Digits", "123456")])
    for index, (name, value) in enumerate(request.form):
        for other in ((name, _flipped(value)), (_flipped(name), value)):
            form = [*request.form[:index], other, *request.form[index + 1 :]]
            assert phone.send(replace(request, form=form)).status == 403, other
        shorter = [*request.form[:index], *request.form[index + 1 :]]
        assert phone.send(replace(request, form=shorter)).status == 403, name
    assert phone.send(replace(request, form=[*request.form, ("More", "1")])).status == 403
    path, _, query = request.url.partition("?")
    for name, value in parse_qsl(query):
        changed = query.replace(f"{name}={value}", f"{name}={_flipped(value)}")
        assert phone.send(replace(request, url=f"{path}?{changed}")).status == 403
    assert phone.send(request).status == 200


def _flipped(text: str) -> str:
    return (chr(ord(text[0]) ^ 1) + text[1:]) if text else "x"


@pytest.mark.parametrize("base", ["https://127.0.0.1:8000", "http://127.0.0.1:8001", "http://example.com"])
def test_signed_for_another_address(client: FlaskClient, services: Services, base: str) -> None:
    """The address that was signed is PUBLIC_URL: not its https twin, another port or another host."""
    form = arrival(services)
    is_refused(
        post(client, services, form=form, headers=signed(services, "/voice/incoming", form, base=base))
    )


def test_host_and_forwarded_headers_are_ignored(client: FlaskClient, services: Services) -> None:
    """Host and X-Forwarded-* neither break a genuine webhook nor make a forged one genuine."""
    lies = {
        "Host": "evil.example.com",
        "X-Forwarded-Host": "evil.example.com",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Port": "443",
        "X-Forwarded-Prefix": "/evil",
    }
    form = arrival(services)
    genuine = signed(services, "/voice/incoming", form)
    assert post(client, services, form=form, headers=lies | genuine).status_code == 200
    forged = signed(services, "/voice/incoming", form, base="https://evil.example.com")
    is_refused(post(client, services, form=form, headers=lies | forged))


def test_an_account_that_is_not_ours(client: FlaskClient, services: Services) -> None:
    """A webhook of another account, signed with our token, is refused; so is one without a call."""
    for form in (
        arrival(services, AccountSid=OTHER_SID),
        arrival(services, AccountSid=""),
        arrival(services, CallSid=""),
    ):
        is_refused(post(client, services, form=form, headers=signed(services, "/voice/incoming", form)))


def test_two_tokens_during_a_rotation(services: Services) -> None:
    """While tokens are rotated either one signs; a third does not, and after it the old one does not."""
    old = services.settings.twilio_auth_tokens[0]
    form, path = arrival(services), "/voice/incoming"
    for tokens, accepted in (((old, OTHER_TOKEN), {old, OTHER_TOKEN}), ((OTHER_TOKEN,), {OTHER_TOKEN})):
        settings = replace(services.settings, twilio_auth_tokens=tokens)
        client = create_app(settings, replace(services, settings=settings)).test_client()
        for token in (old, OTHER_TOKEN, "8" * 32):
            answer = post(client, services, form=form, headers=signed(services, path, form, token=token))
            assert (answer.status_code == 200) is (token in accepted)


def test_arguments_that_were_not_handed_out(phone: Phone, inbox: Inbox, services: Services) -> None:
    """Unknown, repeated or changed URL arguments are refused even when the carrier signed them."""
    call = comes_to("account", phone, inbox)
    url = call.last_url
    assert phone.send(call.last_request()).status == 200
    nonce = dict(parse_qsl(urlsplit(url).query))["n"]
    bad = [
        f"{url}&x=1",
        f"{url}&c=1",
        url.replace(nonce, _flipped(nonce)),
        url.replace(nonce, nonce[:-1]),
        url.replace(nonce, ""),
        url.replace(nonce, "%C3%A9"),
        url.replace("t=IT", "t=FR"),
        "/voice/incoming?x=1",
        "/voice/status?c=1",
        f"/voice/code?x=abc&n={nonce}",
    ]
    for one in bad:
        is_status(call, one, 403)
    assert count(services, "challenges") == 0


def is_status(call: CallInProgress, url: str, status: int) -> None:
    answer = call.posts(url)
    assert answer.status == status, url
    assert answer.header("X-Call-State") == "refused"


def test_the_link_of_another_call(phone: Phone, inbox: Inbox) -> None:
    """A link belongs to its call: no other call goes on with it, no other call's agent hears its whisper."""
    one, two = comes_to("account", phone, inbox), comes_to("account", phone, inbox)
    is_status(two, one.last_url, 403)
    one.presses("0#")
    answer = phone.send(one.last_request()).body.decode()
    link = answer.partition("/voice/whisper?")[2].partition('"')[0].replace("&amp;", "&")
    for path in ("whisper", "accept"):
        assert two.posts(f"/voice/{path}?{link}", ParentCallSid=two.sid).status == 403
        assert two.posts(f"/voice/{path}?{link}", ParentCallSid=one.sid).status == 200


def test_other_methods(client: FlaskClient) -> None:
    """Carrier endpoints take POST only; what they say to others carries a state, too."""
    for name in CARRIER:
        for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH"):
            answer = client.open(f"/voice/{name}", method=method)
            assert answer.status_code == 405
            assert answer.headers["X-Call-State"] == "refused"
