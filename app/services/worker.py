"""What is to be done in the background, as one clocked tick."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.faults import Fault

Chore = Callable[[datetime], int]


@dataclass(frozen=True, slots=True)
class Done:
    """What one chore did in one tick."""

    chore: str
    count: int  # of whatever it takes care of
    fault: Fault | None = None  # it could not be gone on with; it is tried again at the next tick


class Worker:
    """The chores of ``callgate worker``: the outbox, expiries. A fault of one keeps none from its turn."""

    def __init__(self, chores: Mapping[str, Chore]) -> None:
        """Nothing is done yet.

        Args:
            chores: by name; each takes the present instant and gives how many things it did.
        """
        self._chores = dict(chores)

    def tick(self, now: datetime) -> tuple[Done, ...]:
        """Let each chore do what is due at ``now``; what became of each, in their order."""
        return tuple(_do(name, chore, now) for name, chore in self._chores.items())


def _do(name: str, chore: Chore, now: datetime) -> Done:
    try:
        return Done(name, chore(now))
    except Fault as fault:
        return Done(name, 0, fault)
