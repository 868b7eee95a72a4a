"""Who gets a code, how often, and what stays silent when none is sent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.ports import Resent
from app.verification.limits import Limits, Window
from app.verification.model import Accepted, Channel, Role
from tests.integration.world import START, UNBOUNDED, World, a_call, contact, organisation

SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
INSTANT = timedelta(microseconds=1)


@pytest.fixture
def firm(world: World) -> World:
    world.profile([organisation()], [contact()])
    return world


def sent(world: World, call_id: str, channel: Channel = Channel.EMAIL, ani: str | None = None) -> bool:
    """Whether a call of its own gets a real code."""
    return world.issue(call_id, channel=channel, ani=ani).contact is not None


def test_repeated_step_issues_nothing_new(firm: World) -> None:
    """The same step again gives the same challenge and queues no second letter."""
    first = firm.issue()
    assert firm.issue() == first
    assert firm.letters() == 1


def test_three_codes_in_a_quarter_of_an_hour(firm: World) -> None:
    """A contact gets three codes within 15 minutes; the fourth goes once the first is 15 minutes old."""
    for number in range(3):
        assert sent(firm, f"call{number}")
    firm.clock.moves(15 * MINUTE - INSTANT)
    assert not sent(firm, "early")
    firm.clock.moves(INSTANT)
    assert sent(firm, "later")


def test_five_codes_in_an_hour(firm: World) -> None:
    """A contact gets five codes within an hour."""
    for number in range(5):
        assert sent(firm, f"call{number}")
        firm.clock.moves(8 * MINUTE)
    assert not sent(firm, "sixth")
    firm.clock.moves(20 * MINUTE)
    assert sent(firm, "an hour after the first")


def test_ten_codes_a_day(firm: World) -> None:
    """A contact gets ten codes within 24 hours."""
    for number in range(10):
        assert sent(firm, f"call{number}")
        firm.clock.moves(timedelta(hours=2))
    assert not sent(firm, "eleventh")
    firm.clock.moves(timedelta(hours=4))
    assert sent(firm, "a day after the first")


def test_twenty_codes_a_day_per_organisation(world: World) -> None:
    """All contacts of an organisation together get twenty codes within 24 hours."""
    world.limits = replace(UNBOUNDED, sends_per_organisation=Limits().sends_per_organisation)
    world.profile(
        [organisation()],
        [contact(), contact(name="Bo Billing", role="billing_admin", email="bo@example.com", phone="")],
    )
    for number in range(10):
        assert world.issue(f"a{number}", ani=None).contact is not None
        assert world.issue(f"b{number}", ani=None, department="billing").contact is not None
    assert not sent(world, "twenty-first")
    world.clock.moves(DAY)
    assert sent(world, "next day")


def test_ten_codes_a_day_per_calling_number(world: World) -> None:
    """A calling number causes ten codes within 24 hours, to whomever; a withheld one has no such bucket."""
    world.limits = replace(UNBOUNDED, sends_per_ani=Limits().sends_per_ani)
    world.profile([organisation(), organisation("0042")], [contact(), contact("0042")])
    for number in range(10):
        account = ("12345678", "0042")[number % 2]
        assert world.issue(f"call{number}", account=account).contact is not None
    assert world.issue("eleventh").contact is None
    assert sent(world, "withheld")
    world.clock.moves(DAY)
    assert world.issue("next day").contact is not None


def test_budget_is_for_the_phone(firm: World) -> None:
    """Once the day's budget of texts and code calls is spent none goes out; mail still does."""
    firm.limits = replace(UNBOUNDED, budget=Window(2, DAY))
    assert sent(firm, "one", Channel.PHONE)
    assert sent(firm, "two", Channel.PHONE)
    assert not sent(firm, "three", Channel.PHONE)
    assert sent(firm, "mail", Channel.EMAIL)
    firm.clock.moves(DAY)
    assert sent(firm, "next day", Channel.PHONE)


def test_phone_destinations_are_an_allow_list(firm: World) -> None:
    """A phone code goes only to countries on the list; mail knows no country."""
    firm.limits = replace(UNBOUNDED, destinations=frozenset({"IT"}))
    assert not sent(firm, "phone", Channel.PHONE)
    assert sent(firm, "mail", Channel.EMAIL)
    firm.limits = replace(UNBOUNDED, destinations=frozenset({"US"}))
    assert sent(firm, "listed", Channel.PHONE)


def test_void_challenge_looks_like_a_real_one(firm: World) -> None:
    """Unknown account, no address, limit reached: a challenge of the same form, and nothing to send."""
    real = firm.issue("known").challenge
    void = firm.issue("unknown", account=None).challenge
    assert (void.digits, void.expires_at, void.sends, void.channel) == (
        real.digits,
        real.expires_at,
        real.sends,
        real.channel,
    )
    assert firm.letters() == 1
    assert firm.audited("code_withheld") == 1


def test_code_has_the_length_the_organisation_asks_for(world: World) -> None:
    """An organisation may ask for eight digits, and the setting may ask for them of all."""
    world.profile([organisation(code_digits=8), organisation("0042")], [contact(), contact("0042")])
    challenge = world.issue().challenge
    assert challenge.digits == 8
    assert isinstance(world.guess(challenge, 2), Accepted)
    world.limits = replace(world.limits, least_digits=8)
    assert world.issue("other", account="0042").challenge.digits == 8


def test_unconfirmed_address_gets_no_code(world: World) -> None:
    """A contact may receive codes 24 hours after it was confirmed, never before, never unconfirmed."""
    world.profile([organisation(), organisation("0042")], [contact(confirmed=None), contact("0042")])
    assert not sent(world, "unconfirmed")
    recent = [contact(confirmed=None), contact("0042", confirmed=START - DAY + INSTANT)]
    world.profile([organisation(), organisation("0042")], recent)
    assert world.issue("early", account="0042").contact is None
    world.clock.moves(INSTANT)
    assert world.issue("later", account="0042").contact is not None


