"""The sample week's callers: who calls from where, when, and what they are like. The same for a seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, auto
from random import Random

from routing.zones import zone

DAYS = 7
_WORKDAY, _WEEKEND = 26, 7  # calls a day, beside those that come every workday
_STRANGERS = 100  # of numbers a place has
_LATEST = timedelta(minutes=20)  # before now: the last call shall be over


class Temper(Enum):
    """What a caller does with the call."""

    PATIENT = auto()
    MISTYPES = auto()  # keys a wrong code first
    GUESSES = auto()  # keys wrong codes only
    ASKS_FOR_A_PERSON = auto()  # when asked for the account number
    FORGOT_THE_NUMBER = auto()  # keys an account number that nobody has
    TIRES = auto()  # hangs up while waiting for somebody
    LEAVES = auto()  # hangs up at the first question of who calls


@dataclass(frozen=True, slots=True)
class Place:
    """Where calls come from: the line dialled there, and what its numbers begin with."""

    line: str
    numbers: str
    zone: str
    language: str
    accounts: tuple[str, ...]
    weight: int
    known: tuple[str, ...] = ()  # numbers of contacts and organisations


@dataclass(frozen=True, slots=True)
class Planned:
    """One call to be placed."""

    at: datetime
    place: Place
    ani: str | None
    attested: bool
    department: str
    by_phone: bool
    temper: Temper


ITALY = Place("+39800917919", "+3906555501", "Europe/Rome", "it", ("12345678",), 8)
PLACES = (
    ITALY,
    Place("+33805540594", "+331990012", "Europe/Paris", "fr", ("20250117",), 4, ("+33639980012",)),
    Place("+498005892332", "+4930231251", "Europe/Berlin", "de", ("300400",), 4),
    Place(
        "+448000326417",
        "+4420794603",
        "Europe/London",
        "en",
        ("0042",),
        4,
        ("+447700900142", "+442079460100"),
    ),
    Place(
        "+18008659408",
        "+120255501",
        "America/New_York",
        "en",
        ("555012", "77001"),
        5,
        ("+12025550114", "+12025550119"),
    ),
    Place("+13128435147", "+509370012", "America/Port-au-Prince", "fr", ("20250117", "77001"), 1),
    Place("+48800702320", "+482255501", "Europe/Warsaw", "pl", ("4650",), 2),
    Place("+35880098462", "+35895550", "Europe/Helsinki", "en", ("4650",), 1),
    Place("+81120628860", "+8135550", "Asia/Tokyo", "ja", ("88001122",), 1),
)
_TEMPERS = (
    *(Temper.PATIENT,) * 11,
    *(Temper.MISTYPES,) * 2,
    Temper.GUESSES,
    *(Temper.ASKS_FOR_A_PERSON,) * 3,
    Temper.FORGOT_THE_NUMBER,
    *(Temper.TIRES,) * 3,
    *(Temper.LEAVES,) * 2,
)


def week(now: datetime, seed: str = "a week") -> tuple[Planned, ...]:
    """The calls of the 7 days before ``now`` in their order; on workday afternoons some for Italy."""
    rng = Random(seed)  # noqa: S311 - calls to look at, no secrets
    first = (now - timedelta(days=DAYS)).date()
    days = [first + timedelta(days=number) for number in range(DAYS + 2)]
    calls = [call for day in days for call in _day(day, rng)]
    return tuple(
        sorted(
            (call for call in calls if now - timedelta(days=DAYS) <= call.at <= now - _LATEST),
            key=lambda call: call.at,
        )
    )


def _day(day: date, rng: Random) -> Iterator[Planned]:
    workday = day.weekday() < 5
    if workday:
        for hour, department in ((12, "billing"), (14, "technical"), (15, "billing"), (16, "billing")):
            minute = 20 + rng.randrange(35)
            yield _call(ITALY, datetime.combine(day, time(hour, minute), zone(ITALY.zone)), department, rng)
    for _ in range(_WORKDAY if workday else _WEEKEND):
        place = rng.choices(PLACES, [place.weight for place in PLACES])[0]
        hour = min(max(round(rng.gauss(13, 3.5)), 0), 23)  # some before and after hours
        at = datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), zone(place.zone))
        yield _call(place, at, rng.choice(("technical", "technical", "billing")), rng)


def _call(place: Place, at: datetime, department: str, rng: Random) -> Planned:
    stranger = f"{place.numbers}{rng.randrange(_STRANGERS):02}"
    ani = rng.choice(place.known) if place.known and rng.random() < 0.3 else stranger
    return Planned(
        at=at.astimezone(UTC),
        place=place,
        ani=ani,
        attested=rng.random() < 0.5,
        department=department,
        by_phone=rng.random() < 0.3,
        temper=rng.choice(_TEMPERS),
    )
