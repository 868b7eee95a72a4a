"""Signing in and out, and who is behind a session. Nobody learns here whether a name exists."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.access.bearer import new_token, token_hash
from app.access.hashing import Passwords
from app.access.model import Actor, is_over
from app.access.names import folded
from app.access.one_time import OneTimeCodes
from app.faults import Fault
from app.ports.accounts import Accounts, Credential, Sessions, Tries, User
from app.services.gate import Gate

_NOTED_EVERY = timedelta(minutes=1)  # that a session is in use
_NO_NONCE = "nobody"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody proved who they are."""

    token: str = field(repr=False)  # for the session's cookie; kept nowhere else
    user: User
    strong: bool


@dataclass(frozen=True, slots=True)
class Denied:
    """Nobody was let in; why is not said. ``wait``: seconds, where tries came too often, else 0."""

    wait: int

    @property
    def sentence(self) -> str:
        """The one sentence for it."""
        if self.wait:
            return f"Too many tries. Please wait {_minutes(self.wait)}, then try again."
        return "Name, password or one-time code is not right. Please try again."


@dataclass(frozen=True, slots=True)
class SignIn:
    """Signs people in, over their accounts and sessions."""

    accounts: Accounts
    sessions: Sessions
    tries: Tries
    gate: Gate
    passwords: Passwords
    codes: OneTimeCodes
    production: bool  # sample accounts are let in nowhere but in development

    def sign_in(
        self, name: str, password: str, code: str, where: str, now: datetime, device: str = ""
    ) -> SignedIn | Denied:
        """Start a session for who gives the right password and, where codes are set up, the right code.

        Counts before it compares, and does the same work whatever is wrong.
        """
        known = folded(name)
        seconds = self.gate.wait(known, where, now)
        if seconds:
            return Denied(seconds)
        found = self.accounts.find(known)
        step = self.codes.step_of(found.nonce if found else _NO_NONCE, code, now)
        why = self._why_not(found, self.passwords.same(found.password if found else None, password), step)
        if found is None or why:
            self.tries.refused(found.user.name if found else "", why, where, now)
            return Denied(0)
        return self._let_in(found, password, step if found.nonce else None, where, now, device)

    def _why_not(self, found: Credential | None, right: bool, step: int | None) -> str:
        if found is None:
            return "no such name"
        if not right:
            return "wrong password"
        if not self._may_come_in(found.user):
            return "account not in use"
        if found.nonce and (step is None or step <= found.used_step):
            return "wrong code"
        return ""

    def _let_in(
        self, found: Credential, password: str, step: int | None, where: str, now: datetime, device: str
    ) -> SignedIn | Denied:
        token, user = new_token(), found.user
        actor = Actor(user.name, user.role, where, strong=step is not None, user=user.id, zone=user.zone)
        if not self.sessions.start(found, token_hash(token), step=step, device=device, actor=actor, now=now):
            self.tries.refused(user.name, "changed meanwhile, or a code used twice", where, now)
            return Denied(0)
        self.gate.passed(user.name, where)
        if self.passwords.is_stale(found.password):
            self.accounts.rehash(user.id, found.password, self.passwords.hashed(password))
        return SignedIn(token, user, strong=step is not None)

    def actor(self, token: str, where: str, now: datetime, *, used: bool = True) -> Actor | None:
        """Who is behind a session's token; None: nobody, not any more, or never.

        ``used``: whether this counts as use, which keeps the session from ending.
        """
        found = self.sessions.read(token_hash(token))
        if found is None:
            return None
        row, user = found
        over = row.ended_at is not None or is_over(row.started_at, row.seen_at, now)
        if over or not self._may_come_in(user):
            return None
        if used and now - row.seen_at >= _NOTED_EVERY:
            with suppress(Fault):  # a page that only reads is shown while nothing can be written
                self.sessions.touch(row.id, now)
        return Actor(
            user.name, user.role, where, strong=row.strong, user=user.id, zone=user.zone, session=row.id
        )

    def sign_out(self, token: str, now: datetime, where: str = "") -> None:
        """End the session of a token, whatever became of it."""
        found = self.sessions.read(token_hash(token))
        if found is not None:
            row, user = found
            self.sessions.end(row.id, actor=Actor(user.name, user.role, where, user=user.id), now=now)

    def _may_come_in(self, user: User) -> bool:
        return user.active and not (user.sample and self.production)


def _minutes(seconds: int) -> str:
    minutes = -(-seconds // 60)
    if minutes < 2:
        return "a minute"
    return f"{minutes} minutes" if minutes <= 90 else f"{-(-minutes // 60)} hours"
