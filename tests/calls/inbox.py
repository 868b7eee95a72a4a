"""What reached people by mail, text and code call."""

import re
from dataclasses import dataclass

from app.adapters.outbox_file import DevelopmentOutbox
from app.factory.services import Services
from app.ports import Message


@dataclass(slots=True)
class Inbox:
    """The people codes are sent to: each look lets what is due go out, and gives what is new."""

    services: Services
    posted: DevelopmentOutbox
    seen: int = 0

    def new(self) -> list[Message]:
        """The messages that arrived since the last look."""
        self.services.sender.tick(self.services.clock.now())
        messages = [one.message for one in self.posted.read()[self.seen :]]
        self.seen += len(messages)
        return messages

    def code(self) -> str:
        """The code in the newest message that has one."""
        for message in reversed(self.new()):
            found = re.search(r"\b\d{6}(?:\d\d)?\b", message.text)
            if found:
                return found[0]
        raise AssertionError("no message with a code arrived")
