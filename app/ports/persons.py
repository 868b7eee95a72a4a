"""One person's data: everything that is kept about a contact, to be handed out or erased."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from app.access.model import Actor


@dataclass(frozen=True, slots=True)
class Person:
    """A contact, on the profile or not any more."""

    id: int
    name: str
    removed_at: datetime | None
    erased_at: datetime | None


class Persons(Protocol):
    """What is kept about people. Every method may raise Fault LEDGER_AWAY.

    Each takes the organisation beside the contact, and raises Fault NOT_FOUND where they do not belong
    together, or the contact's data was erased.
    """

    def people(self, organisation: int) -> Sequence[Person]:
        """Everybody who is or was on an organisation's profile."""
        ...

    def kept(self, organisation: int, contact: int) -> Mapping[str, Any]:
        """Everything that is kept about a contact, as JSON has it."""
        ...

    def export(self, organisation: int, contact: int, actor: Actor, now: datetime) -> Mapping[str, Any]:
        """The same, and that it was handed out is in the audit."""
        ...

    def erase(self, organisation: int, contact: int, reason: str, actor: Actor, now: datetime) -> None:
        """Take name, addresses and numbers out of everything that may be changed; the ids stay.

        Raises:
            Fault: CONFLICT while the organisation, or the contact, is on the line.
        """
        ...
