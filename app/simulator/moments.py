"""A call as a course of moments: stretches of time in which the person at the phone may act."""

from collections.abc import Generator
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import TypeVar

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


@dataclass(frozen=True, slots=True)
class Moment:
    """``seconds`` pass unless someone acts; ``hears_keys`` says whether a key is acted upon."""

    kind: Kind
    seconds: float
    hears_keys: bool = False


T = TypeVar("T")
# What a leg runs as: yields each moment, is sent the keys pressed in it ("": it passed), and is thrown
# CallerGone or TakenFromQueue when that is what happened.
Course = Generator[Moment, str, T]


class CallerGone(Exception):  # noqa: N818 - something that happens, not an error
    """The person at this leg hung up."""


class TakenFromQueue(Exception):  # noqa: N818 - as above
    """Someone dialled the queue this leg waits in."""

    def __init__(self, whisper: str = "", base: str = "", dequeuer: str = "", method: str = "POST") -> None:
        super().__init__("taken from the queue")
        self.whisper = whisper  # the Queue noun's url, and the document it is relative to
        self.base = base
        self.dequeuer = dequeuer  # CallSid of who took the call
        self.method = method  # of the whisper's request


class LegOver(Exception):  # noqa: N818 - as above
    """The document ended this leg: Hangup, Reject, or nothing left that could be executed."""

    def __init__(self, status: str = "completed") -> None:
        super().__init__(status)
        self.status = status
