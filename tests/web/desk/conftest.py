"""The agents' desk as its people meet it: their pages beside a phone that rings."""

from dataclasses import dataclass

import pytest

from app.access.model import Role
from app.simulator.call import CallInProgress
from app.simulator.person import Person
from app.simulator.phone import Phone
from routing.table import Queue
from tests.calls.ways import asks_channel, publish
from tests.web.conftest import Desk, Reader, Shown

PHONE = "+12025550123"


@dataclass
class Seat:
    """An agent with a browser and a phone."""

    reader: Reader
    person: Person
    phone: Phone

    def get(self, path: str) -> Shown:
        return self.reader.get(path)

    def does(self, path: str, **form: str) -> Shown:
        """Send a form, see the page it leads to; what was asked of the carrier comes about."""
        shown = self.reader.post(path, form, follow=True)
        self.phone.passes(0)
        return shown

    def takes(self) -> str:
        """Press Take next, answer and press 1; gives the conversation's address."""
        shown = self.does("/desk/next")
        self.person.answers().presses("1")
        return shown.request.path


@pytest.fixture
def seat(desk: Desk, phone: Phone) -> Seat:
    """An agent whom a supervisor gave skills, who said where the phone rings, and is available."""
    user = desk.services.sql.accounts.find("agent")
    assert user is not None
    skills = {"department": ["technical", "billing"], "language": ["it", "fr", "en"]}
    desk.as_(Role.SUPERVISOR).post(f"/desk/supervise/agents/{user.user.id}/skills", skills)
    found = Seat(desk.as_(Role.AGENT), phone.person(PHONE), phone)
    found.does("/desk/reach", reach=PHONE)
    found.does("/desk/duty", duty="available")
    return found


@pytest.fixture
def caller(desk: Desk, phone: Phone) -> CallInProgress:
    """A caller of Rossi Forniture who waits, unverified, for the Italian desk."""
    publish(desk.services, queues=(Queue("technical-it"),))
    return asks_channel(phone).presses("0")
