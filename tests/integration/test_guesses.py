"""Judging guesses: counts, locks, repeats, on both engines."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.verification.limits import Limits, Window
from app.verification.model import Accepted, Channel, Expired, Level, Locked, Method, Rejected
from tests.integration.world import STRANGER, UNBOUNDED, World, a_call, contact, organisation, wrong

MINUTE = timedelta(minutes=1)


@pytest.fixture
def firm(world: World) -> World:
    world.profile([organisation()], [contact()])
    return world


def test_right_code_is_accepted_once(firm: World) -> None:
    """A right code gives the level of its method and contact; used, it is wrong for any later step."""
    challenge = firm.issue().challenge
    judged = firm.guess(challenge, 2)
    assert isinstance(judged, Accepted)
    assert (judged.proof.level, judged.proof.method) == (Level.CODE, Method.EMAIL)
    assert (judged.proof.contact_name, judged.proof.role) == ("Ada Admin", "admin")
    assert judged.proof.reached_at == firm.clock.now()
    assert isinstance(firm.guess(challenge, 3), Rejected)
    assert firm.audited("level_reached") == 1


@pytest.mark.parametrize(
    ("can_text", "method"), [(True, Method.TEXT), (False, Method.VOICE)], ids=["texts", "no texts"]
)
def test_phone_method_follows_the_contact(world: World, can_text: bool, method: Method) -> None:
    """A number that takes texts is proved by text, another one by voice."""
    world.profile([organisation()], [contact(phone_can_text=can_text)])
    judged = world.guess(world.issue(channel=Channel.PHONE).challenge, 2)
    assert isinstance(judged, Accepted)
    assert judged.proof.method is method


def test_third_wrong_code_locks(firm: World) -> None:
    """Three guesses per code: the third wrong one locks, and the right code comes too late."""
    challenge = firm.issue().challenge
    assert firm.guess(challenge, 2, wrong(challenge)) == Rejected(2)
    assert firm.guess(challenge, 3, wrong(challenge)) == Rejected(1)
    assert isinstance(firm.guess(challenge, 4, wrong(challenge)), Locked)
    assert isinstance(firm.guess(challenge, 5), Locked)
    assert firm.ledger.proof("call") is None


def test_third_guess_may_be_right(firm: World) -> None:
    """The last guess within the limit is compared like the first."""
    challenge = firm.issue().challenge
    for turn in (2, 3):
        firm.guess(challenge, turn, wrong(challenge))
    assert isinstance(firm.guess(challenge, 4), Accepted)


def test_fifth_wrong_code_of_a_call_locks(firm: World) -> None:
    """Five guesses per call, over all its codes."""
    first = firm.issue().challenge
    for turn in (2, 3):
        firm.guess(first, turn, wrong(first))
    second = firm.issue(turn=4, channel=Channel.PHONE).challenge
    assert firm.guess(second, 5, wrong(second)) == Rejected(2)
    assert firm.guess(second, 6, wrong(second)) == Rejected(1)
    assert isinstance(firm.guess(second, 7, wrong(second)), Locked)
    third = firm.issue(turn=8).challenge
    assert isinstance(firm.guess(third, 9), Locked)


def test_repeated_step_gives_the_stored_judgement(firm: World) -> None:
    """The same step again returns what was judged, whatever is keyed, and counts nothing."""
    challenge = firm.issue().challenge
    first = firm.guess(challenge, 2, wrong(challenge))
    assert firm.guess(challenge, 2) == first == Rejected(2)
    accepted = firm.guess(challenge, 3)
    assert firm.guess(challenge, 3, wrong(challenge)) == accepted
    assert isinstance(accepted, Accepted)
    assert firm.audited("code_rejected") == 1


def test_void_challenge_counts_and_locks_the_same(firm: World) -> None:
    """An unknown account's code is never right, and is locked after the same number of guesses."""
    challenge = firm.issue(account=None).challenge
    assert (challenge.organisation, challenge.contact) == (None, None)
    assert firm.guess(challenge, 2) == Rejected(2)
    assert firm.guess(challenge, 3) == Rejected(1)
    assert isinstance(firm.guess(challenge, 4), Locked)


def test_code_of_another_call_is_wrong(firm: World) -> None:
    """A code is bound to its call: keyed in another one, it is a wrong guess there."""
    theirs = firm.issue("theirs").challenge
    firm.issue("mine")
    assert isinstance(firm.guess(theirs, 2, call_id="mine"), Rejected)
    assert isinstance(firm.guess(theirs, 2), Accepted)


def test_code_lives_ten_minutes(firm: World) -> None:
    """A code is good until just before its ten minutes are over; then it is expired, which is no guess."""
    late, early = firm.issue("late").challenge, firm.issue("early").challenge
    firm.clock.moves(10 * MINUTE - timedelta(microseconds=1))
    assert isinstance(firm.guess(early, 2), Accepted)
    firm.clock.moves(timedelta(microseconds=1))
    assert isinstance(firm.guess(late, 2), Expired)
    assert firm.guess(late, 3) == Expired()


def test_code_ends_with_its_call(firm: World) -> None:
    """Once the call is over its code is expired, and a new one is void."""
    challenge = firm.issue().challenge
    firm.ledger.record(a_call(), ended="completed")
    assert isinstance(firm.guess(challenge, 2), Expired)
    assert firm.issue(turn=3).contact is None


def test_new_challenge_ends_the_one_before(firm: World) -> None:
    """Another channel is another challenge: the code of the first one is over."""
    first = firm.issue().challenge
    second = firm.issue(turn=2, channel=Channel.PHONE).challenge
    assert isinstance(firm.guess(first, 3), Expired)
    assert isinstance(firm.guess(second, 4), Accepted)


