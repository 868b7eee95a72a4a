"""How long something has lasted, as clocks count it."""

from datetime import datetime, timedelta


def lasted(at: datetime, now: datetime) -> str:
    """``4:07``, or ``1:04:07`` from an hour on; nothing is in the future."""
    seconds = max(0, (now - at) // timedelta(seconds=1))
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"
