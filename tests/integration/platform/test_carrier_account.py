"""The account's numbers and queues over the REST API as Twilio describes it."""

import json
import socket

import pytest

from app.adapters.carrier_account import TwilioAccount
from app.adapters.carrier_http import CarrierHttp
from app.faults import Fault, FaultCode
from app.ports.carrier_account import CarrierQueue, Done, NotDone, OwnedNumber, Unknown, Webhook, Webhooks
from app.simulator.carrier import Conduct
from tests.integration.platform.account_carrier import AccountCarrier
from tests.integration.platform.scripted_server import answering

ACCOUNT = "AC0123456789abcdef0123456789abcdef"
ROME = "+390655550101"
HERE = Webhooks(
    Webhook("https://phone.example.com/voice/incoming", "POST"),
    Webhook("https://phone.example.com/voice/fallback", "POST"),
    Webhook("https://phone.example.com/voice/status", "POST"),
)


def account(url: str, *tokens: str, seconds: float = 3.0) -> TwilioAccount:
    return TwilioAccount(ACCOUNT, tokens or ("token",), CarrierHttp(url, seconds=seconds))


def fault(url: str, *tokens: str) -> Fault:
    with pytest.raises(Fault) as caught:
        account(url, *tokens).numbers()
    return caught.value


def test_numbers_come_with_their_webhooks() -> None:
    """What a number asks is read with its methods; what takes its calls instead is named."""
    with AccountCarrier(ACCOUNT, "token") as carrier:
        bare = carrier.has_number("+12025550101")
        own = carrier.has_number(ROME, VoiceUrl=HERE.incoming.url, VoiceMethod="post", StatusCallback="")
        taken = carrier.has_number("+12025550102", VoiceApplicationSid="AP1")
        trunk = carrier.has_number("+12025550103", TrunkSid="TK1")
        assert account(carrier.url).numbers() == (
            OwnedNumber(bare, "+12025550101", Webhooks()),
            OwnedNumber(own, ROME, Webhooks(incoming=HERE.incoming)),
            OwnedNumber(taken, "+12025550102", Webhooks(), "the application AP1"),
            OwnedNumber(trunk, "+12025550103", Webhooks(), "the trunk TK1"),
        )


@pytest.mark.parametrize("count", [0, 1, 1000, 2001])
def test_long_lists_are_read_page_after_page(count: int) -> None:
    """However many there are, all come, in their order and each once."""
    with AccountCarrier(ACCOUNT, "token") as carrier:
        numbers = [f"+1202555{place:04}" for place in range(count)]
        sids = [carrier.has_queue(f"queue-{place}", 100 + place) for place in range(count)]
        for number in numbers:
            carrier.has_number(number)
        assert [one.number for one in account(carrier.url).numbers()] == numbers
        assert account(carrier.url).queues() == tuple(
            CarrierQueue(sid, f"queue-{place}", 100 + place) for place, sid in enumerate(sids)
        )
        assert all(one.accepted for one in carrier.received)


def test_a_number_is_pointed_here() -> None:
    """One request sets the three addresses and their methods, and nothing else."""
    with AccountCarrier(ACCOUNT, "token") as carrier:
        sid = carrier.has_number(ROME, VoiceUrl="https://old.example.com")
        assert account(carrier.url).point(sid, HERE) == Done()
        assert account(carrier.url).numbers() == (OwnedNumber(sid, ROME, HERE),)
        assert dict(carrier.received[0].form).keys() == {
            *("VoiceUrl", "VoiceMethod", "VoiceFallbackUrl", "VoiceFallbackMethod"),
            *("StatusCallback", "StatusCallbackMethod"),
        }


def test_queues_are_made_and_grow() -> None:
    """A new queue has the size that was asked for; an old one gets it."""
    with AccountCarrier(ACCOUNT, "token") as carrier:
        sid = carrier.has_queue("technical-it", 10)
        assert account(carrier.url).add_queue("fallback", 1000) == Done()
        assert account(carrier.url).resize_queue(sid, 1000) == Done()
        assert carrier.queue_sizes() == [("technical-it", 1000), ("fallback", 1000)]


