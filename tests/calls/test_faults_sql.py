"""SQL away: closed for the level, open for the routing."""

import pytest

from app.callflow.prompts import Prompt
from app.factory.services import Services
from app.simulator.phone import Phone
from tests.calls.course import ITALY, STATES, UNREGISTERED, call_id, comes_to, count, goes_on, words
from tests.calls.inbox import Inbox
from tests.calls.trouble import BreakableStore, Wire

REGISTERED = "+46701740612"  # Giulia Conti's own


@pytest.fixture
def wire(services: Services) -> Wire:
    """The wire to the database."""
    return Wire(services.sql.engine)


@pytest.mark.parametrize("state", STATES)
def test_sql_goes_away_at_each_turn(
    phone: Phone, inbox: Inbox, services: Services, wire: Wire, state: str
) -> None:
    """Menus go on; where a right is asked for, the caller is routed, unverified, and the agent hears so."""
    call = comes_to(state, phone, inbox)
    code = inbox.code() if state == "enter_code" else ""
    wire.away = True
    if code:
        call.keys(code)
    goes_on(call, inbox)
    call.hears(words(services, Prompt.CANNOT_CHECK)).hears(words(services, Prompt.COLLEAGUE_WILL_HELP))
    call.agent_hears(words(services, Prompt.WHISPER_NOT_CHECKED)).agent_hangs_up().is_over()
    wire.away = False
    assert services.sql.ledger.proof(call_id(services, call)) is None
    assert count(services, "levels") == count(services, "audit", "what = 'level_reached'") == 0
    assert not phone.failures


def test_sql_is_away_for_a_registered_caller(phone: Phone, services: Services, wire: Wire) -> None:
    """A registered number proves nothing while it cannot be looked up: to the desk chosen, unverified."""
    wire.away = True
    call = phone.dials(ITALY, ani=REGISTERED).keys("39").follows("1 1 2")
    call.hears(words(services, Prompt.CANNOT_CHECK))
    wire.away = False
    call.is_transferred_to("billing-it", level="unverified")


@pytest.mark.parametrize("back", ["at once", "at the end"])
def test_sql_is_back_while_the_call_lasts(
    phone: Phone, inbox: Inbox, services: Services, wire: Wire, back: str
) -> None:
    """What could not be written of a call's timeline is written once SQL is back."""
    wire.away = True
    call = phone.dials(ITALY, ani=None).keys("39").presses("1").presses("1")
    wire.away = back == "at the end"
    goes_on(call, inbox).is_transferred_to("technical-it")
    wire.away = False
    call.hangs_up()
    told = [note.what for note in services.sql.ledger.timeline(call_id(services, call))]
    assert told[0] == "arrived: key_country"
    assert "department: technical" in told
    assert told[-1] == "ended"


def test_a_level_and_its_audit_row_are_one(
    phone: Phone, inbox: Inbox, services: Services, wire: Wire
) -> None:
    """If the database goes away in the middle of judging, neither level nor audit nor guess is there."""
    for statement in ("INSERT INTO audit", "INSERT INTO levels", "UPDATE challenges", "INSERT INTO outbox"):
        phone.clock.advance(3600)  # past the sending limits
        call = comes_to("enter_code", phone, inbox)
        code = inbox.code()
        wire.fails_at = statement
        call.keys(code).is_transferred_to("technical-it", level="unverified").hangs_up()
        wire.fails_at = ""
        assert count(services, "levels") == 0
        assert count(services, "attempts") == 0
        assert count(services, "audit", "what = 'code_accepted'") == 0
        assert count(services, "challenges", "used_at IS NOT NULL") == 0


def test_a_code_and_its_letter_are_one(phone: Phone, inbox: Inbox, services: Services, wire: Wire) -> None:
    """If the letter cannot be written, there is no challenge either, and the caller is routed."""
    call = comes_to("channel", phone, inbox)
    wire.fails_at = "INSERT INTO outbox"
    call.presses("1").is_transferred_to("technical-it", level="unverified")
    wire.fails_at = ""
    assert count(services, "challenges") == count(services, "outbox") == 0


def test_both_stores_are_away(phone: Phone, services: Services, wire: Wire, store: BreakableStore) -> None:
    """With neither Redis nor SQL a caller still reaches the country's desk, and the agent is told."""
    wire.away = store.away = True
    call = phone.dials(ITALY, ani=UNREGISTERED).hears(words(services, Prompt.CANNOT_CHECK))
    call.is_transferred_to("technical-it").agent_hears(words(services, Prompt.WHISPER_NOT_CHECKED))
    call.agent_hangs_up().is_over()
    assert not phone.failures
