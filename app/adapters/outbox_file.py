"""Development's way out: messages end in a file that ``callgate outbox`` and the demo read."""

import fcntl
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson

from app.ports import Message, Sent


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that went out, and when."""

    at: str  # RFC 3339, UTC
    message: Message


class DevelopmentOutbox:
    """The ``Delivery`` port for every channel, development only: the file shows codes.

    One JSON line a message, appended under a lock, readable by this user alone.
    """

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        """Nothing is written yet.

        Args:
            path: the file; it and its folder are made when first needed.
            now: gives the present instant, aware.
        """
        self._path = path
        self._now = now

    def send(self, message: Message) -> Sent:
        """Append the message; LATER while the disk takes nothing."""
        try:
            line = orjson.dumps(Posted(self._now().isoformat(), message)) + b"\n"
            self._append(line)
        except OSError:
            return Sent.LATER
        except TypeError:
            return Sent.REFUSED  # a lone surrogate: no text that could go out
        return Sent.SENT

    @property
    def size(self) -> int:
        """How many bytes are there; it grows with each message. 0 before the first."""
        try:
            return self._path.stat().st_size
        except FileNotFoundError:
            return 0

    def read(self) -> tuple[Posted, ...]:
        """All messages, oldest first; a line that is none (a full disk cut it short) is left out.

        Raises:
            OSError: the file is there and cannot be read.
        """
        try:
            lines = self._path.read_bytes().splitlines()
        except FileNotFoundError:
            return ()
        return tuple(posted for posted in map(_posted, lines) if posted is not None)

    def _append(self, line: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(line)
            file.flush()


def _posted(line: bytes) -> Posted | None:
    try:
        document = orjson.loads(line)
        return Posted(document["at"], Message(**document["message"]))
    except (ValueError, TypeError, KeyError):
        return None
