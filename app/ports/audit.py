"""The audit: what was done to rights and tables, by whom and from where. It is read here, never changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.access.model import Actor


@dataclass(frozen=True, slots=True)
class Act:
    """One row of the audit."""

    id: int
    at: datetime
    who: str  # a sign-in name; "caller" for what a call did
    where: str  # a network address, or the command line
    what: str
    detail: str
    before: str  # a word, or JSON
    after: str
    call: str  # the call's id; empty: none
    organisation: int | None
    account: str  # of the organisation; empty: none
    contact: int | None


@dataclass(frozen=True, slots=True)
class Sought:
    """Which acts are meant; what is empty or None does not narrow them."""

    who: str = ""
    what: str = ""
    since: datetime | None = None
    until: datetime | None = None  # exclusive
    account: str = ""  # an organisation's account number
    text: str = ""  # anywhere in what was done, its detail, before and after


class Audit(Protocol):
    """Reading the audit. Every method may raise Fault LEDGER_AWAY."""

    def count(self, sought: Sought) -> int:
        """How many acts there are of these."""
        ...

    def page(self, sought: Sought, *, limit: int, offset: int = 0) -> Sequence[Act]:
        """One page of them, newest first."""
        ...

    def kinds(self) -> Sequence[str]:
        """Every kind of act there is, by name."""
        ...

    def every(self, sought: Sought) -> Iterator[Act]:
        """All acts there are when it begins, oldest first; read in parts, so that memory stays small."""
        ...

    def exported(self, form: str, *, actor: Actor, now: datetime) -> None:
        """Write down that somebody took a copy."""
        ...
