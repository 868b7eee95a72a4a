"""The numbers of confirming an address at the desk; how codes are made and compared stands in ``code``."""

from dataclasses import dataclass
from datetime import timedelta

from app.verification.limits import DAY, Window
from app.verification.model import Channel

_GUESSES = Window(10, DAY)
PURPOSE = "confirm"  # of a challenge that confirms an address, and belongs to no call


@dataclass(frozen=True, slots=True)
class ConfirmationLimits:
    """How long a code that confirms an address lives, and how often it is sent and guessed."""

    mail_lasts: timedelta = timedelta(minutes=30)  # mail may be held up on its way
    phone_lasts: timedelta = timedelta(minutes=10)
    guesses_per_code: int = 3
    guesses_per_contact: Window = _GUESSES
    sends_per_contact: tuple[Window, ...] = (
        Window(3, timedelta(minutes=15)),
        Window(5, timedelta(hours=1)),
        Window(10, DAY),
    )

    def lasts(self, channel: Channel) -> timedelta:
        """How long a code by this channel may be keyed."""
        return self.mail_lasts if channel is Channel.EMAIL else self.phone_lasts
