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
    """What a person or a token is; each role may do all that those before it may."""

    VIEWER = "viewer"
    EDITOR = "editor"
    PUBLISHER = "publisher"
    ADMIN = "admin"


class Right(StrEnum):
    """What a page, a command or an endpoint asks for."""

    VIEW = "view"  # see tables, calls, reports, organisations
    EDIT = "edit"  # drafts, organisations
    PUBLISH = "publish"  # what callers meet: publish, roll back, close, announce; lift limits
    ADMINISTER = "administer"  # accounts, tokens of others, a person's data


LEAST = MappingProxyType(
    {
        Right.VIEW: Role.VIEWER,
        Right.EDIT: Role.EDITOR,
        Right.PUBLISH: Role.PUBLISHER,
        Right.ADMINISTER: Role.ADMIN,
    }
)
#: Rights that are worth a second factor: a session without a one-time code has none of them.
STRONG = frozenset({Right.PUBLISH, Right.ADMINISTER})
_RANK = MappingProxyType({role: rank for rank, role in enumerate(Role)})


def roles_for(right: Right) -> tuple[Role, ...]:
    """The roles that include a right, the least first."""
    return tuple(role for role in Role if _RANK[role] >= _RANK[LEAST[right]])


def lesser(one: Role, other: Role) -> Role:
    """Whichever of two roles may do less."""
    return min(one, other, key=_RANK.__getitem__)


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

    def has_role_for(self, right: Right) -> bool:
        """Whether the role includes the right, a second factor aside."""
        return _RANK[self.role] >= _RANK[LEAST[right]]

    def may(self, right: Right) -> bool:
        """Whether this actor may do it now."""
        return self.has_role_for(right) and (self.strong or right not in STRONG)


def is_over(started_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Whether a session that began and was last used then is over."""
    return now - seen_at >= IDLE or now - started_at >= LONGEST


def operator(name: str) -> Actor:
    """Whoever works at the machine itself: the command line may do everything, and is written down."""
    return Actor(name, Role.ADMIN, COMMAND_LINE, strong=True)
