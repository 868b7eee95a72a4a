"""Browsers of one's own in front of a served site, and what they complained of."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from tests.browser.served import Site, signed_in

WIDE, NARROW = (1280, 900), (400, 800)  # CSS pixels
PATIENCE = 15_000  # milliseconds: the machine may be busy


@dataclass
class Opened:
    """Opens pages, each in a browser of its own, and keeps what the browsers complained of."""

    browser: Browser
    site: Site
    contexts: list[BrowserContext] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __call__(
        self,
        who: str = "",
        *,
        size: tuple[int, int] = WIDE,
        javascript: bool = True,
        locale: str = "en-GB",
    ) -> Page:
        """A page of one's own: ``opened("publisher")`` is signed in, ``opened()`` is anybody."""
        context = self.browser.new_context(
            base_url=self.site.url,
            storage_state=signed_in(self.browser, self.site, who) if who else None,
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=javascript,
            locale=locale,
            timezone_id="Europe/Rome",
        )
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("console", lambda message: self.wrong.extend(_complaint(message)))
        context.on("weberror", lambda error: self.wrong.append(f"script: {error.error}"))
        context.on("response", lambda answer: self.wrong.extend(_failure(answer)))
        return context.new_page()


@contextmanager
def pages_of(browser: Browser, site: Site) -> Iterator[Opened]:
    """Open pages of a site; at the end no browser may have complained of anything."""
    pages = Opened(browser, site)
    yield pages
    for context in pages.contexts:
        context.close()
    assert pages.wrong == []


def _complaint(message: ConsoleMessage) -> list[str]:
    """What the browser complains of: a blocked style or script, say. A refused form is no complaint."""
    refused = re.search(r"status of (403|404|409|422)", message.text)
    return [message.text] if message.type == "error" and not refused else []


def _failure(answer: Response) -> list[str]:
    return [f"{answer.status} {answer.url}"] if answer.status >= 500 else []
