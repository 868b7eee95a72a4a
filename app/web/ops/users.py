"""Accounts, as admins keep them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right, Role
from app.faults import Fault, FaultCode
from app.services.accounts import AccountDesk
from app.services.wrong import Wrong
from app.web.code_words import role_words
from app.web.pages import Pager, actor, back, gettext, gettext_noop, needs, show, told

_ONE = "users.one"
_NO_ROLE = gettext_noop("Choose one of the roles.")


@dataclass(frozen=True, slots=True)
class UserPages:
    """What the pages need."""

    accounts: AccountDesk
    now: Callable[[], datetime]


def blueprint(pages: UserPages) -> Blueprint:
    """``/ops/users``: the list, a form for another account, and a page for each."""
    routes = Blueprint("users", __name__, url_prefix="/ops/users")
    routes.add_app_template_filter(role_words, "role_in_words")
    _lists(routes, pages)
    _changes(routes, pages)
    return routes


def _lists(routes: Blueprint, pages: UserPages) -> None:
    @routes.get("")
    @needs(Right.ADMINISTER)
    def listed() -> Response:
        text = request.args.get("q", "")
        pager = Pager.of(request.args, pages.accounts.count(text))
        found = pages.accounts.listed(text, limit=pager.limit, offset=pager.offset)
        return show("ops/users.html", users=found, pager=pager, q=text)

    @routes.get("/add")
    @needs(Right.ADMINISTER)
    def form() -> Response:
        return _form({})

    @routes.post("/add")
    @needs(Right.ADMINISTER)
    def add() -> BaseResponse:
        return _added(pages)

    @routes.get("/<int:user>")
    @needs(Right.ADMINISTER)
    def one(user: int) -> Response:
        return _one(pages, user)


def _changes(routes: Blueprint, pages: UserPages) -> None:
    @routes.post("/<int:user>/role")
    @needs(Right.ADMINISTER)
    def role(user: int) -> BaseResponse:
        return _role(pages, user)

    @routes.post("/<int:user>/<any(activate, deactivate):what>")
    @needs(Right.ADMINISTER)
    def active(user: int, what: str) -> BaseResponse:
        return _active(pages, user, active=what == "activate")

    @routes.post("/<int:user>/reset-code")
    @needs(Right.ADMINISTER)
    def reset_code(user: int) -> BaseResponse:
        pages.accounts.reset_code(user, actor=actor(), now=pages.now())
        told(gettext("The one-time codes are taken away; their owner can set up others after signing in."))
        return back(_ONE, user=user)

    @routes.post("/<int:user>/end-sessions")
    @needs(Right.ADMINISTER)
    def end_sessions(user: int) -> BaseResponse:
        pages.accounts.end_sessions(user, actor=actor(), now=pages.now())
        told(gettext("All sessions of this account are ended."))
        return back(_ONE, user=user)

    @routes.post("/<int:user>/lift-wait")
    @needs(Right.ADMINISTER)
    def lift_wait(user: int) -> BaseResponse:
        pages.accounts.lift_wait(user, actor=actor(), now=pages.now())
        told(gettext("Failed tries to sign in to this account are forgotten; it may be tried at once."))
        return back(_ONE, user=user)


def _added(pages: UserPages) -> BaseResponse:
    form, role = request.form, _role_of(request.form.get("role", ""))
    if role is None:
        return _form({"role": gettext(_NO_ROLE)})
    zone = form.get("zone", "").strip() or "UTC"
    added = pages.accounts.add(
        form.get("name", ""), form.get("password", ""), role, actor=actor(), now=pages.now(), zone=zone
    )
    if isinstance(added, Wrong):
        return _form(added.faults)
    told(
        gettext(
            "%(name)s may sign in as %(role)s. Tell them their password in private.",
            name=added.name,
            role=role_words(added.role),
        )
    )
    return back(_ONE, user=added.id)


def _role(pages: UserPages, user: int) -> BaseResponse:
    role = _role_of(request.form.get("role", ""))
    if role is None:
        return _one(pages, user, wrong=gettext(_NO_ROLE))
    try:
        pages.accounts.set_role(user, role, actor=actor(), now=pages.now())
    except Fault as fault:
        return _last_admin(pages, user, fault)
    words = role_words(role)
    told(gettext("The role is %(role)s now. Sessions of this account are ended.", role=words))
    return back(_ONE, user=user)


def _active(pages: UserPages, user: int, *, active: bool) -> BaseResponse:
    try:
        pages.accounts.set_active(user, active=active, actor=actor(), now=pages.now())
    except Fault as fault:
        return _last_admin(pages, user, fault)
    told(
        gettext("This account may sign in again.")
        if active
        else gettext("This account cannot sign in any more; its sessions and API tokens are ended.")
    )
    return back(_ONE, user=user)


def _role_of(text: str) -> Role | None:
    return next((role for role in Role if role.value == text), None)


def _last_admin(pages: UserPages, user: int, fault: Fault) -> Response:
    """What cannot be done to the last admin is said on the page it was tried on."""
    if fault.code is not FaultCode.CONFLICT:
        raise fault
    return _one(pages, user, wrong=fault.sentence, status=409)


def _form(wrong: object) -> Response:
    return show(
        "ops/users_add.html", status=422 if wrong else 200, wrong=wrong, form=request.form, roles=Role
    )


def _one(pages: UserPages, user: int, *, wrong: str = "", status: int = 422) -> Response:
    return show(
        "ops/users_one.html",
        status=status if wrong else 200,
        user=pages.accounts.get(user),
        sessions=pages.accounts.sessions_of(user, pages.now()),
        who=actor(),
        roles=Role,
        wrong=wrong,
    )
