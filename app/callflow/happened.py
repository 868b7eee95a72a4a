"""What a call's timeline may say: the words of its notes, and what each is about.

Most notes are a turn's: the state the call was in and what it heard there, ``enter_code: rejected``. The
others say what happened beside the turns, each with a word of ``Happened``. None holds a digit of a code.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from app.callflow.model import ENDED, Cue

_BETWEEN = ": "  # the state and the cue of a turn's note


class Kind(StrEnum):
    """What an entry of a timeline is about."""

    TURN = "turn"  # the caller, along the script
    DECISION = "decision"  # open or closed, with the rows that decided
    DELIVERY = "delivery"  # a code on its way
    VERIFICATION = "verification"  # who calls, and how sure that is
    TRANSFER = "transfer"  # queues, and what became of the wait
    LEG = "leg"  # the agent's side of the conversation
    OTHER = "other"


class Happened(StrEnum):
    """What happened beside the turns. The detail of each note is described behind its word."""

    ENDED = ENDED  # how the call ended, as the carrier says it
    # a code's letter; "email to g***@example.com"
    CODE_QUEUED = "code_queued"
    CODE_WITHHELD = "code_withheld"  # "email: sending limit"; the caller hears the same as ever
    CODE_SENT = "code_sent"
    CODE_REFUSED = "code_refused"  # for good
    CODE_EXPIRED = "code_expired"  # its time was over, or its code of no more use, before it could go out
    # who calls
    NUMBER_CONTRADICTED = "number_contradicted"  # the attestation that says the number is not the caller's
    CODE_STEP = "code_step"
    # the way to an agent
    TRANSFER = "transfer"
    RECEIPT = "receipt"
    REROUTED = "rerouted"
    # the agent's leg, and the conversation
    LEG_ASKED = "leg_asked"
    LEG_RINGS = "leg_rings"
    LEG_ANSWERED = "leg_answered"
    LEG_ACCEPTED = "leg_accepted"
    LEG_JOINED = "leg_joined"
    LEG_OVER = "leg_over"
    HELD = "held"
    RESUMED = "resumed"
    MUTED = "muted"
    UNMUTED = "unmuted"
    # another call, or what is left after this one
    CALLBACK_BOOKED = "callback_booked"
    CALLBACK_TRIED = "callback_tried"
    CALLBACK_REACHED = "callback_reached"
    VOICEMAIL = "voicemail"
    SURVEY = "survey"
    NOTE_ADDED = "note_added"
    WRAP_UP = "wrap_up"


_ABOUT: Mapping[Kind, tuple[Happened, ...]] = {
    Kind.DELIVERY: (
        *(Happened.CODE_QUEUED, Happened.CODE_WITHHELD),
        *(Happened.CODE_SENT, Happened.CODE_REFUSED, Happened.CODE_EXPIRED),
    ),
    Kind.VERIFICATION: (Happened.NUMBER_CONTRADICTED, Happened.CODE_STEP),
    Kind.TRANSFER: (Happened.TRANSFER, Happened.RECEIPT, Happened.REROUTED),
    Kind.LEG: (
        *(Happened.LEG_ASKED, Happened.LEG_RINGS, Happened.LEG_ANSWERED, Happened.LEG_ACCEPTED),
        *(Happened.LEG_JOINED, Happened.LEG_OVER),
        *(Happened.HELD, Happened.RESUMED, Happened.MUTED, Happened.UNMUTED),
    ),
}
_HEARD: Mapping[Kind, tuple[Cue, ...]] = {
    Kind.DECISION: (Cue.OPEN, Cue.OTHER_LANGUAGE_OPEN, Cue.OTHER_DEPARTMENT_OPEN, Cue.ALL_CLOSED),
    Kind.VERIFICATION: (
        *(Cue.PROVED, Cue.MUST_PROVE, Cue.USER_MUST_PROVE, Cue.STRANGER, Cue.NOT_CHECKED),
        *(Cue.LOOKED_UP, Cue.NO_MORE_LOOK_UPS),
        *(Cue.ACCEPTED, Cue.REJECTED, Cue.LOCKED, Cue.EXPIRED),
    ),
    Kind.TRANSFER: (
        *(Cue.QUEUE_FOUND, Cue.ANOTHER_QUEUE, Cue.NO_QUEUE_LEFT),
        *(Cue.BRIDGED, Cue.NOT_ANSWERED),
    ),
}
_OF_WORDS: Mapping[str, Kind] = MappingProxyType(
    {word: kind for kind, words in _ABOUT.items() for word in words}
)
_OF_CUES: Mapping[str, Kind] = MappingProxyType({cue: kind for kind, cues in _HEARD.items() for cue in cues})


def turn_note(state: str, cue: str) -> str:
    """The words of a turn's note: the state a call was in, and what it heard there."""
    return f"{state}{_BETWEEN}{cue}"


def is_of_a_turn(what: str) -> bool:
    """Whether a note's words are those of a turn."""
    return _BETWEEN in what


def kind_of(what: str) -> Kind:
    """What a note is about, by its words; OTHER for words that are not among these."""
    _, of_a_turn, cue = what.partition(_BETWEEN)
    return _OF_CUES.get(cue, Kind.TURN) if of_a_turn else _OF_WORDS.get(what, Kind.OTHER)


def in_words(what: str) -> str:
    """A note's words for people: ``Enter code: rejected``."""
    text = what.replace("_", " ")
    return text[:1].upper() + text[1:]
