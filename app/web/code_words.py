"""What the codes of roles, of the table and of calls are called on the desk's pages."""

from types import MappingProxyType

from app.access.model import Role
from app.handover.model import LegKind, TalkState
from app.web.pages import gettext, gettext_noop

_ROLES = MappingProxyType(
    {
        Role.VIEWER: gettext_noop("viewer"),
        Role.EDITOR: gettext_noop("editor"),
        Role.PUBLISHER: gettext_noop("publisher"),
        Role.AGENT: gettext_noop("agent"),
        Role.SUPERVISOR: gettext_noop("supervisor"),
        Role.ADMIN: gettext_noop("admin"),
    }
)
_WORDS = MappingProxyType(
    {
        # departments
        "technical": gettext_noop("technical"),
        "billing": gettext_noop("billing"),
        # a number
        "primary": gettext_noop("primary"),
        "alternative": gettext_noop("alternative"),
        "toll_free": gettext_noop("toll free"),
        "cellular_toll_free": gettext_noop("cellular toll free"),
        "local": gettext_noop("local"),
        "international": gettext_noop("international"),
        "access_code": gettext_noop("access code"),
        "unknown": gettext_noop("unknown"),
        "none": gettext_noop("none"),
        # a closure, a queue, a notice
        "closed": gettext_noop("closed"),
        "open": gettext_noop("open"),
        "transfer": gettext_noop("transfer"),
        "refuse": gettext_noop("refuse"),
        "privacy": gettext_noop("privacy"),
        "service": gettext_noop("service"),
        # how a caller was verified
        "unverified": gettext_noop("unverified"),
        "code": gettext_noop("code"),
        "number": gettext_noop("number"),
        "email": gettext_noop("code by e-mail"),
        "text": gettext_noop("code by text"),
        "voice": gettext_noop("code by call"),
        "agent": gettext_noop("by an agent"),
        "number_attested": gettext_noop("number, attested"),
        "number_matched": gettext_noop("number, matched"),
        # who waits, who is rung, who talks, and what became of it
        "call": gettext_noop("call"),
        "callback": gettext_noop("to be called back"),
        "waiting": gettext_noop("waits"),
        "away": gettext_noop("away"),
        "offered": gettext_noop("an agent's phone rings"),
        "joining": gettext_noop("is being connected"),
        "asked": gettext_noop("is being rung"),
        "ringing": gettext_noop("rings"),
        "answered": gettext_noop("answered, did not press 1 yet"),
        "joined": gettext_noop("is there"),
        "over": gettext_noop("over"),
        "talking": gettext_noop("talking"),
        "colleague": gettext_noop("colleague"),
        "interpreter": gettext_noop("interpreter"),
        "caller": gettext_noop("caller"),
        "no_answer": gettext_noop("nobody answered"),
        "busy": gettext_noop("the line was busy"),
        "failed": gettext_noop("the carrier could not place the call"),
        "canceled": gettext_noop("it was called off"),
        "refused": gettext_noop("1 was not pressed"),
        "ended": gettext_noop("it ended"),
        "available": gettext_noop("available"),
        "wrap_up": gettext_noop("wrapping up"),
        "solved": gettext_noop("solved"),
        "wrong_desk": gettext_noop("wrong desk"),
        "not_entitled": gettext_noop("not entitled"),
        "lost": gettext_noop("connection lost"),
    }
)


def code_words(code: str) -> str:
    """``toll free`` for ``toll_free``; a code without words of its own goes by itself, with blanks."""
    return gettext(_WORDS[code]) if code in _WORDS else code.replace("_", " ")


def role_words(role: Role) -> str:
    """What a role is called; apart from the codes, since a caller is verified by an ``agent``, too."""
    return gettext(_ROLES[role])


def leg_words(kind: LegKind) -> str:
    """Why somebody is rung; apart from the codes, where ``agent`` is how a caller was verified."""
    own = {LegKind.AGENT: gettext("agent"), LegKind.TRANSFER: gettext("takes over")}
    return own.get(kind) or code_words(kind)


def talk_words(state: TalkState) -> str:
    """Where a conversation stands; apart from the codes, where ``code`` is a level."""
    return gettext("the caller keys a code") if state is TalkState.CODE else code_words(state)


def named(code: str) -> str:
    """``Toll free``: the words of a code where they stand alone."""
    words = code_words(code)
    return words[:1].upper() + words[1:]
