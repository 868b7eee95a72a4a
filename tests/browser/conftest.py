"""The service as ``callgate demo`` serves it, the agents' desk beside phones that ring, and a Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from app.simulator.phone import Phone
from routing.table import Queue
from tests.browser.centre import QUEUE, Centre, listening
from tests.browser.opened import NARROW, PATIENCE, WIDE, Opened, pages_of
from tests.browser.served import Site, chromium, demo
from tests.calls.inbox import Inbox
from tests.calls.ways import publish
from tests.web.conftest import (
    Desk,
    clock,
    desk,
    desk_database,
    inbox,
    line_to_carrier,
    log,
    phone,
    sample_database,
    services,
    settings,
    var,
)

__all__ = [
    "NARROW",
    "PATIENCE",
    "WIDE",
    "Opened",
    "clock",
    "desk",
    "desk_database",
    "inbox",
    "line_to_carrier",
    "log",
    "phone",
    "sample_database",
    "services",
    "settings",
    "var",
]

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """``callgate demo``, serving: one for each process of the tests."""
    with demo(tmp_path_factory.mktemp("site")) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture
def opened(browser: Browser, site: Site) -> Iterator[Opened]:
    """Open pages of the demo; at the end no browser may have complained of anything."""
    with pages_of(browser, site) as pages:
        yield pages


@pytest.fixture
def centre(browser: Browser, desk: Desk, phone: Phone, inbox: Inbox, tmp_path: Path) -> Iterator[Centre]:
    """The agents' desk, served, where callers wait for technical support in Italian; nobody is there yet."""
    publish(desk.services, queues=(Queue(QUEUE),))
    with listening(desk) as port, pages_of(browser, Site(port, tmp_path, {})) as opened:
        yield Centre(desk, phone, inbox, opened)
