import pytest

from app.simulator.phone import Phone
from tests.unit.adapters.carrier import AGENT
from tests.unit.simulator.conftest import Line
from tests.unit.simulator.meeting import Meeting


@pytest.fixture
def meeting() -> Meeting:
    return Meeting(Line)


@pytest.fixture
def phone(meeting: Meeting) -> Phone:
    """A carrier at which somebody can be rung."""
    found: Phone = meeting.phone
    found.person(AGENT)
    return found
