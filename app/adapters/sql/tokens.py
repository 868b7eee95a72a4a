"""API tokens on SQL; only their hashes are kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine, Select, func, select, update

from app.access.model import Actor, Role
from app.adapters.sql.account_rows import TokenEntry, UserEntry
from app.adapters.sql.accounts import held, user_of
from app.adapters.sql.acts import write_act
from app.adapters.sql.transactions import Transactions
from app.faults import Fault, FaultCode
from app.ports.accounts import TokenRow

_WITH_OWNER = select(TokenEntry, UserEntry).join(UserEntry, UserEntry.id == TokenEntry.user_id)


class SqlTokens:
    """``app.ports.accounts.TokenStore`` on SQLite or PostgreSQL. Every method may raise Fault LEDGER_AWAY."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def add(
        self,
        name: str,
        role: Role,
        prefix: str,
        token_hash: str,
        *,
        expires_at: datetime | None,
        actor: Actor,
        now: datetime,
    ) -> TokenRow:
        """Keep a token of the actor's. Fault NOT_FOUND without an account behind the actor."""
        with self._transactions.writing() as session:
            owner = held(session, actor.user)
            entry = TokenEntry(
                token_hash=token_hash,
                user_id=owner.id,
                name=name,
                role=role.value,
                prefix=prefix,
                strong=actor.strong,
                created_at=now,
                last_used_at=None,
                expires_at=expires_at,
                revoked_at=None,
            )
            session.add(entry)
            write_act(session, actor, now, "token_made", f"{name} ({prefix}...)", after=role.value)
            session.flush()
            return _row(entry, owner)

    def read(self, token_hash: str) -> TokenRow | None:
        """The token of a hash, in whatever state it is."""
        return self._one(_WITH_OWNER.where(TokenEntry.token_hash == token_hash))

    def get(self, token: int) -> TokenRow:
        """The token of an id.

        Raises:
            Fault: NOT_FOUND.
        """
        found = self._one(_WITH_OWNER.where(TokenEntry.id == token))
        if found is None:
            raise Fault(FaultCode.NOT_FOUND, "There is no such token.")
        return found

    def touch(self, token: int, now: datetime) -> None:
        """Note that a token was used."""
        with self._transactions.writing() as session:
            session.execute(update(TokenEntry).where(TokenEntry.id == token).values(last_used_at=now))

    def listed(self, owner: int | None, *, limit: int, offset: int = 0) -> Sequence[TokenRow]:
        """Tokens, all or one owner's, newest first."""
        query = _WITH_OWNER.order_by(TokenEntry.id.desc()).limit(limit).offset(offset)
        if owner is not None:
            query = query.where(TokenEntry.user_id == owner)
        with self._transactions.reading() as session:
            return [_row(entry, user) for entry, user in session.execute(query)]

    def count(self, owner: int | None) -> int:
        """How many ``listed`` gives in all."""
        query = select(func.count()).select_from(TokenEntry)
        if owner is not None:
            query = query.where(TokenEntry.user_id == owner)
        with self._transactions.reading() as session:
            return session.scalars(query).one()

    def revoke(self, token: int, *, actor: Actor, now: datetime) -> None:
        """Let a token count no more; nothing happens to one that was revoked."""
        with self._transactions.writing() as session:
            entry = session.get(TokenEntry, token, with_for_update=True)
            if entry is None or entry.revoked_at is not None:
                return
            entry.revoked_at = now
            write_act(session, actor, now, "token_revoked", f"{entry.name} ({entry.prefix}...)")

    def _one(self, query: Select[TokenEntry, UserEntry]) -> TokenRow | None:
        with self._transactions.reading() as session:
            found = session.execute(query).first()
            return None if found is None else _row(found[0], found[1])


def _row(entry: TokenEntry, owner: UserEntry) -> TokenRow:
    return TokenRow(
        id=entry.id,
        name=entry.name,
        owner=user_of(owner),
        role=Role(entry.role),
        prefix=entry.prefix,
        strong=entry.strong,
        created_at=entry.created_at,
        last_used_at=entry.last_used_at,
        expires_at=entry.expires_at,
        revoked_at=entry.revoked_at,
    )
