"""One act through every form of the agents' desk that changes something, in an order that allows each."""

from collections.abc import Callable
from dataclasses import dataclass

from app.access.model import Role
from app.simulator.call import CallInProgress
from app.simulator.phone import Phone
from routing.table import Queue
from tests.calls.ways import FRANCE, UNREGISTERED, publish
from tests.web.conftest import Desk, Reader, Shown
from tests.web.desk.conftest import Seat
from tests.web.desk.test_conversation import contact_of

INTERPRETER = "+12025550166"
ANNOUNCEMENT = {
    "until_date": "2026-11-21",
    "until_time": "12:00",
    "incident": "Storm",
    "text.en": "Delays today.",
}


@dataclass
class Floor:
    """An agent, a supervisor, and a caller who waits."""

    desk: Desk
    phone: Phone
    seat: Seat
    caller: CallInProgress
    talk: str = ""

    @property
    def boss(self) -> Reader:
        return self.desk.as_(Role.SUPERVISOR)

    def next(self) -> Shown:
        shown = self.seat.reader.post("/desk/next")
        self.phone.passes(0)
        self.seat.person.answers().presses("1")
        self.talk = shown.headers["Location"]
        return shown

    def does(self, path: str, **form: str) -> Shown:
        """Send a form of the conversation."""
        shown = self.seat.reader.post(f"{self.talk}/{path}", form)
        self.phone.passes(0)
        return shown

    def sends_code(self) -> Shown:
        return self.does("code", press="type", **contact_of(self.seat, self.talk, "email"))

    def adds(self) -> Shown:
        self.phone.person(INTERPRETER)
        choice = self.seat.get(self.talk).html.select_one("option[value^='interpreter:']")
        assert choice
        return self.does("add", who=str(choice["value"]))

    def lets_go(self) -> Shown:
        form = self.seat.get(self.talk).html.select_one("form[action*='/legs/']")
        assert form
        return self.does(str(form["action"]).removeprefix(f"{self.talk}/"))

    def wraps_up(self) -> Shown:
        self.does("end")
        return self.does("wrap-up", disposition="solved", text="A cable.")

    def announces(self) -> Shown:
        seen = self.boss.post("/desk/announcements/new", {**ANNOUNCEMENT, "step": "preview"})
        mark = seen.html.find("input", {"name": "seen"})
        assert mark, seen.words
        form = {**ANNOUNCEMENT, "step": "apply", "seen": str(mark["value"])}
        return self.boss.post("/desk/announcements/new", form)

    def takes_chosen(self) -> Shown:
        self.boss.post("/desk/reach", {"reach": "+12025550124"})
        self.boss.post("/desk/duty", {"duty": "available"})
        self.phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#")
        return self.boss.post(f"/desk/waits/{self._last_wait()}/take")

    def withdraws_callback(self) -> Shown:
        """Of somebody who waits while the agent is there, and asks to be called back."""
        self.phone.chores.append(lambda: self.seat.get("/desk/board"))
        call = self.phone.dials(FRANCE, ani="+390655550101").follows("1 1 0#")
        call.presses("1").presses("1")
        return self.boss.post(f"/desk/waits/{self._last_wait()}/withdraw")

    def deals_with_message(self) -> Shown:
        publish(self.desk.services, queues=(Queue("technical-fr", overflow="voicemail"),))
        self.seat.does("/desk/duty", duty="away")
        call = self.phone.dials(FRANCE, ani="+390655550102").follows("1 1 0#")
        call.speaks(12).presses("#")
        form = self.seat.get("/desk").html.select_one("form[action*='/messages/']")
        assert form, self.seat.get("/desk").words
        return self.seat.reader.post(str(form["action"]))

    def _last_wait(self) -> int:
        with self.desk.services.sql.engine.connect() as connection:
            return int(connection.exec_driver_sql("SELECT max(id) FROM waits").scalar_one())


Act = Callable[[Floor], Shown]
_SKILLS = {"department": ["technical"], "language": ["it", "fr"]}
_REROUTE = {"queue": "billing-de", "to": "technical-en", "hours": "2", "reason": "strike"}
_YVES = {"language": "fr", "name": "Yves", "address": INTERPRETER}
#: The view's name -> what the audit or the call's timeline says then, and how it is done.
AGENT_STEPS: dict[str, tuple[str, Act]] = {
    "supervise.skills": (
        "skills_changed",
        lambda on: on.boss.post("/desk/supervise/agents/5/skills", _SKILLS),
    ),
    "supervise.reroute": ("reroute_added", lambda on: on.boss.post("/desk/supervise/reroutes", _REROUTE)),
    "supervise.end_reroute": ("reroute_ended", lambda on: on.boss.post("/desk/supervise/reroutes/1/end")),
    "supervise.add_interpreter": (
        "interpreter_added",
        lambda on: on.boss.post("/desk/supervise/interpreters", _YVES),
    ),
    "announcements.add": ("announcement_added", Floor.announces),
    "announcements.end": ("announcement_ended", lambda on: on.boss.post("/desk/announcements/1/end")),
    "desk.reach": ("reach_changed", lambda on: on.seat.reader.post("/desk/reach", {"reach": "+12025550123"})),
    "desk.next": ("leg_asked", Floor.next),
    "talk.act": ("held", lambda on: on.does("hold")),
    "talk.add": ("leg_asked", Floor.adds),
    "talk.let_go": ("leg_over", Floor.lets_go),
    "talk.note": ("note_added", lambda on: on.does("notes", text="Asked for a cable.")),
    "talk.send_code": ("code_queued", Floor.sends_code),
    "talk.type_code": ("code_step", lambda on: on.does("code/typed", code="000000")),
    "talk.transfer": ("transfer", lambda on: on.does("transfer", to="queue:billing-fr")),
    "talk.wrap_up": ("wrap_up", Floor.wraps_up),
    "supervise.remove_interpreter": (
        "interpreter_removed",
        lambda on: on.boss.post("/desk/supervise/interpreters/1/remove"),
    ),
    "desk.take": ("leg_asked", Floor.takes_chosen),
    "desk.withdraw_callback": ("callback_withdrawn", Floor.withdraws_callback),
    "desk.message_done": ("message_done", Floor.deals_with_message),
}
