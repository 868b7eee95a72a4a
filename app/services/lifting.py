"""Lifting a limit: one publisher asks with a reason, another one agrees; nobody does both."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.access.model import Actor, Right
from app.faults import Fault, FaultCode
from app.ports.lifting import Lifting, LimitInForce, Wish
from app.services.standing import StillPublishes

WISH_LASTS = timedelta(days=1)
_LONGEST_REASON = 300
#: What a reason must not hold, since the audit that keeps it is never edited: addresses and numbers.
_PERSONAL = re.compile(r"@|[0-9](?:[ ./()-]?[0-9]){4,}")


@dataclass(frozen=True, slots=True)
class Unclear:
    """A reason that will not do, and what would be right."""

    sentence: str


@dataclass(frozen=True, slots=True)
class LiftingDesk:
    """What is in force, and what two people do about it."""

    store: Lifting
    still_publishes: StillPublishes  # of who asked

    def in_force(self, now: datetime, *, organisation: int | None = None) -> Sequence[LimitInForce]:
        """Every limit that holds now, or those of one organisation; with its wish, if that still counts."""
        found = self.store.in_force(now, organisation=organisation)
        return [replace(one, wish=None) if one.wish and _is_old(one.wish, now) else one for one in found]

    def decided(self, *, limit: int = 20) -> Sequence[Wish]:
        """The latest wishes that were decided."""
        return self.store.decided(limit=limit)

    def ask(self, actor: Actor, kind: str, subject: str, reason: str, now: datetime) -> Wish | Unclear:
        """Wish that a limit in force were lifted.

        Raises:
            Fault: NOT_YOURS without the right to publish; NOT_FOUND when no such limit is in force.
        """
        _may(actor)
        limit = self._limit(kind, subject, now)
        wrong = fault_of_reason(reason, names=(limit.contact_name,))
        if wrong:
            return Unclear(wrong)
        wish = self.store.ask(actor, limit, reason.strip(), now)
        if not _is_old(wish, now):
            return wish
        self.store.decide(actor, wish.id, "over", now)
        return self.store.ask(actor, limit, reason.strip(), now)

    def agree(self, actor: Actor, wish: int, now: datetime) -> Wish:
        """Lift what another person wished lifted; a limit or a wish that is over by now is only noted to be.

        So is the wish of somebody who may not publish any more: two who may have to want it.

        Raises:
            Fault: NOT_YOURS without the right to publish, or for whoever asked; NOT_FOUND; CONFLICT when it
                is decided already.
        """
        _may(actor)
        found = self.store.open_wish(wish)
        if _same(actor, found):
            sentence = f"{found.asked_by} asked for this: a second person has to agree."
            raise Fault(FaultCode.NOT_YOURS, sentence)
        holds = self._holds(found, now) and not _is_old(found, now)
        holds = holds and self.still_publishes(found.asked_by_id)
        return self.store.decide(actor, wish, "lifted" if holds else "over", now)

    def refuse(self, actor: Actor, wish: int, now: datetime) -> Wish:
        """Close a wish without lifting anything; whoever asked may take it back so.

        Raises:
            Fault: NOT_YOURS without the right to publish; NOT_FOUND; CONFLICT when it is decided already.
        """
        _may(actor)
        self.store.open_wish(wish)
        return self.store.decide(actor, wish, "refused", now)

    def _limit(self, kind: str, subject: str, now: datetime) -> LimitInForce:
        for limit in self.store.in_force(now):
            if (limit.kind.value, limit.subject) == (kind, subject):
                return limit
        raise Fault(FaultCode.NOT_FOUND, "This limit is not in force any more; nothing needs to be lifted.")

    def _holds(self, wish: Wish, now: datetime) -> bool:
        return any((one.kind, one.subject) == (wish.kind, wish.subject) for one in self.store.in_force(now))


def fault_of_reason(reason: str, *, names: Sequence[str] = ()) -> str:
    """What is wrong with a reason for the audit; empty: nothing. It must not name a person."""
    text = reason.strip()
    if not 0 < len(text) <= _LONGEST_REASON:
        return f"a reason of 1 to {_LONGEST_REASON} characters is needed"
    named = any(name and name.casefold() in text.casefold() for name in names)
    if named or _PERSONAL.search(text):
        return "leave names, addresses and numbers out: this stays in the audit, which nobody can edit"
    return ""


def _may(actor: Actor) -> None:
    if not actor.may(Right.PUBLISH):
        raise Fault(FaultCode.NOT_YOURS, "Lifting a limit takes two people with the right to publish.")


def _is_old(wish: Wish, now: datetime) -> bool:
    """Whether a wish was left alone for so long that what it was about has passed."""
    return now - wish.asked_at >= WISH_LASTS


def _same(actor: Actor, wish: Wish) -> bool:
    """Whether an actor is who asked: by account, tokens of it included, or by name."""
    if actor.user and actor.user == wish.asked_by_id:
        return True
    return actor.name.strip().casefold() == wish.asked_by.strip().casefold()
