"""Which limits hold somebody up: found by the same counts as hold callers up, for all subjects at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.adapters.sql.counting import PAID
from app.adapters.sql.desk_rows import LiftedLimit
from app.adapters.sql.directory_rows import ContactEntry
from app.adapters.sql.outbox_rows import LetterEntry
from app.adapters.sql.verification_rows import Attempt
from app.ports.lifting import LimitInForce
from app.verification.limits import LimitKind, Limits, Window

_SENT = LetterEntry.channel.in_(("email", *PAID))  # not those of void challenges

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a limit counts: whose events, when they were, and which of them."""

    kind: LimitKind
    whose: ColumnElement[Any]
    at: InstrumentedAttribute[datetime]
    which: ColumnElement[bool]


_COUNTED = (
    _Counted(LimitKind.GUESSES_OF_NUMBER, Attempt.ani.expression, Attempt.at, Attempt.counted.is_(True)),
    _Counted(
        LimitKind.GUESSES_AT_ORGANISATION,
        Attempt.organisation_id.expression,
        Attempt.at,
        and_(
            Attempt.counted.is_(True),
            Attempt.compared.is_(True),
            Attempt.registered.is_(False),
            Attempt.by_agent.is_(False),
        ),
    ),
    _Counted(
        LimitKind.GUESSES_BY_AGENTS,
        Attempt.organisation_id.expression,
        Attempt.at,
        and_(Attempt.counted.is_(True), Attempt.compared.is_(True), Attempt.by_agent.is_(True)),
    ),
    _Counted(
        LimitKind.SENDS_TO_CONTACT,
        LetterEntry.contact_id.expression,
        LetterEntry.created_at,
        and_(_SENT, LetterEntry.kind == "code"),
    ),
    _Counted(
        LimitKind.SENDS_OF_ORGANISATION,
        LetterEntry.organisation_id.expression,
        LetterEntry.created_at,
        and_(_SENT, LetterEntry.kind == "code", LetterEntry.by_agent.is_(False)),
    ),
    _Counted(
        LimitKind.SENDS_BY_AGENTS,
        LetterEntry.organisation_id.expression,
        LetterEntry.created_at,
        and_(_SENT, LetterEntry.kind == "code", LetterEntry.by_agent.is_(True)),
    ),
    _Counted(
        LimitKind.SENDS_OF_NUMBER,
        LetterEntry.ani.expression,
        LetterEntry.created_at,
        and_(_SENT, LetterEntry.kind == "code", LetterEntry.by_agent.is_(False)),
    ),
    _Counted(LimitKind.BUDGET, literal(""), LetterEntry.created_at, LetterEntry.channel.in_(PAID)),
)


def in_force(session: Session, limits: Limits, now: datetime) -> list[LimitInForce]:
    """Every limit that holds now, each once: of several full windows the one that lasts longest."""
    found: dict[tuple[LimitKind, str], LimitInForce] = {}
    for counted in _COUNTED:
        for window in limits.windows(counted.kind):
            for limit in _full(session, counted, window, now):
                known = found.get((limit.kind, limit.subject))
                if known is None or _end(known) < _end(limit):
                    found[limit.kind, limit.subject] = limit
    off = [_switched_off(entry, limits) for entry in session.scalars(_off())]
    return [*sorted(found.values(), key=_end), *off]


def _end(limit: LimitInForce) -> datetime:
    return limit.ends_at or _NEVER


def _full(session: Session, counted: _Counted, window: Window, now: datetime) -> Iterator[LimitInForce]:
    """A limit of N is full while the N-th latest event is within the window: until that one leaves it."""
    for subject, count, at in session.execute(_nth_latest(counted, window, now)):
        yield LimitInForce(counted.kind, subject, count, window.most, at + window.span)


def _nth_latest(counted: _Counted, window: Window, now: datetime) -> Select[str, int, datetime]:
    subject = cast(counted.whose, String)
    lifted = and_(LiftedLimit.kind == counted.kind.value, LiftedLimit.subject == subject)
    latest_first = func.row_number().over(partition_by=subject, order_by=counted.at.desc())
    events = (
        select(
            subject.label("subject"),
            func.count().over(partition_by=subject).label("count"),
            counted.at.label("at"),
            latest_first.label("place"),
        )
        .select_from(counted.at.class_)
        .outerjoin(LiftedLimit, lifted)
        .where(counted.at > now - window.span, counted.which, subject.is_not(None))
        .where(or_(LiftedLimit.lifted_at.is_(None), counted.at > LiftedLimit.lifted_at))
        .subquery()
    )
    return select(events.c.subject, events.c["count"], events.c.at).where(events.c.place == window.most)


def _off() -> Select[ContactEntry]:
    off = ContactEntry.switched_off_at.is_not(None) & ContactEntry.removed_at.is_(None)
    return select(ContactEntry).where(off).order_by(ContactEntry.switched_off_at)


def _switched_off(entry: ContactEntry, limits: Limits) -> LimitInForce:
    most = limits.failures_until_switched_off
    return LimitInForce(LimitKind.SWITCHED_OFF, str(entry.id), entry.failures, most, None)
