"""One's own one-time codes: setting them up, renewing them, taking them away."""

from flask import Blueprint, Response, request
from segno import make_qr
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.services.own_account import Enrolment
from app.services.wrong import Wrong
from app.web.ops.account import AccountPages
from app.web.pages import actor, back, gettext, needs, show, told

_PAGE = "account_code.page"


def blueprint(pages: AccountPages) -> Blueprint:
    """``/ops/account/code`` and what its forms send."""
    routes = Blueprint("account_code", __name__, url_prefix="/ops/account/code")

    @routes.get("")
    @needs(Right.SELF)
    def page() -> Response:
        return _page(pages)

    @routes.post("")
    @needs(Right.SELF)
    def begin() -> BaseResponse:
        wrong = pages.own.begin_code(_given("password"), actor=actor(), now=pages.now())
        return _page(pages, wrong) if wrong else back(_PAGE)

    @routes.post("/confirm")
    @needs(Right.SELF)
    def confirm() -> BaseResponse:
        wrong = pages.own.confirm_code(_given("code"), actor=actor(), now=pages.now())
        if wrong is not None:
            return _page(pages, wrong)
        told(
            gettext(
                "One-time codes are set up. This session counts as signed in with one; all others are ended."
            )
        )
        return back("account.account")

    @routes.post("/remove")
    @needs(Right.SELF)
    def remove() -> BaseResponse:
        wrong = pages.own.remove_code(_given("remove_password"), actor=actor(), now=pages.now())
        if wrong is not None:
            return _page(pages, Wrong({f"remove_{field}": text for field, text in wrong.faults.items()}))
        told(
            gettext(
                "One-time codes are taken away. Publishing and supervising need them: set up others for that."
            ),
            "warning",
        )
        return back("account.account")

    return routes


def _given(field: str) -> str:
    return request.form.get(field, "")


def _page(pages: AccountPages, wrong: Wrong | None = None) -> Response:
    pending = pages.own.pending(actor())
    return show(
        "ops/account_code.html",
        status=422 if wrong else 200,
        has_code=pages.own.has_code(actor()),
        seed=_in_fours(pending) if pending else "",
        picture=_picture(pending) if pending else "",
        wrong=wrong.faults if wrong else {},
    )


def _in_fours(pending: Enrolment) -> str:
    """The seed for typing."""
    return " ".join(pending.seed[at : at + 4] for at in range(0, len(pending.seed), 4))


def _picture(pending: Enrolment) -> str:
    """The address as a QR code, an SVG in a ``data:`` address; its margin is part of the standard."""
    return make_qr(pending.address, error="m").svg_data_uri(scale=5, border=4, light="white")
