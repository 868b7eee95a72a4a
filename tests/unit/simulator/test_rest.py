"""Requests to the REST API that Twilio would not take are refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.simulator.refused import Refused
from app.simulator.rest import check_request

ACCOUNT = "/2010-04-01/Accounts/AC" + "0" * 32
MESSAGES, CALLS = f"{ACCOUNT}/Messages.json", f"{ACCOUNT}/Calls.json"
TEXT = {"To": "+390698765432", "From": "+390212345678", "Body": "Your code"}
CALL = {"To": "+390698765432", "From": "+390212345678", "Url": "https://callgate.example/code"}


def refusal(method: str, path: str, form: dict[str, str] | list[tuple[str, str]]) -> Refused:
    with pytest.raises(Refused) as caught:
        check_request(method, path, list(form.items()) if isinstance(form, dict) else form)
    return caught.value


@pytest.mark.parametrize(
    ("method", "path", "form"),
    [
        ("POST", MESSAGES, TEXT),
        ("POST", MESSAGES, TEXT | {"From": "Callgate", "SmartEncoded": "true", "ValidityPeriod": "600"}),
        ("POST", MESSAGES, {"To": TEXT["To"], "Body": "x", "MessagingServiceSid": "MG" + "a" * 32}),
        ("POST", CALLS, CALL),
        ("POST", CALLS, CALL | {"Method": "POST", "StatusCallbackEvent": "completed", "Timeout": "30"}),
        ("POST", CALLS, {**TEXT, "Twiml": "<Response><Say>x</Say></Response>"} | {"Body": ""}),
        ("GET", CALLS, {"Status": "in-progress", "PageSize": "50"}),
        ("POST", f"{ACCOUNT}/Calls/CA{'1' * 32}.json", {"Status": "completed"}),
        ("GET", f"{ACCOUNT}/Queues/QU{'1' * 32}/Members.json", {}),
        ("POST", f"{ACCOUNT}/Queues/QU{'1' * 32}/Members/Front.json", {"Url": "https://a.example/"}),
    ],
)
def test_good_requests_are_taken(method: str, path: str, form: dict[str, str]) -> None:
    """A request by the book raises nothing."""
    form = {name: value for name, value in form.items() if name != "Body" or value}
    check_request(method, path, list(form.items()))


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("POST", "/2010-04-01/Accounts/AC1/Messages.json", 20004),
        ("POST", f"{ACCOUNT}/Message.json", 20404),
        ("POST", f"{ACCOUNT}/Messages", 20404),
        ("PUT", MESSAGES, 20004),
        ("POST", "/Messages.json", 20404),
        ("POST", f"{MESSAGES}/", 20404),
    ],
)
def test_unknown_paths_are_refused(method: str, path: str, code: int) -> None:
    """Paths, methods and SIDs that the API does not have are refused."""
    assert refusal(method, path, TEXT).code == code


@pytest.mark.parametrize(
    ("path", "form", "code"),
    [
        (MESSAGES, {"From": "+390212345678", "Body": "x"}, 21201),
        (MESSAGES, TEXT | {"to": "+390698765432"}, 0),
        (MESSAGES, TEXT | {"To": "0698765432x"}, 21211),
        (MESSAGES, TEXT | {"From": "+39 02"}, 21212),
        (MESSAGES, {"To": TEXT["To"], "Body": "x"}, 21603),
        (MESSAGES, {"To": TEXT["To"], "From": TEXT["From"]}, 21602),
        (MESSAGES, TEXT | {"Body": ""}, 21602),
        (MESSAGES, TEXT | {"Body": "x" * 1601}, 21617),
        (MESSAGES, TEXT | {"SmartEncoded": "True"}, 20001),
        (MESSAGES, TEXT | {"ValidityPeriod": "soon"}, 20001),
        (MESSAGES, TEXT | {"MaxPrice": "a"}, 20001),
        (MESSAGES, TEXT | {"StatusCallback": "/told"}, 20001),
        (MESSAGES, TEXT | {"RiskCheck": "maybe"}, 20001),
        (MESSAGES, TEXT | {"SendAt": "tomorrow"}, 20001),
        (MESSAGES, TEXT | {"MessagingServiceSid": "MG1"}, 20001),
        (CALLS, {"To": "+390698765432", "Url": CALL["Url"]}, 21213),
        (CALLS, {"To": "+390698765432", "From": "+390212345678"}, 21205),
        (CALLS, CALL | {"Url": "code"}, 21205),
        (CALLS, CALL | {"Url": "http://[::1"}, 21205),
        (CALLS, CALL | {"Method": "PATCH"}, 20001),
        (CALLS, CALL | {"Twiml": "<Response><Say/></Response>"}, 13520),
        (CALLS, CALL | {"Twiml": f"<Response><Say>{'x' * 4000}</Say></Response>"}, 0),
    ],
)
def test_each_wrong_field_is_refused(path: str, form: dict[str, str], code: int) -> None:
    """Missing, unknown, malformed and contradicting fields are refused, with Twilio's number where known."""
    assert refusal("POST", path, form).code == code


def test_field_given_twice_is_refused_unless_it_is_a_list() -> None:
    """Only lists may come several times."""
    assert "2 times" in str(refusal("POST", MESSAGES, [*TEXT.items(), ("Body", "again")]))
    events = [("StatusCallbackEvent", "initiated"), ("StatusCallbackEvent", "completed")]
    check_request("POST", CALLS, [*CALL.items(), *events])


@given(
    st.sampled_from([MESSAGES, CALLS]),
    st.dictionaries(st.sampled_from(["To", "From", "Url", "Body", "SendAt", "Twiml"]), st.text(max_size=30)),
)
def test_any_request_is_taken_or_refused(path: str, form: dict[str, str]) -> None:
    """Whatever is posted is taken or refused; nothing else is ever raised."""
    with suppress(Refused):
        check_request("POST", path, list(form.items()))
