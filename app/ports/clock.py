"""The one source of now."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The one source of now."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...
