import base64

import pytest

from app.faults import Fault, FaultCode
from app.verification.receipt_keys import ORDER, ReceiptKeys

ONE = base64.b64encode((1).to_bytes(32, "big")).decode()
LAST = base64.b64encode((ORDER - 1).to_bytes(32, "big")).decode()


def test_the_first_key_signs() -> None:
    """Keys keep their order; the smallest and the largest private number there are can be read."""
    keys = ReceiptKeys.parse(f"2026b:{ONE}, 2026a:{LAST}")
    assert keys.signing == "2026b"
    assert keys.numbers == {"2026b": 1, "2026a": ORDER - 1}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "entry 1"),
        (ONE, "entry 1"),
        (f"a:{ONE},", "entry 2"),
        (f"a b:{ONE}", "entry 1"),
        (f"{'a' * 33}:{ONE}", "entry 1"),
        ("a:***", "not base64"),
        (f"a:{base64.b64encode(bytes(31)).decode()}", "31 bytes"),
        (f"a:{base64.b64encode(bytes(32)).decode()}", "no private number"),
        (f"a:{base64.b64encode(ORDER.to_bytes(32, 'big')).decode()}", "no private number"),
        (f"a:{ONE},a:{LAST}", "repeats the id a"),
    ],
)
def test_faulty_keys_are_named_by_place(text: str, what: str) -> None:
    """A faulty RECEIPT_KEYS says which entry and what is wrong, never the secret."""
    with pytest.raises(Fault) as caught:
        ReceiptKeys.parse(text)
    assert caught.value.code is FaultCode.SETTINGS
    assert caught.value.sentence.startswith("RECEIPT_KEYS: entry ")
    assert what in caught.value.sentence
    assert ONE not in caught.value.sentence
