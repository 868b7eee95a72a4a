"""The inbox beside the browser phone: what development's outbox took since the process began."""

from datetime import datetime

from app.adapters.outbox_file import DevelopmentOutbox
from app.ports import Message
from app.web.phone.model import Delivered

_SHOWN = 20  # messages


class Inbox:
    """Reads the outbox's file again only when it has grown."""

    def __init__(self, outbox: DevelopmentOutbox) -> None:
        self._outbox = outbox
        self._size = outbox.size
        self._read = len(outbox.read())
        self._delivered: list[Delivered] = []

    @property
    def newest(self) -> tuple[Delivered, ...]:
        """The last messages, the newest first."""
        return tuple(reversed(self._delivered[-_SHOWN:]))

    def arrives(self) -> list[Message]:
        """The messages that came since it was last asked."""
        size = self._outbox.size
        if size == self._size:
            return []
        self._size = size
        posted = self._outbox.read()
        new, self._read = posted[self._read :], len(posted)
        for one in new:
            message, number = one.message, len(self._delivered) + 1
            self._delivered.append(
                Delivered(
                    number=number,
                    at=datetime.fromisoformat(one.at),
                    channel=message.channel,
                    to=message.to,
                    subject=message.subject,
                    text=message.text,
                    language=message.language,
                )
            )
        return [one.message for one in new]
