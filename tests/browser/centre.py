"""The agents' desk served beside a simulated carrier: browsers at the desk, phones that ring, one clock."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page, StorageState
from werkzeug.serving import make_server

from app.access.model import Role, operator
from app.handover.model import Duty
from app.handover.skills import Skills
from app.ports.agents import Agents
from app.simulator.call import CallInProgress
from app.simulator.person import Person
from app.simulator.phone import Phone
from tests.browser.opened import Opened
from tests.calls.inbox import Inbox
from tests.calls.ways import ACCOUNT, UNREGISTERED, asks_channel
from tests.web.conftest import Desk

QUEUE = "technical-it"
LANGUAGES = ("it", "fr", "en")
_BY = operator("test")


@dataclass
class Centre:
    """A call centre: its desk in browsers, its phones, and the inboxes that codes go to."""

    desk: Desk
    phone: Phone
    inbox: Inbox
    opened: Opened

    def at(self, who: str, *, javascript: bool = True) -> Page:
        """A browser of somebody who signed in, in front of the board."""
        self.opened.site.states[who] = self._state(who)
        page = self.opened(who, javascript=javascript)
        page.goto("/desk")
        return page

    def skilled(self, who: str, *languages: str) -> None:
        """Say what somebody can take, as a supervisor does; they stay at their desk, however late it gets."""
        user, services = self._user(who), self.desk.services
        skills = Skills(frozenset({"technical", "billing"}), frozenset(languages or LANGUAGES))
        self._agents.set_skills(user, skills, actor=_BY, now=services.clock.now())
        self.phone.chores.append(lambda: self._agents.seen(user, services.clock.now()))

    def staffed(self, who: str) -> Person:
        """Give somebody skills and a phone, and let them be available; gives the phone."""
        self.skilled(who)
        user, now = self._user(who), self.desk.services.clock.now()
        number = f"+1202555{user:04}"
        self._agents.set_reach(user, f"number:{number}", actor=_BY, now=now)
        self._agents.set_duty(user, Duty.AVAILABLE, now)
        self._agents.seen(user, now)
        return self.phone.person(number)

    def waits(self, account: str = ACCOUNT, ani: str = UNREGISTERED) -> CallInProgress:
        """A caller of Rossi Forniture, or of another firm, who waits unverified for the Italian desk."""
        return asks_channel(self.phone, account, ani).presses("0")

    def presses(self, page: Page, name: str, *, exact: bool = True) -> None:
        """Press a button that sends a form; what that asks of the carrier comes about."""
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.get_by_role("button", name=name, exact=exact).click()
        self.phone.passes(0)

    def talks(self, page: Page, person: Person) -> None:
        """Take the next caller, answer the phone, and press 1."""
        self.presses(page, "Take next")
        person.answers().presses("1")

    def joins(self, name: str, role: Role = Role.AGENT) -> str:
        """Add an account; gives its name."""
        now = self.desk.services.clock.now()
        self.desk.services.sql.accounts.add(name, role, "", actor=_BY, now=now, nonce=f"nonce of {name}")
        return name

    @property
    def _agents(self) -> Agents:
        return self.desk.use_cases.agents.stores.agents

    def _user(self, who: str) -> int:
        found = self.desk.services.sql.accounts.find(who)
        assert found is not None
        return found.user.id

    def _state(self, who: str) -> StorageState:
        """The cookie of somebody who signed in with a code."""
        cookie = self.desk.as_(who).client.get_cookie("callgate")
        assert cookie is not None
        return {
            "cookies": [
                {
                    "name": cookie.key,
                    "value": cookie.value,
                    "domain": "127.0.0.1",
                    "path": "/",
                    "expires": -1,
                    "httpOnly": True,
                    "secure": False,
                    "sameSite": "Lax",
                }
            ],
            "origins": [],
        }


@contextmanager
def listening(desk: Desk) -> Iterator[int]:
    """Serve the application on a free port until the block ends; gives the port."""
    server = make_server("127.0.0.1", 0, desk.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
