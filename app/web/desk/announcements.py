"""``/desk/announcements``: supervisors say something to callers. Closing desks is for publishers."""

from dataclasses import dataclass, replace

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.web.ops.closure_form import ClosureForm
from app.web.ops.closures import Closures, add, form
from app.web.pages import actor, back, gettext, needs, told

NEW = "/desk/announcements/new"


@dataclass(frozen=True, slots=True)
class Announcements:
    """The pages of closures, for those that close nothing."""

    closures: Closures

    @needs(Right.SUPERVISE)
    def new(self) -> Response:
        """The form."""
        empty = ClosureForm.empty(request.args, self.closures.languages)
        return form(self.closures, replace(empty, closes=False), action=NEW)

    @needs(Right.SUPERVISE)
    def add(self) -> BaseResponse:
        """The form with its preview or, once that was confirmed, what it says."""
        sent = ClosureForm.of(request.form, self.closures.languages)
        return add(self.closures, replace(sent, closes=False), action=NEW)

    @needs(Right.SUPERVISE)
    def end(self, number: int) -> BaseResponse:
        """End an announcement now."""
        shown = self.closures.closing.end(number, actor=actor(), now=self.closures.now())
        told(gettext("Ended: %(scope)s. Callers hear it no more within two seconds.", scope=shown.scope))
        return back("closures.listed")


def blueprint(pages: Announcements) -> Blueprint:
    """The form, and the end of what it made."""
    routes = Blueprint("announcements", __name__, url_prefix="/desk/announcements")
    routes.add_url_rule("/new", "new", pages.new)
    routes.add_url_rule("/new", "add", pages.add, methods=["POST"])
    routes.add_url_rule("/<int:number>/end", "end", pages.end, methods=["POST"])
    return routes
