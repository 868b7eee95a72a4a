"""The keys receipts are signed with, as ``RECEIPT_KEYS`` gives them: private numbers of the curve P-256."""

from dataclasses import dataclass, field

from app.verification.named_keys import read_named_keys

SIZE = 32  # bytes, the highest first
#: How many points the curve has (SEC 2, section 2.4.2); a private number is from 1 to one less.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True, slots=True)
class ReceiptKeys:
    """The keys by id, in their order; the first signs, every one's public half is published and verifies."""

    signing: str
    numbers: dict[str, int] = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> "ReceiptKeys":
        """Read ``id:base64,id:base64,...`` as in ``RECEIPT_KEYS``.

        Raises:
            Fault: SETTINGS, in a sentence that names the entry by place and id, never by its secret.
        """
        keys = read_named_keys("RECEIPT_KEYS", text, _wrong)
        return cls(next(iter(keys)), {name: int.from_bytes(key, "big") for name, key in keys.items()})


def _wrong(key: bytes) -> str:
    if len(key) != SIZE:
        return f"of {len(key)} bytes; it has {SIZE}: make one with `callgate receipt key ID`"
    return "" if 0 < int.from_bytes(key, "big") < ORDER else "that is no private number of P-256"
