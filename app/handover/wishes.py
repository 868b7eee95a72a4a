"""What the handover wants of the carrier, in facts that are stored until it was carried out.

Addresses are made from them only while asking, so that nothing stored can be used as a link.
"""

from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Ring:
    """Ring somebody; the leg's link says for what."""

    leg: str


@dataclass(frozen=True, slots=True)
class Dequeue:
    """Take a caller out of the carrier's queue, into the conference."""

    queue_sid: str
    call_sid: str
    link: str  # the query of the caller's link


@dataclass(frozen=True, slots=True)
class Send:
    """Let a leg that is under way go on with another of our documents."""

    call_sid: str
    place: str  # the path of the document
    link: str  # its query


@dataclass(frozen=True, slots=True)
class HangUp:
    """End a leg, or stop its ringing."""

    leg: str


@dataclass(frozen=True, slots=True)
class Adjust:
    """Change what somebody hears and does in a conference; None: stays as it is."""

    handover: str
    call_sid: str
    muted: bool | None = None
    held: bool | None = None
    ends: bool | None = None  # whether the conference ends when they leave


@dataclass(frozen=True, slots=True)
class Close:
    """End a conference for everybody."""

    handover: str


Wish = Ring | Dequeue | Send | HangUp | Adjust | Close
_KINDS = MappingProxyType(
    {"ring": Ring, "dequeue": Dequeue, "send": Send, "hang_up": HangUp, "adjust": Adjust, "close": Close}
)
_NAMES = {kind: name for name, kind in _KINDS.items()}


def facts(wish: Wish) -> tuple[str, dict[str, Any]]:
    """A wish as it is stored: its kind's name and its facts."""
    return _NAMES[type(wish)], asdict(wish)


def wish(kind: str, stored: dict[str, Any]) -> Wish:
    """The wish behind what ``facts`` gave; ValueError: it is none of this version's."""
    try:
        found: Wish = _KINDS[kind](**stored)
    except (KeyError, TypeError) as error:
        raise ValueError(f"no wish of the kind {kind!r} with such facts") from error
    return found
