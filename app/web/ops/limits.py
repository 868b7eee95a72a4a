"""Limits in force, and lifting one: asked by one person, agreed to by another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.services.lifting import LiftingDesk, Unclear
from app.web.pages import Pager, actor, back, gettext, gettext_noop, needs, show, told

_LISTED = "limits.listed"
_SAID = {
    "lifted": gettext_noop("The limit is lifted: it counts anew from now."),
    "over": gettext_noop("This limit was over by itself; nothing needed to be lifted."),
    "refused": gettext_noop("The wish is closed; the limit stays as it is."),
}


@dataclass(frozen=True, slots=True)
class LimitPages:
    """What the pages need."""

    lifting: LiftingDesk
    now: Callable[[], datetime]

    @needs(Right.VIEW)
    def listed(self) -> Response:
        """What is in force, what is asked for, what was decided."""
        return self._page({}, "", "")

    @needs(Right.PUBLISH)
    def ask(self) -> BaseResponse:
        """Wish that one were lifted."""
        kind, subject = request.form.get("kind", ""), request.form.get("subject", "")
        asked = self.lifting.ask(actor(), kind, subject, request.form.get("reason", ""), self.now())
        if isinstance(asked, Unclear):
            return self._page({(kind, subject): asked.sentence}, kind, subject)
        told(gettext("Somebody else with the right to publish has to agree now."), "info")
        return back(_LISTED)

    @needs(Right.PUBLISH)
    def agree(self, wish: int) -> BaseResponse:
        """Lift what somebody else asked for."""
        told(gettext(_SAID[self.lifting.agree(actor(), wish, self.now()).state]))
        return back(_LISTED)

    @needs(Right.PUBLISH)
    def refuse(self, wish: int) -> BaseResponse:
        """Close a wish, one's own or another's."""
        told(gettext(_SAID[self.lifting.refuse(actor(), wish, self.now()).state]), "info")
        return back(_LISTED)

    def _page(self, faults: Mapping[tuple[str, str], str], kind: str, subject: str) -> Response:
        found = self.lifting.in_force(self.now())
        pager = Pager.of(request.args, len(found))
        shown = found[pager.offset : pager.offset + pager.limit]
        if faults:
            shown = [one for one in found if (one.kind.value, one.subject) == (kind, subject)]
        return show(
            "ops/limits.html",
            status=422 if faults else 200,
            limits=shown,
            pager=pager,
            decided=self.lifting.decided(),
            faults=faults,
            reason=request.form.get("reason", ""),
        )


def blueprint(pages: LimitPages) -> Blueprint:
    """``/ops/limits``."""
    routes = Blueprint("limits", __name__, url_prefix="/ops/limits")
    routes.add_url_rule("", "listed", pages.listed)
    routes.add_url_rule("", "ask", pages.ask, methods=["POST"])
    routes.add_url_rule("/<int:wish>/agree", "agree", pages.agree, methods=["POST"])
    routes.add_url_rule("/<int:wish>/refuse", "refuse", pages.refuse, methods=["POST"])
    return routes
