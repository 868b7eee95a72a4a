"""Accounts on SQL."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, func, or_, select, update
from sqlalchemy.orm import Session

from app.access.model import Actor, Role
from app.adapters.sql.account_rows import UserEntry
from app.adapters.sql.acts import write_act
from app.adapters.sql.ending import end_sessions, revoke_tokens
from app.adapters.sql.locks import own_limits
from app.adapters.sql.recording import storable
from app.adapters.sql.transactions import Transactions
from app.faults import Fault, FaultCode
from app.ports.accounts import Credential, User

_ADMINS = "admins"  # held while the last one may go


class SqlAccounts:
    """``app.ports.accounts.Accounts`` on SQLite or PostgreSQL. Every method may raise Fault LEDGER_AWAY."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def find(self, name: str) -> Credential | None:
        """The account of a folded name."""
        with self._transactions.reading() as session:
            entry = session.scalars(select(UserEntry).where(UserEntry.name == storable(name))).first()
            return None if entry is None else credential_of(entry)

    def get(self, user: int) -> Credential:
        """The account of an id.

        Raises:
            Fault: NOT_FOUND.
        """
        with self._transactions.reading() as session:
            entry = session.get(UserEntry, user)
            if entry is None:
                raise _unknown()
            return credential_of(entry)

    def listed(self, text: str, *, limit: int, offset: int = 0) -> Sequence[User]:
        """Accounts whose name or role holds the text, by name."""
        query = select(UserEntry).where(_holds(text)).order_by(UserEntry.name)
        with self._transactions.reading() as session:
            return [user_of(entry) for entry in session.scalars(query.limit(limit).offset(offset))]

    def count(self, text: str) -> int:
        """How many ``listed`` gives in all."""
        with self._transactions.reading() as session:
            return session.scalars(select(func.count()).select_from(UserEntry).where(_holds(text))).one()

    def with_roles(self, roles: Sequence[Role], *, limit: int) -> Sequence[User]:
        """Active accounts with one of these roles, by name."""
        which = UserEntry.role.in_([role.value for role in roles]), UserEntry.active.is_(True)
        query = select(UserEntry).where(*which).order_by(UserEntry.name).limit(limit)
        with self._transactions.reading() as session:
            return [user_of(entry) for entry in session.scalars(query)]

    def add(
        self,
        name: str,
        role: Role,
        password: str,
        *,
        actor: Actor,
        now: datetime,
        zone: str = "UTC",
        nonce: str = "",
        sample: bool = False,
    ) -> User | None:
        """Add an account; ``password`` is its hash. None: there is one of this name."""
        entry = UserEntry(
            name=name,
            role=role.value,
            zone=zone,
            active=True,
            sample=sample,
            password=password,
            nonce=nonce,
            pending="",
            used_step=0,
            created_at=now,
        )
        with self._transactions.writing() as session:
            own_limits(session, [f"account:{name}"])
            if session.scalars(select(UserEntry.id).where(UserEntry.name == name)).first() is not None:
                return None
            session.add(entry)
            write_act(session, actor, now, "account_added", name, after=role.value)
            session.flush()
            return user_of(entry)

    def set_role(self, user: int, role: Role, *, actor: Actor, now: datetime) -> None:
        """Change a role and end the sessions.

        Raises:
            Fault: NOT_FOUND; CONFLICT for the last active admin.
        """
        with self._transactions.writing() as session:
            own_limits(session, [_ADMINS])
            entry = held(session, user)
            if entry.role == role.value:
                return
            _keep_an_admin(session, entry, stays=role is Role.ADMIN)
            write_act(session, actor, now, "role_changed", entry.name, before=entry.role, after=role.value)
            entry.role = role.value
            end_sessions(session, user, now)

    def set_active(self, user: int, *, active: bool, actor: Actor, now: datetime) -> None:
        """Let an account in, or not any more: then its sessions and tokens end, too.

        Raises:
            Fault: NOT_FOUND; CONFLICT for the last active admin.
        """
        with self._transactions.writing() as session:
            own_limits(session, [_ADMINS])
            entry = held(session, user)
            if entry.active == active:
                return
            _keep_an_admin(session, entry, stays=active)
            entry.active = active
            write_act(
                session, actor, now, "account_activated" if active else "account_deactivated", entry.name
            )
            end_sessions(session, user, now)
            if not active:
                revoke_tokens(session, user, now)

    def set_password(
        self, user: int, password: str, *, actor: Actor, now: datetime, keep: int | None = None
    ) -> None:
        """Keep another hash, and end all sessions but ``keep``."""
        with self._transactions.writing() as session:
            entry = held(session, user)
            entry.password = password
            write_act(session, actor, now, "password_changed", entry.name)
            end_sessions(session, user, now, keep)

    def rehash(self, user: int, old: str, new: str) -> None:
        """Keep the same password's hash of today's parameters, unless it was changed meanwhile."""
        same = (UserEntry.id == user, UserEntry.password == old)
        with self._transactions.writing() as session:
            session.execute(update(UserEntry).where(*same).values(password=new))

    def set_zone(self, user: int, zone: str, *, actor: Actor, now: datetime) -> None:
        """Change the reader's clock."""
        with self._transactions.writing() as session:
            entry = held(session, user)
            write_act(session, actor, now, "clock_changed", entry.name, before=entry.zone, after=zone)
            entry.zone = zone


def held(session: Session, user: int) -> UserEntry:
    """The account's row, held until the transaction ends.

    Raises:
        Fault: NOT_FOUND.
    """
    query = select(UserEntry).where(UserEntry.id == user).with_for_update()
    entry = session.scalars(query.execution_options(populate_existing=True)).first()
    if entry is None:
        raise _unknown()
    return entry


def user_of(entry: UserEntry) -> User:
    """A row as the port gives it."""
    return User(
        id=entry.id,
        name=entry.name,
        role=Role(entry.role),
        zone=entry.zone,
        active=entry.active,
        has_code=bool(entry.nonce),
        sample=entry.sample,
        created_at=entry.created_at,
    )


def credential_of(entry: UserEntry) -> Credential:
    """A row with what proves that somebody is its owner."""
    return Credential(user_of(entry), entry.password, entry.nonce, entry.used_step, entry.pending)


def _keep_an_admin(session: Session, entry: UserEntry, *, stays: bool) -> None:
    if stays or not entry.active or entry.role != Role.ADMIN.value:
        return
    others = (UserEntry.active.is_(True), UserEntry.role == Role.ADMIN.value, UserEntry.id != entry.id)
    if session.scalars(select(UserEntry.id).where(*others).limit(1)).first() is None:
        raise Fault(
            FaultCode.CONFLICT,
            f"{entry.name} is the last active admin: make somebody else an admin first.",
        )


def _holds(text: str) -> ColumnElement[bool]:
    sought = storable(text.strip().lower())
    return or_(
        UserEntry.name.contains(sought, autoescape=True), UserEntry.role.contains(sought, autoescape=True)
    )


def _unknown() -> Fault:
    return Fault(FaultCode.NOT_FOUND, "There is no such account.")
