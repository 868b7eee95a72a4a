"""Wall clocks: IANA zones from the pinned ``tzdata`` package, their offsets, and the clocks of a country."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

DAY = 86_400
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# A month from the ends of what datetime can hold, so that no local clock leaves it.
FIRST_INSTANT = int((datetime(1, 2, 1, tzinfo=UTC) - EPOCH).total_seconds())
LAST_INSTANT = int((datetime(9999, 12, 1, tzinfo=UTC) - EPOCH).total_seconds())


class UnknownZone(ValueError):  # noqa: N818 - says what is wrong, in the data rather than the program
    """No IANA zone has this name in the pinned data."""


@lru_cache(maxsize=1024)
def zone(key: str) -> ZoneInfo:
    """The zone of an IANA name, always from the ``tzdata`` package: a host's own copy may be older.

    Raises:
        UnknownZone: no such zone.
    """
    if key not in names():
        raise UnknownZone(key)
    with resources.files("tzdata").joinpath("zoneinfo", *key.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=key)


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """Every zone name of the pinned data."""
    text = resources.files("tzdata").joinpath("zones").read_text(encoding="ascii")
    return frozenset(text.split())


class Clock:
    """A zone's wall clock. Immutable but for memos of the last readings, each replaced in one step.

    The desks of a territory mostly ask for the same instant on the same clock.
    """

    __slots__ = ("_ahead", "_minute", "_zone", "key")

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self.key = zone.key
        self._minute = (FIRST_INSTANT - 1, 0)  # an instant nobody asks for
        self._ahead = (FIRST_INSTANT - 1, 0)

    def minute_of_week(self, second: int) -> int:
        """What the clock shows at an instant in seconds of the epoch, in minutes since Monday 00:00."""
        last = self._minute
        if last[0] == second:
            return last[1]
        there = datetime.fromtimestamp(second, self._zone)
        minute = there.weekday() * 1440 + there.hour * 60 + there.minute
        self._minute = (second, minute)
        return minute

    def ahead(self, second: int) -> int:
        """Seconds the clock is ahead of UTC at an instant."""
        last = self._ahead
        if last[0] == second:
            return last[1]
        ahead = offset_at(self._zone, second)
        self._ahead = (second, ahead)
        return ahead


@lru_cache(maxsize=1024)
def clock(key: str) -> Clock:
    """The one clock of a zone. Raises UnknownZone."""
    return Clock(zone(key))


def offset_at(clock: tzinfo, second: int) -> int:
    """Seconds a zone is ahead of UTC at an instant given in whole seconds of the epoch."""
    ahead = datetime.fromtimestamp(second, clock).utcoffset()
    return 0 if ahead is None else ahead.days * DAY + ahead.seconds


@lru_cache(maxsize=256)
def fixed(ahead: int) -> timezone:
    """The fixed offset of so many seconds."""
    return timezone(timedelta(seconds=ahead))


@lru_cache(maxsize=8192)
def pieces(key: str, day: int) -> tuple[tuple[int, int, int], ...]:
    """The UTC day ``day`` (days of the epoch) cut where the zone's offset changes: (from, until, offset).

    In seconds; ``until`` is exclusive. No zone changes its clocks twice within a day.
    """
    there = zone(key)
    start, end = day * DAY, (day + 1) * DAY
    before, after = offset_at(there, start), offset_at(there, end)
    if before == after:
        return ((start, end, before),)
    low, high = start, end
    while high - low > 1:
        middle = (low + high) // 2
        if offset_at(there, middle) == before:
            low = middle
        else:
            high = middle
    return ((start, high, before), (high, end, after)) if high < end else ((start, end, before),)


@lru_cache(maxsize=512)
def clocks_of(country: str, own: str) -> tuple[str, ...]:
    """The zones of a country that show different times, ``own`` first: one for each clock people see.

    From the pinned ``zone.tab``; compared in January and July of the data's year.
    """
    found = {_clock(own): own}
    for key in _zones_by_country().get(country, ()):
        found.setdefault(_clock(key), key)
    return tuple(found.values())


def _clock(key: str) -> tuple[int, int]:
    january = int((datetime(2026, 1, 15, tzinfo=UTC) - EPOCH).total_seconds())
    return offset_at(zone(key), january), offset_at(zone(key), january + 180 * DAY)


@lru_cache(maxsize=1)
def _zones_by_country() -> dict[str, list[str]]:
    text = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for row in (line.split("\t") for line in text.splitlines() if line and not line.startswith("#")):
        found.setdefault(row[0], []).append(row[2])
    return found
