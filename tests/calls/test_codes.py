"""The code step as it should go: by mail, text and code call, and what a caller may key instead."""

import re

import pytest

from app.factory.services import Services
from app.simulator.phone import Phone
from tests.calls.inbox import Inbox
from tests.calls.ways import (
    BRITAIN,
    GERMANY,
    NORTH_AMERICA,
    UNREGISTERED,
    asks_channel,
    asks_who,
    awaits_code,
    call_id,
    story,
)


def test_a_code_by_text(phone: Phone, inbox: Inbox) -> None:
    """The phone's way is a text where the number takes texts; it says for whom, and that we never ask."""
    call = awaits_code(phone, by="2").waits(10)
    (text,) = inbox.new()
    assert (text.channel, text.to) == ("text", "+46701740612")
    assert "Rossi Forniture" in text.text
    assert "Non telefoniamo mai" in text.text
    call.keys(_code(text.text)).is_transferred_to("technical-it", level="code")
    call.agent_hears("Identità verificata con codice via messaggio di testo. Rossi Forniture, Giulia Conti")


def test_a_code_by_a_call_that_reads_it(phone: Phone, inbox: Inbox) -> None:
    """Where the phone takes no texts a call reads the code, twice, and only once 1 was pressed."""
    call = phone.dials(GERMANY, ani="+493055550100").presses("1").presses("1").keys("300400").presses("1")
    call.presses("2")
    (message,) = inbox.new()
    assert (message.channel, message.to) == ("voice", "+493023125142")
    form = [("To", message.to), ("From", "+12025550100"), ("Url", message.url), ("Method", "POST")]
    called = phone.is_called(form).hears("drücken Sie die 1")
    assert not re.search(r"\d, \d", called.said)
    called.presses("1").is_over()
    read = re.findall(r"\d(?:, \d){5}", called.said)
    assert len(read) == 2
    assert read[0] == read[1]
    call.keys(read[0].replace(", ", "")).is_transferred_to("technical-de", level="code")


def test_a_code_call_that_a_machine_answers(phone: Phone, inbox: Inbox) -> None:
    """Nothing is read to whoever presses nothing."""
    phone.dials(GERMANY, ani="+493055550100").follows("1 1 300400# 1 2")
    (message,) = inbox.new()
    form = [("To", message.to), ("From", "+12025550100"), ("Url", message.url), ("Method", "POST")]
    called = phone.is_called(form).stays_silent().is_over()
    assert not re.search(r"\d, \d", called.transcript.partition("answers")[2])


def test_a_code_call_after_the_code_was_used(phone: Phone, inbox: Inbox) -> None:
    """A code that was used, or has expired, is read to nobody."""
    call = phone.dials(GERMANY, ani="+493055550100").follows("1 1 300400# 1 2")
    (message,) = inbox.new()
    form = [("To", message.to), ("From", "+12025550100"), ("Url", message.url), ("Method", "POST")]
    spoken = phone.is_called(form).presses("1").said
    call.keys("".join(re.findall(r"\d(?:, \d){5}", spoken)[0].split(", ")))
    phone.is_called(form).is_over().does_not_hear("1")


@pytest.mark.parametrize("keyed", ["7700900142", "07700900142", "00447700900142", "447700900142"])
def test_ones_own_registered_number_instead_of_the_account(phone: Phone, inbox: Inbox, keyed: str) -> None:
    """A phone number as registered, nationally or internationally keyed, names organisation and contact."""
    call = phone.dials(BRITAIN, ani="+442055550100").presses("1").keys(keyed).presses("1").presses("1")
    assert inbox.new()[0].to == "amelia.hart@example.com"
    call.presses("0#").is_transferred_to("technical-en", level="unverified")


def test_the_code_goes_to_whose_number_was_keyed(phone: Phone, inbox: Inbox) -> None:
    """The contact is the one whose number was keyed, though another comes first in the profile."""
    call = asks_channel(phone, "00447700900131").presses("1").waits(5)
    (mail,) = inbox.new()
    assert mail.to == "marco.rossi@example.com"
    call.keys(_code(mail.text)).agent_hears("Rossi Forniture, Marco Rossi, titolare")


