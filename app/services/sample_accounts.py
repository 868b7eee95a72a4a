"""Sample sign-ins: each role, a second publisher, a second agent. In development only: all know them."""

from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from app.access.bearer import new_nonce
from app.access.hashing import Passwords
from app.access.model import Actor, Role
from app.access.one_time import OneTimeCodes
from app.ports.accounts import Accounts

SAMPLE_PASSWORD = "callgate-sample"  # noqa: S105 - shown on the sign-in page of development
#: Names and roles; production neither adds them nor lets them in.
SAMPLE_ROLES = MappingProxyType(
    {
        "viewer": Role.VIEWER,
        "editor": Role.EDITOR,
        "publisher": Role.PUBLISHER,
        "second": Role.PUBLISHER,
        "agent": Role.AGENT,
        "second-agent": Role.AGENT,
        "supervisor": Role.SUPERVISOR,
        "admin": Role.ADMIN,
    }
)


@dataclass(frozen=True, slots=True)
class SampleSignIn:
    """A sample account as the sign-in page of development shows it."""

    name: str
    role: Role
    password: str = field(repr=False)
    code: str | None = field(repr=False)  # None: wait half a minute, the codes of now were used


@dataclass(frozen=True, slots=True)
class SampleAccounts:
    """The sample accounts, over the store of all accounts."""

    accounts: Accounts
    passwords: Passwords
    codes: OneTimeCodes

    def add(self, *, actor: Actor, now: datetime) -> None:
        """Add them, with one-time codes set up, where no account of their name is."""
        missing = [name for name in SAMPLE_ROLES if self.accounts.find(name) is None]
        hashed = self.passwords.hashed(SAMPLE_PASSWORD) if missing else ""
        for name in missing:
            role = SAMPLE_ROLES[name]
            self.accounts.add(
                name, role, hashed, actor=actor, now=now, zone="UTC", nonce=new_nonce(), sample=True
            )

    def shown(self, now: datetime) -> tuple[SampleSignIn, ...]:
        """Those that are there, with the code each may sign in with now."""
        found = (self.accounts.find(name) for name in SAMPLE_ROLES)
        return tuple(
            SampleSignIn(
                one.user.name,
                one.user.role,
                SAMPLE_PASSWORD,
                self.codes.code(one.nonce, now, one.used_step) if one.nonce else "",
            )
            for one in found
            if one is not None and one.user.sample and one.user.active
        )
