"""Which queues an agent serves: those with a desk of a department and a language of theirs."""

from collections.abc import Collection
from dataclasses import dataclass

Desk = tuple[str, str]  # department, language


@dataclass(frozen=True, slots=True)
class Skills:
    """What an agent can take: departments and languages (BCP-47 primary tags)."""

    departments: frozenset[str]
    languages: frozenset[str]

    def serves(self, desks: Collection[Desk]) -> bool:
        """Whether a desk of a queue is theirs; a queue of no desk, such as the fallback, is everybody's."""
        return not desks or any(self.has(desk) for desk in desks)

    def has(self, desk: Desk) -> bool:
        """Whether they can take calls of this desk."""
        department, language = desk
        return department in self.departments and language in self.languages

    def takes(self, desks: Collection[Desk], desk: Desk) -> bool:
        """Whether they can take a caller of ``desk`` who waits in a queue of these desks.

        A queue may be shared by several languages: then the caller's own counts. A caller who overflowed from
        another desk is anybody's who serves the queue.
        """
        return self.has(desk) if desk in desks else self.serves(desks)
