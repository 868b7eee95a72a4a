"""What one request asks of the stores, counted where it leaves the process."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event

from app.adapters.redis_link import RedisLink
from app.adapters.redis_socket import Word


@dataclass(slots=True)
class Cost:
    """Round trips to Redis, and SQL statements (transactions' own words among them)."""

    trips: int = 0
    statements: int = 0


class CountingLink(RedisLink):
    """A link that counts its round trips; ``cost`` None: nobody asked."""

    cost: Cost | None = None

    def ask(self, *words: Word) -> object:
        if self.cost is not None:
            self.cost.trips += 1
        return super().ask(*words)


@contextmanager
def counting(link: CountingLink, engine: Engine) -> Iterator[Cost]:
    """Count everything the process asks on this link and this engine in the block."""
    cost = Cost()

    def executes(*_told: Any) -> None:
        cost.statements += 1

    link.cost = cost
    event.listen(engine, "before_cursor_execute", executes)
    try:
        yield cost
    finally:
        event.remove(engine, "before_cursor_execute", executes)
        link.cost = None
