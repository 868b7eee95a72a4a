"""What people and programs meet when a page cannot be shown: one plain sentence, nothing about the inside."""

from collections.abc import Callable, Sequence
from types import MappingProxyType

from flask import Blueprint, Response, g, jsonify, request
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from werkzeug.exceptions import HTTPException, InternalServerError

from app.access.model import STRONG, Right
from app.faults import Fault, FaultCode
from app.web.code_words import role_words
from app.web.pages.access import DESKS, known_actor
from app.web.pages.frame import show
from app.web.pages.words import gettext, gettext_noop

_SENTENCES = {
    400: gettext_noop("This request could not be understood."),
    401: gettext_noop("Sign in first: an API token in the header Authorization, as in Bearer cg_..."),
    403: gettext_noop("This is not for you to see."),
    404: gettext_noop("There is nothing at this address."),
    405: gettext_noop("This address does not take requests of this kind."),
    413: gettext_noop("This request is too large."),
    415: gettext_noop("This address does not take content of this type."),
    429: gettext_noop("Too many requests; please wait a moment."),
    500: gettext_noop("Something went wrong on our side. It was noted, and nothing you did is lost."),
    503: gettext_noop("This service is not available at the moment; please try again shortly."),
}
_ELSE = gettext_noop("This request could not be answered.")
_FORM = gettext_noop(
    "This form was open too long, or did not come from this desk. Go back, reload the page and send it again."
)
_AWAY = gettext_noop(
    "The database is away at the moment, so that nothing can be shown or changed here. Calls go on."
)
_STATUS = MappingProxyType(
    {
        FaultCode.LEDGER_AWAY: 503,
        FaultCode.STORE_AWAY: 503,
        FaultCode.NO_TABLE: 404,
        FaultCode.NO_SUCH_VERSION: 404,
        FaultCode.NO_SUCH_DRAFT: 404,
        FaultCode.NOT_FOUND: 404,
        FaultCode.NOT_YOURS: 403,
        FaultCode.CONFLICT: 409,
        FaultCode.TOO_LARGE: 413,
        FaultCode.BAD_INPUT: 422,
    }
)
_CODES = MappingProxyType({401: "unauthorised", 403: "forbidden", 404: "not_found", 422: "bad_input"})
_TITLES = MappingProxyType(
    {
        403: gettext_noop("Not for your role"),
        404: gettext_noop("Not found"),
        409: gettext_noop("Somebody was first"),
        503: gettext_noop("Away at the moment"),
    }
)
_NOT_DONE = gettext_noop("Not done")
_KEPT = frozenset({"allow", "retry-after", "www-authenticate", "location"})
_WHO = MappingProxyType(
    {
        Right.SELF: gettext_noop("Everybody with an account may do this."),
        Right.VIEW: gettext_noop("Viewers, editors, publishers, supervisors and admins may do this."),
        Right.EDIT: gettext_noop("Editors, publishers and admins may do this."),
        Right.PUBLISH: gettext_noop("Publishers and admins may do this."),
        Right.ADMINISTER: gettext_noop("Admins may do this."),
        Right.HANDLE: gettext_noop("Agents, supervisors and admins may do this."),
        Right.SUPERVISE: gettext_noop("Supervisors and admins may do this."),
    }
)


#: Names of people whose role includes a right.
WhoCan = Callable[[Right], Sequence[str]]


def error_pages(who_can: WhoCan = lambda _: ()) -> Blueprint:
    """Error pages for every route that has none of its own; a blueprint's own handlers come before these.

    An exception nobody expected is logged by Flask and shown as status 500 without a word about it.
    ``who_can`` names whom to ask where a role does not suffice.
    """
    blueprint = Blueprint("errors", __name__)

    @blueprint.app_errorhandler(403)
    def refused(_: HTTPException) -> Response:
        return _shown(403, _why_refused(who_can), _CODES[403])

    blueprint.app_errorhandler(HTTPException)(_page)
    blueprint.app_errorhandler(InternalServerError)(_page)
    blueprint.app_errorhandler(Fault)(_faulty)
    return blueprint


def _faulty(fault: Fault) -> Response:
    """A fault of a desk: its own sentence, but for a store that is away."""
    status = _STATUS.get(fault.code, 500)
    ours = {500: _SENTENCES[500], 503: _AWAY}.get(status)
    sentence = gettext(ours) if ours else fault.sentence
    response = _shown(status, sentence, fault.code.value)
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response


def _page(error: HTTPException) -> Response:
    """The page of an error, with the headers it needs (``Allow``, ``Retry-After``)."""
    status = error.code or 500
    sentence = _FORM if isinstance(error, CSRFError) else _SENTENCES.get(status, _ELSE)
    response = _shown(status, gettext(sentence), _CODES.get(status, f"status_{status}"))
    for name, value in error.get_headers():
        if name.lower() in _KEPT:
            response.headers[name] = value
    return response


def _shown(status: int, sentence: str, code: str) -> Response:
    """JSON for programs, a page in the desk's frame for its people, a bare page for everybody else."""
    if request.path.startswith("/api/"):
        response = jsonify({"error": {"code": code, "sentence": sentence, "fields": {}}})
        response.status_code = status
        return response
    if request.path.startswith(DESKS) and known_actor() is not None and status != 503:
        return show("ops/error.html", status=status, title=_title(status), sentence=sentence)
    title = escape(gettext(_TITLES.get(status, "") or str(status)))
    head = f"<!doctype html>\n<html lang=en><meta charset=utf-8><title>{title}</title>"
    page = f"{head}\n<h1>{title}</h1>\n<p>{escape(sentence)}</html>\n"
    return Response(page, status=status, mimetype="text/html")


def _title(status: int) -> str:
    return gettext(_TITLES.get(status, _NOT_DONE))


def _why_refused(who_can: WhoCan) -> str:
    """A refusal for want of a right says who has it, or what is missing where it is only the code."""
    right, who = g.get("right"), known_actor()
    if right is None or who is None or who.may(right):
        return gettext(_SENTENCES[403])
    if who.has_role_for(right) and right in STRONG:
        return gettext("This needs a one-time code: set one up under your account, or sign in again with it.")
    names = ", ".join(who_can(right))
    role = gettext("Your role (%(role)s) does not include this.", role=role_words(who.role_without(right)))
    sentences = [role, gettext(_WHO[right])]
    return " ".join([*sentences, *([gettext("Ask %(names)s.", names=names)] if names else [])])
