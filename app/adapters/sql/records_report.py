"""A report's rows, counted by the database: calls, waits and codes, one query each."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from app.adapters.sql.call_rows import CallEntry
from app.adapters.sql.outbox_rows import LetterEntry
from app.adapters.sql.outcomes import met_closed, outcomes
from app.adapters.sql.recording import storable
from app.adapters.sql.verification_rows import Attempt, ChallengeEntry
from app.ports.records import OTHER_DEPARTMENT, OTHER_LANGUAGE, By, Codes, Counting, Tally
from app.verification.model import Level, Method

_FALLBACK = "fallback"
_BY_CODE = tuple(method.value for method in Method if method not in {Method.NONE, Method.NUMBER})
_BY_NUMBER = tuple(level.name.lower() for level in (Level.NUMBER_MATCHED, Level.NUMBER_ATTESTED))


def tallies(session: Session, counting: Counting) -> Sequence[Tally]:
    """The rows of a report that have any call."""
    calls = _counted(counting)
    waits = {row.label: row for row in session.execute(_waits(calls))}
    codes = {row.label: row for row in session.execute(_codes(calls))}
    return [_tally(row, waits.get(row.label), codes.get(row.label)) for row in session.execute(_calls(calls))]


def _counted(counting: Counting) -> FromClause:
    """The calls that count, each with the key of its row as ``label``."""
    span = CallEntry.started_at >= counting.start, CallEntry.started_at < counting.end
    only = (
        (CallEntry.territory, counting.territory),
        (CallEntry.asked_department, counting.department),
        (CallEntry.asked_language, counting.language),
        (CallEntry.queue, counting.queue),
    )
    chosen = [column == storable(value) for column, value in only if value]
    return select(_label(counting).label("label"), CallEntry).where(*span, *chosen).subquery()


def _label(counting: Counting) -> ColumnElement[str]:
    match counting.by:
        case By.DAY:
            return _day(counting)
        case By.COUNTRY:
            return CallEntry.territory.expression
        case By.QUEUE:
            return CallEntry.queue.expression
        case By.LANGUAGE:
            return CallEntry.asked_language.expression
        case None:
            return literal("")


def _day(counting: Counting) -> ColumnElement[str]:
    """The day's name. Its bounds are handed in: SQLite knows no zones, and a day is not always 24 hours."""
    until = [(CallEntry.started_at < end, name) for (name, _), (_, end) in pairwise(counting.days)]
    last = literal(counting.days[-1][0])
    return case(*until, else_=last) if until else last


def _calls(calls: FromClause) -> Select[*tuple[Any, ...]]:
    c = calls.c
    hit, waited = met_closed(c), c.queued_at.is_not(None)
    by_code = c.level == Level.CODE.name.lower()
    counted = {
        "calls": literal(value=True),
        **{outcome.value: condition for outcome, condition in outcomes(c).items()},
        "asked_desk": c.met != "",
        "closed_hits": hit,
        "took_language": and_(
            c.met == OTHER_LANGUAGE, waited, c.queue != _FALLBACK, c.desk_language != c.asked_language
        ),
        "took_department": and_(
            c.met == OTHER_DEPARTMENT, waited, c.queue != _FALLBACK, c.department != c.asked_department
        ),
        "fallback": and_(waited, c.queue == _FALLBACK),
        "queued": waited,
        **{f"by_{method}": and_(by_code, c.method == method) for method in _BY_CODE},
        **{f"by_{level}": c.level == level for level in _BY_NUMBER},
    }
    return _grouped(calls, counted)


def _codes(calls: FromClause) -> Select[*tuple[Any, ...]]:
    """Codes asked for in these calls, by how far they came; a later number never exceeds an earlier one."""
    sent = ChallengeEntry.contact_id.is_not(None)
    accepted = ChallengeEntry.used_at.is_not(None)
    keyed = or_(accepted, exists().where(Attempt.challenge_id == ChallengeEntry.id, Attempt.counted))
    taken = exists().where(
        LetterEntry.challenge_id == ChallengeEntry.id, LetterEntry.kind == "code", LetterEntry.state == "sent"
    )
    delivered = or_(taken, keyed)  # whoever keys it has received it, whatever the mail server said
    counted = {
        "asked": literal(value=True),
        "sent": sent,
        "delivered": and_(sent, delivered),
        "keyed": and_(sent, keyed),
        "accepted": and_(sent, accepted),
    }
    return _grouped(calls.join(ChallengeEntry, ChallengeEntry.call_id == calls.c.id), counted, calls)


def _waits(calls: FromClause) -> Select[*tuple[Any, ...]]:
    """Median and 90th percentile by nearest rank: the same on both engines, and always a wait that was."""
    ranked = (
        select(
            calls.c.label,
            calls.c.wait_seconds.label("wait"),
            func.row_number().over(partition_by=calls.c.label, order_by=calls.c.wait_seconds).label("rank"),
            func.count().over(partition_by=calls.c.label).label("known"),
        )
        .where(calls.c.wait_seconds.is_not(None))
        .subquery()
    )
    r = ranked.c
    median, ninth = (r.known + 1) // 2, (9 * r.known + 9) // 10
    return select(
        r.label,
        func.max(r.known).label("known"),
        func.max(case((r.rank == median, r.wait))).label("median"),
        func.max(case((r.rank == ninth, r.wait))).label("ninth"),
    ).group_by(r.label)


def _grouped(
    source: FromClause, counted: dict[str, ColumnElement[bool]], calls: FromClause | None = None
) -> Select[*tuple[Any, ...]]:
    """How many rows of each label meet each condition."""
    label = (source if calls is None else calls).c.label
    sums = (func.count(case((condition, 1))).label(name) for name, condition in counted.items())
    return select(label, *sums).select_from(source).group_by(label)


def _tally(
    row: Row[*tuple[Any, ...]], waits: Row[*tuple[Any, ...]] | None, codes: Row[*tuple[Any, ...]] | None
) -> Tally:
    found = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented way to a row's names
    methods = {method: found.pop(f"by_{method}") for method in (*_BY_CODE, *_BY_NUMBER)}
    return Tally(
        key=found.pop("label"),
        **found,
        verified={method: number for method, number in methods.items() if number},
        codes=Codes(*codes[1:]) if codes else Codes(),
        waits=waits.known if waits else 0,
        wait_median=waits.median if waits else None,
        wait_90=waits.ninth if waits else None,
    )
