"""``/desk/supervise``: queues as they stand, where their callers go, who can take what, and interpreters."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.faults import Fault, FaultCode
from app.handover.skills import Skills
from app.ports.agents import Agent
from app.services.rerouting import RerouteWanted
from app.services.supervising import Supervising
from app.services.wrong import Wrong
from app.web.desk.lists import Listed, again, found
from app.web.desk.polled import polled
from app.web.pages import actor, back, gettext, needs, row_number, show_with, told
from routing.words import language
from routing.zones import zone as zone_of

_PAGE = "supervise.page"
_LISTS = ("q", "page", "who", "interpreters")
_MOST_HOURS = 24


@dataclass(frozen=True, slots=True)
class SupervisePages:
    """What the pages need."""

    supervising: Supervising
    now: Callable[[], datetime]

    @needs(Right.SUPERVISE)
    def page(self) -> Response:
        """Everything supervisors look at and change."""
        return self._shown()

    def _shown(self, form: str = "", wrong: Wrong | None = None) -> Response:
        """The page; with the form of that name as it was filled in, where something is wrong with it."""
        args, supervising = request.args, self.supervising
        q, who = args.get("q", "").strip(), args.get("who", "").strip()
        agents = found(supervising.agents_with_skills(), q, _words)
        interpreters = found(
            supervising.listed_interpreters(),
            who,
            lambda one: (one.name, one.language, language(one.language)),
        )
        values = {
            **self._numbers(),
            "reroutes": supervising.reroutes(self.now()),
            "agents": Listed.of(agents, args, "page", 10),
            "interpreters": Listed.of(interpreters, args, "interpreters", 20),
            "choices": supervising.choices(),
            "q": q,
            "sought": who,
            "query": again(args, *_LISTS),
            "filled": {form: request.form},
            "wrong": {form: wrong.faults} if wrong else {},
        }
        return show_with("desk/supervise.html", values, status=422 if wrong else 200)

    @needs(Right.SUPERVISE, poll=True)
    def news(self) -> BaseResponse:
        """The numbers, asked for each second."""
        return polled("desk/supervise_part.html", self._numbers())

    def _numbers(self) -> dict[str, object]:
        here = self.now().astimezone(zone_of(actor().zone))
        midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
        return {"numbers": self.supervising.numbers(midnight)}

    @needs(Right.SUPERVISE)
    def reroute(self) -> BaseResponse:
        """Send a queue's callers to another queue."""
        queue, to, reason, written = (
            request.form.get(name, "") for name in ("queue", "to", "reason", "hours")
        )
        hours = row_number(written)
        if not 1 <= hours <= _MOST_HOURS:
            wrong = gettext("Write 1 to %(most)s hours.", most=_MOST_HOURS)
            return self._shown("reroute", Wrong({"hours": wrong}))
        wanted = RerouteWanted(queue, to, reason, end=self.now() + timedelta(hours=hours))
        return self._done(lambda: self.supervising.reroute(wanted, actor=actor()), "reroute")

    @needs(Right.SUPERVISE)
    def end_reroute(self, number: int) -> BaseResponse:
        """Let a queue's callers go to their own agents again."""
        return self._done(lambda: self.supervising.end_reroute(number, actor=actor()))

    @needs(Right.SUPERVISE)
    def skills(self, user: int) -> BaseResponse:
        """Say what an agent can take."""
        form = request.form
        skills = Skills(frozenset(form.getlist("department")), frozenset(form.getlist("language")))
        return self._done(lambda: self.supervising.set_skills(user, skills, actor=actor()))

    @needs(Right.SUPERVISE)
    def add_interpreter(self) -> BaseResponse:
        """Put an interpreter onto the list."""
        language, name, address = (request.form.get(each, "") for each in ("language", "name", "address"))
        return self._done(
            lambda: self.supervising.add_interpreter(language, name, address, actor=actor()), "interpreter"
        )

    @needs(Right.SUPERVISE)
    def remove_interpreter(self, interpreter: int) -> BaseResponse:
        """Take one off it."""
        return self._done(lambda: self.supervising.remove_interpreter(interpreter, actor=actor()))

    def _done(self, act: Callable[[], Wrong | None], form: str = "") -> BaseResponse:
        """Back to the page; or the page with the form that is wrong, as it was filled in."""
        try:
            wrong = act()
        except Fault as fault:
            if fault.code not in {FaultCode.CONFLICT, FaultCode.BAD_INPUT, FaultCode.NOT_FOUND}:
                raise
            wrong = Wrong({"": fault.sentence})
        if wrong is not None and form:
            return self._shown(form, wrong)
        if wrong is not None:
            told(" ".join(wrong.faults.values()), "warning")
        else:
            told(gettext("Done: it counts from now on."))
        return back(_PAGE, **{name: request.args[name] for name in _LISTS if name in request.args})


def blueprint(pages: SupervisePages) -> Blueprint:
    """The page and its forms."""
    routes = Blueprint("supervise", __name__, url_prefix="/desk/supervise")
    routes.add_url_rule("", "page", pages.page)
    routes.add_url_rule("/numbers", "news", pages.news)
    routes.add_url_rule("/reroutes", "reroute", pages.reroute, methods=["POST"])
    routes.add_url_rule("/reroutes/<int:number>/end", "end_reroute", pages.end_reroute, methods=["POST"])
    routes.add_url_rule("/agents/<int:user>/skills", "skills", pages.skills, methods=["POST"])
    routes.add_url_rule("/interpreters", "add_interpreter", pages.add_interpreter, methods=["POST"])
    path = "/interpreters/<int:interpreter>/remove"
    routes.add_url_rule(path, "remove_interpreter", pages.remove_interpreter, methods=["POST"])
    return routes


def _words(agent: Agent) -> list[str]:
    """What an agent is found by."""
    tongues = agent.skills.languages
    return [agent.name, agent.reach, *agent.skills.departments, *tongues, *map(language, tongues)]
