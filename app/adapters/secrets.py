"""Development's own secrets: made once, kept in a folder, readable by nobody else."""

import base64
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.faults import Fault, FaultCode
from app.verification.receipt_keys import ORDER, SIZE

_SECRET_FILE = "secret-key"  # noqa: S105 - a file's name
_PIN_KEYS_FILE = "pin-keys"
_RECEIPT_KEYS_FILE = "receipt-keys"
_DEVELOPMENT = "development"  # the id of its keys


@dataclass(frozen=True, slots=True)
class DevelopmentSecrets:
    """What ``SECRET_KEY``, ``PIN_KEYS`` and ``RECEIPT_KEYS`` are when nobody gave them."""

    secret_key: str = field(repr=False)
    pin_keys: str = field(repr=False)  # id:base64
    receipt_keys: str = field(repr=False)  # id:base64

    @classmethod
    def kept_in(cls, var: Path) -> "DevelopmentSecrets":
        """The secrets of this folder, made at the first time; the folder is made, too.

        Two processes that start at once agree on the secrets of one of them.

        Raises:
            Fault: SETTINGS, when the folder cannot be written.
        """
        pin_key = base64.b64encode(secrets.token_bytes(32)).decode()
        try:
            var.mkdir(parents=True, exist_ok=True)
            return cls(
                secret_key=_kept(var / _SECRET_FILE, secrets.token_hex(32)),
                pin_keys=_kept(var / _PIN_KEYS_FILE, f"{_DEVELOPMENT}:{pin_key}"),
                receipt_keys=_kept(var / _RECEIPT_KEYS_FILE, new_receipt_key(_DEVELOPMENT)),
            )
        except OSError as error:
            why = f"The folder {var} cannot be used ({error.strerror}); CALLGATE_VAR names another."
            raise Fault(FaultCode.SETTINGS, why) from error


def new_receipt_key(key_id: str) -> str:
    """A new entry of ``RECEIPT_KEYS``: a private number of P-256, each equally likely (FIPS 186-5, A.2.2)."""
    number = 1 + secrets.randbelow(ORDER - 1)
    return f"{key_id}:{base64.b64encode(number.to_bytes(SIZE, 'big')).decode()}"


def _kept(path: Path, fresh: str) -> str:
    """The file's text; ``fresh``, when there was no file.

    The text appears whole or not at all: it is written aside and then linked, and the first link wins.
    """
    aside = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    if not path.exists():
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(fresh)
        with suppress(FileExistsError):
            os.link(aside, path)
        aside.unlink()
    return path.read_text(encoding="ascii").strip()
