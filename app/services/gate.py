"""The gate before every comparison of a password or a code: how often it may be tried."""

import hmac
from dataclasses import dataclass, field
from datetime import datetime

from app.access.model import Actor
from app.access.throttle import network
from app.ports.accounts import Tries, User


@dataclass(frozen=True, slots=True)
class Gate:
    """Counts tries by name and by address, alike for names that nobody has."""

    tries: Tries
    secret: bytes = field(repr=False)

    def wait(self, name: str, where: str, now: datetime) -> int:
        """Count a try and give 0, or give the seconds to wait; then nothing may be compared."""
        return self.tries.admit(self._key("name", name), self._key("from", network(where)), now)

    def passed(self, name: str, where: str) -> None:
        """Take back the tries of this name from this address: its owner was there."""
        self.tries.forgive(self._key("name", name), self._key("from", network(where)))

    def lift(self, user: User, *, actor: Actor, now: datetime) -> None:
        """Let an account be tried again at once, from wherever."""
        self.tries.forgive(self._key("name", user.name), None)
        self.tries.lifted(user.name, actor=actor, now=now)

    def _key(self, kind: str, text: str) -> str:
        # Keyed, since people type passwords into the wrong field.
        return hmac.digest(self.secret, f"sign-in {kind}:{text}".encode("utf-8", "replace"), "sha256").hex()
