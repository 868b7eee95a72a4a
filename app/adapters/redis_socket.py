"""One connection to Redis at two system calls a command.

redis-py opens it: addresses, TLS, authentication. From then on commands and answers pass over its socket
directly, packed and read by hiredis. On a plain socket the kernel keeps the time: with Python's own timeouts
each call would be two, and each would let other threads in between.
"""

import socket
import ssl
import struct
from typing import Any, Protocol

import hiredis
from redis.exceptions import ConnectionError as Dropped
from redis.exceptions import NoScriptError, RedisError, ResponseError
from redis.exceptions import TimeoutError as TookTooLong

Word = str | bytes | int
_BUFFER = 16 * 1024  # bytes; most calls fit


class Opener(Protocol):
    """What is used of redis-py's connections; there is no public way to the socket."""

    _sock: socket.socket | None

    def connect(self) -> None: ...

    def disconnect(self) -> None: ...


class RedisSocket:
    """A connection for one thread at a time; it is opened when first used."""

    def __init__(self, opener: Opener, seconds: float) -> None:
        """Nothing is connected yet.

        Args:
            opener: redis-py's connection, of whatever kind.
            seconds: how long each write and each read may take.
        """
        self._opener = opener
        self._seconds = seconds
        self._reader: Any = None
        self._buffer = bytearray(_BUFFER)

    def exchange(self, *words: Word) -> object:
        """One command and the answer to it: bytes, a number, a list or None.

        Raises:
            RedisError: Dropped or TookTooLong, after which only ``disconnect`` is of use; NoScriptError or
                another ResponseError, when the server says no; what redis-py raises while it connects.
        """
        opened = self._opener._sock or self._open()  # noqa: SLF001 - see Opener
        try:
            opened.sendall(hiredis.pack_command(words))  # type: ignore[arg-type]  # its stub takes one word
            return self._answer(opened)
        except (BlockingIOError, TimeoutError, ssl.SSLWantReadError) as error:
            raise TookTooLong("no answer in time") from error
        except OSError as error:
            raise Dropped(type(error).__name__) from error

    def disconnect(self) -> None:
        """Close it; harmless when repeated."""
        self._opener.disconnect()

    def _open(self) -> socket.socket:
        self._opener.connect()
        opened = self._opener._sock  # noqa: SLF001 - see Opener
        if opened is None:
            raise Dropped("not connected")
        if not isinstance(opened, ssl.SSLSocket):  # TLS is woken in between: it keeps Python's timeout
            _let_the_kernel_time(opened, self._seconds)
        self._reader = hiredis.Reader(protocolError=Dropped, replyError=_refusal)
        return opened

    def _answer(self, opened: socket.socket) -> object:
        reader, buffer = self._reader, self._buffer
        while (answer := reader.gets()) is False:  # not all of it is there yet
            size = opened.recv_into(buffer)
            if not size:
                raise Dropped("closed by the server")
            reader.feed(buffer, 0, size)
        if isinstance(answer, RedisError):
            raise answer
        return answer


def _let_the_kernel_time(opened: socket.socket, seconds: float) -> None:
    """Blocking calls that fail with EAGAIN after so long (socket(7), SO_RCVTIMEO)."""
    limit = struct.pack("@ll", int(seconds), int(seconds % 1 * 1_000_000))
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
    opened.settimeout(None)


def _refusal(text: str) -> RedisError:
    """What the server's "no" is raised as."""
    return NoScriptError(text) if text.startswith("NOSCRIPT") else ResponseError(text)
