"""The fifty callers of an hour: where they call from, what they press, what they do while they wait."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from random import Random

from app.simulator.call import CallInProgress
from tests.calls.ways import BRITAIN, FRANCE, ITALY, NORTH_AMERICA

NOT_YET = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Sort:
    """Callers who are alike: where they call from, what they press, and what the formula makes of them."""

    line: str
    ani: str  # {n}: two digits of their own
    script: str
    priority: int = 0
    level: int = 0


_STRANGER = "+3906555501{n:02}"
FRENCH = Sort(FRANCE, _STRANGER, "1 1 0#")
FRENCH_BILL = Sort(FRANCE, _STRANGER, "1 2 0#")
ENGLISH = Sort(FRANCE, _STRANGER, "2 1 0#")
BRITISH = Sort(BRITAIN, "+4420794602{n:02}", "1", level=1)
BRITISH_BILL = Sort(BRITAIN, "+4420794602{n:02}", "2", level=1)
AMERICAN = Sort(NORTH_AMERICA, "+12025550110", "1", priority=9, level=1)
ITALIAN = Sort(ITALY, _STRANGER, "1 1 12345678# 1 0", priority=5)
ENGLISH_CODE = Sort(BRITAIN, _STRANGER, "1 0042# 1 1 0#")
WITH_CODE = Sort(ITALY, _STRANGER, "1 1 12345678# 1 1 0#", priority=5)


class Does(StrEnum):
    """What a caller does after a while of waiting, but for ``WAITS`` and ``HANGS_UP`` keys."""

    WAITS = ""
    HANGS_UP = "hangs up"
    REPEATS = "*"
    CALLBACK = "1 1"
    LANGUAGE = "2 1"
    CODE = "3"
    OVERFLOW = "0"


_USUAL = (Does.WAITS, Does.WAITS, Does.HANGS_UP, Does.OVERFLOW, Does.REPEATS)
SORTS = {
    FRENCH: (*_USUAL, *(Does.CALLBACK,) * 2, *(Does.LANGUAGE,) * 3),
    FRENCH_BILL: (*_USUAL, Does.CALLBACK),
    ENGLISH: (*_USUAL, Does.WAITS, Does.WAITS, Does.CALLBACK),
    ENGLISH_CODE: (Does.CODE, Does.CODE, Does.CODE),
    BRITISH: (*_USUAL, *_USUAL, Does.CALLBACK),
    BRITISH_BILL: (Does.WAITS, Does.HANGS_UP),
    AMERICAN: (Does.WAITS, Does.REPEATS, Does.OVERFLOW),
    ITALIAN: (Does.WAITS, Does.HANGS_UP, Does.OVERFLOW),
    WITH_CODE: (Does.CODE, Does.CODE, Does.CODE, Does.CODE),
}


@dataclass
class Caller:
    """One of the fifty."""

    number: int
    sort: Sort
    at: float  # seconds of the hour
    does: Does
    after: float  # seconds of waiting
    level: int
    code: str = ""
    began: datetime = NOT_YET
    call: CallInProgress | None = None

    @property
    def ani(self) -> str:
        return self.sort.ani.format(n=self.number)


def planned(random: Random) -> list[Caller]:
    """The callers, by when they call: the same for the same seed."""
    sorts = [(sort, does) for sort, ways in SORTS.items() for does in ways]
    random.shuffle(sorts)
    times = sorted(300 * random.randrange(12) + random.uniform(0, 60) for _ in sorts)  # all at once, mostly
    return [
        Caller(number, sort, at, does, random.uniform(15, 100), sort.level)
        for number, ((sort, does), at) in enumerate(zip(sorts, times, strict=True))
    ]
