"""When our own answer fails: the caller hears an apology and is taken to a person, never an error."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Never

import pytest

from app.callflow.prompts import Prompt
from app.factory.application import create_app
from app.factory.services import Services
from app.simulator.clock import SimulatedClock
from app.simulator.phone import Phone
from app.simulator.transport import Response, Transport, over_wsgi
from tests.calls.course import ACTS, ITALY, STATES, UNREGISTERED, comes_to, words
from tests.calls.inbox import Inbox
from tests.calls.phones import a_phone
from tests.calls.trouble import BreakableStore


class Broken:
    """Stands for a part of the application with a bug in it."""

    def __getattr__(self, name: str) -> Any:
        def fails(*_: object, **__: object) -> Never:
            raise ZeroDivisionError(f"a bug in {name}")

        return fails


def broken(services: Services, part: str) -> Services:
    """The services with a bug in one part."""
    calls = services.calls
    bug: Any = Broken()
    if part == "flow":
        return replace(services, calls=replace(calls, flow=bug))
    if part == "store":
        return replace(
            services, calls=replace(calls, store=bug), whisper=replace(services.whisper, store=bug)
        )
    if part == "tables":
        begin = replace(calls.begin, tables=bug)
        whisper = replace(services.whisper, tables=bug)
        return replace(services, calls=replace(calls, tables=bug, begin=begin), whisper=whisper)
    return replace(services, whisper=bug)


@pytest.fixture
def working(services: Services) -> Transport:
    return over_wsgi(create_app(services.settings, services))


def over_broken(services: Services, part: str) -> Transport:
    return over_wsgi(create_app(services.settings, broken(services, part)))


@pytest.mark.parametrize("until", [0, 1], ids=["passing", "lasting"])
@pytest.mark.parametrize("part", ["flow", "store", "tables"])
@pytest.mark.parametrize("state", STATES)
def test_a_bug_at_each_turn(
    services: Services, clock: SimulatedClock, tmp_path: Path, inbox: Inbox, part: str, state: str, until: int
) -> None:
    """A bug in any part at any turn: an apology, the fallback queue, the level unverified; no error."""
    ways = [over_wsgi(create_app(services.settings, services)), over_broken(services, part)]
    at = 0

    def deliver(url: str, form: list[tuple[str, str]], headers: Any) -> Response:
        return ways[at](url, form, headers)

    phone = a_phone(services, clock, seed=f"{tmp_path}", transport=deliver)
    call = comes_to(state, phone, inbox)
    at = 1
    ACTS[state](call, inbox)
    language = "en" if state == "language" else "it"
    call.hears(words(services, Prompt.APOLOGY, language)).is_transferred_to("fallback", level="unverified")
    assert call.state in {"fault", "waiting"}
    phone.takes_from("fallback")
    at = until
    call.agent_hangs_up().hears(words(services, Prompt.GOODBYE, language)).is_over()
    assert not phone.failures


@pytest.mark.parametrize("part", ["whisper", "tables"])
def test_a_bug_in_the_whisper(
    services: Services, clock: SimulatedClock, tmp_path: Path, inbox: Inbox, part: str
) -> None:
    """An agent whose whisper cannot be made hears that nobody checked, and may take the call."""
    phone = a_phone(services, clock, seed=f"{tmp_path}", transport=over_broken(services, "whisper"))
    call = comes_to("account", phone, inbox).presses("0#")
    call.agent_hears(words(services, Prompt.WHISPER_NOT_CHECKED, "en")).is_transferred_to("technical-it")
    assert not phone.failures


@pytest.mark.parametrize("part", ["flow", "store", "tables", "whisper"])
def test_no_endpoint_answers_500(services: Services, phone: Phone, inbox: Inbox, part: str) -> None:
    """Whatever breaks behind an endpoint, it answers 200 with TwiML, or 403, and says the call's state."""
    call = comes_to("account", phone, inbox)
    link, send = call.last_url.partition("?")[2], over_broken(services, part)
    for path in ("incoming", "turn", "fallback", "status", "whisper", "accept", "wait", "code"):
        query = f"?{link}" if path in {"turn", "whisper", "accept", "wait"} else ""
        request = phone.request(f"/voice/{path}{query}", [*call.leg.form(), ("CallStatus", "completed")])
        answer = send(request.url, request.form, request.headers)
        assert answer.status == (403 if path == "code" else 200)
        assert answer.header("X-Call-State")


def test_the_fallback_of_an_unknown_call(phone: Phone, services: Services) -> None:
    """The fallback URL, asked for a call nobody knows: an apology and the fallback queue."""
    form = [("AccountSid", phone.account.sid), ("CallSid", "CA" + "3" * 32), ("ErrorCode", "11200")]
    form += [("To", "+15005550006"), ("From", UNREGISTERED)]
    answer = phone.send(phone.request("/voice/fallback", form))
    assert words(services, Prompt.APOLOGY, "en") in answer.body.decode()
    assert b">fallback</Enqueue>" in answer.body


@pytest.mark.parametrize(
    ("refused", "queue"),
    [("language", "technical-it"), ("department", "technical-it"), ("account", "billing-it")],
)
def test_an_answer_the_carrier_cannot_use(
    services: Services,
    clock: SimulatedClock,
    tmp_path: Path,
    inbox: Inbox,
    working: Transport,
    refused: str,
    queue: str,
) -> None:
    """The carrier turns to the fallback URL by itself; a known call is taken to its own desk, not checked."""

    def spoils(url: str, form: list[tuple[str, str]], headers: Any) -> Response:
        answer = working(url, form, headers)
        spoilt = answer.header("X-Call-State") == refused and "/voice/turn" in url
        return Response(500, {}, b"") if spoilt else answer

    phone = a_phone(services, clock, seed=f"{tmp_path}", transport=spoils, strict=False)
    call = phone.dials(ITALY, ani=UNREGISTERED)
    if refused == "language":
        call.presses("*")
    else:
        call.presses("1")
    if refused == "account":
        call.presses("2")
    call.hears(words(services, Prompt.APOLOGY, "en" if refused == "language" else "it"))
    call.is_transferred_to(queue, level="unverified")
    call.agent_hears(words(services, Prompt.WHISPER_NOT_CHECKED))
    assert len(phone.failures) == 1


def test_the_fallback_without_redis(
    phone: Phone, inbox: Inbox, services: Services, store: BreakableStore
) -> None:
    """The fallback URL without Redis knows no call: an apology and the fallback queue."""
    call = comes_to("account", phone, inbox)
    store.away = True
    answer = call.posts("/voice/fallback")
    assert words(services, Prompt.APOLOGY, "en") in answer.body.decode()
    assert b">fallback</Enqueue>" in answer.body
