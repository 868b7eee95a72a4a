"""Calling back: the agent first, then the caller, who presses 1, and what the new call is."""

import pytest

from app.factory.services import Services
from app.handover.model import TalkState
from app.simulator.person import Person
from app.simulator.phone import Phone
from tests.calls.called_back import AMELIA, OWEN, books, rows
from tests.calls.desk import AgentAtWork, CallCentre, rings
from tests.calls.inbox import Inbox
from tests.calls.ways import UNREGISTERED

CAMILLE = "+33639980012"  # of a firm that trusts what the carrier attests
JONAS = "+493023125142"  # of a firm that never trusts a number
LUCA = "+12025550121"  # a user, who may not open cases
SWITCHBOARD = "+442079460100"  # the firm's own, and nobody's there


def test_the_agent_first_then_the_caller(phone: Phone, ana: AgentAtWork, caller: Person) -> None:
    """The agent hears that it is a call back and presses 1; only then the caller's phone rings."""
    books(phone)
    ana.takes_next()
    ana.person.answers().hears("Rappel téléphonique").hears("non vérifié")
    assert not rings(caller)
    ana.person.presses("1").hears_music("hold")
    assert rings(caller)
    caller.answers().hears("Vous nous avez demandé de vous rappeler").does_not_hear("code")
    assert not caller.talks
    caller.presses("1").does_not_hear("code").talks_with(ana.person)


def test_a_new_call_with_a_parent(phone: Phone, ana: AgentAtWork, caller: Person, services: Services) -> None:
    """It is another call, unverified, that names the one in which it was asked for, and it ends."""
    books(phone)
    ana.takes()
    caller.answers().presses("1").waits(30).hangs_up()
    phone.passes(0)
    [parent] = rows(services, "SELECT id FROM calls WHERE parent_id = ''")
    [new] = rows(services, "SELECT id, parent_id, ani, level, queue, ended FROM calls WHERE parent_id != ''")
    assert new[1:] == (*parent, UNREGISTERED, "unverified", "technical-fr", "completed")
    story = services.sql.stories.read(str(new[0]))
    assert story is not None
    assert story[0].parent_id == parent[0]
    assert story[0].connected_at is not None
    assert ana.handover.state is TalkState.OVER


@pytest.mark.parametrize(
    ("number", "level"),
    [
        (AMELIA, "number_matched"),
        (CAMILLE, "number_matched"),
        (OWEN, "number_matched"),
        (JONAS, "unverified"),
        (LUCA, "unverified"),
        (SWITCHBOARD, "unverified"),
    ],
)
def test_a_confirmed_contacts_number(
    phone: Phone, ana: AgentAtWork, services: Services, number: str, level: str
) -> None:
    """Who answers at a confirmed contact's number is matched by it, but where the firm trusts no number."""
    called = phone.person(number)
    books(phone, number)
    ana.takes()
    called.answers().presses("1").talks_with(ana.person)
    found = rows(services, "SELECT level FROM calls WHERE parent_id != ''")
    assert found == [(level,)]
    proof = services.sql.ledger.proof(ana.handover.call_id)
    assert (proof.level.name.lower() if proof else "unverified") == level


def test_the_code_step(phone: Phone, ana: AgentAtWork, services: Services, inbox: Inbox) -> None:
    """A code is asked for only when the agent runs it; the new call's level rises."""
    amelia = phone.person(AMELIA)
    books(phone, AMELIA)
    ana.takes()
    amelia.answers().presses("1").talks_with(ana.person)
    ana.sends_code(by_key=True)
    amelia.keys(inbox.code()).talks_with(ana.person)
    assert rows(services, "SELECT level FROM calls WHERE parent_id != ''") == [("code",)]


def test_the_level_on_the_board(phone: Phone, ana: AgentAtWork, centre: CallCentre) -> None:
    """It is the new call's: what the call before had proved, or not, counts for nothing."""
    amelia = phone.person(AMELIA)
    books(phone, AMELIA)
    ana.takes()
    assert ana.handover.level == "unverified"
    amelia.answers().presses("1").talks_with(ana.person)
    assert (ana.handover.level, ana.handover.method) == ("number_matched", "number")
