"""Opening a page of the service in a browser, where somebody sees it."""

import threading
import urllib.request
import webbrowser
from collections.abc import Mapping
from contextlib import suppress

_TRIES = 60  # half seconds until the service answers


def can_open_browser(environ: Mapping[str, str], platform: str, *, watched: bool) -> bool:
    """Whether to open one: somebody watches the terminal (``watched``), and there is a screen beside it."""
    screen = platform in {"darwin", "win32"} or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
    return watched and screen


def open_browser(url: str, page: str) -> None:
    """Show a page as soon as the service at ``url`` answers; where there is no browser, nothing happens."""
    threading.Thread(target=_opens, args=(url, page), daemon=True).start()


def _opens(url: str, page: str) -> None:
    wait = threading.Event()
    for _ in range(_TRIES):
        with suppress(OSError), urllib.request.urlopen(f"{url}/healthz", timeout=2):  # noqa: S310 - our own
            webbrowser.open(f"{url}{page}")
            return
        wait.wait(0.5)
