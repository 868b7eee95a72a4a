"""What reached people by mail, text and code call."""

import re
from dataclasses import dataclass

from app.adapters.outbox_file import DevelopmentOutbox
from app.factory.services import Services
from app.ports import Message
from app.simulator.phone import Phone


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

    def spoken_code(self, phone: Phone) -> str:
        """The digits that a code call reads out to whoever answers it and presses 1."""
        (message,) = [one for one in self.new() if one.channel == "voice"]
        form = [("To", message.to), ("From", "+12025550100"), ("Url", message.url)]
        heard = phone.is_called(form).presses("1")
        digits = "".join(character for character in heard.said if character.isdigit())
        assert digits[: len(digits) // 2] * 2 == digits  # read twice
        return digits[: len(digits) // 2]
