"""The people at the other end: whom a Dial reaches, and what they do."""

from dataclasses import dataclass, field
from math import inf
from typing import Self


@dataclass(slots=True)
class Agent:
    """A destination's behaviour, and what it heard before it was connected.

    ``presses`` is a press script: each group is pressed at the next moment the whisper listens; nothing left:
    silence, as from a voicemail. ``unanswered`` is the status when ``answers`` is false: busy, no-answer,
    failed. ``rings`` seconds pass before either. ``talks`` seconds into the conversation the agent hangs up.
    """

    answers: bool = True
    presses: str = "1"
    unanswered: str = "no-answer"
    rings: float = 4
    hangs_up: bool = False  # during the whisper, at the first moment it listens or pauses
    talks: float = inf
    heard: list[str] = field(default_factory=list)
    bridged: int = 0  # how many callers were connected

    @classmethod
    def busy(cls) -> Self:
        """The line is engaged."""
        return cls(answers=False, unanswered="busy", rings=1)

    @classmethod
    def refuses(cls) -> Self:
        """The ringing call is declined: the network reports it as busy."""
        return cls(answers=False, unanswered="busy", rings=3)

    @classmethod
    def no_answer(cls) -> Self:
        """It rings for as long as the caller waits."""
        return cls(answers=False, unanswered="no-answer", rings=inf)

    @classmethod
    def voicemail(cls) -> Self:
        """A machine answers, presses nothing and talks."""
        return cls(presses="", rings=20)

    @classmethod
    def declines(cls) -> Self:
        """Answers, hears the whisper and presses another key than the one asked for."""
        return cls(presses="2")

    @classmethod
    def leaves_in_whisper(cls) -> Self:
        """Answers and hangs up before pressing anything."""
        return cls(presses="", hangs_up=True)
