"""What each webhook carries, and what happens when it has no usable answer."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from twilio.request_validator import RequestValidator

from app.simulator.clock import SimulatedClock
from app.simulator.phone import Phone
from app.simulator.refused import Refused
from app.simulator.transport import Response
from app.simulator.webhooks import Account

HELLO = "<Response><Say>Hello</Say></Response>"
SORRY = "<Response><Say>Sorry</Say></Response>"


def test_first_webhook_has_twilios_parameters(line: Any) -> None:
    """An incoming call is posted with the parameters Twilio documents, ringing and inbound."""
    here = line({"/voice/incoming": HELLO})
    call = here.dials(attestation="TN-Validation-Passed-A", forwarded_from="+39800123456")
    form = here.app.forms("/voice/incoming")[0]
    assert len(form) >= 25
    assert form["CallSid"] == call.sid
    assert (form["From"], form["Caller"]) == ("+390698765432", "+390698765432")
    assert (form["To"], form["Called"]) == ("+390212345678", "+390212345678")
    assert (form["CallStatus"], form["Direction"]) == ("ringing", "inbound")
    assert form["ApiVersion"] == "2010-04-01"
    assert (form["StirVerstat"], form["ForwardedFrom"]) == ("TN-Validation-Passed-A", "+39800123456")
    assert {"FromCity", "ToCountry", "CalledZip", "CallerState", "AccountSid"} <= form.keys()


def test_absent_facts_are_absent(line: Any) -> None:
    """Without attestation or forwarding the fields are absent; a withheld caller is Twilio's number."""
    here = line({"/voice/incoming": HELLO})
    here.phone.dials("+390212345678")
    form = here.app.forms("/voice/incoming")[0]
    assert not {"StirVerstat", "ForwardedFrom", "Digits", "ParentCallSid"} & form.keys()
    assert form["From"] == "+266696687"


def test_attestation_given_twice_is_posted_twice(line: Any) -> None:
    """Several attestations are several fields of the same name."""
    here = line({"/voice/incoming": HELLO})
    here.dials(attestation=["TN-Validation-Passed-A", "No-TN-Validation"])
    fields = [value for name, value in here.app.requests[0]["form"] if name == "StirVerstat"]
    assert fields == ["TN-Validation-Passed-A", "No-TN-Validation"]


def test_fields_can_be_set(line: Any) -> None:
    """A field given when dialling takes the place of the one the phone would post."""
    here = line({"/voice/incoming": HELLO})
    here.dials(FromCountry="IT", AccountSid="AC" + "f" * 32)
    pairs = here.app.requests[0]["form"]
    assert [value for name, value in pairs if name == "FromCountry"] == ["IT"]
    assert [value for name, value in pairs if name == "AccountSid"] == ["AC" + "f" * 32]


def test_every_webhook_is_signed_for_the_public_url(line: Any) -> None:
    """Twilio's own validator takes each request's signature, queries and posted fields included."""
    here = line(
        {
            "/voice/incoming": "<Response><Gather action='/turn?n=a%20b&amp;t=1' numDigits='1'/></Response>",
            "/turn": "<Response><Redirect method='GET'>/again?x=1</Redirect></Response>",
            "/again": "<Response/>",
        }
    )
    here.dials().presses("1").is_over()
    validator = RequestValidator("token")
    assert len(here.app.requests) == 4
    for request in here.app.requests:
        query = f"?{request['QUERY_STRING']}" if request["QUERY_STRING"] else ""
        url = f"https://callgate.example{request['PATH_INFO']}{query}"
        assert validator.validate(url, dict(request["form"]), request["HTTP_X_TWILIO_SIGNATURE"])


def test_sids_are_twilios_and_the_same_in_each_run(line: Any) -> None:
    """SIDs are two letters and 32 hexadecimal digits, different for each call, the same for each seed."""
    first, again = line({"/voice/incoming": HELLO}), line({"/voice/incoming": HELLO})
    one, two = first.dials().sid, first.dials().sid
    assert one != two
    assert (again.dials().sid, again.dials().sid) == (one, two)
    assert line({"/voice/incoming": HELLO}, seed="other").dials().sid != one
    assert re.fullmatch("CA[0-9a-f]{32}", one)


