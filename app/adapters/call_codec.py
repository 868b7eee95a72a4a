"""A running call as bytes and back, for the store.

The bytes are ``<turn>:<mark>:<JSON>``: the store's script compares the turn without reading the JSON, and the
mark tells a writer's own bytes from equal ones of another. What a newer version wrote and this one does not
know is dropped, what an older one did not write takes its default, so that calls survive a deploy in either
direction.
"""

from dataclasses import MISSING, fields
from typing import Any

import orjson

from app.callflow.model import Call, Note, State
from app.ports import Stored

_NAMES = frozenset(field.name for field in fields(Call))
_NEEDED = frozenset(field.name for field in fields(Call) if field.default is MISSING)
_BLANK = Call("", "", "", "", None, "", 0)
_TUPLES = tuple(field.name for field in fields(Call) if field.default == () and field.name != "notes")


def encode(stored: Stored, *, mark: str) -> bytes:
    """The bytes of a call with its last answer.

    Args:
        stored: what to write.
        mark: letters and digits that no other writing has.

    Raises:
        ValueError: a text holds a lone surrogate, which UTF-8 cannot carry.
    """
    try:
        return f"{stored.call.turn}:{mark}:".encode() + orjson.dumps(stored)
    except TypeError as error:  # orjson's error is one, too
        raise ValueError("the call holds what JSON cannot carry") from error


def decode(data: bytes) -> Stored:
    """The call of these bytes.

    Raises:
        ValueError: they are not a call's.
    """
    try:
        document = orjson.loads(data.split(b":", 2)[2])
        return Stored(call=_call(document["call"]), spent=document["spent"], answer=document["answer"])
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise ValueError("these bytes are no call") from error


def _call(values: dict[str, Any]) -> Call:
    if "state" in values:
        values["state"] = State(values["state"])
    for name in _TUPLES:
        values[name] = tuple(values.get(name, ()))
    values["notes"] = tuple([_note(note) for note in values.get("notes", ())])
    if not values.keys() >= _NEEDED:
        raise ValueError("a call needs more")
    try:
        return _BLANK.having(**values)  # nearly always this very version wrote it
    except TypeError:
        return _BLANK.having(**{name: value for name, value in values.items() if name in _NAMES})


def _note(values: dict[str, str]) -> Note:
    return Note(values["at"], values["what"], values.get("detail", ""))
