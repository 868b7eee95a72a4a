"""Reading the audit on SQL: in pages for people, in parts for files."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, Select, func, or_, select

from app.access.model import Actor
from app.adapters.sql.acts import write_act
from app.adapters.sql.directory_rows import OrganisationEntry
from app.adapters.sql.recording import storable
from app.adapters.sql.transactions import Transactions
from app.adapters.sql.verification_rows import AuditEntry
from app.ports.audit import Act, Sought

_PART = 1000  # rows in memory while a file is written


class SqlAudit:
    """``app.ports.audit.Audit`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def count(self, sought: Sought) -> int:
        """How many acts there are of these."""
        with self._transactions.reading() as session:
            query = _with_organisation(select(func.count())).where(*_conditions(sought))
            return int(session.scalars(query).one())

    def page(self, sought: Sought, *, limit: int, offset: int = 0) -> Sequence[Act]:
        """One page of them, newest first."""
        rows = _acts().where(*_conditions(sought)).order_by(AuditEntry.id.desc())
        with self._transactions.reading() as session:
            return [_act(row) for row in session.execute(rows.limit(limit).offset(offset))]

    def kinds(self) -> Sequence[str]:
        """Every kind of act there is, by name."""
        with self._transactions.reading() as session:
            return session.scalars(select(AuditEntry.what).distinct().order_by(AuditEntry.what)).all()

    def every(self, sought: Sought) -> Iterator[Act]:
        """All acts there are when it begins, oldest first; one short transaction for each part."""
        with self._transactions.reading() as session:
            last = session.scalars(select(func.coalesce(func.max(AuditEntry.id), 0))).one()
        acts = _acts().where(*_conditions(sought), AuditEntry.id <= last).order_by(AuditEntry.id).limit(_PART)
        after = 0
        while True:
            with self._transactions.reading() as session:
                found = [_act(row) for row in session.execute(acts.where(AuditEntry.id > after))]
            yield from found
            if len(found) < _PART:
                return
            after = found[-1].id

    def exported(self, form: str, *, actor: Actor, now: datetime) -> None:
        """Write down that somebody took a copy."""
        with self._transactions.writing() as session:
            write_act(session, actor, now, "audit_exported", form)


def _acts() -> Select[*tuple[Any, ...]]:
    return _with_organisation(select(AuditEntry, OrganisationEntry.account_number))


def _with_organisation(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    own = OrganisationEntry.id == AuditEntry.organisation_id
    return query.select_from(AuditEntry).join(OrganisationEntry, own, isouter=True)


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if sought.who:
        found.append(AuditEntry.who.icontains(storable(sought.who), autoescape=True))
    if sought.what:
        found.append(AuditEntry.what == storable(sought.what))
    if sought.since:
        found.append(AuditEntry.at >= sought.since)
    if sought.until:
        found.append(AuditEntry.at < sought.until)
    if sought.account:
        found.append(OrganisationEntry.account_number == storable(sought.account))
    if sought.text:
        columns = (AuditEntry.what, AuditEntry.detail, AuditEntry.before, AuditEntry.after)
        found.append(or_(*(column.icontains(storable(sought.text), autoescape=True) for column in columns)))
    return found


def _act(row: Row[*tuple[Any, ...]]) -> Act:
    entry, account = row
    return Act(
        id=entry.id,
        at=entry.at,
        who=entry.who,
        where=entry.place,
        what=entry.what,
        detail=entry.detail,
        before=entry.before,
        after=entry.after,
        call=entry.call_id or "",
        organisation=entry.organisation_id,
        account=account or "",
        contact=entry.contact_id,
    )