def test_ten_guesses_a_day_per_number(firm: World) -> None:
    """A caller's number has ten guesses within 24 hours, over all calls; the eleventh is not compared."""
    firm.limits = UNBOUNDED
    for number in range(5):
        challenge = firm.issue(f"call{number}").challenge
        for turn in (2, 3):
            last = firm.guess(challenge, turn, wrong(challenge))
        firm.clock.moves(MINUTE)
    assert isinstance(last, Locked)
    blocked = firm.issue("call-after").challenge
    assert isinstance(firm.guess(blocked, 2), Locked)


def test_day_of_a_number_slides(firm: World) -> None:
    """A guess leaves the window 24 hours after it was made, not at midnight and not earlier."""
    firm.limits = replace(UNBOUNDED, guesses_per_ani=Window(1, timedelta(days=1)))
    first = firm.issue("first").challenge
    firm.guess(first, 2, wrong(first))
    firm.clock.moves(timedelta(days=1) - timedelta(microseconds=1))
    early = firm.issue("early").challenge
    assert isinstance(firm.guess(early, 2), Locked)
    firm.clock.moves(timedelta(microseconds=1))
    later = firm.issue("later").challenge
    assert isinstance(firm.guess(later, 2), Accepted)


def test_withheld_callers_share_no_bucket(firm: World) -> None:
    """What one withheld caller guessed takes nothing from the next one."""
    firm.limits = replace(UNBOUNDED, guesses_per_ani=Window(1, timedelta(days=1)))
    for number in range(3):
        challenge = firm.issue(f"call{number}", ani=None).challenge
        assert firm.guess(challenge, 2, wrong(challenge), ani=None) == Rejected(2)


def test_twenty_guesses_a_day_per_organisation(firm: World) -> None:
    """After 20 guesses of strangers none is compared, in the words of any wrong code; nor is a code sent."""
    firm.limits = UNBOUNDED
    open_one = firm.issue("open", ani=None).challenge
    for number in range(10):
        challenge = firm.issue(f"call{number}", ani=None).challenge
        for turn in (2, 3):
            assert isinstance(firm.guess(challenge, turn, wrong(challenge), ani=None), Rejected)
    assert firm.guess(open_one, 2, ani=None) == Rejected(2)
    assert firm.issue("after", ani=None).contact is None


def test_twentieth_guess_for_an_organisation_is_compared(firm: World) -> None:
    """19 wrong guesses of strangers leave one that may be right; a day later there are 20 again."""
    firm.limits = replace(UNBOUNDED, guesses_per_organisation=Window(2, timedelta(days=1)))
    first, second, third = (firm.issue(f"call{number}", ani=None).challenge for number in range(3))
    firm.guess(first, 2, wrong(first), ani=None)
    assert isinstance(firm.guess(second, 2, ani=None), Accepted)
    assert isinstance(firm.guess(third, 2, ani=None), Rejected)
    firm.clock.moves(timedelta(days=1))
    assert isinstance(firm.guess(firm.issue("next", ani=None).challenge, 2, ani=None), Accepted)


def test_registered_number_is_not_held_up_by_strangers(firm: World) -> None:
    """The organisation's bucket is for numbers not registered with it."""
    firm.limits = replace(UNBOUNDED, guesses_per_organisation=Window(0, timedelta(days=1)))
    assert firm.issue("stranger").contact is None
    own = firm.issue("own", ani="+12025550114").challenge
    assert isinstance(firm.guess(own, 2, ani="+12025550114"), Accepted)


def test_hundred_failures_in_a_row_switch_a_contact_off(firm: World) -> None:
    """The hundredth wrong code in a row switches the contact off: no code goes there, none is right."""
    firm.limits = replace(UNBOUNDED, guesses_per_organisation=Window(1000, timedelta(days=1)))
    waiting = firm.issue("waiting", ani=None).challenge
    for number in range(50):
        challenge = firm.issue(f"call{number}", ani=None).challenge
        for turn in (2, 3):
            if (number, turn) == (49, 3):
                assert firm.issue(f"still{number}", ani=None).contact is not None
            firm.guess(challenge, turn, wrong(challenge), ani=None)
    assert firm.audited("contact_switched_off") == 1
    assert firm.issue("after", ani=None).contact is None
    assert isinstance(firm.guess(waiting, 2, ani=None), Rejected)


def test_success_ends_the_row_of_failures(firm: World) -> None:
    """Only consecutive failures count: a right code in between starts anew."""
    firm.limits = replace(UNBOUNDED, failures_until_switched_off=3)
    for number in range(3):
        challenge = firm.issue(f"call{number}", ani=None).challenge
        for turn in (2, 3):
            firm.guess(challenge, turn, wrong(challenge), ani=None)
        assert isinstance(firm.guess(challenge, 4, ani=None), Accepted)
    assert firm.audited("contact_switched_off") == 0


def test_unknown_challenge_is_a_wrong_guess(firm: World) -> None:
    """A challenge that never was cannot be guessed, and guesses at it lock like any other."""
    made_up = replace(firm.issue().challenge, id="no-such-challenge")
    judged = [firm.guess(made_up, turn, "123456", ani=STRANGER) for turn in (2, 3, 4)]
    assert judged[:2] == [Rejected(2), Rejected(1)]
    assert isinstance(judged[2], Locked)


def test_defaults_are_the_published_numbers() -> None:
    """The numbers of the code step are those the design states."""
    limits = Limits()
    assert (limits.guesses_per_code, limits.guesses_per_call, limits.guesses_per_ani.most) == (3, 5, 10)
    assert (limits.guesses_per_organisation.most, limits.failures_until_switched_off) == (20, 100)
