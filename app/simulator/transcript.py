"""Everything that happens in the calls of one phone, in order, for people to read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Happening(StrEnum):
    """What an entry is about."""

    DIALS = "dials"
    HEARS = "hears"
    MUSIC = "music"
    LISTENS = "listens"  # a Gather waits for keys
    PRESSES = "presses"
    RECORDS = "records"  # a Record waits for somebody to speak
    SPEAKS = "speaks"
    SILENT = "silent"  # a Gather waited in vain
    RINGS = "rings"
    ANSWERS = "answers"
    UNANSWERED = "unanswered"
    QUEUED = "queued"
    LEFT_QUEUE = "left_queue"
    BRIDGED = "bridged"
    CONFERENCE = "conference"
    BEEP = "beep"  # somebody else came into the conference, or left it
    FAILED = "failed"  # a webhook Twilio could not use
    HANGS_UP = "hangs_up"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: ``who`` is the person at the leg (caller, agent, person)."""

    at: datetime
    leg: str  # the leg's CallSid
    who: str
    kind: Happening
    text: str = ""
    language: str = ""
    voice: str = ""

    def __str__(self) -> str:
        tongue = f" [{self.language}]" if self.language else ""
        return f"{self.at:%H:%M:%S} {self.who} {self.kind}{tongue} {self.text}".rstrip()


Observer = Callable[[Entry], None]


class Transcript:
    """The entries so far; each is told to the observer as it happens."""

    def __init__(self, observer: Observer | None = None) -> None:
        self.entries: list[Entry] = []
        self._observer = observer

    def add(self, entry: Entry) -> None:
        """Keep the entry and tell the observer."""
        self.entries.append(entry)
        if self._observer is not None:
            self._observer(entry)

    def __str__(self) -> str:
        return "\n".join(str(entry) for entry in self.entries)
