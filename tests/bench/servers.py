"""Servers as subprocesses on 127.0.0.1, pinned to one core; whoever loads them is on another."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 30.0
THREADS = 4
KINDS = ("gunicorn", "granian")
_PROC = Path("/proc")  # Linux; elsewhere nothing is found there


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; ``pid`` is its first process, the workers are its children."""

    port: int
    pid: int

    def memory(self) -> float | None:
        """Megabytes resident in its largest worker; None where /proc does not tell."""
        return max((_resident(child) for child in _children(self.pid)), default=None)

    def busy(self) -> float:
        """Seconds its workers have been running so far; 0 where /proc does not tell."""
        threads = [thread for child in _children(self.pid) for thread in (_PROC / str(child)).glob("task/*")]
        return sum(_ran(thread) for thread in threads)


@contextmanager
def serving(kind: str, app: str, environ: Mapping[str, str]) -> Iterator[Server]:
    """One worker of ``app`` (module:name) on a free port, with four threads, until the block ends."""
    port = free_port()
    with running(_command(kind, app, port), environ, core=SERVER_CORE) as process:
        wait_for(port, process)
        yield Server(port, process.pid)


@contextmanager
def running(
    command: list[str], environ: Mapping[str, str], *, core: int | None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process on one core, stopped with all its children at the end of the block.

    What it said on standard error is shown if the block fails.
    """
    with tempfile.TemporaryFile() as said:
        with pinned(core):
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, **environ},
                stdout=subprocess.DEVNULL,
                stderr=said,
                start_new_session=True,
            )
        try:
            yield process
        except BaseException:
            said.seek(0)
            sys.stderr.write(said.read().decode("utf-8", "replace")[-4000:])
            raise
        finally:
            _stop(process)


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def pinned(core: int | None) -> Iterator[None]:
    """Keep this process, and those it starts meanwhile, on one core; nothing where cores cannot be chosen."""
    if core is None or sys.platform != "linux":
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return once the process takes connections on the port; RuntimeError when it ends or never does."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode} before it served")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not start in time")


def _cores() -> tuple[int | None, int | None]:
    if sys.platform != "linux":
        return None, None
    cores = sorted(os.sched_getaffinity(0))
    return (cores[0], cores[1]) if len(cores) > 1 else (None, None)


SERVER_CORE, CLIENT_CORE = _cores()


def _command(kind: str, app: str, port: int) -> list[str]:
    python = [sys.executable, "-m"]
    if kind == "gunicorn":
        workers = ["--worker-class", "gthread", "--workers", "1", "--threads", str(THREADS)]
        quiet = ["--no-control-socket", "--log-level", "error", "--keep-alive", "30"]
        return [*python, "gunicorn", *workers, *quiet, "--bind", f"127.0.0.1:{port}", app]
    workers = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", str(THREADS)]
    return [*python, "granian", *workers, "--log-level", "error", "--port", str(port), app]


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _children(pid: int) -> list[int]:
    found = [int(path.name) for path in _PROC.glob("[0-9]*")]
    return [child for child in found if _status(child, "PPid:") == pid]


def _resident(pid: int) -> float:
    return (_status(pid, "VmRSS:") or 0) / 1024


def _ran(thread: Path) -> float:
    try:
        return int((thread / "schedstat").read_text(encoding="ascii").split()[0]) / 1e9
    except (OSError, IndexError):  # it ended meanwhile, or the kernel does not count
        return 0.0


def _status(pid: int, name: str) -> int | None:
    try:
        lines = (_PROC / str(pid) / "status").read_text(encoding="utf-8").splitlines()
    except OSError:  # it ended meanwhile
        return None
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), None)
