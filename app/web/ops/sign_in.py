"""Signing in and out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import RIGHTS
from app.services.sample_accounts import SampleSignIn
from app.services.sign_in import Denied, SignIn
from app.web.pages import end_session, gettext, public, show, start_session, told
from app.web.pages.access import first_page

_OWN = re.compile(r"/(?:ops|desk)(?:[/?][\x21-\x7e]*)?")


@dataclass(frozen=True, slots=True)
class SignInPages:
    """What the pages need."""

    sign_in: SignIn
    samples: Callable[[], tuple[SampleSignIn, ...]]  # none in production
    now: Callable[[], datetime]


def blueprint(pages: SignInPages) -> Blueprint:
    """``/ops/sign-in`` and ``/ops/sign-out``."""
    routes = Blueprint("sign_in", __name__, url_prefix="/ops")

    @routes.get("/sign-in")
    @public
    def sign_in() -> Response:
        return _form(pages)

    @routes.post("/sign-in")
    @public
    def submit() -> BaseResponse:
        return _submitted(pages)

    @routes.post("/sign-out")
    @public
    def sign_out() -> BaseResponse:
        pages.sign_in.sign_out(end_session(), pages.now(), request.remote_addr or "")
        told(gettext("You are signed out."))
        return redirect(url_for("sign_in.sign_in"), 303)

    return routes


def _form(pages: SignInPages, wrong: str = "", status: int = 200) -> Response:
    return show(
        "ops/sign_in.html",
        status=status,
        name=request.form.get("name", ""),
        next=own_path(request.values.get("next", "")),
        wrong=wrong,
        samples=pages.samples(),
    )


def _submitted(pages: SignInPages) -> BaseResponse:
    form, where = request.form, request.remote_addr or ""
    name, password, code = (form.get(field, "") for field in ("name", "password", "code"))
    outcome = pages.sign_in.sign_in(name, password, code, where, pages.now(), request.user_agent.string)
    if isinstance(outcome, Denied):
        answer = _form(pages, outcome.sentence, status=429 if outcome.wait else 422)
        if outcome.wait:
            answer.headers["Retry-After"] = str(outcome.wait)
        return answer
    before = end_session()
    if before:  # whoever was signed in here is not any more
        pages.sign_in.sign_out(before, pages.now(), where)
    start_session(outcome.token)
    there = own_path(form.get("next", "")) or first_page(RIGHTS[outcome.user.role])
    return redirect(there, 303)


def own_path(there: str) -> str:
    """A path of the desks' own; "" for anything else that a link may have brought along."""
    return there if _OWN.fullmatch(there) and "\\" not in there else ""
