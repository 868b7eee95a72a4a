"""Identifiers that look like Twilio's and are the same in every run."""

from hashlib import sha256
from itertools import count


class Sids:
    """Makes identifiers from a seed: two letters and 32 hexadecimal digits."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._numbers = count(1)

    def make(self, prefix: str) -> str:
        """The next identifier of a kind: ``CA`` a call, ``QU`` a queue, ``SM`` a text."""
        return self.named(prefix, str(next(self._numbers)))

    def named(self, prefix: str, name: str) -> str:
        """The identifier of the thing of this name: always the same one."""
        return prefix + sha256(f"{self._seed}/{prefix}/{name}".encode()).hexdigest()[:32]
