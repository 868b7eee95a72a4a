"""Reading a setting of server keys, ``id:base64,id:base64``: the first is in use, the others are known."""

import base64
import binascii
import re
from collections.abc import Callable

from app.faults import Fault, FaultCode

_KEY_ID = re.compile(r"[A-Za-z0-9_.-]{1,32}")


def read_named_keys(setting: str, text: str, wrong: Callable[[bytes], str]) -> dict[str, bytes]:
    """The keys by id, in their order; never none.

    Args:
        setting: the setting's name, for the sentence.
        text: the setting's value.
        wrong: what is wrong with a key's bytes, in words that follow "has a key"; empty when nothing is.

    Raises:
        Fault: SETTINGS, in a sentence that names the entry by place and id, never by its secret.
    """
    keys: dict[str, bytes] = {}
    for place, entry in enumerate(text.split(","), start=1):
        name, colon, encoded = entry.strip().partition(":")
        if not colon or not is_key_id(name):
            raise _bad(setting, place, "is not id:base64, with an id of letters, digits, _ . or -")
        key = _decoded(encoded)
        fault = "that is not base64" if key is None else wrong(key)
        if key is None or fault:
            raise _bad(setting, place, f"({name}) has a key {fault}")
        if name in keys:
            raise _bad(setting, place, f"repeats the id {name}; give each key an id of its own")
        keys[name] = key
    return keys


def is_key_id(text: str) -> bool:
    """Whether a key may be called this."""
    return _KEY_ID.fullmatch(text) is not None


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _bad(setting: str, place: int, what: str) -> Fault:
    return Fault(FaultCode.SETTINGS, f"{setting}: entry {place} {what}.")
