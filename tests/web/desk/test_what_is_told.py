"""What the pages say of a conversation that is over, of one that did not come to be, and of a call back."""

from app.simulator.call import CallInProgress
from app.simulator.person import Person
from app.simulator.phone import Phone
from routing.table import Queue
from tests.calls import called_back
from tests.calls.called_back import AMELIA
from tests.calls.inbox import Inbox
from tests.calls.ways import call_id, publish
from tests.web.conftest import Desk
from tests.web.desk.conftest import Seat
from tests.web.desk.test_conversation import contact_of


def books(desk: Desk, phone: Phone) -> Person:
    """Amelia Hart asks to be called back, while the agent's desk is open; gives her telephone."""
    found = desk.services.sql.accounts.find("agent")
    assert found is not None
    agents, clock = desk.services.handover.stores.agents, desk.services.clock
    phone.chores.append(lambda: agents.seen(found.user.id, clock.now()))
    publish(desk.services, queues=(Queue("technical-fr"),))
    called_back.books(phone, AMELIA)
    return phone.person(AMELIA)


def test_what_was_proved_stays_told(desk: Desk, seat: Seat, caller: CallInProgress, inbox: Inbox) -> None:
    """After the call its pages say what it had reached, and that it holds no more."""
    at = seat.takes()
    seat.does(f"{at}/code", press="type", **contact_of(seat, at, "email"))
    seat.does(f"{at}/code/typed", code=inbox.code())
    seat.does(f"{at}/end")
    caller.hangs_up()
    talk, call = seat.get(at).words, seat.get(f"/desk/calls/{call_id(desk.services, caller)}").words
    for words in (talk, call):
        assert "was verified: by an agent" in words
        assert "Giulia Conti" in words
        assert "not verified" not in words
    assert "A level ends with its call." in talk
    assert "it does not hold any more" in call


def test_a_level_that_grew_old(seat: Seat, caller: CallInProgress, inbox: Inbox) -> None:
    """While the call goes on the caller is not verified any more, and the page says why."""
    at = seat.takes()
    seat.does(f"{at}/code", press="type", **contact_of(seat, at, "email"))
    seat.does(f"{at}/code/typed", code=inbox.code())
    for _ in range(61):
        seat.phone.passes(60)
        seat.get(at)
    words = seat.get(at).words
    assert "not verified Rossi Forniture" in words
    assert "That is too long ago to hold" in words


def test_a_call_back(desk: Desk, seat: Seat, phone: Phone) -> None:
    """It is said to be one, with the way to the call it was asked for in, and why that came here."""
    amelia = books(desk, phone)
    at = seat.takes()
    assert "Called back at" in seat.get(at).words
    amelia.answers().presses("1").talks_with(seat.person)
    page = seat.get(at)
    assert "known by the number that we called" in page.words
    assert "No desk was chosen." not in page.words
    links = {one.text: str(one["href"]) for one in page.html.select("a")}
    before = seat.get(links["the call in which it was asked for"])
    assert before.status_code == 200
    assert "Called back at" not in before.words
    own = seat.get(links["The call and its timeline"])
    assert "A call back the call in which it was asked for" in own.words


def test_a_call_back_in_vain(desk: Desk, seat: Seat, phone: Phone) -> None:
    """Why the caller did not come, and when it is tried again."""
    amelia = books(desk, phone)
    at = seat.takes()
    amelia.declines()
    words = seat.get(at).words
    assert "The caller did not come: the line was busy." in words
    assert "The call back is made again from" in words


def test_a_caller_who_hung_up_while_the_phone_rang(seat: Seat, caller: CallInProgress) -> None:
    """The agent reads that nobody is there, not that it was called off."""
    at = seat.does("/desk/next").request.path
    assert "Your phone rings." in seat.get("/desk").words
    caller.hangs_up()
    assert "the caller was gone" in seat.get(at).words


def test_who_did_not_come(desk: Desk, seat: Seat, caller: CallInProgress, phone: Phone) -> None:
    """Somebody who was rung and refused is named, with the reason, until somebody else is rung."""
    at = seat.takes()
    yves = phone.person("+12025550166")
    boss = desk.as_("supervisor")
    boss.post("/desk/supervise/interpreters", {"language": "fr", "name": "Yves", "address": "+12025550166"})
    seat.does(f"{at}/add", who="interpreter:1")
    yves.answers().presses("2")
    assert "Yves did not come: 1 was not pressed." in seat.get(at).words


def test_whose_account_was_looked_up(seat: Seat, caller: CallInProgress) -> None:
    """The organisation is named before a code goes to anybody of it; spaces do not matter."""
    at = seat.takes()
    words = seat.get(f"{at}?account=00+42").words
    assert "Send a code to, at Brightwater Instruments:" in words
    assert "An account of Brightwater Instruments." in words
    assert "There is no such account." in seat.get(f"{at}?account=99999").words
