"""The carrier's REST API on this machine, asked by Twilio's own client."""

from collections.abc import Iterator
from http.client import RemoteDisconnected
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from app.simulator.carrier import Conduct, FakeCarrier

SID, TOKEN = "AC" + "0" * 32, "hush"


@pytest.fixture
def carrier() -> Iterator[FakeCarrier]:
    with FakeCarrier(SID, TOKEN) as running:
        yield running


class _Here:
    """Sends to the fake what is meant for Twilio, each request on a connection of its own."""

    def __init__(self, url: str) -> None:
        self._client = TwilioHttpClient(pool_connections=False, timeout=1)
        self._url = url

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        return self._client.request(method, url.replace("https://api.twilio.com", self._url), *args, **kwargs)


def text(carrier: FakeCarrier, token: str = TOKEN, **changed: str) -> Any:
    client = Client(SID, token, http_client=_Here(carrier.url))
    fields: dict[str, Any] = {"to": "+390698765432", "from_": "+390212345678", "body": "Code 123", **changed}
    return client.messages.create(**fields)


def test_message_is_accepted_and_recorded(carrier: FakeCarrier) -> None:
    """A good request is answered 201 with a SID, and recorded with its fields."""
    message = text(carrier)
    assert (message.status, message.to) == ("queued", "+390698765432")
    assert [one.sid for one in carrier.messages] == [message.sid]
    assert dict(carrier.messages[0].form)["Body"] == "Code 123"
    assert carrier.calls == []


def test_call_is_accepted_and_recorded(carrier: FakeCarrier) -> None:
    """A call asked for is recorded so that a phone can be called by it."""
    client = Client(SID, TOKEN, http_client=_Here(carrier.url))
    call = client.calls.create(to="+390698765432", from_="+390212345678", url="https://callgate.example/code")
    assert [one.sid for one in carrier.calls] == [call.sid]
    assert call.sid.startswith("CA")


def test_wrong_token_is_refused(carrier: FakeCarrier) -> None:
    """Another token is answered 401, and nothing is sent."""
    with pytest.raises(TwilioRestException) as caught:
        text(carrier, token="guess")
    assert (caught.value.status, caught.value.code) == (401, 20003)
    assert carrier.messages == []


def test_wrong_request_is_refused_with_its_number(carrier: FakeCarrier) -> None:
    """A request Twilio would not take is answered 400 with Twilio's number, and recorded as refused."""
    with pytest.raises(TwilioRestException) as caught:
        text(carrier, to="nobody at all")
    assert (caught.value.status, caught.value.code) == (400, 21211)
    assert carrier.messages == []
    assert carrier.received[0].refused


@pytest.mark.parametrize(("conduct", "status"), [(Conduct.TOO_MANY, 429), (Conduct.BREAKS, 500)])
def test_carrier_can_be_told_to_fail(carrier: FakeCarrier, conduct: Conduct, status: int) -> None:
    """It fails as often as told, nothing is sent then, and works again afterwards."""
    carrier.will(conduct)
    with pytest.raises(TwilioRestException) as caught:
        text(carrier)
    assert caught.value.status == status
    assert carrier.messages == []
    text(carrier)
    assert len(carrier.messages) == 1


def raw(carrier: FakeCarrier, path: str, timeout: float = 5) -> None:
    form = urlencode({"To": "+390698765432", "From": "+390212345678", "Body": "x"}).encode()
    request = Request(carrier.url + path, data=form)  # noqa: S310 - an address of this machine
    request.add_header("Authorization", "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDpodXNo")
    with urlopen(request, timeout=timeout):  # noqa: S310 - as above
        pass


def test_carrier_can_drop_the_connection_after_accepting(carrier: FakeCarrier) -> None:
    """Dropped: accepted, but the client never learns of it."""
    carrier.will(Conduct.DROPS)
    with pytest.raises(RemoteDisconnected):
        raw(carrier, f"/2010-04-01/Accounts/{SID}/Messages.json")
    assert len(carrier.messages) == 1


def test_carrier_can_hang_after_accepting(carrier: FakeCarrier) -> None:
    """Hanging: accepted, and the client runs into its own timeout."""
    carrier.will(Conduct.HANGS)
    with pytest.raises(TimeoutError):
        raw(carrier, f"/2010-04-01/Accounts/{SID}/Messages.json", timeout=0.2)
    assert len(carrier.messages) == 1


@pytest.mark.parametrize("account", ["AC" + "1" * 32, "nobody"])
def test_another_account_is_not_found(carrier: FakeCarrier, account: str) -> None:
    """The path must name the account that asks."""
    with pytest.raises(HTTPError) as caught:
        raw(carrier, f"/2010-04-01/Accounts/{account}/Messages.json")
    with caught.value as answer:
        assert answer.code == 404
