"""The order of waiting: one plain formula, the same for live callers, the desks and What if.

A caller ranks as if the call had begun earlier: 5 minutes for each step of the organisation's priority, and
1 minute for each level above unverified. Who ranks earliest is next. ``docs/waiting.md`` says it to people.
"""

from datetime import datetime, timedelta

from app.verification.model import Level

#: What one step of the organisation's priority and one step of the level are worth.
FOR_PRIORITY = timedelta(minutes=5)
FOR_LEVEL = timedelta(minutes=1)
#: The highest priority there is; a higher number counts as this one.
MOST_PRIORITY = 9
#: After this much waiting a caller is before every newcomer, whoever that is.
LONGEST_HEAD_START = MOST_PRIORITY * FOR_PRIORITY + max(Level) * FOR_LEVEL

OrderKey = tuple[datetime, datetime, str]


def for_priority(priority: int) -> timedelta:
    """How much earlier a caller ranks for the organisation's priority, 0 to 9."""
    return min(max(priority, 0), MOST_PRIORITY) * FOR_PRIORITY


def for_level(level: Level) -> timedelta:
    """How much earlier a caller ranks for being verified so well."""
    return level * FOR_LEVEL


def head_start(priority: int, level: Level) -> timedelta:
    """How much earlier than it did a call counts as begun."""
    return for_priority(priority) + for_level(level)


def ranks_at(began_at: datetime, priority: int, level: Level) -> datetime:
    """The instant a caller ranks by: when the call, or the one it continues, began, less the head start."""
    return began_at - head_start(priority, level)


def order_key(began_at: datetime, priority: int, level: Level, call_id: str) -> OrderKey:
    """What callers are sorted by, the next one first; of equals who began earlier, then by the call's id."""
    return ranks_at(began_at, priority, level), began_at, call_id
