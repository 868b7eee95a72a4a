"""Every number of the code step, and the rules over counts. The counts themselves are made in SQL."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
LONG_CODE = 8  # digits, for organisations that ask for them


@dataclass(frozen=True, slots=True)
class Window:
    """At most ``most`` events in any span of ``span``: a sliding window, not a calendar day."""

    most: int
    span: timedelta


class LimitKind(StrEnum):
    """The limits that last beyond a call: those people can see in force, and lift."""

    GUESSES_OF_NUMBER = "guesses_of_number"
    GUESSES_AT_ORGANISATION = "guesses_at_organisation"
    SENDS_TO_CONTACT = "sends_to_contact"
    SENDS_OF_ORGANISATION = "sends_of_organisation"
    SENDS_OF_NUMBER = "sends_of_number"
    SENDS_BY_AGENTS = "sends_by_agents"  # of an organisation, for callers on the line
    GUESSES_BY_AGENTS = "guesses_by_agents"
    BUDGET = "budget"
    SWITCHED_OFF = "switched_off"  # a contact, by too many wrong codes in a row


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of the code step; guessing limits and sending limits are apart from each other."""

    least_digits: int = 6  # raised to 8 while failures are far above the day's norm
    code_lasts: timedelta = timedelta(minutes=10)
    level_lasts: timedelta = timedelta(minutes=60)
    confirmed_for: timedelta = timedelta(hours=24)  # before an address may receive codes
    call_lasts: timedelta = timedelta(hours=4)  # the carrier's own bound on a call; then it is no longer open
    look_ups_per_call: int = 3

    guesses_per_code: int = 3
    guesses_per_call: int = 5
    guesses_per_ani: Window = Window(10, DAY)
    guesses_per_organisation: Window = Window(20, DAY)  # from numbers not registered with it
    failures_until_switched_off: int = 100  # in a row, at one contact

    resend_after: tuple[timedelta, ...] = (timedelta(seconds=30), timedelta(seconds=60))
    sends_per_contact: tuple[Window, ...] = (
        Window(3, timedelta(minutes=15)),
        Window(5, timedelta(hours=1)),
        Window(10, DAY),
    )
    sends_per_organisation: tuple[Window, ...] = (Window(20, DAY),)
    sends_per_ani: tuple[Window, ...] = (Window(10, DAY),)
    agent_sends_per_organisation: tuple[Window, ...] = (Window(20, DAY),)  # an allowance of their own
    agent_guesses_per_organisation: Window = Window(20, DAY)
    budget: Window = Window(1000, DAY)  # texts and code calls of all organisations together
    destinations: frozenset[str] | None = None  # ISO 3166-1 alpha-2 countries; None: every one

    def holds(self, reached_at: datetime, now: datetime) -> bool:
        """Whether a level that was reached then is not too old yet."""
        return now - reached_at < self.level_lasts

    def windows(self, kind: LimitKind) -> tuple[Window, ...]:
        """The windows of a limit; none for being switched off, which no time ends."""
        return {
            LimitKind.GUESSES_OF_NUMBER: (self.guesses_per_ani,),
            LimitKind.GUESSES_AT_ORGANISATION: (self.guesses_per_organisation,),
            LimitKind.SENDS_TO_CONTACT: self.sends_per_contact,
            LimitKind.SENDS_OF_ORGANISATION: self.sends_per_organisation,
            LimitKind.SENDS_OF_NUMBER: self.sends_per_ani,
            LimitKind.SENDS_BY_AGENTS: self.agent_sends_per_organisation,
            LimitKind.GUESSES_BY_AGENTS: (self.agent_guesses_per_organisation,),
            LimitKind.BUDGET: (self.budget,),
        }.get(kind, ())


@dataclass(frozen=True, slots=True)
class Guesses:
    """How many guesses were made before this one."""

    code: int
    call: int
    ani: int | None  # within the window of guesses_per_ani; None: withheld callers share no bucket


def guesses_left(limits: Limits, made: Guesses) -> int:
    """How many more guesses these counts allow; 0 or less: none is compared.

    The organisation's own bucket is not among them: nobody may tell from outside whether an account exists,
    so a full one makes guesses wrong without a word (``organisation_open``).
    """
    left = min(limits.guesses_per_code - made.code, limits.guesses_per_call - made.call)
    return left if made.ani is None else min(left, limits.guesses_per_ani.most - made.ani)


def organisation_open(limits: Limits, made: int, *, registered: bool) -> bool:
    """Whether guesses are still compared for an organisation.

    ``made`` are the compared guesses of unregistered numbers within the window; a call from one of the
    organisation's own numbers is not held up by what strangers tried.
    """
    return registered or made < limits.guesses_per_organisation.most


def below(windows: Sequence[Window], counts: Sequence[int]) -> bool:
    """Whether one more event fits into each window, given the count within each, in the same order."""
    return all(count < window.most for window, count in zip(windows, counts, strict=True))


def may_resend(limits: Limits, sends: int, last_sent_at: datetime | None, now: datetime) -> bool:
    """Whether a code may be sent again: after 30 s, then 60 s, at most twice. ``sends`` counts the first."""
    if last_sent_at is None or not 1 <= sends <= len(limits.resend_after):
        return False
    return now - last_sent_at >= limits.resend_after[sends - 1]


def may_reach(limits: Limits, regions: Collection[str]) -> bool:
    """Whether a phone number of these regions (ISO 3166-1) may be sent to.

    A number that may belong to several countries needs all of them on the list; one of no country, known or
    allowed by its kind, is never sent to.
    """
    return bool(regions) and (limits.destinations is None or limits.destinations.issuperset(regions))


def digits_of(limits: Limits, asked: int) -> int:
    """The length of a new code: what the organisation asked for, or more while the setting says so."""
    return max(limits.least_digits, asked)
