"""What the pages tell people to type: the commands of a block, one by one."""

import os
import re
import shlex
import subprocess
from pathlib import Path

from tests.docs.documents import ROOT, Page

CALLGATE = ".venv/bin/callgate"
#: Blocks that the tests run as they stand.
RUN = "sh"
#: Blocks that need a carrier, do not end, or are settings: their commands are held against the program.
TYPED = "console"
_HERE = re.compile(r"<<'(?P<mark>[A-Z]+)'\n.*?^(?P=mark)$", re.MULTILINE | re.DOTALL)
_INNER = re.compile(r"\$\(([^)]*)\)")


def commands(page: Page) -> list[list[str]]:
    """Every command of the page's blocks, as words; what stands within ``$(...)`` comes by itself, too."""
    found: list[list[str]] = []
    for block in page.blocks(RUN) + page.blocks(TYPED):
        for line in _HERE.sub("", block).splitlines():
            found += [shlex.split(part.partition("|")[0]) for part in _INNER.findall(line)]
            words = shlex.split(line.strip()) if _is_command(line.strip()) else []
            found += [words] if words else []
    return found


def _is_command(line: str) -> bool:
    return line.startswith((CALLGATE, "make ", "cat ", "mkdir ", "python3 "))


def runs(page: Page, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the page's blocks one after the other in ``folder``, which looks like a new checkout."""
    (folder / ".venv").symlink_to(ROOT / ".venv")
    (folder / "routing").symlink_to(ROOT / "routing")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        ["sh", "-eu"],
        input="\n".join(page.blocks(RUN)),
        cwd=folder,
        env=kept,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