def test_end_is_told_to_the_status_callback(line: Any) -> None:
    """At its end the call's status, length in seconds and minutes begun, and time are posted."""
    here = line({"/voice/incoming": "<Response><Pause length='61'/></Response>"})
    here.dials().is_over()
    form = here.app.forms("/voice/status")[0]
    assert (form["CallStatus"], form["CallDuration"], form["Duration"]) == ("completed", "61", "2")
    assert form["Timestamp"] == "Mon, 02 Mar 2026 09:01:01 +0000"


@pytest.mark.parametrize(
    ("answer", "code"), [((500, "x"), "11200"), ((404, "x"), "11200"), ((302, ""), "11200")]
)
def test_fallback_is_asked_when_the_answer_is_no_success(line: Any, answer: Any, code: str) -> None:
    """Any status but 2xx leads to the fallback URL, told which URL failed and why."""
    here = line({"/voice/incoming": answer, "/voice/fallback": SORRY})
    here.dials().hears("sorry").is_over()
    form = here.app.forms("/voice/fallback")[0]
    assert form["ErrorCode"] == code
    assert form["ErrorUrl"] == "https://callgate.example/voice/incoming"
    assert len(here.phone.failures) == 1


def test_refused_document_is_raised_in_a_strict_phone(line: Any) -> None:
    """A test never goes past an answer that Twilio would refuse."""
    here = line({"/voice/incoming": "<Response><Say/></Response>", "/voice/fallback": SORRY})
    with pytest.raises(Refused, match="13520"):
        here.dials()


def test_refused_document_leads_to_the_fallback_otherwise(line: Any) -> None:
    """Without strict a refused document leads to the fallback with Twilio's number, as at Twilio."""
    here = line({"/voice/incoming": "<html/>", "/voice/fallback": SORRY}, strict=False)
    here.dials().hears("sorry")
    assert here.app.forms("/voice/fallback")[0]["ErrorCode"] == "12102"


def test_fallback_that_fails_ends_the_call(line: Any) -> None:
    """When the fallback fails, too, the carrier apologises and hangs up; the end is still told."""
    here = line({"/voice/incoming": (500, ""), "/voice/fallback": (500, "")})
    here.dials().hears("application error").is_over()
    assert here.app.forms("/voice/status")[0]["CallStatus"] == "completed"


def test_failing_status_callback_changes_nothing(line: Any) -> None:
    """Nothing follows from the answer to a status callback, not even from a failure."""
    here = line({"/voice/incoming": HELLO, "/voice/status": (500, "")})
    here.dials().hears("hello").is_over()
    assert here.app.paths == ["/voice/incoming", "/voice/status"]
    assert [failure.text for failure in here.phone.failures] == [
        "11200: https://callgate.example/voice/status: status 500"
    ]


@pytest.mark.parametrize(("fault", "code"), [(TimeoutError(), "11203"), (ConnectionRefusedError(), "11205")])
def test_no_answer_at_all_leads_to_the_fallback(fault: OSError, code: str) -> None:
    """A timeout or a lost connection leads to the fallback with its number."""
    codes = []

    def transport(url: str, form: list[tuple[str, str]], _headers: Any) -> Response:
        if url.endswith("/voice/incoming"):
            raise fault
        codes.append(dict(form).get("ErrorCode"))
        return Response(200, {"content-type": "text/xml"}, SORRY.encode())

    clock = SimulatedClock(datetime(2026, 3, 2, tzinfo=UTC))
    Phone(transport, Account(token="t"), clock).dials("+390212345678").hears("sorry").is_over()
    assert codes[0] == code


@pytest.mark.parametrize(("seconds", "heard"), [(15, "hello"), (16, "sorry")])
def test_answer_may_take_fifteen_seconds(line: Any, seconds: int, heard: str) -> None:
    """An answer that takes longer than 15 seconds of the shared clock came too late."""

    def slow(_form: dict[str, str]) -> str:
        here.clock.advance(seconds)
        return HELLO

    here = line({"/voice/incoming": slow, "/voice/fallback": SORRY})
    here.dials().hears(heard)


def test_token_is_in_no_repr() -> None:
    """The account's token is not shown where the account is."""
    assert "hush" not in repr(Account(token="hush"))


def test_clock_needs_a_zone() -> None:
    """A clock without a zone is refused, and time never goes backwards."""
    with pytest.raises(ValueError, match="aware"):
        SimulatedClock(datetime(2026, 3, 2))  # noqa: DTZ001 - the fault under test
    clock = SimulatedClock(datetime(2026, 3, 2, tzinfo=UTC))
    clock.advance(-5)
    assert clock.now() == datetime(2026, 3, 2, tzinfo=UTC)
