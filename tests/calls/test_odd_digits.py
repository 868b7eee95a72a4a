"""Digits no telephone sends: they are no code, no guess and no error."""

import pytest

from app.callflow.prompts import Prompt
from app.factory.services import Services
from app.simulator.phone import Phone
from tests.calls.course import STATES, comes_to, count, words
from tests.calls.inbox import Inbox

ODD = {
    "64 kB": "1" * 65_536,
    "full width": "\uff11\uff12\uff13\uff14\uff15\uff16",
    "arabic": "\u0661\u0662\u0663\u0664\u0665\u0666",
    "superscript": "\u00b9\u00b2\u00b3\u00b9\u00b2\u00b3",
    "letters": "*#ABCD",
    "with a sign": "+12345",
    "with blanks": " 12345",
    "with a line end": "123456\n",
    "too short": "12345",
    "too long": "1234567",
    "a NUL": "12345\x00",
    "markup": "<Say>",
    "stars": "******",
}


@pytest.mark.parametrize("digits", ODD.values(), ids=ODD)
def test_not_the_whole_code(phone: Phone, inbox: Inbox, services: Services, digits: str) -> None:
    """Keyed for a code: "that is not the whole code", no guess counted; the right code still counts."""
    call = comes_to("enter_code", phone, inbox)
    code = inbox.code()
    link = _link(phone.send(call.last_request()).body)
    answer = call.posts(link, Digits=digits)
    assert (answer.status, answer.header("X-Call-State")) == (200, "enter_code")
    assert words(services, Prompt.NOT_WHOLE_CODE) in answer.body.decode()
    assert count(services, "attempts") == 0
    assert call.posts(_link(answer.body), Digits=code).header("X-Call-State") == "transfer"


@pytest.mark.parametrize("state", STATES[:-1])
def test_elsewhere(phone: Phone, inbox: Inbox, state: str) -> None:
    """Keyed at any other prompt: asked again, or taken as the account number it is; never an error."""
    for digits in ODD.values():
        call = comes_to(state, phone, inbox)
        answer = call.posts(_link(phone.send(call.last_request()).body), Digits=digits)
        whole = state == "account" and digits in {ODD["too short"], ODD["too long"]}
        assert (answer.status, answer.header("X-Call-State")) == (200, "confirm_account" if whole else state)
        call.hangs_up()


def _link(body: bytes) -> str:
    return body.decode().partition('action="')[2].partition('"')[0].replace("&amp;", "&")
