"""The board: who waits, take the next or a chosen one, be available or away."""

from app.access.model import Role
from app.simulator.call import CallInProgress
from tests.web.conftest import Desk
from tests.web.desk.conftest import PHONE, Seat


def test_the_board_shows_who_waits_and_who_talks(seat: Seat, caller: CallInProgress) -> None:
    """Organisation, language, country and level of both; the place and the time of who waits."""
    words = seat.get("/desk").words
    assert "1 Rossi Forniture not verified it IT technical-it" in words
    assert "Nobody talks." in words
    seat.takes()
    words = seat.get("/desk").words
    assert "Nobody waits." in words
    assert "Rossi Forniture not verified agent it IT technical-it" in words


def test_take_next(seat: Seat, caller: CallInProgress) -> None:
    """One press rings the agent and shows whom for; 1 on the phone brings the caller."""
    shown = seat.does("/desk/next")
    assert shown.request.path.startswith("/desk/conversations/")
    assert "Your phone rings: answer it, and press 1." in shown.words
    seat.person.answers().hears("Rossi Forniture").presses("1")
    caller.talks_with(seat.person)
    assert "End the call" in seat.get(shown.request.path).words


def test_nobody_waits(seat: Seat) -> None:
    """The press says so, and nothing rings."""
    assert "Nobody waits for you at the moment." in seat.does("/desk/next").text
    assert not seat.person.rings


def test_only_supervisors_choose(desk: Desk, seat: Seat, caller: CallInProgress) -> None:
    """A chosen caller is a supervisor's; who was slower hears who was first."""
    assert seat.reader.post("/desk/waits/1/take").status_code == 403
    boss = desk.as_(Role.SUPERVISOR)
    boss.post("/desk/reach", {"reach": "+12025550124"})
    boss.post("/desk/duty", {"duty": "available"})
    assert "Take" in boss.get("/desk").words
    seat.does("/desk/next")
    assert "agent was first to take this call." in boss.post("/desk/waits/1/take", follow=True).text


def test_what_did_not_change_is_not_sent_again(seat: Seat, caller: CallInProgress) -> None:
    """The part that is asked for each second has an ETag, and is empty while nothing changes."""
    first = seat.get("/desk/board")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert seat.reader.get("/desk/board", headers=tag).status_code == 304
    caller.hangs_up()
    changed = seat.reader.get("/desk/board", headers=tag)
    assert changed.status_code == 200
    assert "Rossi" not in changed.text


def test_away_takes_nothing(seat: Seat, caller: CallInProgress) -> None:
    """Who is away is told so instead of being rung."""
    assert "You are away." in seat.does("/desk/duty", duty="away").words
    assert "available" in seat.does("/desk/next").text
    assert not seat.person.rings


def test_a_phone_that_cannot_be_rung_is_refused(seat: Seat) -> None:
    """No number at all, or one outside the policy: the old one stays."""
    for wrong in ("", "12", "+19005550123", "sip:", "javascript:alert(1)", "x" * 500):
        seat.does("/desk/reach", reach=wrong)
        assert PHONE in str(seat.get("/desk").html.find(id="reach"))


def test_no_form_ends_in_a_traceback(desk: Desk, seat: Seat, caller: CallInProgress) -> None:
    """Whatever a form says: an answer in words, and nothing changes."""
    boss = desk.as_(Role.SUPERVISOR)
    assert seat.does("/desk/duty", duty="wrap_up").status_code == 200
    for path in ("/desk/waits/99/take", "/desk/waits/99/withdraw", "/desk/messages/99/done"):
        assert boss.post(path, follow=True).status_code in {200, 404}
    for path in ("/desk/conversations/nobody", "/desk/calls/nobody"):
        assert seat.get(path).status_code == 404
    assert "Rossi Forniture" in seat.get("/desk").words
