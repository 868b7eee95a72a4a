"""The running calls in Redis or Valkey: one key a call, one round trip a method."""

import hashlib
import os
from itertools import count

from redis.exceptions import NoScriptError

from app.adapters.call_codec import decode, encode
from app.adapters.redis_link import RedisLink
from app.adapters.redis_socket import Word
from app.faults import Fault, FaultCode
from app.ports import Stored

LIFE_SECONDS = 4 * 3600  # Twilio ends a call after 4 hours unless it is told otherwise
# Compare-and-set on one key. What is there begins with its turn; gives what is there when its turn is another
# than expected, else writes and gives nothing. A call that was lost meanwhile is simply written.
_SAVE = b"""
local there = redis.call('GET', KEYS[1])
if there and string.match(there, '^%d+') ~= ARGV[1] then return there end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
return false
"""
_SAVE_SHA = hashlib.sha1(_SAVE, usedforsecurity=False).hexdigest()


class RedisCallStore:
    """The ``CallStore`` port."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link
        self._mark = os.urandom(8).hex()
        self._count = count()

    def load(self, call_id: str) -> Stored | None:
        """The call, or None when it is not (or no longer) known; Fault STORE_AWAY."""
        return _stored(self._link.ask("GET", _key(call_id)))

    def save(self, stored: Stored, *, expecting: int | None) -> Stored | None:
        """Write if the stored turn is still ``expecting`` (None: if there is none yet); Fault STORE_AWAY.

        Returns None when written, else what another request wrote first. A call that Redis lost since it was
        loaded is written: all of it is in ``stored``, and its rights are elsewhere.
        """
        try:
            data = encode(stored, mark=f"{os.getpid():x}x{self._mark}x{next(self._count):x}")
        except ValueError as error:
            raise Fault(FaultCode.STORE_AWAY, f"The call cannot be stored: {error}.") from error
        turn = "none" if expecting is None else str(expecting)
        there = self._run(_key(stored.call.call_id), turn, data, LIFE_SECONDS)
        # Our own bytes, mark included, are there when a dropped connection made us ask twice: written, too.
        return None if there == data else _stored(there)

    def ping(self) -> None:
        """Raise Fault STORE_AWAY when away, or when it answers but takes no writes."""
        self._link.ask("SET", "callgate:ping", 1, "EX", 1)

    def _run(self, key: str, *arguments: Word) -> object:
        try:
            return self._link.ask("EVALSHA", _SAVE_SHA, 1, key, *arguments)
        except NoScriptError:  # a new or restarted server: EVAL teaches it the script
            return self._link.ask("EVAL", _SAVE, 1, key, *arguments)


def _key(call_id: str) -> str:
    """A call's key; the braces keep all keys of a call on one node of a cluster."""
    return f"callgate:{{{call_id}}}:call"


def _stored(data: object) -> Stored | None:
    if data is None:
        return None
    try:
        return decode(data if isinstance(data, bytes) else b"")
    except ValueError as error:
        raise Fault(FaultCode.STORE_AWAY, f"The stored call cannot be read: {error}.") from error
