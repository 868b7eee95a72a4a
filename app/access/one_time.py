"""One-time codes of an authenticator app (TOTP, RFC 6238): six digits, a new one every 30 seconds.

A seed is kept nowhere: it is derived from the server's secret and the account's nonce. Another secret means
other seeds, so codes must be set up again after the secret changed.
"""

import base64
import hmac
import re
from dataclasses import dataclass, field
from datetime import datetime

import pyotp

STEP = 30  # seconds
ISSUER = "Callgate"
_AROUND = (0, -1, 1)  # steps from the present one: clocks differ, and typing takes a while
_SEED = 20  # bytes, as RFC 4226 recommends
_DIGITS = re.compile(r"[0-9]{6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class OneTimeCodes:
    """The codes of every account, under one secret."""

    secret: bytes = field(repr=False)

    def seed(self, nonce: str) -> str:
        """The seed of a nonce in base32, as authenticator apps take it."""
        made = hmac.digest(self.secret, f"callgate one-time code 1:{nonce}".encode(), "sha256")
        return base64.b32encode(made[:_SEED]).decode("ascii")

    def address(self, nonce: str, name: str) -> str:
        """The ``otpauth:`` address behind the picture that an app reads."""
        return pyotp.TOTP(self.seed(nonce)).provisioning_uri(name=name, issuer_name=ISSUER)

    def step_of(self, nonce: str, code: str, now: datetime) -> int | None:
        """The time step whose code this is, the present one or a neighbour; None: it is none of theirs.

        Every neighbour is compared, whichever matches. Whether the step was used before is asked where it
        is marked as used.
        """
        digits = re.sub(r"[\s-]", "", code[:32])
        made = pyotp.TOTP(self.seed(nonce))
        present = int(now.timestamp()) // STEP
        given = (digits if _DIGITS.fullmatch(digits) else "-").encode()
        same = [
            present + by
            for by in _AROUND
            if hmac.compare_digest(made.generate_otp(present + by).encode("ascii"), given)
        ]
        return max(same, default=None)

    def code(self, nonce: str, now: datetime, used: int = 0) -> str | None:
        """The earliest code that is taken now and was not used yet; None: wait for the next step."""
        present = int(now.timestamp()) // STEP
        step = max(present, used + 1)
        return pyotp.TOTP(self.seed(nonce)).generate_otp(step) if step <= present + 1 else None