def test_a_number_of_the_organisations_own_range(phone: Phone, inbox: Inbox) -> None:
    """A number in an organisation's range names nobody there: its administrator gets the code."""
    call = asks_channel(phone, "442079460255").presses("1").waits(5)
    (mail,) = inbox.new()
    assert mail.to == "amelia.hart@example.com"
    call.keys(_code(mail.text)).is_transferred_to("technical-it", level="code")
    call.agent_hears("Brightwater Instruments, Amelia Hart")


def test_billing_codes_go_to_the_billing_administrator(phone: Phone, inbox: Inbox) -> None:
    """The desk decides the role: billing asks the billing administrator first."""
    call = phone.dials("+39800917919", ani=UNREGISTERED).follows("1 2 12345678# 1 1").waits(5)
    (mail,) = inbox.new()
    assert mail.to == "elena.greco@example.com"
    call.keys(_code(mail.text)).is_transferred_to("billing-it", level="code")


def test_success_is_told_to_contact_and_owners(phone: Phone, inbox: Inbox) -> None:
    """Whoever got the code and the organisation's owners are told that a call was verified."""
    awaits_code(phone).keys(inbox.code())
    assert sorted(message.to for message in inbox.new()) == [
        "giulia.conti@example.com",
        "marco.rossi@example.com",
    ]


def test_a_code_of_eight_digits(phone: Phone, inbox: Inbox) -> None:
    """An organisation may ask for eight digits; six are then not the whole code, and no guess."""
    call = (
        phone.dials(NORTH_AMERICA, ani="+12025550199").presses("1").keys("555012").presses("1").presses("1")
    )
    call.does_not_hear("eight").does_not_hear("8")
    code = inbox.code()
    assert len(code) == 8
    for _ in range(5):
        call.keys(code[:6]).hears("not the whole code")
    call.keys(code).is_transferred_to("technical-en", level="code")


@pytest.mark.parametrize("keyed", ["12345", "1234567", "5", "99", "12*456", "*", "*1"])
def test_what_cannot_be_the_code_is_no_guess(phone: Phone, inbox: Inbox, keyed: str) -> None:
    """Anything but the right number of digits is heard as incomplete, as often as it happens."""
    call = awaits_code(phone)
    for _ in range(6):
        call.keys(keyed)
        assert call.state == "enter_code"
        call.does_not_hear("non è corretto")
    call.keys(inbox.code()).is_transferred_to("technical-it", level="code")


def test_a_code_from_another_call_is_wrong(phone: Phone, inbox: Inbox) -> None:
    """A code is bound to its call: keyed in another one it is a wrong guess."""
    awaits_code(phone)
    first = inbox.code()
    other = awaits_code(phone, ani="+390655550101")
    second = inbox.code()
    other.keys(first).hears("non è corretto").keys(second).is_transferred_to("technical-it", level="code")


def test_a_used_code_ends_with_its_call(phone: Phone, services: Services, inbox: Inbox) -> None:
    """A level belongs to one call: hanging up ends it, and the next call starts unverified."""
    call = awaits_code(phone).keys(inbox.code()).is_transferred_to("technical-it", level="code")
    call.hangs_up()
    assert services.sql.ledger.proof(call_id(services, call)) is None
    asks_who(phone).presses("0#").is_transferred_to("technical-it", level="unverified")


def test_the_story_never_holds_a_digit_of_a_code(phone: Phone, services: Services, inbox: Inbox) -> None:
    """The timeline tells each step of a verified call, and neither guesses nor codes."""
    call = awaits_code(phone)
    code, guess = inbox.code(), "918273"
    told = story(services, call.keys(guess).keys(code).hangs_up())
    assert not [line for line in told if code in line or guess in line or "12345678" in line]
    wanted = [
        "arrived: one_country",
        "language: chose",
        "open_hours: open",
        "look_up: looked_up",
        "send_code: sent",
        "enter_code: rejected 2 left",
        "enter_code: accepted email",
    ]
    places = [next(place for place, line in enumerate(told) if line.startswith(start)) for start in wanted]
    assert places == sorted(places)


def _code(text: str) -> str:
    found = re.search(r"\b\d{6}\b", text)
    assert found is not None
    return found[0]
