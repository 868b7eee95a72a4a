"""One command to Redis and its answer, quickly or not at all.

redis-py opens the connections (addresses, TLS, authentication); its client and pool are left out, since they
retry for longer than a webhook may take. Here every failure, whatever its kind, is
``Fault(STORE_AWAY)`` in little more than a second, and after one nothing is tried for another second, so that
no webhook waits twice.
"""

import os
from collections import deque
from collections.abc import Callable
from functools import partial

from redis.backoff import NoBackoff
from redis.connection import ConnectionPool
from redis.exceptions import ConnectionError as Dropped
from redis.exceptions import NoScriptError, RedisError
from redis.exceptions import TimeoutError as TookTooLong
from redis.retry import Retry

from app.adapters.redis_socket import Opener, RedisSocket, Word
from app.faults import Fault, FaultCode

CONNECT_SECONDS = 0.5
ANSWER_SECONDS = 0.5
PAUSE_SECONDS = 1.0  # after a failure nothing is asked for so long


class RedisLink:
    """Commands to one Redis or Valkey, shared by the threads of a process."""

    def __init__(self, url: str, monotonic: Callable[[], float]) -> None:
        """Nothing is connected yet.

        Args:
            url: redis://, rediss:// or unix://.
            monotonic: seconds that never go back.
        """
        pool = ConnectionPool.from_url(
            url,
            socket_connect_timeout=CONNECT_SECONDS,
            socket_timeout=ANSWER_SECONDS,
            protocol=2,  # RESP 3 costs a HELLO a connection and gives nothing here
            driver_info=None,
            retry=Retry(NoBackoff(), 0),
        )
        self._opener: Callable[[], Opener] = partial(pool.connection_class, **pool.connection_kwargs)
        self._monotonic = monotonic
        self._resumes_at = float("-inf")
        self._idle: deque[RedisSocket] = deque()
        self._pid = os.getpid()

    def ask(self, *words: Word) -> object:
        """The answer to one command, in one round trip.

        Raises:
            Fault: STORE_AWAY: not reached, too slow, loading, full, read-only, or whatever else it says.
            NoScriptError: the script of an EVALSHA is not there (yet).
        """
        if self._monotonic() < self._resumes_at:
            raise _away("failed a moment ago")
        try:
            return self._ask(words)
        except NoScriptError:
            raise
        except (RedisError, OSError) as error:
            self._resumes_at = self._monotonic() + PAUSE_SECONDS
            raise _away(type(error).__name__) from error

    def close(self) -> None:
        """Drop the connections that are not in use."""
        while self._idle:
            self._idle.pop().disconnect()

    def _ask(self, words: tuple[Word, ...]) -> object:
        connection, used = self._take()
        try:
            return self._exchange(connection, words)
        except Dropped as error:
            if not used or isinstance(error, TookTooLong):
                raise
        self.close()  # the server went away and may be back: what was idle is as dead as this one
        return self._exchange(RedisSocket(self._opener(), ANSWER_SECONDS), words)

    def _exchange(self, connection: RedisSocket, words: tuple[Word, ...]) -> object:
        """Ask on one connection; it is kept only when it is known to be clean after that."""
        clean = False
        try:
            answer = connection.exchange(*words)
            clean = True
        except NoScriptError:
            clean = True  # after any other "no" a new connection may reach a server that says yes
            raise
        finally:
            if clean:
                self._idle.append(connection)
            else:
                connection.disconnect()
        return answer

    def _take(self) -> tuple[RedisSocket, bool]:
        """A connection, and whether it was used before."""
        if self._pid != os.getpid():  # a fork must not talk on its parent's connections
            self._pid = os.getpid()
            self._idle = deque()
        try:
            return self._idle.pop(), True
        except IndexError:
            return RedisSocket(self._opener(), ANSWER_SECONDS), False


def _away(why: str) -> Fault:
    return Fault(FaultCode.STORE_AWAY, f"The store of running calls is away ({why}); look at REDIS_URL.")
