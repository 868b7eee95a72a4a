"""What supervisors see and change."""

import re

from app.access.model import Role, operator
from app.simulator.call import CallInProgress
from app.simulator.phone import Phone
from tests.calls.ways import FRANCE, UNREGISTERED
from tests.web.conftest import Desk, Reader, Shown
from tests.web.desk.conftest import Seat


def test_numbers_of_a_queue(desk: Desk, seat: Seat, caller: CallInProgress, phone: Phone) -> None:
    """Waiting, longest wait, answered in time, taken, abandoned, verified, on duty; for supervisors only."""
    assert seat.get("/desk/supervise").status_code == 403
    boss = desk.as_(Role.SUPERVISOR)
    assert _row(boss, "technical-it")[1] == "1"
    seat.takes()
    assert _row(boss, "technical-it") == ["technical-it", "0", "-", "0 %", "1", "0", "0", "0 %", "1"]


def _row(boss: Reader, queue: str) -> list[str]:
    found = boss.get("/desk/supervise/numbers").html.find("th", string=queue)
    assert found
    assert found.parent
    return [cell.text.strip() for cell in found.parent.find_all(["th", "td"])]


def test_the_way_there(desk: Desk, seat: Seat) -> None:
    """Supervisors come to the page from the board; agents are shown no way to what they may not see."""
    link = 'href="/desk/supervise"'
    assert link in desk.as_(Role.SUPERVISOR).get("/desk").text
    assert link not in seat.get("/desk").text


def test_a_re_route(desk: Desk, seat: Seat, caller: CallInProgress) -> None:
    """Who waits goes along; the end of it is a press; nonsense is refused in words."""
    boss = desk.as_(Role.SUPERVISOR)
    form = {"queue": "technical-it", "to": "technical-en", "hours": "2", "reason": "strike"}
    assert "Done: it counts from now on." in boss.post("/desk/supervise/reroutes", form, follow=True).text
    caller.waits(30).is_transferred_to("technical-en")
    assert "Callers of technical-it go to technical-en" in boss.get("/desk/supervise").words
    boss.post("/desk/supervise/reroutes/1/end")
    assert "Callers of technical-it go to" not in boss.get("/desk/supervise").words
    for wrong in ({**form, "to": "technical-it"}, {**form, "queue": "none"}, {**form, "reason": ""}):
        assert boss.post("/desk/supervise/reroutes", wrong).status_code == 422
        assert "/reroutes/2/end" not in boss.get("/desk/supervise").text


def test_every_queue_is_offered(desk: Desk, seat: Seat) -> None:
    """Callers are sent to any queue, that of last resort among them; from that one they are sent nowhere."""
    boss = desk.as_(Role.SUPERVISOR)
    offered = {
        name: [one["value"] for one in boss.get("/desk/supervise").html.select(f"#{name} option")]
        for name in ("queue", "to")
    }
    assert "fallback" in offered["to"]
    assert offered["queue"] == [name for name in offered["to"] if name != "fallback"]
    form = {"queue": "technical-it", "to": "fallback", "hours": "2", "reason": "strike"}
    assert boss.post("/desk/supervise/reroutes", form).status_code == 303


def test_a_refused_form_stays_filled_in(desk: Desk, seat: Seat) -> None:
    """What is wrong stands at its field, and nothing has to be written twice."""
    boss = desk.as_(Role.SUPERVISOR)
    form = {"queue": "technical-it", "to": "technical-it", "hours": "7", "reason": "strike <today>"}
    page = boss.post("/desk/supervise/reroutes", form)
    assert "These are the same queue" in _said(page, "to")
    assert [_value(page, "hours"), _value(page, "reason")] == ["7", "strike <today>"]
    assert page.html.select("#queue option[selected]")[0]["value"] == "technical-it"
    page = boss.post("/desk/supervise/interpreters", {"language": "it", "name": "Yves", "address": "12"})
    assert "number" in _said(page, "address")
    assert [_value(page, "name"), _value(page, "address")] == ["Yves", "12"]
    assert _value(page, "hours") == "4"
    once = boss.post("/desk/supervise/reroutes", {**form, "to": "technical-en"})
    again = boss.post("/desk/supervise/reroutes", {**form, "to": "technical-fr"})
    assert (once.status_code, again.status_code) == (303, 422)
    assert again.html.select_one("#h-reroute ~ .alert[role=alert]")


def _said(page: Shown, field: str) -> str:
    return page.html.select(f"#error-{field}")[0].text