def test_keyed_contact_comes_first(world: World) -> None:
    """The contact whose number was keyed gets the code; a user's number leads to the administrator."""
    people = [
        contact(),
        contact(name="Olga Owner", role="owner", phone="+12025550115"),
        contact(name="Uri User", role="user", phone="+12025550116"),
    ]
    world.profile([organisation()], people)
    by_phone = {}
    for turn, phone in enumerate(["+12025550115", "+12025550116"]):
        found = world.ledger.look_up(world.asker("asks", turn), "", [phone], at_most=3)
        assert found is not None
        assert found.contact is not None
        by_phone[found.contact.role] = found.contact.id
    owner = world.issue("owner", keyed=by_phone[Role.OWNER]).contact
    instead = world.issue("user", keyed=by_phone[Role.USER]).contact
    assert owner is not None
    assert owner.name == "Olga Owner"
    assert instead is not None
    assert instead.name == "Ada Admin"


def test_resend_waits_thirty_then_sixty_seconds(firm: World) -> None:
    """The same code goes again after 30 s, then 60 s, and not a third time."""
    challenge = firm.issue().challenge
    firm.clock.moves(30 * SECOND - INSTANT)
    assert firm.ledger.resend(firm.asker("call", 2), challenge.id) is Resent.TOO_SOON
    firm.clock.moves(INSTANT)
    assert firm.ledger.resend(firm.asker("call", 3), challenge.id) is Resent.SENT
    firm.clock.moves(60 * SECOND - INSTANT)
    assert firm.ledger.resend(firm.asker("call", 4), challenge.id) is Resent.TOO_SOON
    firm.clock.moves(INSTANT)
    assert firm.ledger.resend(firm.asker("call", 5), challenge.id) is Resent.SENT
    firm.clock.moves(5 * MINUTE)
    assert firm.ledger.resend(firm.asker("call", 6), challenge.id) is Resent.TOO_SOON
    letters = firm.outbox.claim(firm.clock.now(), limit=10)
    assert [letter.challenge.id for letter in letters if letter.challenge] == [challenge.id] * 3
    assert isinstance(firm.guess(challenge, 7), Accepted)


def test_repeated_resend_gives_the_stored_answer(firm: World) -> None:
    """The same step again sends nothing more, and keeps its answer though time goes on."""
    challenge = firm.issue().challenge
    assert firm.ledger.resend(firm.asker("call", 2), challenge.id) is Resent.TOO_SOON
    firm.clock.moves(MINUTE)
    assert firm.ledger.resend(firm.asker("call", 2), challenge.id) is Resent.TOO_SOON
    assert firm.ledger.resend(firm.asker("call", 3), challenge.id) is Resent.SENT
    assert firm.ledger.resend(firm.asker("call", 3), challenge.id) is Resent.SENT
    assert firm.letters() == 2


def test_void_code_is_sent_again_in_the_same_words(firm: World) -> None:
    """Asking again for a code that was never sent is answered as for a real one; nothing is sent."""
    challenge = firm.issue(account=None).challenge
    assert firm.ledger.resend(firm.asker("call", 2), challenge.id) is Resent.TOO_SOON
    firm.clock.moves(30 * SECOND)
    assert firm.ledger.resend(firm.asker("call", 3), challenge.id) is Resent.SENT
    assert firm.letters() == 0


def test_resend_counts_for_the_sending_limits(firm: World) -> None:
    """A code sent again is a message like any other; over the limit the answer stays the same."""
    challenge = firm.issue().challenge
    assert sent(firm, "two")
    assert sent(firm, "three")
    firm.clock.moves(30 * SECOND)
    assert firm.ledger.resend(firm.asker("call", 2, None), challenge.id) is Resent.SENT
    assert firm.letters() == 3


@pytest.mark.parametrize("over", ["used", "expired", "ended", "another call"])
def test_only_a_living_code_of_the_call_is_sent_again(firm: World, over: str) -> None:
    """A used, expired or ended code, or one of another call, is not sent again."""
    challenge = firm.issue().challenge
    firm.clock.moves(MINUTE)
    call_id = "call"
    match over:
        case "used":
            firm.guess(challenge, 2)
        case "expired":
            firm.clock.moves(9 * MINUTE)
        case "ended":
            firm.ledger.record(a_call(), ended="completed")
        case _:
            call_id = "another"
    assert firm.ledger.resend(firm.asker(call_id, 9), challenge.id) is Resent.TOO_SOON


def test_success_tells_the_contact_and_the_owners(world: World) -> None:
    """After a right code the contact used and each owner get a notice, nobody else."""
    people = [
        contact(),
        contact(name="Olga Owner", role="owner", email="olga@example.com", phone=""),
        contact(name="Otto Owner", role="owner", email="", phone="+12025550117"),
        contact(name="Vera Voice", role="owner", email="", phone="+12025550118", phone_can_text=False),
        contact(name="Uri User", role="user", email="uri@example.com", phone=""),
    ]
    world.profile([organisation()], people)
    world.guess(world.issue().challenge, 2)
    letters = world.outbox.claim(world.clock.now(), limit=10)
    told = {(letter.channel, letter.to) for letter in letters if letter.kind == "notice"}
    assert told == {("email", "ada@example.com"), ("email", "olga@example.com"), ("text", "+12025550117")}
    assert {letter.organisation_name for letter in letters} == {"Firm 12345678"}
