"""``callgate demo``, really serving, and the Chromium that looks at it: for the tests and the screenshots."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, StorageState, sync_playwright

from app.services.sample_accounts import SAMPLE_PASSWORD
from app.simulator.phone import Phone
from tests.integration.cli.conftest import SCRIPT
from tests.integration.cli.test_processes import answered, free_port, phone_to

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Site:
    """A service with the sample data and a week of calls, and who signed in already."""

    port: int
    var: Path
    environment: dict[str, str]
    states: dict[str, StorageState] = field(default_factory=dict)  # by account: the browser's cookies

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def callgate(self, *arguments: str, typed: str | None = None) -> str:
        """Run a command beside the service, as an operator at the machine would."""
        done = subprocess.run(
            [str(SCRIPT), *arguments],
            env=self.environment,
            cwd=self.var,
            input=typed,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def phone(self) -> Phone:
        """A telephone whose calls this service answers."""
        return phone_to(self.port)


@contextmanager
def demo(var: Path) -> Iterator[Site]:
    """``callgate demo`` until the block ends; it must not have said a traceback."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {**kept, "CALLGATE_VAR": str(var)}
    port = free_port()
    with (var / "log.txt").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            [str(SCRIPT), "demo", "--port", str(port)],
            env=environment,
            cwd=var,
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            _awaits(process, port, var / "log.txt")
            yield Site(port, var / "demo", {**environment, "CALLGATE_VAR": str(var / "demo")})
        finally:
            process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(30)
            log.seek(0)
            said = log.read()
            assert "Traceback" not in said, said


def _awaits(process: subprocess.Popen[str], port: int, log: Path) -> None:
    """Wait until the demo serves; when it does not, say what it said."""
    try:
        answered(process, f"http://127.0.0.1:{port}/readyz")
    except AssertionError as error:
        error.add_note(log.read_text(encoding="utf-8"))
        raise


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one that CHROMIUM names."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "Chromium is needed: install Debian's package chromium, or set CHROMIUM to its path."
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()


def signed_in(browser: Browser, site: Site, who: str) -> StorageState:
    """Sign in as one of the sample accounts; a one-time code is good once, so it is done once."""
    if who not in site.states:
        context = browser.new_context(base_url=site.url)
        page = context.new_page()
        page.goto("/ops/sign-in")
        page.get_by_label("Name", exact=True).fill(who)
        page.get_by_label("Password", exact=True).fill(SAMPLE_PASSWORD)
        page.get_by_label("One-time code").fill(site.callgate("users", "code", who).strip())
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: not url.endswith("/ops/sign-in"))
        site.states[who] = context.storage_state()
        context.close()
    return site.states[who]