def _value(page: Shown, field: str) -> str:
    return str(page.html.select(f"#{field}")[0]["value"])


def test_interpreters(desk: Desk, seat: Seat, caller: CallInProgress, phone: Phone) -> None:
    """Added with a language and a number, they can be rung into a conversation; removed, not any more."""
    boss, place = desk.as_(Role.SUPERVISOR), "/desk/supervise/interpreters"
    for wrong in ({"language": "xx"}, {"name": ""}, {"address": "12"}, {"address": "+19005550123"}):
        boss.post(place, {"language": "fr", "name": "Yves", "address": "+12025550166", **wrong})
        assert "/remove" not in boss.get("/desk/supervise").text
    boss.post(place, {"language": "fr", "name": "Yves", "address": "+12025550166"})
    at = seat.takes()
    choice = seat.get(at).html.find("option", value=re.compile("^interpreter:"))
    assert choice
    number = str(choice["value"])
    yves = phone.person("+12025550166")
    seat.does(f"{at}/add", who=number)
    yves.answers().presses("1")
    caller.talks_with(seat.person, yves)
    boss.post(f"{place}/{number.partition(':')[2]}/remove")
    assert "Yves" not in boss.get("/desk/supervise").words


def test_announcements_and_no_closures(desk: Desk, phone: Phone) -> None:
    """A supervisor says something to callers, sees it in words first, and ends it; closing is not theirs."""
    boss = desk.as_(Role.SUPERVISOR)
    form = {
        "kind": "closure",  # whatever the form says, it closes nothing
        "territory": "FR",
        "until_date": "2026-11-21",
        "until_time": "12:00",
        "incident": "Storm",
        "text.en": "Delays today.",
        "text.fr": "Retards aujourd'hui.",
        "step": "preview",
    }
    seen = boss.post("/desk/announcements/new", form)
    assert "This is what happens" in seen.words
    mark = seen.html.find("input", {"name": "seen"})
    assert mark
    done = boss.post("/desk/announcements/new", {**form, "step": "apply", "seen": mark["value"]}, follow=True)
    assert "Announced:" in done.text
    desk.services.tables.refresh()
    phone.dials(FRANCE, ani=UNREGISTERED).presses("1").hears("Retards")
    assert boss.post("/ops/closures/new", form).status_code == 403
    assert "Ended:" in boss.post("/desk/announcements/1/end", follow=True).text
    closure = {**form, "kind": "closure", "reason": "fire", "step": "preview"}
    boss_of_closures = desk.as_(Role.PUBLISHER)
    seen = boss_of_closures.post("/ops/closures/new", closure)
    mark = seen.html.find("input", {"name": "seen"})
    assert mark
    boss_of_closures.post("/ops/closures/new", {**closure, "step": "apply", "seen": mark["value"]})
    assert boss.post("/desk/announcements/2/end").status_code == 403


def test_many_agents_and_interpreters(desk: Desk, seat: Seat) -> None:
    """Both are listed in pages and searched; after a press the page is the one that it was pressed on."""
    services, boss = desk.services, desk.as_(Role.SUPERVISOR)
    now = services.clock.now()
    for number in range(12):
        services.sql.accounts.add(
            f"ana-{number:02}", Role.AGENT, "", actor=operator("test"), now=now, nonce=f"nonce {number}"
        )
    names = [f"Yves {number:02}" for number in range(22)]
    for name in names:
        boss.post("/desk/supervise/interpreters", {"language": "fr", "name": name, "address": "+12025550166"})
    page = boss.get("/desk/supervise")
    assert "1 to 10 of" in page.words
    assert "1 to 20 of 22" in page.words
    assert "Yves 21" in boss.get("/desk/supervise?interpreters=2").words
    found = boss.get("/desk/supervise?q=ana-11&who=yves+21")
    assert [len(found.html.select(f"form[action*='{part}']")) for part in ("/skills", "/remove")] == [1, 1]
    fields = found.html.select("input[type=search]")
    assert [field["value"] for field in fields] == ["ana-11", "yves 21"]
    form = found.html.select_one("form[action*='/skills']")
    assert form
    kept = boss.post(str(form["action"]), {"department": "technical", "language": "fr"})
    assert kept.headers["Location"].endswith("/desk/supervise?q=ana-11&who=yves+21")
    assert "ana-11" in boss.get("/desk/supervise?q=french").words
    assert "Nobody found." in boss.get("/desk/supervise?q=zzz&who=%00").words
