"""How often signing in may be tried: sliding windows, by name and by address, whoever's name it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Window:
    """At most ``most`` failed tries in any span of ``span``."""

    most: int
    span: timedelta


#: For one name: whoever goes on waits longer. Six hours bound what a stranger can keep somebody out.
PER_NAME = (Window(5, timedelta(minutes=15)), Window(10, _HOUR), Window(20, 6 * _HOUR))
#: For one network address, whatever the names.
PER_ADDRESS = (Window(20, timedelta(minutes=15)), Window(60, 6 * _HOUR))
LONGEST_SPAN = 6 * _HOUR
MOST = 60  # tries worth reading of one name or address


def wait(windows: Sequence[Window], tries: Sequence[datetime], now: datetime) -> timedelta:
    """How long until one more try fits into every window, given the tries before, newest first."""
    return max((_wait(window, tries, now) for window in windows), default=timedelta())


def _wait(window: Window, tries: Sequence[datetime], now: datetime) -> timedelta:
    if len(tries) < window.most:
        return timedelta()
    return max(timedelta(), tries[window.most - 1] + window.span - now)


def network(where: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 that one IPv6 subscriber has."""
    try:
        address = ip_address(where)
    except ValueError:
        return where
    if not isinstance(address, IPv6Address):
        return str(address)
    mapped = address.ipv4_mapped
    return str(mapped) if mapped else str(IPv6Address(int(address) >> 64 << 64))
