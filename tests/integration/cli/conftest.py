"""The command line as its users run it: the installed script, a folder of its own, no other setting."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

SCRIPT = Path(sys.executable).parent / "callgate"
ROOT = Path(__file__).parents[3]
TABLES = ROOT / "routing" / "tables"
FLAT = (str(TABLES / "support_lines.csv"), str(TABLES / "sovereign_lines.csv"))


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Cli:
    """Runs ``callgate`` with a folder of this test's own."""

    var: Path

    def environment(self, **more: str) -> dict[str, str]:
        """What the commands see: no setting of the machine's, but these."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {**kept, "CALLGATE_VAR": str(self.var), **more}

    def __call__(
        self, *arguments: str, env: Mapping[str, str] | None = None, typed: str | None = None
    ) -> Ran:
        """Run a command to its end, with what somebody types into it."""
        done = subprocess.run(
            [str(SCRIPT), *arguments],
            env=self.environment(**(env or {})),
            cwd=self.var,
            input=typed,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    def succeeds(self, *arguments: str, env: Mapping[str, str] | None = None) -> str:
        """Run a command that must exit with 0; gives what it printed."""
        ran = self(*arguments, env=env)
        assert ran.code == 0, ran.err
        return ran.out

    def refuses(self, *arguments: str, env: Mapping[str, str] | None = None) -> str:
        """Run a command that must exit with 2; gives what it said."""
        ran = self(*arguments, env=env)
        assert ran.code == 2, (ran.out, ran.err)
        return ran.err


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """The command line over an empty folder."""
    return Cli(tmp_path)


@pytest.fixture(scope="session")
def with_flat_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the flat files are version 1."""
    folder = tmp_path_factory.mktemp("flat-files")
    Cli(folder).succeeds("table", "import", *FLAT)
    return folder


@pytest.fixture
def published(cli: Cli, with_flat_files: Path) -> Cli:
    """The command line with the flat files published."""
    shutil.copytree(with_flat_files, cli.var, dirs_exist_ok=True)
    return cli
