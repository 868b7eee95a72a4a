"""The REST API's doors: who comes in, what is recorded, and how it misbehaves."""

from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.request import Request, urlopen

import pytest
from twilio.base.exceptions import TwilioRestException

from app.simulator.carrier import FakeCarrier
from app.simulator.conduct import Conduct
from tests.unit.simulator.asking import client_of

MENU = "<Response><Gather action='/turn' numDigits='1' timeout='60'/></Response>"


def ends(here: Any, call: Any, token: str = "token") -> None:
    client_of(here.phone, token).calls(call.sid).update(status="completed")


def status_of(act: Any) -> int:
    with pytest.raises(TwilioRestException) as caught:
        act()
    return int(caught.value.status)


def test_several_tokens_are_let_in(line: Any) -> None:
    """While a token is being changed both are let in; any other is not, and nothing comes of it."""
    here = line({"/voice/incoming": MENU})
    call = here.dials()
    here.phone.rest.tokens.append("next")
    assert status_of(lambda: ends(here, call, "guess")) == 401
    here.phone.passes(0)
    assert not call.over
    ends(here, call, "next")
    here.phone.passes(0)
    assert call.over
    assert [(one.method, one.accepted) for one in here.phone.rest.received] == [
        ("POST", False),
        ("POST", True),
    ]


@pytest.mark.parametrize(("conduct", "status"), [(Conduct.TOO_MANY, 429), (Conduct.BREAKS, 500)])
def test_failed_request_has_no_effect(line: Any, conduct: Conduct, status: int) -> None:
    """429 and 500: nothing happens to the call, and the request is recorded as not accepted."""
    here = line({"/voice/incoming": MENU})
    call = here.dials()
    here.phone.rest.will(conduct)
    assert status_of(lambda: ends(here, call)) == status
    here.phone.passes(0)
    assert not call.over
    assert [one.accepted for one in here.phone.rest.received] == [False]


@pytest.mark.parametrize(
    ("conduct", "error"), [(Conduct.DROPS, ConnectionResetError), (Conduct.HANGS, TimeoutError)]
)
def test_request_without_an_answer_is_carried_out(line: Any, conduct: Conduct, error: type[OSError]) -> None:
    """A dropped or hanging request was carried out though nobody says so."""
    here = line({"/voice/incoming": MENU})
    call = here.dials()
    here.phone.rest.will(conduct)
    with pytest.raises(error):
        ends(here, call)
    here.phone.passes(0)
    assert call.over


def test_request_that_is_lost(line: Any) -> None:
    """No answer comes, as with one that hangs, and nothing happened."""
    here = line({"/voice/incoming": MENU})
    call = here.dials()
    here.phone.rest.will(Conduct.LOSES)
    with pytest.raises(TimeoutError):
        ends(here, call)
    here.phone.passes(0)
    assert not call.over


def test_carrier_that_is_away(line: Any) -> None:
    """Away: no connection, nothing recorded, until it is back."""
    here = line({"/voice/incoming": MENU})
    call = here.dials()
    here.phone.rest.away = True
    with pytest.raises(ConnectionRefusedError):
        ends(here, call)
    assert here.phone.rest.handles("GET", "/", "", "") is None
    here.phone.rest.away = False
    assert here.phone.rest.received == []
    ends(here, call)
    here.phone.passes(0)
    assert call.over


def test_what_is_described_but_not_simulated_is_refused(line: Any) -> None:
    """A resource this carrier does not have is refused, not made up."""
    here = line({"/voice/incoming": MENU})
    call = here.dials()
    assert status_of(client_of(here.phone).calls(call.sid).delete) == 400
    assert here.phone.rest.received[0].refused.endswith("is not simulated")


def test_application_may_ask_while_it_answers(line: Any) -> None:
    """A request within a webhook has its effect after that webhook was answered and executed."""
    here = line(
        {"/turn": "<Response><Say>First this</Say></Response>", "/new": "<Response><Say>New</Say></Response>"}
    )

    def incoming(form: dict[str, str]) -> str:
        url = "https://callgate.example/new"
        client_of(here.phone).calls(form["CallSid"]).update(url=url)
        return MENU

    here.app.documents["/voice/incoming"] = incoming
    here.dials().hears("new").is_over()
    assert here.app.paths == ["/voice/incoming", "/new", "/voice/status"]


def test_another_thread_may_ask_meanwhile(line: Any) -> None:
    """A request from another thread is answered while a webhook is, and has its effect afterwards."""
    here = line({"/new": "<Response><Say>New</Say></Response>"})

    def incoming(form: dict[str, str]) -> str:
        call = client_of(here.phone).calls(form["CallSid"])
        with ThreadPoolExecutor(1) as pool:
            pool.submit(call.update, url="https://callgate.example/new").result(timeout=5)
        return MENU

    here.app.documents["/voice/incoming"] = incoming
    here.dials().hears("new").is_over()


def test_chores_may_ask(line: Any) -> None:
    """What the application asks in the background is executed before the next step."""
    here = line({"/voice/incoming": MENU, "/new": "<Response><Say>New</Say></Response>"})
    asked: list[str] = []

    def chore() -> None:
        for form in here.app.forms("/voice/incoming"):
            if form["CallSid"] not in asked:
                asked.append(form["CallSid"])
                client_of(here.phone).calls(form["CallSid"]).update(url="https://callgate.example/new")

    here.phone.chores.append(chore)
    here.dials().hears("new").is_over()


def test_phone_is_served_over_http(line: Any) -> None:
    """The HTTP server carries requests to a phone's REST API; away it refuses connections, then is back."""
    here = line({"/voice/incoming": MENU})
    call = here.dials()
    with FakeCarrier(here.phone.account.sid, "token", api=here.phone.rest) as carrier:
        url = carrier.url
        carrier.goes_away()
        with pytest.raises(OSError, match="refused"):
            asked(url, here.phone.account.sid, call.sid)
        carrier.comes_back()
        assert carrier.url == url
        assert asked(url, here.phone.account.sid, call.sid) == 200
    here.phone.passes(0)
    assert call.over


def asked(url: str, account: str, sid: str) -> int:
    request = Request(f"{url}/2010-04-01/Accounts/{account}/Calls/{sid}.json", data=b"Status=completed")  # noqa: S310
    request.add_header("Authorization", "Basic " + b64encode(f"{account}:token".encode()).decode())
    with urlopen(request, timeout=5) as answer:  # noqa: S310 - an address of this machine
        return int(answer.status)
