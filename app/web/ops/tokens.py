"""API tokens: made, shown once, revoked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right, Role, roles_within
from app.services.tokens import Made, Tokens
from app.services.wrong import Wrong
from app.web.pages import Pager, actor, back, gettext, gettext_noop, needs, show, told
from routing import zones

_BAD_DATE = gettext_noop("This is no date: write it as in 2027-01-31, or leave it empty.")


@dataclass(frozen=True, slots=True)
class TokenPages:
    """What the pages need."""

    tokens: Tokens
    now: Callable[[], datetime]


def blueprint(pages: TokenPages) -> Blueprint:
    """``/ops/tokens``: one's own, and everybody's for admins."""
    routes = Blueprint("tokens", __name__, url_prefix="/ops/tokens")

    @routes.get("")
    @needs(Right.SELF)
    def listed() -> Response:
        return _page(pages)

    @routes.post("")
    @needs(Right.SELF)
    def make() -> Response:
        outcome = _made(pages)
        if isinstance(outcome, Wrong):
            return _page(pages, wrong=outcome)
        # No redirect: the token would have to be kept somewhere to be shown on the page after it.
        return _page(pages, made=outcome)

    @routes.post("/<int:token>/revoke")
    @needs(Right.SELF)
    def revoke(token: int) -> BaseResponse:
        row = pages.tokens.revoke(token, actor=actor(), now=pages.now())
        told(gettext("The token %(name)s counts no more.", name=row.name))
        everybodys = {"all": "1"} if request.form.get("all") else {}
        return back("tokens.listed", **everybodys)

    return routes


def _made(pages: TokenPages) -> Made | Wrong:
    form, who = request.form, actor()
    role = next((role for role in Role if role.value == form.get("role")), None)
    try:
        expires_at = _end_of(form.get("expires", "").strip(), who.zone)
    except ValueError:
        return Wrong({"expires": gettext(_BAD_DATE)})
    if role is None:
        return Wrong({"role": gettext("Choose one of the roles.")})
    return pages.tokens.make(form.get("name", ""), role, expires_at, actor=who, now=pages.now())


def _end_of(day: str, zone: str) -> datetime | None:
    """The end of a day on the reader's clock; ValueError for what is no date."""
    if not day:
        return None
    try:
        following = date.fromisoformat(day) + timedelta(days=1)
    except OverflowError as error:
        raise ValueError(day) from error
    return datetime.combine(following, time(), zones.zone(zone))


def _page(pages: TokenPages, *, made: Made | None = None, wrong: Wrong | None = None) -> Response:
    who = actor()
    everybodys = request.args.get("all") == "1" and who.may(Right.ADMINISTER)
    pager = Pager.of(request.args, pages.tokens.count(who, everybodys=everybodys))
    rows = pages.tokens.listed(who, everybodys=everybodys, limit=pager.limit, offset=pager.offset)
    return show(
        "ops/tokens.html",
        status=422 if wrong else 200,
        who=who,
        rows=rows,
        pager=pager,
        everybodys=everybodys,
        roles=roles_within(who.rights),
        made=made,
        wrong=wrong.faults if wrong else {},
        form={} if made else request.form,
    )
