"""Instants in the REST API: RFC 2822 in answers, ISO 8601 in the filters of lists."""

from datetime import UTC, date, datetime, time
from email.utils import format_datetime

from app.simulator.resources.asked import Asked


def written(instant: datetime | None) -> str | None:
    """``Tue, 07 Aug 2012 22:57:41 +0000``; None stays None."""
    return format_datetime(instant.astimezone(UTC)) if instant is not None else None


def is_within(asked: Asked, name: str, instant: datetime | None) -> bool:
    """Whether an instant passes the filters ``name``, ``name<`` and ``name>``; a day is a day in UTC."""
    bounds = {sign: asked.get(name + sign) for sign in ("", "<", ">") if asked.get(name + sign)}
    if not bounds:
        return True
    if instant is None:
        return False
    return all(_passes(instant.astimezone(UTC), sign, text) for sign, text in bounds.items())


def _passes(at: datetime, sign: str, text: str) -> bool:
    match sign:
        case "<":
            return at <= _instant(text, time.max)
        case ">":
            return at >= _instant(text, time.min)
        case _:
            return at.date() == date.fromisoformat(text[:10])


def _instant(text: str, of_day: time) -> datetime:
    if len(text) == len("2026-03-02"):
        return datetime.combine(date.fromisoformat(text), of_day, UTC)
    found = datetime.fromisoformat(text)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
