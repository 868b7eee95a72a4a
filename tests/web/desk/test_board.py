"""The board: who waits, take the next or a chosen one, be available or away."""

from datetime import timedelta

from bs4 import Tag

from app.access.model import Role
from app.ports.waiting import Entering
from app.simulator.call import CallInProgress
from tests.web.conftest import Desk, Shown
from tests.web.desk.conftest import PHONE, Seat


def test_the_board_shows_who_waits_and_who_talks(seat: Seat, caller: CallInProgress) -> None:
    """Organisation, language, country and level of both; the place and the time of who waits."""
    words = seat.get("/desk").words
    assert "1 Rossi Forniture not verified Italian Italy technical-it" in words
    assert "waits next for you" in words
    assert "Nobody talks." in words
    seat.takes()
    words = seat.get("/desk").words
    assert "Nobody waits." in words
    assert "Rossi Forniture not verified agent Italian Italy technical-it" in words


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
    for wrong in ("", "12", "+19005550123", "sip:", "javascript:alert(1)", "x" * 500, "queue:technical-it"):
        shown = seat.does("/desk/reach", reach=wrong)
        field = shown.html.select("#reach")[0]
        assert (shown.status_code, field["value"]) == (422, wrong)
        assert ("Write a number" in shown.text) is (wrong != "+19005550123")
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


def test_many_wait(desk: Desk, seat: Seat, caller: CallInProgress) -> None:
    """A page of them is shown and asked for each second, the count is of all; a search finds the others."""
    others(desk, 60)
    first = seat.get("/desk")
    assert "Waiting 61" in first.words
    assert "1 to 50 of 61" in first.words
    assert len(rows(first)) == 50
    poll = first.html.select_one("[data-poll]")
    assert poll
    assert poll["data-poll"] == "/desk/board"
    second = seat.get("/desk?page=2")
    assert [row.text.split()[0] for row in rows(second)] == [str(place) for place in range(51, 62)]
    part = second.html.select_one("[data-poll]")
    assert part
    assert rows(seat.get(str(part["data-poll"]))) == rows(second)
    links = {str(link["href"]) for link in seat.get(str(part["data-poll"])).html.select(".page-link")}
    assert links == {"?page=1", "?page=2"}
    found = seat.get("/desk?q=rossi&page=9")
    assert len(rows(found)) == 1
    assert "Waiting 61" in found.words
    for text in ("technical-it", "ITALIAN", "unverified"):
        assert "1 to 50 of 61" in seat.get(f"/desk?q={text}").words
    for text in ("zzz", "%00", "%F0%9F%98%80", "a" * 5000):
        assert "Nobody found." in seat.get(f"/desk/board?q={text}").text


def rows(shown: Shown) -> list[Tag]:
    """The rows of who waits."""
    return shown.html.select("section[aria-labelledby=h-waiting] tbody tr")


def others(desk: Desk, count: int) -> None:
    """So many more wait, of no organisation, each a second after the one before."""
    now = desk.services.clock.now()
    for number in range(count):
        waiting = Entering(
            call_id=f"call-{number}",
            call_sid=f"CA-{number}",
            queue="technical-it",
            territory="IT",
            department="technical",
            desk_language="it",
            language="it",
            link="",
            organisation=None,
            began_at=now + timedelta(seconds=number),
            code_until=None,
        )
        desk.use_cases.agents.desk.waiting.enter(waiting, now)


def test_only_who_is_available_is_offered_to_take(seat: Seat, caller: CallInProgress) -> None:
    """The press is there for whom it would ring; the others read what to do."""
    assert "Take next" in seat.get("/desk").words
    away = seat.does("/desk/duty", duty="away").words
    assert "Take next" not in away
    assert "Be available to take calls." in away
