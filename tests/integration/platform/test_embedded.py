import json
import os
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.adapters.embedded import EmbeddedValkey
from app.adapters.redis_link import RedisLink
from app.faults import Fault, FaultCode

STARTER = """
import sys, time
from pathlib import Path
from app.adapters.embedded import EmbeddedValkey
valkey = EmbeddedValkey.start(Path(sys.argv[1]), time.monotonic)
print(valkey.url, flush=True)
sys.stdin.read()
valkey.stop()
"""


@pytest.fixture
def var(short_folder: Path) -> Path:
    """A folder of this test's own."""
    return Path(tempfile.mkdtemp(dir=short_folder))


@pytest.fixture
def other(var: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that started the folder's Valkey; it stops it when its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", STARTER, str(var)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        yield process
        process.kill()


def url_given_by(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def answers(url: str) -> bool:
    with closing(RedisLink(url, time.monotonic)) as link:
        try:
            return link.ask("PING") == b"PONG"
        except Fault:
            return False


def goes_away(url: str) -> bool:
    """Whether it stops answering within some seconds."""
    ends = time.monotonic() + 5
    while answers(url) and time.monotonic() < ends:
        os.sched_yield()
    return not answers(url)


def test_it_starts_is_shared_and_stops_with_its_starter(var: Path) -> None:
    """The first starts it, a second uses the same and does not stop it, the first does."""
    with EmbeddedValkey.start(var / "new", time.monotonic) as first:
        with EmbeddedValkey.start(var / "new", time.monotonic) as second:
            assert second.url == first.url
        assert answers(first.url)
    assert not answers(first.url)
    first.stop()


def test_a_second_process_uses_it(var: Path, other: subprocess.Popen[str]) -> None:
    """A process uses what another started, and that one's end ends it."""
    url = url_given_by(other)
    with EmbeddedValkey.start(var, time.monotonic) as mine:
        assert mine.url == url
    assert answers(url)
    other.communicate("")
    assert goes_away(url)


def test_what_a_killed_process_left_is_taken_over(var: Path, other: subprocess.Popen[str]) -> None:
    """When the starter was killed, the next process uses what it left and stops it at its own end."""
    url = url_given_by(other)
    other.kill()
    other.wait()
    with EmbeddedValkey.start(var, time.monotonic) as mine:
        assert mine.url == url
        assert answers(url)
    assert goes_away(url)


def test_a_stale_note_is_no_obstacle(var: Path) -> None:
    """A note that names nothing running, or that cannot be read, leads to a new start."""
    for note in (json.dumps({"url": f"unix://{var}/none", "starter": 1}), "{", "[]", ""):
        (var / "valkey").mkdir(exist_ok=True)
        (var / "valkey" / "running.json").write_text(note)
        with EmbeddedValkey.start(var, time.monotonic) as valkey:
            assert answers(valkey.url)


def test_only_this_user_may_open_it(var: Path) -> None:
    """It listens at a socket that is closed to others, and on no port."""
    with EmbeddedValkey.start(var, time.monotonic) as valkey:
        path = Path(valkey.url.removeprefix("unix://"))
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
        with closing(RedisLink(valkey.url, time.monotonic)) as link:
            assert link.ask("CONFIG", "GET", "port") == [b"port", b"0"]


def test_a_long_path_is_no_obstacle(var: Path) -> None:
    """A folder too deep for a socket's path works and is shared all the same, and leaves nothing behind."""
    deep = var / ("x" * 100)
    with EmbeddedValkey.start(deep, time.monotonic) as first:
        assert answers(first.url)
        assert EmbeddedValkey.start(deep, time.monotonic).url == first.url
    assert not Path(first.url.removeprefix("unix://")).parent.exists()


def test_a_folder_that_cannot_be_written_is_a_fault_of_the_settings(var: Path) -> None:
    """Where it cannot be started, one sentence names the setting that says what to use instead."""
    (var / "file").write_text("")
    with pytest.raises(Fault, match="REDIS_URL") as caught:
        EmbeddedValkey.start(var / "file", time.monotonic)
    assert caught.value.code is FaultCode.SETTINGS
