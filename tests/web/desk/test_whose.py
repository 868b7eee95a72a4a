"""What an agent reaches beyond the call at hand: other accounts, other queues' messages."""

from app.access.model import Role
from app.simulator.call import CallInProgress
from app.simulator.phone import Phone
from routing.table import Queue
from tests.calls.called_back import rows
from tests.calls.inbox import Inbox
from tests.calls.ways import FRANCE, UNREGISTERED, publish
from tests.web.conftest import Desk
from tests.web.desk.conftest import Seat
from tests.web.desk.test_conversation import contact_of

OTHER = "0042"


def test_accounts_are_looked_up_in_a_conversation(seat: Seat, caller: CallInProgress, desk: Desk) -> None:
    """While the caller is on the line an account they name is found, and the audit says so; later none is."""
    at = seat.takes()
    assert contact_of(seat, f"{at}?account={OTHER}", "email") != contact_of(seat, at, "email")
    for path in (at, f"{at}/news", f"{at}/news"):  # and the page keeps itself fresh
        seat.get(f"{path}?account={OTHER}")
    assert seat.get(f"{at}/news?account=99999").status_code == 200
    acts = rows(desk.services, "SELECT who, after FROM audit WHERE what = 'account_looked_up' ORDER BY id")
    assert acts == [("agent", OTHER), ("agent", "99999")]
    seat.does(f"{at}/end")
    for path in (at, f"{at}/news"):
        assert seat.get(f"{path}?account={OTHER}").html.find("input", {"name": "organisation"}) is None
    assert seat.get(f"{at}?account={OTHER}").words == seat.get(at).words


def test_a_code_for_another_account(
    seat: Seat, caller: CallInProgress, phone: Phone, inbox: Inbox, desk: Desk
) -> None:
    """Who proves to be of another organisation than the one keyed is that one's, on every page."""
    at = seat.takes()
    seat.does(f"{at}/code", press="type", **contact_of(seat, f"{at}?account={OTHER}", "email"))
    wanted = contact_of(seat, f"{at}?account={OTHER}", "email")
    assert "verified: by an agent" in seat.does(f"{at}/code/typed", code=inbox.code()).words
    assert contact_of(seat, at, "email") == wanted
    assert "***@" in seat.get(at).words
    seat.does(f"{at}/transfer", to="queue:technical-en")
    assert "Rossi" not in seat.get("/desk").words


def test_messages_of_other_queues(desk: Desk, seat: Seat, phone: Phone) -> None:
    """An agent deals with messages of queues they serve; supervisors with any."""
    publish(desk.services, queues=(Queue("technical-fr", overflow="voicemail"),))
    seat.does("/desk/duty", duty="away")
    phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#").speaks(12).presses("#")
    boss, skills = desk.as_(Role.SUPERVISOR), "/desk/supervise/agents/5/skills"
    boss.post(skills, {"department": ["technical"], "language": ["it"]})
    assert "no such message" in seat.does("/desk/messages/1/done").text
    assert "/desk/messages/1/done" in boss.get("/desk").text
    boss.post(skills, {"department": ["technical"], "language": ["fr"]})
    assert "no such message" not in seat.does("/desk/messages/1/done").text
    assert "/desk/messages/1/done" not in boss.get("/desk").text
