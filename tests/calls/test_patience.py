"""While a code is awaited: patience, expiry, resending, the other way, and the limits on guesses."""

from datetime import timedelta
from itertools import pairwise

from app.factory.services import Services
from app.simulator.clock import SimulatedClock
from app.simulator.phone import Phone
from app.simulator.transcript import Happening
from tests.calls.inbox import Inbox
from tests.calls.ways import asks_channel, awaits_code, story


def test_wrong_code_three_times(phone: Phone, inbox: Inbox) -> None:
    """After the third wrong code the caller reaches a person, as unverified."""
    call = awaits_code(phone)
    for wrong in _wrong(inbox.code(), 2):
        call.keys(wrong).hears("non è corretto").is_listening()
    call.keys("222222").hears("qualcuno del nostro servizio Le darà assistenza")
    call.is_transferred_to("technical-it", level="unverified")
    call.agent_hears("Identità non verificata. Rossi Forniture. assistenza tecnica, italiano, Italia")


def test_a_wrong_code_then_the_right_one(phone: Phone, inbox: Inbox) -> None:
    """Two wrong guesses close nothing: the right code is still taken."""
    call, code = awaits_code(phone), inbox.code()
    call.follows(" ".join(f"{wrong}#" for wrong in _wrong(code, 2))).keys(code)
    call.is_transferred_to("technical-it", level="code")


def test_five_guesses_a_call(phone: Phone, inbox: Inbox) -> None:
    """New codes bring no new guesses beyond five a call."""
    call = awaits_code(phone)
    for wrong in _wrong(inbox.code(), 2):
        call.keys(wrong).hears("non è corretto")
    call.waits(5).keys("2").hears("Quando ha il codice")
    for wrong in _wrong(inbox.code(), 2):
        call.keys(wrong).hears("non è corretto")
    call.keys("222222")
    call.is_transferred_to("technical-it", level="unverified")


def test_the_mail_comes_after_two_minutes(phone: Phone, inbox: Inbox, clock: SimulatedClock) -> None:
    """The line waits with the caller: one short word every 20 seconds, and then the code is taken."""
    call = awaits_code(phone).is_listening()
    call.waits(120)
    words = [entry for entry in phone.transcript.entries if entry.text == "Faccia con calma."]
    assert 4 <= len(words) <= 6
    gaps = {later.at - earlier.at for earlier, later in pairwise(words)}
    assert all(timedelta(seconds=20) <= gap <= timedelta(seconds=25) for gap in gaps)
    assert all(entry.kind is Happening.HEARS for entry in words)
    call.keys(inbox.code()).is_transferred_to("technical-it", level="code")


def test_a_code_expires_and_a_new_one_works(phone: Phone, inbox: Inbox) -> None:
    """After ten minutes the caller is told, chooses again, and gets another code."""
    call, old = awaits_code(phone), inbox.code()
    call.waits(600).hears("scaduto").hears("codice monouso").presses("1")
    new = inbox.code()
    assert new != old
    call.keys(old).hears("non è corretto").keys(new).is_transferred_to("technical-it", level="code")


def test_a_code_keyed_too_late(phone: Phone, inbox: Inbox, clock: SimulatedClock) -> None:
    """The right code after its ten minutes is expired, not accepted."""
    call, code = awaits_code(phone).is_listening(), inbox.code()
    clock.advance(600)
    call.keys(code).hears("scaduto").is_listening()
    assert call.state == "channel"


def test_asking_again(phone: Phone, inbox: Inbox) -> None:
    """The same code comes again: 30 s after the first, 60 s after the second, and no third time."""
    call = asks_channel(phone).presses("1" + "1#").hears("non è possibile chiedere di nuovo")
    code = inbox.code()
    call.waits(30).keys("1").hears("preso nota")
    assert inbox.code() == code
    call.keys("1").hears("non è possibile chiedere di nuovo")
    call.waits(60).keys("1").hears("preso nota")
    assert inbox.code() == code
    call.waits(300).keys("1").hears("non è possibile chiedere di nuovo")
    assert inbox.new() == []
    call.keys(code).is_transferred_to("technical-it", level="code")


def test_the_other_way(phone: Phone, inbox: Inbox) -> None:
    """Another channel is another code: the first way's code is a wrong guess from then on."""
    call, mailed = awaits_code(phone), inbox.code()
    call.keys("2").hears("Quando ha il codice")
    (text,) = inbox.new()
    assert text.channel == "text"
    call.keys(mailed).hears("non è corretto")
    call.keys("2")
    (mail,) = inbox.new()
    assert mail.channel == "email"
    assert mailed not in mail.text


def test_another_account(phone: Phone, inbox: Inbox, services: Services) -> None:
    """3 and hash keys another account; the fourth look-up of a call is not made."""
    call = awaits_code(phone, "99999999")
    assert inbox.new() == []
    call.keys("3").hears("numero cliente").keys("88888888").presses("1").presses("1")
    call.keys("3").keys("12345678").presses("1").presses("1")
    assert inbox.new()[0].to == "giulia.conti@example.com"
    call.keys("3").keys("0042").presses("1").hears("non possiamo cercare altri numeri")
    call.is_transferred_to("technical-it", level="unverified")
    assert [line for line in story(services, call) if line.startswith("look_up")] == [
        "look_up: looked_up nobody known",
        "look_up: looked_up nobody known",
        "look_up: looked_up Rossi Forniture",
        "look_up: no_more_look_ups",
    ]


def test_a_number_keyed_wrong_is_keyed_again(phone: Phone, inbox: Inbox) -> None:
    """What was keyed is read back; 2 keys it again, and costs no look-up."""
    call = asks_channel(phone).presses("1").keys("3")
    for _ in range(4):
        call.keys("99999").hears("9, 9, 9, 9, 9").presses("2").hears("numero cliente")
    call.keys("12345678").presses("1").presses("1")
    assert inbox.code()


def test_too_short_or_odd_numbers(phone: Phone) -> None:
    """What cannot be an account or a phone number is said to be incomplete; three times is a person."""
    call = awaits_code(phone).keys("3")
    call.keys("123").hears("non è completo").keys("12*45").hears("non è completo").keys("1" * 30)
    call.is_transferred_to("technical-it", level="unverified")


def _wrong(code: str, count: int) -> list[str]:
    """So many six-digit guesses that are not the code."""
    return [guess for guess in ("000000", "111111", "333333") if guess != code][:count]
