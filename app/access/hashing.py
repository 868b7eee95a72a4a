"""Passwords as they are kept: argon2id, each with a salt of its own."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Self

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.access.passwords import LONGEST, normalised


@lru_cache(maxsize=4)
def _nobodys(hasher: PasswordHasher) -> str:
    return hasher.hash("the password of nobody")


@dataclass(frozen=True, slots=True)
class Passwords:
    """Makes and compares hashes. Comparing takes as long for an account that does not exist."""

    _hasher: PasswordHasher = field(default_factory=PasswordHasher)  # argon2id, 64 MiB, 3 passes (RFC 9106)

    @classmethod
    def cheap(cls) -> Self:
        """The least work argon2id allows, for rehearsals that sign in a thousand times."""
        return cls(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))

    def hashed(self, password: str) -> str:
        """The hash to keep of a password."""
        return self._hasher.hash(normalised(password))

    def same(self, kept: str | None, password: str) -> bool:
        """Whether a hash is this password's; never for None, but at the same cost."""
        text = normalised(password)[: LONGEST + 1]
        try:
            matched = self._hasher.verify(kept or _nobodys(self._hasher), text)
        except (VerificationError, InvalidHashError):
            return False
        return matched and kept is not None

    def is_stale(self, kept: str) -> bool:
        """Whether a hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(kept)
