"""Natural keys: how a row is named in reasons, diffs and faults, whatever its place in a file."""

import re
from datetime import UTC, datetime

from routing.table import CalendarDay, Closure, Coverage, Emergency, Line, Notice, Reroute

# A plan is known by what sets it apart: "Office 365 Enterprise" is "enterprise" beside other plans of the
# product.
_PRODUCT = re.compile(r"^.*?\b365\b\s*(?=\S)")
_BRACKETED = re.compile(r"\s*\([^()]*\)")
_BETWEEN_WORDS = re.compile(r"[^\w]+")


def slug(variant: str) -> str:
    """A variant's short name in keys: lower-case words joined by ``-``.

    Left out are what stands in brackets and a product's name up to its "365", so that ``Office 365
    Enterprise`` is ``enterprise`` and ``Other plans (such as ...)`` is ``other-plans``.
    """
    bare = _BRACKETED.sub("", variant) or variant
    return whole_slug(_PRODUCT.sub("", bare)) or whole_slug(variant)


def whole_slug(variant: str) -> str:
    """All words of a variant, lower-case, joined by ``-``."""
    return _BETWEEN_WORDS.sub("-", variant.lower()).strip("-")


def place(territory: str, variant: str = "", cloud: str = "") -> str:
    """``JP``, ``JP:enterprise``, ``DE@germany``."""
    return territory + (f":{slug(variant)}" if variant else "") + (f"@{cloud}" if cloud else "")


def coverage(row: Coverage) -> str:
    """``coverage/JP:enterprise/technical/ja``, with the severity last where the row has one."""
    parts = ["coverage", place(row.territory, row.variant, row.cloud), row.department, row.language]
    return "/".join([*parts, row.severity] if row.severity else parts)


def line(row: Line) -> str:
    """``line/+13128435147``, with the cloud after ``@`` where it has one."""
    return f"line/{row.name}" + (f"@{row.cloud}" if row.cloud else "")


def closure(row: Closure) -> str:
    """``closure/2026-12-24/IT/billing``; wildcards at the end are left out, times come last."""
    scope = _scope(
        row.territory if row.cloud == "*" else f"{row.territory}@{row.cloud}", row.department, row.language
    )
    times = "" if row.start is None and row.end is None else f"/{_clock(row.start)}-{_clock(row.end)}"
    return f"closure/{row.day.isoformat()}{scope}{'/open' if row.effect == 'open' else ''}{times}"


def emergency(row: Emergency) -> str:
    """``emergency/2026-11-20T09:00Z/IT``: when it started and what it reaches."""
    start = row.start.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    return f"emergency/{start}{_scope(row.territory, row.department, row.language)}"


def reroute(row: Reroute) -> str:
    """``reroute/technical-it``: by the queue whose calls go elsewhere."""
    return f"reroute/{row.queue}"


def calendar_day(row: CalendarDay) -> str:
    """``calendar/italy/2026-12-25`` or, for a country's public holidays, ``calendar/italy/IT``."""
    return f"calendar/{row.calendar}/{row.day.isoformat() if row.day else row.country}"


def notice(row: Notice) -> str:
    """``notice/IT/privacy/it``."""
    return f"notice/{row.territory}/{row.kind}/{row.language}"


def instant(text: datetime) -> str:
    """An instant in UTC, to the minute, for people."""
    return text.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def _scope(*parts: str) -> str:
    kept = list(parts)
    while kept and kept[-1] == "*":
        kept.pop()
    return "".join(f"/{part}" for part in kept)


def _clock(time: object) -> str:
    return "" if time is None else str(time)[:5]
