"""A call as a course of moments: stretches of time in which the person at the phone may act."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from app.simulator.webhooks import Document

ENDLESS = inf  # nothing happens until someone acts


class Kind(StrEnum):
    """What goes on during a moment."""

    SPEECH = "speech"
    MUSIC = "music"
    PAUSE = "pause"
    LISTENING = "listening"  # a Gather's silence: keys are awaited
    RINGING = "ringing"
    QUEUE = "queue"  # between two rounds of a queue's wait document
    TALK = "talk"
    RECORDING = "recording"  # a Record's silence: the person may speak
    SPEAKING = "speaking"  # the person at the phone speaks into it
    ALONE = "alone"  # in a conference, with nothing to be heard


@dataclass(frozen=True, slots=True)
class Moment:
    """``seconds`` pass unless someone acts; ``hears_keys`` says whether a key is acted upon.

    ``text`` is what is said (with its language, a BCP-47 tag, and voice) or the sound that is played.
    """

    kind: Kind
    seconds: float
    hears_keys: bool = False
    text: str = ""
    language: str = ""
    voice: str = ""


T = TypeVar("T")
# What a leg runs as: yields each moment, is sent the keys pressed in it ("": it passed), and is thrown one of
# the exceptions below when that is what happened.
Course = Generator[Moment, str, T]


class CallerGone(Exception):  # noqa: N818 - something that happens, not an error
    """The person at this leg hung up."""


class Redirected(Exception):  # noqa: N818 - as above
    """The REST API gave this leg another document: it leaves whatever it is doing."""

    def __init__(self, first: "Callable[[], Document]") -> None:
        super().__init__("redirected")
        self.first = first  # gives the document


class RoomChanged(Exception):  # noqa: N818 - as above
    """Something changed in the conference this leg is in: it started, ended, holds or announces."""


@dataclass(eq=False)
class TakenFromQueue(Exception):  # noqa: N818 - as above
    """Someone dialled the queue this leg waits in.

    ``whisper`` is the Queue noun's url, ``base`` the document it is relative to, ``method`` that of the
    request; ``dequeuer`` the CallSid of who took the call, empty when that leg is not simulated. The waiting
    leg sets ``talking`` and ``over``, and calls ``tells`` each time.
    """

    whisper: str = ""
    base: str = ""
    dequeuer: str = ""
    method: str = "POST"
    talking: bool = False
    over: bool = False
    moment: Moment = field(default_factory=lambda: Moment(Kind.TALK, ENDLESS))
    tells: Callable[[], None] = lambda: None


class LegOver(Exception):  # noqa: N818 - as above
    """The document ended this leg: Hangup, Reject, or nothing left that could be executed."""

    def __init__(self, status: str = "completed") -> None:
        super().__init__(status)
        self.status = status
