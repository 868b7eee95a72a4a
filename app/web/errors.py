"""What people meet when a page cannot be shown: one plain sentence, and nothing about the inside."""

from flask import Blueprint, Response
from markupsafe import escape
from werkzeug.exceptions import HTTPException, InternalServerError

_SENTENCES = {
    400: "This request could not be understood.",
    403: "This is not for you to see.",
    404: "There is nothing at this address.",
    405: "This address does not take requests of this kind.",
    413: "This request is too large.",
    429: "Too many requests; please wait a moment.",
    500: "Something went wrong on our side. It was noted, and nothing you did is lost.",
    503: "This service is not available at the moment; please try again shortly.",
}
_ELSE = "This request could not be answered."


def error_pages() -> Blueprint:
    """Error pages for every route that has none of its own; a blueprint's own handlers come before these.

    An exception nobody expected is logged by Flask and shown as status 500 without a word about it.
    """
    blueprint = Blueprint("errors", __name__)
    blueprint.app_errorhandler(HTTPException)(_page)
    blueprint.app_errorhandler(InternalServerError)(_page)
    return blueprint


def _page(error: HTTPException) -> Response:
    """The page of an error, with the headers it needs (``Allow``, ``Retry-After``)."""
    status = error.code or 500
    sentence = escape(_SENTENCES.get(status, _ELSE))
    page = (
        f"<!doctype html>\n<html lang=en><meta charset=utf-8><title>{status}</title>\n<p>{sentence}</html>\n"
    )
    response = Response(page, status=status, mimetype="text/html")
    kept = {"allow", "retry-after", "www-authenticate", "location"}
    for name, value in error.get_headers():
        if name.lower() in kept:
            response.headers[name] = value
    return response
