"""The rules over counts, each at its edge."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.verification.limits import (
    Guesses,
    Limits,
    Window,
    below,
    digits_of,
    guesses_left,
    may_reach,
    may_resend,
    organisation_open,
)

LIMITS = Limits()
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("made", "left"),
    [
        (Guesses(0, 0, 0), 3),
        (Guesses(2, 2, 2), 1),
        (Guesses(3, 3, 3), 0),
        (Guesses(0, 4, 4), 1),
        (Guesses(0, 5, 5), 0),
        (Guesses(0, 0, 9), 1),
        (Guesses(0, 0, 10), 0),
        (Guesses(0, 0, None), 3),
    ],
)
def test_guesses_left(made: Guesses, left: int) -> None:
    """3 per code, 5 per call, 10 a day per number; a withheld number has no count of its own."""
    assert guesses_left(LIMITS, made) == left


@pytest.mark.parametrize(
    ("made", "registered", "is_open"), [(19, False, True), (20, False, False), (20, True, True)]
)
def test_organisation_bucket(made: int, registered: bool, is_open: bool) -> None:
    """Strangers have 20 guesses a day for an organisation; its own numbers are not held up by them."""
    assert organisation_open(LIMITS, made, registered=registered) is is_open


@pytest.mark.parametrize(
    ("sends", "after", "may"),
    [
        (1, 30 * SECOND - timedelta(microseconds=1), False),
        (1, 30 * SECOND, True),
        (2, 60 * SECOND - timedelta(microseconds=1), False),
        (2, 60 * SECOND, True),
        (3, timedelta(days=1), False),
        (0, timedelta(days=1), False),
    ],
)
def test_resending(sends: int, after: timedelta, may: bool) -> None:
    """A code goes again after 30 s, then after 60 s, and no third time."""
    assert may_resend(LIMITS, sends, AT, AT + after) is may


def test_nothing_is_sent_again_that_was_never_sent() -> None:
    """A challenge without a first sending has nothing to repeat."""
    assert not may_resend(LIMITS, 1, None, AT)


@pytest.mark.parametrize(
    ("counts", "fits"),
    [((2, 4, 9), True), ((3, 4, 9), False), ((2, 5, 9), False), ((2, 4, 10), False), ((0, 0, 0), True)],
)
def test_windows_of_a_contact(counts: tuple[int, int, int], fits: bool) -> None:
    """3 in 15 minutes, 5 in an hour, 10 in a day: one more has to fit into each."""
    assert below(LIMITS.sends_per_contact, counts) is fits


def test_counts_and_windows_belong_together() -> None:
    """A count too few is a mistake of the program, not a limit that is kept."""
    with pytest.raises(ValueError, match="zip"):
        below(LIMITS.sends_per_contact, (0, 0))


def test_numbers_of_the_sending_limits() -> None:
    """Contact 3 / 15 min, 5 / h, 10 / day; organisation 20 / day; calling number 10 / day."""
    day = timedelta(days=1)
    assert LIMITS.sends_per_contact == (
        Window(3, timedelta(minutes=15)),
        Window(5, timedelta(hours=1)),
        Window(10, day),
    )
    assert (LIMITS.sends_per_organisation, LIMITS.sends_per_ani) == ((Window(20, day),), (Window(10, day),))


@pytest.mark.parametrize(
    ("regions", "reached"),
    [({"IT"}, True), ({"IT", "VA"}, False), ({"IT", "FR"}, True), ({"US"}, False), (set(), False)],
)
def test_destinations_are_an_allow_list(regions: set[str], reached: bool) -> None:
    """A number is reached when every country it may belong to is on the list."""
    assert may_reach(replace(LIMITS, destinations=frozenset({"IT", "FR"})), regions) is reached


def test_every_country_unless_listed() -> None:
    """Without a list every country is reached; a number of none, as costly ones are, never is."""
    assert may_reach(LIMITS, {"IT"})
    assert not may_reach(LIMITS, set())


@pytest.mark.parametrize(("least", "asked", "digits"), [(6, 6, 6), (6, 8, 8), (8, 6, 8), (6, 0, 6)])
def test_length_of_a_code(least: int, asked: int, digits: int) -> None:
    """The longer of what the organisation asks for and what the setting asks of all."""
    assert digits_of(replace(LIMITS, least_digits=least), asked) == digits
