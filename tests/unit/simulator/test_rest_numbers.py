"""The account's numbers through the REST API."""

from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.unit.simulator.asking import client_of

NUMBER = "+390212345678"
VOICE = "https://callgate.example/set"


def test_number_is_set_and_asked_about(line: Any) -> None:
    """A call to a number whose VoiceUrl is set is asked about there; its callback is told."""
    here = line({"/set": "<Response><Say>Set</Say></Response>", "/told": "<Response/>"})
    numbers = client_of(here.phone).incoming_phone_numbers
    number = numbers.create(phone_number=NUMBER, friendly_name="Milano")
    assert (number.phone_number, number.friendly_name, number.voice_url) == (NUMBER, "Milano", "")
    changed = numbers(number.sid).update(
        voice_url=VOICE,
        voice_method="GET",
        voice_fallback_url="https://callgate.example/sorry",
        status_callback="https://callgate.example/told",
    )
    assert (changed.voice_url, changed.voice_method) == (VOICE, "GET")
    assert numbers(number.sid).fetch().voice_fallback_url == "https://callgate.example/sorry"
    here.dials().hears("set").is_over()
    assert here.app.paths == ["/set", "/told"]
    assert here.app.requests[0]["REQUEST_METHOD"] == "GET"


def test_numbers_without_a_url_are_the_accounts(line: Any) -> None:
    """Where nothing is set the account's own URLs are asked."""
    here = line({"/voice/incoming": "<Response><Say>Account</Say></Response>"})
    client_of(here.phone).incoming_phone_numbers.create(phone_number=NUMBER)
    here.dials().hears("account")


def test_numbers_are_found(line: Any) -> None:
    """By the whole number or a part of it; a number is there once."""
    numbers = client_of(line({}).phone).incoming_phone_numbers
    made = [numbers.create(phone_number=f"+3902123456{last}") for last in (10, 11, 20)]
    assert [one.sid for one in numbers.list()] == [one.sid for one in made]
    assert [one.sid for one in numbers.list(phone_number="+390212345611")] == [made[1].sid]
    assert len(numbers.list(phone_number="390212")) == 3
    for wrong in ("+390212345610", "12"):
        with pytest.raises(TwilioRestException):
            numbers.create(phone_number=wrong)
    with pytest.raises(TwilioRestException):
        numbers("PN" + "0" * 32).fetch()
