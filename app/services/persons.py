"""One person's data at the desk: looked at, handed out, erased."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.access.model import Actor, Right
from app.faults import Fault, FaultCode
from app.ports.persons import Person, Persons
from app.services.lifting import fault_of_reason


@dataclass(frozen=True, slots=True)
class Erased:
    """Nothing of the person is left but ids."""


@dataclass(frozen=True, slots=True)
class NotErased:
    """Nothing was erased: what is wrong with the form, by field."""

    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PersonDesk:
    """For admins only; every look at everything and every erasure is in the audit."""

    store: Persons

    def people(self, actor: Actor, organisation: int) -> Sequence[Person]:
        """Everybody who is or was on an organisation's profile. Fault NOT_YOURS."""
        _may(actor)
        return self.store.people(organisation)

    def counts(self, actor: Actor, organisation: int, contact: int) -> Mapping[str, int]:
        """How many rows of each kind are kept about a contact. Fault NOT_YOURS, NOT_FOUND."""
        _may(actor)
        kept = self.store.kept(organisation, contact)
        return {name: len(rows) for name, rows in kept.items() if isinstance(rows, list)}

    def name(self, actor: Actor, organisation: int, contact: int) -> str:
        """The contact's name. Fault NOT_YOURS, NOT_FOUND."""
        _may(actor)
        return str(self.store.kept(organisation, contact)["contact"]["name"])

    def export(self, actor: Actor, organisation: int, contact: int, now: datetime) -> Mapping[str, Any]:
        """Everything that is kept about a contact. Fault NOT_YOURS, NOT_FOUND."""
        _may(actor)
        return self.store.export(organisation, contact, actor, now)

    def erase(
        self, actor: Actor, organisation: int, contact: int, typed: str, reason: str, now: datetime
    ) -> Erased | NotErased:
        """Erase what is kept about a contact, once their name was typed and a reason given.

        Raises:
            Fault: NOT_YOURS without the right to administer; NOT_FOUND; CONFLICT while on the line.
        """
        _may(actor)
        name = self.name(actor, organisation, contact)
        faults = {}
        if typed.strip() != name:
            faults["typed"] = f"type the name as it stands here: {name}"
        wrong = fault_of_reason(reason, names=(name,))
        if wrong:
            faults["reason"] = wrong
        if faults:
            return NotErased(faults)
        self.store.erase(organisation, contact, reason.strip(), actor, now)
        return Erased()


def _may(actor: Actor) -> None:
    if not actor.may(Right.ADMINISTER):
        raise Fault(FaultCode.NOT_YOURS, "A person's data is for admins, with a one-time code.")
