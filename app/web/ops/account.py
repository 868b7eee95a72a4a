"""One's own account: password, clock, sessions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.services.own_account import OwnAccount
from app.services.wrong import Wrong
from app.web.pages import actor, back, gettext, needs, ngettext, show, told
from routing import zones

_PAGE = "account.account"


@dataclass(frozen=True, slots=True)
class AccountPages:
    """What the pages need."""

    own: OwnAccount
    now: Callable[[], datetime]


def blueprint(pages: AccountPages) -> Blueprint:
    """``/ops/account`` and what its forms send."""
    routes = Blueprint("account", __name__, url_prefix="/ops/account")

    @routes.get("")
    @needs(Right.SELF)
    def account() -> Response:
        return _page(pages)

    @routes.post("/password")
    @needs(Right.SELF)
    def password() -> BaseResponse:
        return _password(pages)

    @routes.post("/clock")
    @needs(Right.SELF)
    def clock() -> BaseResponse:
        zone = request.form.get("zone", "").strip()
        wrong = pages.own.set_zone(zone, actor=actor(), now=pages.now())
        if wrong is not None:
            return _page(pages, wrong)
        told(gettext("Instants are shown on the clock of %(zone)s.", zone=zone))
        return back(_PAGE)

    @routes.post("/sessions/<int:session>/end")
    @needs(Right.SELF)
    def end(session: int) -> BaseResponse:
        pages.own.end_session(session, actor=actor(), now=pages.now())
        told(gettext("The session is ended."))
        return back(_PAGE)

    @routes.post("/sessions/end-others")
    @needs(Right.SELF)
    def end_others() -> BaseResponse:
        ended = pages.own.end_others(actor=actor(), now=pages.now())
        told(ngettext("%(num)s other session is ended.", "%(num)s other sessions are ended.", ended))
        return back(_PAGE)

    return routes


def _password(pages: AccountPages) -> BaseResponse:
    present, new, again = (request.form.get(field, "") for field in ("password", "new", "again"))
    wrong = pages.own.change_password(present, new, again, actor=actor(), now=pages.now())
    if wrong is not None:
        return _page(pages, wrong)
    told(gettext("The password is changed. All other sessions are ended."))
    return back(_PAGE)


def _page(pages: AccountPages, wrong: Wrong | None = None) -> Response:
    who = actor()
    return show(
        "ops/account.html",
        status=422 if wrong else 200,
        who=who,
        has_code=pages.own.has_code(who),
        sessions=pages.own.listed(who, pages.now()),
        zone=request.form.get("zone", who.zone),
        zones=sorted(zones.names()),
        wrong=wrong.faults if wrong else {},
    )
