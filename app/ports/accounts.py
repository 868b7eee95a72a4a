"""Accounts of the desks' people, their sessions and tokens, and the tries to sign in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.access.model import Actor, Role


@dataclass(frozen=True, slots=True)
class User:
    """An account, without what proves that somebody is its owner."""

    id: int
    name: str
    role: Role
    zone: str  # the reader's clock, IANA
    active: bool
    has_code: bool  # signs in with a one-time code, too
    sample: bool  # came with development; production lets nobody in with it
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Credential:
    """What proves that somebody is an account's owner; never shown."""

    user: User
    password: str = field(repr=False)  # an argon2id hash
    nonce: str = field(repr=False)  # of the one-time codes; "": none are set up
    used_step: int = 0  # the time step of the last code that was accepted
    pending: str = field(default="", repr=False)  # the nonce of codes that are being set up


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session, without its token."""

    id: int
    user: int
    started_at: datetime
    seen_at: datetime
    place: str  # the network address it began from
    device: str  # what the browser said of itself
    strong: bool  # a one-time code was given
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class TokenRow:
    """An API token, without the token itself."""

    id: int
    name: str
    owner: User
    role: Role
    prefix: str  # how it begins, to recognise it by
    strong: bool
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None


class Accounts(Protocol):
    """Accounts. Changes are audited in their transaction, and end what must not outlive them."""

    def find(self, name: str) -> Credential | None:
        """The account of a folded name."""
        ...

    def get(self, user: int) -> Credential:
        """The account of an id; Fault NOT_FOUND."""
        ...

    def listed(self, text: str, *, limit: int, offset: int = 0) -> Sequence[User]:
        """Accounts whose name or role holds the text, by name."""
        ...

    def count(self, text: str) -> int:
        """How many ``listed`` gives in all."""
        ...

    def with_roles(self, roles: Sequence[Role], *, limit: int) -> Sequence[User]:
        """Active accounts with one of these roles, by name."""
        ...

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
        ...

    def set_role(self, user: int, role: Role, *, actor: Actor, now: datetime) -> None:
        """Change a role and end the sessions; Fault CONFLICT for the last active admin."""
        ...

    def set_active(self, user: int, *, active: bool, actor: Actor, now: datetime) -> None:
        """Let an account in, or not any more: then its sessions and tokens end; Fault CONFLICT as above."""
        ...

    def set_password(
        self, user: int, password: str, *, actor: Actor, now: datetime, keep: int | None = None
    ) -> None:
        """Keep another hash, and end all sessions but ``keep``."""
        ...

    def rehash(self, user: int, old: str, new: str) -> None:
        """Keep the same password's hash of today's parameters, unless it was changed meanwhile."""
        ...

    def set_zone(self, user: int, zone: str, *, actor: Actor, now: datetime) -> None:
        """Change the reader's clock."""
        ...


class Enrolments(Protocol):
    """One-time codes of accounts: being set up, counting, taken away."""

    def prepare(self, user: int, nonce: str) -> None:
        """Keep the nonce of codes that are being set up; Fault NOT_FOUND."""
        ...

    def confirm(self, user: int, nonce: str, step: int, *, actor: Actor, now: datetime) -> bool:
        """Let the pending codes count from now on, and the actor's session as strong; the others end.

        False: something else is pending by now. Fault NOT_FOUND.
        """
        ...

    def remove(self, user: int, *, actor: Actor, now: datetime) -> None:
        """Take the codes away; all sessions end but the actor's own, which is strong no more."""
        ...


class Sessions(Protocol):
    """Sessions; of a token only its hash is kept."""

    def start(
        self,
        proof: Credential,
        token_hash: str,
        *,
        step: int | None,
        device: str,
        actor: Actor,
        now: datetime,
    ) -> bool:
        """Start a session for who proved this, strong with the time step of a code. Uses the step up.

        False, and nothing changed: what was proved does not hold any more, or the step was used.
        """
        ...

    def read(self, token_hash: str) -> tuple[SessionRow, User] | None:
        """The session of a token's hash and its user, in whatever state they are."""
        ...

    def touch(self, session: int, now: datetime) -> None:
        """Note that a session was used."""
        ...

    def listed(self, user: int, now: datetime) -> Sequence[SessionRow]:
        """The sessions of a user that are not over, latest first."""
        ...

    def end(self, session: int, *, actor: Actor, now: datetime) -> None:
        """End a session; nothing happens to one that has ended."""
        ...

    def end_all(self, user: int, *, actor: Actor, now: datetime, keep: int | None = None) -> int:
        """End a user's sessions, all but ``keep``; gives how many."""
        ...


class Tries(Protocol):
    """Tries to sign in: counted before anything is compared."""

    def admit(self, name_key: str, address_key: str, now: datetime) -> int:
        """Count a try that fits into the windows: 0. Else the seconds to wait, and nothing is counted."""
        ...

    def forgive(self, name_key: str, address_key: str | None) -> int:
        """Take back the tries of a name, those from this address or all of them; gives how many."""
        ...

    def refused(self, user: str, why: str, where: str, now: datetime) -> None:
        """Write down that somebody was not let in; ``user`` is "" for a name that nobody has."""
        ...

    def lifted(self, user: str, *, actor: Actor, now: datetime) -> None:
        """Write down that an account may be tried again."""
        ...


class TokenStore(Protocol):
    """API tokens; only their hashes are kept."""

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
        """Keep a token of the actor's."""
        ...

    def read(self, token_hash: str) -> TokenRow | None:
        """The token of a hash, in whatever state it is."""
        ...

    def get(self, token: int) -> TokenRow:
        """The token of an id; Fault NOT_FOUND."""
        ...

    def touch(self, token: int, now: datetime) -> None:
        """Note that a token was used."""
        ...

    def listed(self, owner: int | None, *, limit: int, offset: int = 0) -> Sequence[TokenRow]:
        """Tokens, all or one owner's, newest first."""
        ...

    def count(self, owner: int | None) -> int:
        """How many ``listed`` gives in all."""
        ...

    def revoke(self, token: int, *, actor: Actor, now: datetime) -> None:
        """Let a token count no more; nothing happens to one that was revoked."""
        ...
