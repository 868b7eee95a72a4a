"""A date and a time as somebody writes them on a clock of theirs, and the instant that is."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from routing.zones import zone as zone_of


@dataclass(frozen=True, slots=True)
class NoInstant:
    """Why what was written names no instant: one sentence with what would be right."""

    sentence: str


def instant(day: str, clock: str, zone: str, *, later: bool = False) -> datetime | NoInstant:
    """The instant at which the clock of ``zone`` shows this date and time.

    Of an hour that comes twice the first is meant, or the second where ``later``; one that is skipped is
    no instant.

    Raises:
        UnknownZone: no such zone.
    """
    try:
        on = date.fromisoformat(day.strip())
    except ValueError:
        return NoInstant(f"{_shown(day)} is no date: write it as in 2026-12-24.")
    try:
        at = time.fromisoformat(clock.strip())
    except ValueError:
        return NoInstant(f"{_shown(clock)} is no time: write it as in 18:30.")
    if at.tzinfo is not None or not 1970 <= on.year <= 9000:
        return NoInstant("Write a date of this age, and a time without an offset, as in 18:30.")
    local = datetime.combine(on, at, zone_of(zone)).replace(fold=int(later))
    if local.astimezone(UTC).astimezone(zone_of(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        return NoInstant(f"On {on} the clock of {zone} does not show {at:%H:%M}: it is put forward then.")
    return local.astimezone(UTC)


def midnight(day: str, zone: str) -> datetime | NoInstant:
    """The instant a day begins on the clock of ``zone``; where that skips midnight, at one o'clock.

    Raises:
        UnknownZone: no such zone.
    """
    found = instant(day, "00:00", zone)
    return instant(day, "01:00", zone) if isinstance(found, NoInstant) else found


def span(day: str, zone: str) -> tuple[datetime, datetime] | NoInstant:
    """A day on the clock of ``zone``: when it begins, and when the next one does.

    Raises:
        UnknownZone: no such zone.
    """
    begins = midnight(day, zone)
    if isinstance(begins, NoInstant):
        return begins
    ends = midnight((date.fromisoformat(day.strip()) + timedelta(days=1)).isoformat(), zone)
    return ends if isinstance(ends, NoInstant) else (begins, ends)


def _shown(text: str) -> str:
    text = text.strip()
    return f"“{text[:40]}”" if text else "An empty field"