def test_during_a_rotation_the_next_token_is_tried() -> None:
    """Looking and changing go on when only the next token is taken."""
    with AccountCarrier(ACCOUNT, "new") as carrier:
        carrier.has_number(ROME)
        assert len(account(carrier.url, "old", "new").numbers()) == 1
        assert account(carrier.url, "old", "new").add_queue("fallback", 1000) == Done()
        assert account(carrier.url, "old").add_queue("other", 1000) == NotDone(
            "Twilio does not take TWILIO_AUTH_TOKEN for TWILIO_ACCOUNT_SID: compare both with the console."
        )


def test_a_token_that_is_not_taken_is_told() -> None:
    """Refused with every token: a fault that names the settings, and shows neither value."""
    with AccountCarrier(ACCOUNT, "right") as carrier:
        found = fault(carrier.url, "wrong-token", "other-token")
    assert found.code is FaultCode.CARRIER_REFUSED
    assert "TWILIO_AUTH_TOKEN" in found.sentence
    assert "wrong-token" not in found.sentence


@pytest.mark.parametrize(
    ("conduct", "word"), [(Conduct.TOO_MANY, "429"), (Conduct.BREAKS, "500"), (Conduct.DROPS, "no answer")]
)
def test_a_carrier_in_trouble_is_told(conduct: Conduct, word: str) -> None:
    """Too many requests, an error of theirs, or a broken line: a fault that says to try again."""
    with AccountCarrier(ACCOUNT, "token") as carrier:
        carrier.will(conduct)
        found = fault(carrier.url)
    assert found.code is FaultCode.CARRIER_AWAY
    assert word in found.sentence
    assert "try again" in found.sentence


def test_nobody_there_is_told() -> None:
    """Without a connection looking is a fault, and changing is known not to be done."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
    assert fault(url).code is FaultCode.CARRIER_AWAY
    assert isinstance(account(url).add_queue("x", 1), NotDone)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"[]",
        b"{}",
        b'{"incoming_phone_numbers": 7}',
        b'{"incoming_phone_numbers": [7]}',
        b'{"incoming_phone_numbers": [], "queues": []}',
        b"[" * 100_000,
    ],
)
def test_an_answer_that_is_none_is_told(body: bytes) -> None:
    """Something else than Twilio at the address is a fault, whatever it says."""
    answer = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    with answering(answer) as port:
        assert fault(f"http://127.0.0.1:{port}").code is FaultCode.CARRIER_AWAY


def test_a_change_without_an_answer_has_an_unknown_end() -> None:
    """Whether it was done or not cannot be told from a broken or a silent line."""
    with AccountCarrier(ACCOUNT, "token") as carrier:
        carrier.will(Conduct.DROPS)
        assert account(carrier.url).add_queue("fallback", 1000) == Unknown()
        assert carrier.queue_sizes() == [("fallback", 1000)]
    with AccountCarrier(ACCOUNT, "token") as carrier:
        carrier.will(Conduct.HANGS)
        assert account(carrier.url, seconds=0.2).add_queue("fallback", 1000) == Unknown()


def test_a_refusal_says_what_the_carrier_said() -> None:
    """Twilio's own sentence comes along, as far as it can be printed."""
    said = json.dumps(
        {"code": 22007, "message": "Queue name taken.\x1b[2J\n" + "x" * 500, "status": 400}
    ).encode()
    answer = f"HTTP/1.1 400 Bad Request\r\nContent-Length: {len(said)}\r\n\r\n".encode() + said
    with answering(answer) as port:
        outcome = account(f"http://127.0.0.1:{port}").add_queue("fallback", 1000)
    assert isinstance(outcome, NotDone)
    assert "Queue name taken." in outcome.why
    assert outcome.why.isprintable()
    assert len(outcome.why) < 320
