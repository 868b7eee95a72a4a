"""The first screen: what it is, two commands, and what one of them really shows."""

import os
import re
import subprocess
from pathlib import Path

from werkzeug.test import Client

from app.factory.application import create_app
from app.factory.services import build
from app.factory.stores import with_secrets
from app.settings import Settings
from tests.docs.documents import ROOT, page
from tests.docs.shell import TYPED

README = page("README.md")
SCREEN = 40  # lines


def _timeless(line: str) -> str:
    """A line of the demo without its instant and its code, which differ each time."""
    return re.sub(r"\b\d{6}(?=#)", "CODE", re.sub(r"^\d\d:\d\d:\d\d", "TIME", line)).rstrip()


def test_two_commands_come_first() -> None:
    """The first screen says what to type, and nothing else to type: the sample call, and the tests."""
    screen = "\n".join(README.text.splitlines()[:SCREEN])
    first, *_ = README.blocks(TYPED)
    assert first == "make demo ONCE=1\nmake test\n"
    assert screen.count("```console") == 1
    assert "```sh" not in screen


def test_the_first_paragraph_says_what_it_is() -> None:
    """Two or three sentences before anything else."""
    paragraph = README.text.split("\n\n")[1]
    assert 2 <= len(re.findall(r"[.!?](?:\s|$)", paragraph)) <= 3


def test_the_excerpt_is_what_the_demo_shows(tmp_path: Path) -> None:
    """Each line of the excerpt is printed by the demo, in this order."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        [str(ROOT / ".venv" / "bin" / "callgate"), "demo", "--once"],
        env={**kept, "CALLGATE_VAR": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    shown = iter([_timeless(line) for line in done.stdout.splitlines()])
    for line in README.blocks("text")[0].splitlines():
        assert _timeless(line) in shown, line


def test_the_readme_is_short() -> None:
    """Whoever wants more finds it behind a link."""
    assert len(README.text.splitlines()) <= 250


def test_the_five_files_are_in_order() -> None:
    """The way from the webhook to the queue is five files, and they are there."""
    below = README.text.partition("## Follow a call through the code")[2].partition("\n## ")[0]
    files = re.findall(r"^(\d)\. `([\w/.]+)`", below, re.MULTILINE)
    assert [number for number, _ in files] == ["1", "2", "3", "4", "5"]
    assert all((ROOT / path).is_file() for _, path in files)


def test_the_carriers_addresses_are_served(tmp_path: Path) -> None:
    """The addresses to enter at the carrier are served, and refuse who did not sign."""
    environ = {"CALLGATE_VAR": str(tmp_path), "REDIS_URL": "redis://127.0.0.1:1"}
    settings = with_secrets(Settings.from_env(environ))
    services = build(settings)
    client = Client(create_app(settings, services))
    for shown in (README, page("docs/twilio.md")):
        addresses = re.findall(r"`PUBLIC_URL` \+ `([^`]+)`", shown.text)
        assert addresses == ["/voice/incoming", "/voice/fallback", "/voice/status"]
        assert [client.post(address).status_code for address in addresses] == [403, 403, 403]
    services.close()
