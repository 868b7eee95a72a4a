"""What the pages tell people to type works."""

import subprocess
from pathlib import Path

import click
import pytest

from app.main import cli
from tests.docs.documents import ROOT, Page, pages
from tests.docs.generated import named
from tests.docs.shell import CALLGATE, RUN, commands, runs

TYPED = [(shown.name, words) for shown in pages() for words in commands(shown)]
MENTIONED = sorted(
    {text for shown in pages() for text in shown.quoted() if text.startswith(("callgate ", "make "))}
)
RUNNABLE = [shown for shown in pages() if shown.blocks(RUN)]


def _leaf(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that words lead to, and its arguments."""
    command: click.Command = cli
    while isinstance(command, click.Group):
        assert words, f"callgate {command.name} alone does nothing"
        name, *words = words
        assert name in named(command), f"there is no command {name}"
        command = named(command)[name]
    return command, words


@pytest.mark.parametrize(
    ("where", "words"), [one for one in TYPED if one[1][0] == CALLGATE], ids=lambda one: str(one)[:80]
)
def test_callgate_commands_exist(where: str, words: list[str]) -> None:
    """Every callgate command of a page is one, with options that it has and arguments that it takes."""
    command, arguments = _leaf(words[1:])
    assert command.make_context(command.name, arguments, resilient_parsing=False), where


@pytest.mark.parametrize("target", sorted({words[1] for _, words in TYPED if words[0] == "make"}))
def test_make_targets_exist(target: str) -> None:
    """Every make target of a page is one."""
    done = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", MENTIONED)
def test_commands_within_sentences_exist(name: str) -> None:
    """What a sentence calls ``callgate ...`` or ``make ...`` is a command or a group of them."""
    program, *words = name.split()
    if program == "make":
        assert f"\n{words[0]}:" in (ROOT / "Makefile").read_text(encoding="utf-8")
        return
    command: click.Command = cli
    while isinstance(command, click.Group) and words:
        name, *words = words
        assert name in named(command), f"there is no command {name}"
        command = named(command)[name]


@pytest.mark.parametrize("shown", RUNNABLE, ids=lambda shown: shown.name)
def test_pages_run_as_they_stand(shown: Page, tmp_path: Path) -> None:
    """A reader who types a page's commands, one after the other in an empty folder, meets no fault."""
    done = runs(shown, tmp_path)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "Traceback" not in done.stderr


def test_most_pages_with_commands_are_run() -> None:
    """The pages for operators are among those that run."""
    names = {shown.name for shown in RUNNABLE}
    assert names >= {
        "README.md",
        "docs/twilio.md",
        "docs/table.md",
        "docs/organisations.md",
        "docs/desk.md",
        "docs/operations.md",
    }
