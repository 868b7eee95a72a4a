"""A known code, and the guesses at it, through whole calls and forced faults: nothing keeps them."""

import io
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Never

import pytest

from app.adapters.log import configure_logging
from app.callflow.model import Call, Question
from app.factory.application import _voice, create_app
from app.factory.services import Services
from app.services.flow import Flow
from app.services.moment import Moment
from app.services.world import World
from app.simulator.clock import SimulatedClock
from app.simulator.phone import Phone
from app.simulator.transport import Response, over_wsgi
from app.telephony.inbound import read_form, to_event
from app.verification.receipt_keys import ReceiptKeys
from app.web.guard import Admitted
from tests.calls.course import ITALY, UNREGISTERED, comes_to, goes_on
from tests.calls.evidence import files, keys, rows, times
from tests.calls.inbox import Inbox
from tests.calls.phones import a_phone
from tests.calls.trouble import BreakableStore, Wire

STRANGER = "+390655550188"
WRONG = ("918273", "736455")


@pytest.fixture(params=[True, False], ids=["production", "development"])
def log(request: pytest.FixtureRequest, log: io.StringIO) -> io.StringIO:
    """What the process logs, as it does in production and in development."""
    configure_logging(production=request.param, stream=log)
    return log


def fails(call: Call, moment: Moment) -> Never:
    raise RuntimeError(f"cannot judge {moment.digits} of {moment!r} {call!r}")


def failing(services: Services) -> Services:
    """The services with a judge that fails, and says what was keyed."""
    world = services.calls.flow.world
    broken = World(MappingProxyType({**world.answers, Question.JUDGE: fails}))
    flow = Flow(broken, services.calls.flow.prompt_languages)
    return replace(services, calls=replace(services.calls, flow=flow))


def pages(phone: Phone, code: str) -> str:
    """What the application says to requests that it refuses or does not know."""
    form = [("AccountSid", phone.account.sid), ("CallSid", "CA1"), ("Digits", code)]
    answers: list[Response] = []
    for path in ("/voice/turn", "/voice/nothing", "/voice/code", "/nothing", "/healthz"):
        answers.append(phone.send(phone.request(f"{path}?x={code}", form)))
        answers.append(phone.send(phone.request(f"{path}?x={code}", form, "GET")))
    return "\n".join(f"{answer.headers} {answer.body!r}" for answer in answers)


def test_nothing_keeps_a_code(
    phone: Phone,
    inbox: Inbox,
    services: Services,
    clock: SimulatedClock,
    store: BreakableStore,
    log: io.StringIO,
    tmp_path: Path,
) -> None:
    """Right, wrong, spoken, interrupted and crashed codes: no log, row, file, key or page has one."""
    services.redis.link.ask("FLUSHALL")
    call = comes_to("enter_code", phone, inbox)
    codes = [inbox.code()]
    call.keys(WRONG[0]).keys(codes[0]).is_transferred_to("technical-it", level="code").agent_hangs_up()

    spoken = goes_on(phone.dials(ITALY, ani=UNREGISTERED), inbox, until="account")
    spoken.keys("300400").presses("1").presses("2")
    codes.append(inbox.spoken_code(phone))
    spoken.keys(WRONG[1]).keys(codes[1]).is_transferred_to("technical-it", level="code")

    wire = Wire(services.sql.engine)
    codes += [_keyed_while_away(phone, inbox, fault) for fault in (wire, store)]
    crashing = over_wsgi(create_app(services.settings, failing(services)))
    other = a_phone(services, clock, seed=f"{tmp_path}crash", transport=crashing)
    call = (
        goes_on(other.dials(ITALY, ani=STRANGER), inbox, until="account")
        .keys("0042")
        .presses("1")
        .presses("1")
    )
    codes.append(inbox.code())
    call.keys(codes[-1]).is_transferred_to("fallback")
    logged, held = log.getvalue(), keys(services)
    assert "voice_fault" in logged
    assert "not_checked" in logged
    assert "enter_code" in held
    evidence = "\n".join((logged, rows(services), files(tmp_path, "calls.db"), held, pages(phone, codes[0])))
    for digits in {*codes, *WRONG}:
        assert times(digits, evidence) == 0
    posted = files(tmp_path, "outbox.jsonl")
    assert all(times(code, posted) for code in (codes[0], *codes[2:]))  # development's alone shows them
    for secret in (services.settings.secret_key, *services.settings.twilio_auth_tokens):
        assert secret not in evidence


def _keyed_while_away(phone: Phone, inbox: Inbox, fault: Wire | BreakableStore) -> str:
    """A right code keyed while SQL or Redis is away."""
    call = (
        goes_on(phone.dials(ITALY, ani=STRANGER), inbox, until="account")
        .keys("0042")
        .presses("1")
        .presses("1")
    )
    code = inbox.code()
    fault.away = True
    call.keys(code).is_transferred_to("technical-it")
    fault.away = False
    return code


def test_representations(services: Services) -> None:
    """No object that may be shown in a traceback shows a secret or what was keyed."""
    settings = services.settings
    form = read_form(b"AccountSid=AC1&CallSid=CA1&Digits=918273")
    tables = services.tables
    objects = [
        services,
        settings,
        services.calls,
        services.sql,
        services.sql.keys,
        services.sql.engine,
        services.redis,
        services.sender,
        services.signer,
        ReceiptKeys.parse(settings.receipt_keys),
        _voice(services),
        Moment(services.clock.now(), tables.current(), tables.overlay(), "918273"),
        to_event(form),
        Admitted(form, {}),
    ]
    shown = "\n".join(repr(one) for one in objects)
    pin_key = settings.pin_keys.partition(":")[2]
    receipt_key = settings.receipt_keys.partition(":")[2]
    numbers = map(str, ReceiptKeys.parse(settings.receipt_keys).numbers.values())
    for secret in (
        "918273",
        settings.secret_key,
        pin_key,
        receipt_key,
        *numbers,
        *settings.twilio_auth_tokens,
    ):
        assert secret not in shown


def test_the_search_finds_what_is_there() -> None:
    """The search itself finds a code in text, in JSON, in a path and spelt out; not within an identifier."""
    found = ("code 123456.", '{"digits":"123456"}', "/x=123456&y", "1, 2, 3, 4, 5, 6", "1 2 3 4 5 6")
    assert [times("123456", text) for text in found] == [1] * 5
    assert times("123456", "+39123456789 ab123456cd") == 0
