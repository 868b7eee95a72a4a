"""Who works at the desks: roles, what each may do, and the person or program behind a request."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

#: A session ends when nothing was asked for this long, and in any case after the longer span.
IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=12)

COMMAND_LINE = "command line"  # where an act came from that no network address stands behind


class Role(StrEnum):
    """What a person or a token is: a name for a set of rights."""

    VIEWER = "viewer"
    EDITOR = "editor"
    PUBLISHER = "publisher"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class Right(StrEnum):
    """What a page, a command or an endpoint asks for."""

    SELF = "self"  # one's own account: password, codes, clock, sessions, tokens
    VIEW = "view"  # see tables, calls, reports, organisations
    EDIT = "edit"  # drafts, organisations
    PUBLISH = "publish"  # what callers meet: publish, roll back, close, announce; lift limits
    ADMINISTER = "administer"  # accounts, tokens of others, a person's data
    HANDLE = "handle"  # take calls, run the code step, see the calls one handles
    SUPERVISE = "supervise"  # live numbers, a chosen call, re-routing, announcements, agents' skills


#: The one table of who may do what.
RIGHTS = MappingProxyType(
    {
        Role.VIEWER: frozenset({Right.SELF, Right.VIEW}),
        Role.EDITOR: frozenset({Right.SELF, Right.VIEW, Right.EDIT}),
        Role.PUBLISHER: frozenset({Right.SELF, Right.VIEW, Right.EDIT, Right.PUBLISH}),
        Role.AGENT: frozenset({Right.SELF, Right.HANDLE}),
        Role.SUPERVISOR: frozenset({Right.SELF, Right.VIEW, Right.HANDLE, Right.SUPERVISE}),
        Role.ADMIN: frozenset(Right),
    }
)
#: Rights that are worth a second factor: a session without a one-time code has none of them.
STRONG = frozenset({Right.PUBLISH, Right.ADMINISTER, Right.SUPERVISE})


def roles_for(right: Right) -> tuple[Role, ...]:
    """The roles that include a right."""
    return tuple(role for role in Role if right in RIGHTS[role])


def roles_within(rights: frozenset[Right]) -> tuple[Role, ...]:
    """The roles that have none but these rights."""
    return tuple(role for role in Role if RIGHTS[role] <= rights)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in what role, from where, and whether a one-time code was given for it."""

    name: str  # the account's sign-in name, for the audit
    role: Role
    where: str = COMMAND_LINE  # a network address, or the command line
    strong: bool = False
    user: int = 0  # the account's id; 0: the command line
    zone: str = "UTC"  # the reader's clock, IANA
    session: int = 0  # the session's id; 0: a token, or the command line
    lent_by: Role | None = None  # of a token: what its owner is at present

    @property
    def rights(self) -> frozenset[Right]:
        """Those of the role, a second factor aside; a token has none that its owner lacks by now."""
        own = RIGHTS[self.role]
        return own if self.lent_by is None else own & RIGHTS[self.lent_by]

    def has_role_for(self, right: Right) -> bool:
        """Whether the role includes the right, a second factor aside."""
        return right in self.rights

    def role_without(self, right: Right) -> Role:
        """Which role lacks a right that this actor has no role for: its own, or that of a token's owner."""
        return self.role if self.lent_by is None or right not in RIGHTS[self.role] else self.lent_by

    def may(self, right: Right) -> bool:
        """Whether this actor may do it now."""
        return self.has_role_for(right) and (self.strong or right not in STRONG)


def is_over(started_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Whether a session that began and was last used then is over."""
    return now - seen_at >= IDLE or now - started_at >= LONGEST


def operator(name: str) -> Actor:
    """Whoever works at the machine itself: the command line may do everything, and is written down."""
    return Actor(name, Role.ADMIN, COMMAND_LINE, strong=True)
