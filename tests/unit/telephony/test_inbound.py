"""The carrier's form, read and put in our words."""

from urllib.parse import urlencode
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.test import EnvironBuilder

from app.faults import Fault, FaultCode
from app.telephony.inbound import Form, call_id_of, read_form, to_event

ACCOUNT = "AC" + "a" * 32
CALL = "CA" + "b" * 32


def form(**fields: str) -> Form:
    return read_form(urlencode({"AccountSid": ACCOUNT, "CallSid": CALL, **fields}).encode())


def by_werkzeug(body: bytes) -> MultiDict[str, str]:
    builder = EnvironBuilder(method="POST", data=body, content_type="application/x-www-form-urlencoded")
    return builder.get_request().form


@given(st.lists(st.tuples(st.text(max_size=10), st.text(max_size=20)), max_size=20))
def test_round_trip(pairs: list[tuple[str, str]]) -> None:
    """What was encoded is read back, blank and repeated values in their order."""
    read = read_form(urlencode(pairs).encode())
    expected = [(name, value) for name, value in pairs]
    assert sorted((n, v) for n, values in read.items() for v in values) == sorted(expected)
    assert all(list(values) == [v for n, v in pairs if n == name] for name, values in read.items())


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"&", b"a", b"a=", b"=a", b"a=b=c", b"a=1&&b=2", b"a+b=c+d", b"a=%2B%20%26", b"a=%"),
        *(b"a=%zz&b=%4", b"a=%C3%A9", "a=é".encode(), b"a=1;b=2", b"a=1&a=2"),
    ],
)
def test_as_werkzeug(body: bytes) -> None:
    """Odd but valid bodies are read as Werkzeug reads them, so that the signature sees the same values."""
    theirs = by_werkzeug(body)
    assert read_form(body) == {name: tuple(values) for name, values in theirs.lists()}


@given(st.binary(max_size=300))
def test_any_bytes(body: bytes) -> None:
    """No body raises anything but a fault, and what is read can be encoded again."""
    for name, values in read_form(body).items():
        assert (name + "".join(values)).encode("utf-8") is not None


@pytest.mark.parametrize("value", [b"\xff", b"%FF", b"%ED%A0%80", b"\xed\xa0\x80"])
def test_invalid_utf8(value: bytes) -> None:
    """Bytes that are no UTF-8, encoded surrogates too, become the replacement character."""
    assert set(read_form(b"Digits=" + value).one("Digits")) == {"\ufffd"}


def test_caps() -> None:
    """200 fields and a name of 100 characters are read; one more of either is too large."""
    assert len(read_form(b"&".join(b"f%d=1" % n for n in range(200)))) == 200
    assert read_form(b"n" * 100 + b"=1").one("n" * 100) == "1"
    for body in (b"&".join(b"f%d=1" % n for n in range(201)), b"&" * 200, b"n" * 101 + b"=1"):
        with pytest.raises(Fault) as fault:
            read_form(body)
        assert fault.value.code is FaultCode.TOO_LARGE


def test_one_and_twice() -> None:
    """A field gives its first value, the default when absent, and tells when it came twice."""
    read = read_form(b"a=1&a=2&b=&c=3")
    assert (read.one("a"), read.one("b", "x"), read.one("d", "x"), read.one("d")) == ("1", "", "x", "")
    assert (read.twice("a"), read.twice("c"), read.twice("d")) == (True, False, False)


def test_call_id() -> None:
    """A call's id follows from both SIDs alone, is the same for ever, and is a UUID of version 5."""
    event = to_event(form())
    assert event.call_id == call_id_of(ACCOUNT, CALL)
    assert UUID(event.call_id).version == 5
    assert len({call_id_of("A", "BC"), call_id_of("AB", "C"), call_id_of("BC", "A")}) == 3
    assert call_id_of("AC1", "CA1") == "6e668d35-0c61-57f1-bc56-0a6ff6d431b5"


@pytest.mark.parametrize("fields", [{"AccountSid": ""}, {"CallSid": ""}])
def test_nameless(fields: dict[str, str]) -> None:
    """A webhook that names no account or call is bad input, not a traceback."""
    with pytest.raises(Fault) as fault:
        to_event(form(**fields))
    assert fault.value.code is FaultCode.BAD_INPUT


@pytest.mark.parametrize(
    ("given_from", "ani"),
    [
        ("+393351234567", "+393351234567"),
        ("anonymous", None),
        ("+266696687", None),
        ("Restricted", None),
        ("", None),
        ("\u0663\u0669", None),
        ("client:agent", None),
    ],
)
def test_ani(given_from: str, ani: str | None) -> None:
    """The caller's number is E.164, or None when it is withheld or no number."""
    assert to_event(form(From=given_from)).ani == ani


@pytest.mark.parametrize("address", ["+13128435147", "sip:desk@example.com"])
def test_dnis(address: str) -> None:
    """What was dialled comes from To, else from Called, as it is: E.164 or a SIP URI."""
    assert to_event(form(To=address, Called="+1")).dnis == address
    assert to_event(form(Called=address)).dnis == address


def test_forwarded_from() -> None:
    """The line a call was forwarded from is kept."""
    assert to_event(form(ForwardedFrom="+390612345678")).forwarded_from == "+390612345678"


@pytest.mark.parametrize(
    "verdict", ["TN-Validation-Passed-A", "tn-validation-passed-a", " TN-Validation-Passed-A ", ""]
)
def test_attestation_exactly(verdict: str) -> None:
    """The carrier's verdict stands exactly as given, letter case and padding included; absent is None."""
    event = to_event(form(StirVerstat=verdict))
    assert (event.attestation, event.attestation_odd) == (verdict, False)
    assert to_event(form()).attestation is None


def test_attestation_twice() -> None:
    """A verdict given twice, even alike, is odd: the signature counts equal values once and cannot tell."""
    body = urlencode({"AccountSid": ACCOUNT, "CallSid": CALL}) + "&StirVerstat=A&StirVerstat=A"
    assert to_event(read_form(body.encode())).attestation_odd


@pytest.mark.parametrize("digits", ["", "0", "*", "12345678", "\u0661\u0662", "9" * 64000])
def test_digits_exactly(digits: str) -> None:
    """Digits stand exactly as keyed; a turn that did not listen has None."""
    assert to_event(form(Digits=digits)).digits == digits
    assert to_event(form()).digits is None


@pytest.mark.parametrize(
    ("fields", "bridged"),
    [
        ({"DialCallStatus": "completed", "DialBridged": "true"}, True),
        ({"DialCallStatus": "completed", "DialBridged": "false", "DialCallDuration": "30"}, False),
        ({"DialCallStatus": "no-answer", "DialBridged": "false"}, False),
        ({"DialCallStatus": "busy"}, False),
        ({"DialCallStatus": "completed", "DialCallDuration": "30"}, False),
        ({"DialBridged": "TRUE"}, False),
        ({}, None),
    ],
)
def test_bridged(fields: dict[str, str], bridged: bool | None) -> None:
    """Only DialBridged=true is a conversation: a voicemail that answers completes, too."""
    assert to_event(form(**fields)).bridged is bridged


def test_left_queue() -> None:
    """How a caller left the carrier's queue is kept."""
    assert to_event(form(QueueResult="leave")).left_queue == "leave"


@pytest.mark.parametrize("status", ["completed", "busy", "failed", "no-answer", "canceled"])
def test_ended(status: str) -> None:
    """The five last states of a call end it; the others do not."""
    assert to_event(form(CallStatus=status)).ended == status
    assert to_event(form(CallStatus="in-progress")).ended == ""
    assert to_event(form(CallStatus="ringing")).ended == ""
