"""Limits in force and the wishes to lift them, on SQL."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.access.model import Actor
from app.adapters.sql.acts import write_act
from app.adapters.sql.desk_rows import LiftedLimit, LiftRequest
from app.adapters.sql.directory import switch_on
from app.adapters.sql.directory_rows import ContactEntry
from app.adapters.sql.limit_names import named
from app.adapters.sql.limits_in_force import in_force
from app.adapters.sql.locks import own_limits
from app.adapters.sql.recording import storable
from app.adapters.sql.transactions import Transactions
from app.faults import Fault, FaultCode
from app.ports.lifting import LimitInForce, Wish
from app.verification.limits import LimitKind, Limits

_LIFTING = "lifting"  # the key whose holder is the only one to ask or decide


class SqlLifting:
    """``app.ports.lifting.Lifting`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine, *, limits: Limits) -> None:
        self._limits = limits
        self._transactions = Transactions(engine)

    def in_force(self, now: datetime, *, organisation: int | None = None) -> Sequence[LimitInForce]:
        """Every limit that holds, or those of one organisation and its contacts; the soonest over first."""
        with self._transactions.reading() as session:
            found = list(named(session, in_force(session, self._limits, now)))
            open_ones = select(LiftRequest).where(LiftRequest.state == "open")
            wishes = {(one.kind, one.subject): _wish(one) for one in session.scalars(open_ones)}
        with_wish = [replace(one, wish=wishes.get((one.kind.value, one.subject))) for one in found]
        return [one for one in with_wish if organisation is None or one.organisation == organisation]

    def decided(self, *, limit: int) -> Sequence[Wish]:
        """The latest wishes that were decided, newest first."""
        which = select(LiftRequest).where(LiftRequest.state != "open")
        with self._transactions.reading() as session:
            latest = which.order_by(LiftRequest.decided_at.desc(), LiftRequest.id.desc()).limit(limit)
            return [_wish(entry) for entry in session.scalars(latest)]

    def ask(self, actor: Actor, limit: LimitInForce, reason: str, now: datetime) -> Wish:
        """Keep a wish; the one that is open already, if there is one."""
        with self._transactions.writing() as session:
            own_limits(session, [_LIFTING])
            same = select(LiftRequest).where(
                LiftRequest.state == "open",
                LiftRequest.kind == limit.kind.value,
                LiftRequest.subject == limit.subject,
            )
            entry = session.scalars(same).first()
            if entry is None:
                entry = _new(actor, limit, reason, now)
                session.add(entry)
                session.flush()
                _audit(session, actor, entry, "limit_lift_asked", now)
            return _wish(entry)

    def open_wish(self, wish: int) -> Wish:
        """An open wish; Fault NOT_FOUND or CONFLICT."""
        with self._transactions.reading() as session:
            return _wish(_open(session, wish))

    def decide(self, actor: Actor, wish: int, state: str, now: datetime) -> Wish:
        """Close an open wish as lifted, refused or over; lifted, its limit counts anew from ``now``."""
        with self._transactions.writing() as session:
            own_limits(session, [_LIFTING])
            entry = _open(session, wish)
            entry.state, entry.decided_by, entry.decided_at = state, actor.name, now
            if state == "lifted":
                _lift(session, entry, now)
            what = {"lifted": "limit_lifted", "refused": "limit_lift_refused"}.get(state, "limit_lift_over")
            _audit(session, actor, entry, what, now)
            return _wish(entry)


def _new(actor: Actor, limit: LimitInForce, reason: str, now: datetime) -> LiftRequest:
    return LiftRequest(
        kind=limit.kind.value,
        subject=limit.subject,
        organisation_id=limit.organisation,
        contact_id=limit.contact,
        reason=storable(reason),
        asked_by=actor.name,
        asked_by_id=actor.user,
        asked_at=now,
        state="open",
        decided_by="",
    )


def _open(session: Session, wish: int) -> LiftRequest:
    entry = session.get(LiftRequest, wish)
    if entry is None:
        raise Fault(FaultCode.NOT_FOUND, "There is no such wish to lift a limit.")
    if entry.state != "open":
        raise Fault(FaultCode.CONFLICT, f"This was decided already, by {entry.decided_by}: {entry.state}.")
    return entry


def _lift(session: Session, entry: LiftRequest, now: datetime) -> None:
    if entry.kind == LimitKind.SWITCHED_OFF.value:
        contact = session.get(ContactEntry, int(entry.subject), with_for_update=True)
        if contact is not None:
            switch_on(contact, now)
        return
    session.merge(LiftedLimit(kind=entry.kind, subject=entry.subject, lifted_at=now))


def _audit(session: Session, actor: Actor, entry: LiftRequest, what: str, now: datetime) -> None:
    """The subject may be somebody's number: the audit, never edited, has the wish's own number instead."""
    detail = f"wish {entry.id}, {entry.kind}: {entry.reason}"
    owner, contact = entry.organisation_id, entry.contact_id
    after = f"asked by {entry.asked_by}" if entry.decided_by else ""
    write_act(session, actor, now, what, detail, after=after, organisation=owner, contact=contact)


def _wish(entry: LiftRequest) -> Wish:
    return Wish(
        id=entry.id,
        kind=LimitKind(entry.kind),
        subject=entry.subject,
        reason=entry.reason,
        asked_by=entry.asked_by,
        asked_by_id=entry.asked_by_id,
        asked_at=entry.asked_at,
        state=entry.state,
        decided_by=entry.decided_by,
        decided_at=entry.decided_at,
    )
