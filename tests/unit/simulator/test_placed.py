"""Calls the application asks the carrier to place."""

from collections.abc import Callable
from typing import Any

import pytest


def test_placed_call_is_answered(line: Any) -> None:
    """A call the application asked for is answered by a person who hears its document and presses keys."""
    here = line(
        {
            "/code": "<Response><Gather action='/read' numDigits='1'><Say>Press 1</Say></Gather></Response>",
            "/read": "<Response><Say>1 2 3 4</Say></Response>",
            "/told": "<Response/>",
        }
    )
    form = [
        ("To", "+390698765432"),
        ("From", "+390212345678"),
        ("Url", "https://callgate.example/code"),
        ("StatusCallback", "https://callgate.example/told"),
    ]
    call = here.phone.is_called(form, sid="CA" + "1" * 32).hears("press 1").presses("1").hears("1 2 3 4")
    call.is_over()
    asked = here.app.forms("/code")[0]
    assert asked["CallSid"] == "CA" + "1" * 32
    assert (asked["Direction"], asked["CallStatus"]) == ("outbound-api", "in-progress")
    assert (asked["To"], asked["From"]) == ("+390698765432", "+390212345678")
    assert here.app.forms("/told")[0]["CallStatus"] == "completed"


def test_placed_call_may_bring_its_document(line: Any) -> None:
    """Twiml in the request takes the place of a Url."""
    here = line({})
    form = [
        ("To", "+390698765432"),
        ("From", "+390212345678"),
        ("Twiml", "<Response><Say>Ciao</Say></Response>"),
    ]
    here.phone.is_called(form).hears("ciao").is_over()
    assert here.app.paths == []


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ([("From", "+1"), ("Url", "http://x/")], 21201),
        ([("To", "+1"), ("Url", "http://x/")], 21213),
        ([("To", "+1"), ("From", "+1")], 21205),
    ],
)
def test_placed_call_needs_its_fields(
    line: Any, form: list[tuple[str, str]], code: int, raises_refused: Callable[[Callable[[], Any]], int]
) -> None:
    """To, From and a document are needed."""
    assert raises_refused(lambda: line({}).phone.is_called(form)) == code
