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
from app.web.desk.lists import Listed, again, found
from app.web.desk.polled import polled
from app.web.pages import actor, back, gettext, needs, row_number, show_with, told
from routing.words import language
from routing.zones import zone as zone_of

_PAGE = "supervise.page"
_LISTS = ("q", "page", "who", "interpreters")


@dataclass(frozen=True, slots=True)
class SupervisePages:
    """What the pages need."""

    supervising: Supervising
    now: Callable[[], datetime]

    @needs(Right.SUPERVISE)
    def page(self) -> Response:
        """Everything supervisors look at and change."""
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
        }
        return show_with("desk/supervise.html", values)

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
        form = request.form
        hours = row_number(form.get("hours", ""))
        end = self.now() + timedelta(hours=min(hours, 24)) if hours else None
        queue, to, reason = (form.get(name, "") for name in ("queue", "to", "reason"))
        wanted = RerouteWanted(queue, to, reason, end=end)
        return _done(lambda: self.supervising.reroute(wanted, actor=actor()))

    @needs(Right.SUPERVISE)
    def end_reroute(self, number: int) -> BaseResponse:
        """Let a queue's callers go to their own agents again."""
        return _done(lambda: self.supervising.end_reroute(number, actor=actor()))

    @needs(Right.SUPERVISE)
    def skills(self, user: int) -> BaseResponse:
        """Say what an agent can take."""
        form = request.form
        skills = Skills(frozenset(form.getlist("department")), frozenset(form.getlist("language")))
        return _done(lambda: self.supervising.set_skills(user, skills, actor=actor()))

    @needs(Right.SUPERVISE)
    def add_interpreter(self) -> BaseResponse:
        """Put an interpreter onto the list."""
        form = request.form
        return _done(
            lambda: self.supervising.add_interpreter(
                form.get("language", ""), form.get("name", ""), form.get("address", ""), actor=actor()
            )
        )

    @needs(Right.SUPERVISE)
    def remove_interpreter(self, interpreter: int) -> BaseResponse:
        """Take one off it."""
        return _done(lambda: self.supervising.remove_interpreter(interpreter, actor=actor()))


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


def _done(act: Callable[[], str]) -> BaseResponse:
    """Back to the page, with what was wrong or done."""
    try:
        wrong = act()
    except Fault as fault:
        if fault.code not in {FaultCode.CONFLICT, FaultCode.BAD_INPUT, FaultCode.NOT_FOUND}:
            raise
        wrong = fault.sentence
    if wrong:
        told(wrong, "warning")
    else:
        told(gettext("Done: it counts from now on."))
    return back(_PAGE, **{name: request.args[name] for name in _LISTS if name in request.args})


def _words(agent: Agent) -> list[str]:
    """What an agent is found by."""
    tongues = agent.skills.languages
    return [agent.name, agent.reach, *agent.skills.departments, *tongues, *map(language, tongues)]
