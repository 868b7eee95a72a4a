"""The one-time code: derived, compared, never shown."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.faults import Fault, FaultCode
from app.verification.code import Guess, Keys, NotWhole, decoy_draw, derive, matches, read_guess
from app.verification.model import Challenge, Channel


def key(letter: str, length: int = 32) -> str:
    return base64.b64encode(letter.encode() * length).decode()


KEYS = Keys.parse(f"new:{key('n')},old:{key('o')}")
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
CHALLENGE = Challenge(
    "c1", "call1", 1, 2, Channel.EMAIL, "technical", 6, "new", AT, AT + timedelta(minutes=10)
)


def test_code_is_digits_of_the_challenges_length() -> None:
    """A code has as many ASCII digits as its challenge says, leading zeros kept."""
    for length in (6, 8):
        codes = [derive(KEYS, replace(CHALLENGE, id=str(n), digits=length)) for n in range(200)]
        assert all(len(code) == length and code.isascii() and code.isdigit() for code in codes)
        assert any(code.startswith("0") for code in codes)


def test_unknown_accounts_draw_evenly() -> None:
    """An unknown account always draws the same number, and all of them together every number alike."""
    accounts = [str(10_000_000 + 37 * n) for n in range(2000)]
    drawn = [decoy_draw(KEYS, account) for account in accounts]
    assert drawn == [decoy_draw(KEYS, account) for account in accounts]
    assert all(0 <= number < 1 for number in drawn)
    for share in (0.1, 0.25, 0.5):
        assert abs(sum(number < share for number in drawn) / len(drawn) - share) < 0.05


def test_code_is_the_same_each_time() -> None:
    """The same challenge gives the same code: sending it again needs no store."""
    later = replace(CHALLENGE, sends=2, last_sent_at=AT, used_at=AT)
    assert derive(KEYS, CHALLENGE) == derive(KEYS, later)


@pytest.mark.parametrize(
    "change",
    [{"id": "c2"}, {"call_id": "call2"}, {"organisation": 3}, {"contact": 3}, {"purpose": "billing"}],
    ids=lambda change: next(iter(change)),
)
def test_code_is_bound_to_every_fact(change: dict[str, str | int]) -> None:
    """Another challenge, call, organisation, contact or purpose: another code."""
    eight = replace(CHALLENGE, digits=8)
    assert derive(KEYS, replace(eight, **change)) != derive(KEYS, eight)  # type: ignore[arg-type]  # by name


def test_facts_do_not_run_into_each_other() -> None:
    """Facts that would be the same text when written one after the other give different codes."""
    one = replace(CHALLENGE, id="a", call_id="bc", organisation=1, contact=12, digits=8)
    two = replace(CHALLENGE, id="ab", call_id="c", organisation=11, contact=2, digits=8)
    assert derive(KEYS, one) != derive(KEYS, two)


def test_right_digits_match_and_others_do_not() -> None:
    """Exactly the code matches: not a neighbour, a part, another length, or digits of other scripts."""
    code = derive(KEYS, CHALLENGE)
    assert matches(KEYS, CHALLENGE, code)
    neighbour = code[:-1] + str((int(code[-1]) + 1) % 10)
    wide = "".join(chr(ord("０") + int(digit)) for digit in code)
    for digits in (neighbour, code[:-1], code + "0", "", wide, "\ud800" * 6, f" {code}"):
        assert not matches(KEYS, CHALLENGE, digits)


def test_old_key_reads_and_the_first_signs() -> None:
    """During rotation codes of the older key still match; new ones are signed by the first."""
    old = replace(CHALLENGE, key_id="old")
    assert KEYS.signing == "new"
    assert matches(KEYS, old, derive(KEYS, old))
    assert derive(KEYS, old) != derive(KEYS, CHALLENGE)


def test_code_of_a_key_taken_away_never_matches() -> None:
    """Without its key a challenge has no code: none can be made, none matches."""
    gone = replace(CHALLENGE, key_id="gone")
    with pytest.raises(Fault) as caught:
        derive(KEYS, gone)
    assert caught.value.code is FaultCode.SETTINGS
    zeros = Keys.parse(f"gone:{base64.b64encode(bytes(32)).decode()}")
    assert not matches(KEYS, gone, derive(zeros, gone))


def test_void_challenge_never_matches() -> None:
    """A challenge without organisation or contact is matched by nothing, its own digits included."""
    for void in (
        replace(CHALLENGE, organisation=None, contact=None),
        replace(CHALLENGE, contact=None),
        replace(CHALLENGE, organisation=None),
    ):
        assert not matches(KEYS, void, derive(KEYS, void))


def test_keys_and_guesses_are_not_shown() -> None:
    """Neither secrets nor keyed digits appear in a representation."""
    assert "n" * 8 not in repr(KEYS)
    assert key("n")[:12] not in repr(KEYS)
    assert "123456" not in repr(read_guess("123456", 6))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "entry 1"),
        ("secretsecret", "entry 1"),
        (f"a:{key('a')},", "entry 2"),
        (f"a:{key('a')},b:***", "entry 2"),
        (f"a:{key('a', 31)}", "fewer than 32 bytes"),
        (f"a:{key('a')},a:{key('b')}", "repeats the id a"),
        (f"a b:{key('a')}", "entry 1"),
        (f":{key('a')}", "entry 1"),
        (f"a:{key('a')}\n", "ok"),
    ],
)
def test_faulty_keys_are_named_by_place(text: str, place: str) -> None:
    """A faulty PIN_KEYS says which entry and what is wrong, never the secret."""
    if place == "ok":
        assert Keys.parse(text).signing == "a"
        return
    with pytest.raises(Fault) as caught:
        Keys.parse(text)
    assert caught.value.code is FaultCode.SETTINGS
    assert place in caught.value.sentence
    assert key("a")[:10] not in caught.value.sentence
    assert "secretsecret" not in caught.value.sentence


@given(digits=st.text(max_size=12), length=st.sampled_from([6, 8]))
def test_only_whole_ascii_codes_are_guesses(digits: str, length: int) -> None:
    """Exactly as many ASCII digits as the code has are a guess; anything else is not the whole code."""
    whole = len(digits) == length and all(digit in "0123456789" for digit in digits)
    assert isinstance(read_guess(digits, length), Guess if whole else NotWhole)


@pytest.mark.parametrize(
    "digits",
    ["", "1", "12345", "1234567", "12345a", "12345*", "１２３４５６", "123456\n", "١٢٣٤٥٦", "1" * 65536],
)
def test_no_guess(digits: str) -> None:
    """Too short, too long, other signs, digits of other scripts, a line break after: no guess."""
    assert isinstance(read_guess(digits, 6), NotWhole)


def test_guess_keeps_what_was_keyed() -> None:
    """A guess carries the digits as keyed, leading zeros included."""
    assert read_guess("001234", 6) == Guess("001234")
