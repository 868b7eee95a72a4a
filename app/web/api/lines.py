"""``/api/v1/lines``: the public's numbers and hours as JSON, for everybody's programs and pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, request
from werkzeug.datastructures import MultiDict

from app.web.api.lines_json import entry, whole
from app.web.country_search import by_name, search
from app.web.lines import LONGEST_QUERY, PublicPages, cached
from app.web.pages import public
from app.web.words import ENGLISH

MOST = 250
USUAL = 50
FURTHEST = 100_000


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a request's arguments, by name."""

    fields: dict[str, str]


def blueprint(pages: PublicPages) -> Blueprint:
    """``GET /api/v1/lines`` and ``/api/v1/lines/<key>``; no token is needed, any origin may ask."""
    found = Blueprint("api_lines", __name__, url_prefix="/api/v1/lines")

    @found.get("")
    @public
    def listed() -> Response:
        return _listed(pages)

    @found.get("/<key>")
    @public
    def country(key: str) -> Response:
        return _country(pages, key)

    @found.after_request
    def for_any_origin(response: Response) -> Response:
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return found


def _listed(pages: PublicPages) -> Response:
    args = _arguments(request.args, {"q", "language", "limit", "offset"}, pages.page_words.languages)
    if isinstance(args, Wrong):
        return _refused(422, "bad_input", "This was not understood: see the fields.", args.fields)
    language, query = args.get("language", ENGLISH), args.get("q", "").strip()
    limit, offset = int(args.get("limit", USUAL)), int(args.get("offset", 0))
    every = pages.lines.listed(pages.now())
    chosen = search(every, query, pages.page_words.languages, language) if query else by_name(every, language)
    shown = [entry(one, language) for one in chosen[offset : offset + limit]]
    about = {"language": language, "total": len(chosen), "limit": limit, "offset": offset}
    return cached(jsonify({**about, "countries": shown}))


def _country(pages: PublicPages, key: str) -> Response:
    args = _arguments(request.args, {"language"}, pages.page_words.languages)
    if isinstance(args, Wrong):
        return _refused(422, "bad_input", "This was not understood: see the fields.", args.fields)
    country = pages.lines.country(key, pages.now())
    if country is None:
        return _refused(
            404, "not_found", "There is no country of this key; GET /api/v1/lines lists them.", {}
        )
    return cached(jsonify(whole(country, args.get("language", ENGLISH))))


def _arguments(
    given: MultiDict[str, str], known: set[str], languages: tuple[str, ...]
) -> dict[str, str] | Wrong:
    """The arguments, each given once and readable, or what is wrong with which of them."""
    faults = {name: f"Not known here; known are {', '.join(sorted(known))}." for name in given.keys() - known}
    for name in known & given.keys():
        values = given.getlist(name)
        sentence = "Give this once." if len(values) > 1 else _fault(name, values[0], languages)
        if sentence:
            faults[name] = sentence
    return Wrong(faults) if faults else given.to_dict()


def _fault(name: str, value: str, languages: tuple[str, ...]) -> str:
    match name:
        case "q":
            return "" if len(value) <= LONGEST_QUERY else f"At most {LONGEST_QUERY} characters."
        case "language":
            return "" if value in languages else f"One of {', '.join(languages)}."
        case "limit":
            return "" if _is_number(value, 1, MOST) else f"A whole number from 1 to {MOST}."
        case _:
            return "" if _is_number(value, 0, FURTHEST) else f"A whole number from 0 to {FURTHEST}."


def _is_number(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most


def _refused(status: int, code: str, sentence: str, fields: Mapping[str, str]) -> Response:
    response = jsonify({"error": {"code": code, "sentence": sentence, "fields": dict(fields)}})
    response.status_code = status
    return response
