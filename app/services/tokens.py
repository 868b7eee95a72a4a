"""API tokens: made by their owners, shown once, and who is behind one."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.access.bearer import API, SHOWN, new_token, token_hash
from app.access.model import RIGHTS, Actor, Right, Role, roles_within
from app.faults import Fault, FaultCode
from app.ports.accounts import TokenRow, TokenStore
from app.services.wrong import Wrong

_NOTED_EVERY = timedelta(minutes=1)
_LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Made:
    """A new token: the only moment its text is known."""

    row: TokenRow
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of the API, over their store."""

    store: TokenStore
    production: bool  # sample accounts' tokens count nowhere but in development

    def actor(self, token: str, where: str, now: datetime) -> Actor | None:
        """Who is behind an API token: its owner, with the rights that both roles have at present."""
        if not token.startswith(API):
            return None
        row = self.store.read(token_hash(token))
        if row is None or not self._counts(row, now):
            return None
        if row.last_used_at is None or now - row.last_used_at >= _NOTED_EVERY:
            with suppress(Fault):  # what only reads is answered while nothing can be written
                self.store.touch(row.id, now)
        owner = row.owner
        strong = row.strong and owner.has_code  # whoever took the codes away publishes by no token either
        return Actor(
            f"{owner.name} (token {row.name})",
            row.role,
            where,
            strong=strong,
            user=owner.id,
            zone=owner.zone,
            lent_by=owner.role,
        )

    def make(
        self, name: str, role: Role, expires_at: datetime | None, *, actor: Actor, now: datetime
    ) -> Made | Wrong:
        """Make a token of the actor's, of a role without any right that the actor lacks.

        Raises:
            Fault: NOT_YOURS for a session that a one-time code was not given for.
        """
        if not (actor.strong and actor.user and actor.session):
            raise Fault(FaultCode.NOT_YOURS, "Sign in with a one-time code to make a token.")
        name, faults = " ".join(name.split()), {}
        if not name or len(name) > _LONGEST_NAME or not name.isprintable():
            faults["name"] = f"A name of 1 to {_LONGEST_NAME} characters is needed: what the token is for."
        if not RIGHTS[role] <= actor.rights:
            possible = ", ".join(roles_within(actor.rights))
            faults["role"] = f"A token cannot do more than you: choose one of {possible}."
        if expires_at is not None and expires_at <= now:
            faults["expires"] = "This is past: give a later date, or none."
        if faults:
            return Wrong(faults)
        token = new_token(API)
        row = self.store.add(
            name, role, token[:SHOWN], token_hash(token), expires_at=expires_at, actor=actor, now=now
        )
        return Made(row, token)

    def listed(self, actor: Actor, *, everybodys: bool, limit: int, offset: int = 0) -> Sequence[TokenRow]:
        """The actor's tokens, or everybody's for an admin."""
        return self.store.listed(_whose(actor, everybodys), limit=limit, offset=offset)

    def count(self, actor: Actor, *, everybodys: bool) -> int:
        """How many ``listed`` gives in all."""
        return self.store.count(_whose(actor, everybodys))

    def revoke(self, token: int, *, actor: Actor, now: datetime) -> TokenRow:
        """Let a token count no more; its owner may, and an admin.

        Raises:
            Fault: NOT_FOUND, also for a token of somebody else's.
        """
        row = self.store.get(token)
        if row.owner.id != actor.user and not actor.may(Right.ADMINISTER):
            raise Fault(FaultCode.NOT_FOUND, "There is no such token.")
        self.store.revoke(token, actor=actor, now=now)
        return row

    def _counts(self, row: TokenRow, now: datetime) -> bool:
        expired = row.expires_at is not None and row.expires_at <= now
        owner = row.owner
        lets_in = owner.active and not (owner.sample and self.production)
        return lets_in and row.revoked_at is None and not expired


def _whose(actor: Actor, everybodys: bool) -> int | None:
    return None if everybodys and actor.may(Right.ADMINISTER) else actor.user
