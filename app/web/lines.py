"""Find your number: public, the same for everybody who reads the same language, and kept by caches."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.faults import Fault
from app.services.lines import Lines, Listed, text_of
from app.services.offers import DepartmentHours
from app.telephony.words import Words
from app.web.country_search import by_name, search, spellings
from app.web.pages import public
from app.web.public_words import PublicWords
from app.web.reader import Reader
from app.web.week_table import WeekTable, week_table
from app.web.words import PageWords

R = TypeVar("R", bound=BaseResponse)

FOR_A_MINUTE = "public, max-age=60"
LONGEST_QUERY = 100


@dataclass(frozen=True, slots=True)
class PublicPages:
    """What the public pages are made from."""

    lines: Lines
    words: Words  # the calls' words for facts
    page_words: PageWords
    now: Callable[[], datetime]


def blueprint(pages: PublicPages) -> Blueprint:
    """``GET /lines`` and ``/lines/<key>``: no cookie is set or read, nothing is written down."""
    found = Blueprint("lines", __name__, url_prefix="/lines")

    @found.get("", strict_slashes=False)
    @public
    def index() -> Response:
        return _index(pages, _reader(pages))

    @found.get("/<key>")
    @public
    def country(key: str) -> BaseResponse:
        return _country(pages, _reader(pages), key)

    found.register_error_handler(Fault, lambda _: _away(pages))
    return found


def cached(response: R) -> R:
    """Let caches keep an answer for a minute, and ask with its ETag whether it still holds."""
    response.headers["Cache-Control"] = FOR_A_MINUTE
    if response.status_code == 200:
        response.add_etag()
        response.make_conditional(request)
    return response


def _index(pages: PublicPages, reader: Reader) -> Response:
    listed = pages.lines.listed(pages.now())
    query = request.args.get("q", "")[:LONGEST_QUERY].strip()
    found = search(listed, query, pages.page_words.languages, reader.language) if query else []
    return _page(
        pages,
        reader,
        "lines/index.html",
        query=query,
        found=found,
        likely=[one for one in listed if reader.region and one.territory.country_code == reader.region],
        sections=_sections(listed, reader.language),
        spellings=lambda listed: " ".join(spellings(listed.territory, pages.page_words.languages)),
    )


def _country(pages: PublicPages, reader: Reader, key: str) -> BaseResponse:
    country = pages.lines.country(key, pages.now())
    if country is None:
        return _page(pages, reader, "lines/missing.html", status=404)
    if country.territory.key != key:
        return cached(redirect(url_for("lines.country", key=country.territory.key, **_arguments())))
    today = country.at.astimezone(country.clock).date()
    monday = today - timedelta(days=today.weekday())

    def table(department: DepartmentHours) -> WeekTable:
        return week_table(department, monday, today)

    return _page(
        pages,
        reader,
        "lines/country.html",
        status=422 if reader.zone_is_unknown else 200,
        country=country,
        territories=pages.lines.territories(),
        week_table=table,
        text_of=lambda row: text_of(row, reader.language),
    )


def _away(pages: PublicPages) -> Response:
    """There is no table to show numbers from, which only a new installation meets."""
    response = _page(pages, _reader(pages), "lines/away.html", status=503)
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(
    pages: PublicPages, reader: Reader, template: str, *, status: int = 200, **values: object
) -> Response:
    text = render_template(
        template,
        reader=reader,
        say=PublicWords.of(pages.words, reader),
        languages=pages.page_words.languages,
        here=lambda **changes: url_for(str(request.endpoint), **_here(changes)),
        **values,
    )
    response = make_response(text, status)
    response.headers["Content-Language"] = reader.language
    response.vary.add("Accept-Language")
    return cached(response)


def _reader(pages: PublicPages) -> Reader:
    reader = Reader.of(request.args, request.headers.get("Accept-Language"), pages.page_words)
    g.language = reader.language  # the templates' words go by it
    return reader


def _arguments() -> dict[str, Any]:
    return {name: request.args[name] for name in ("lang", "zone") if name in request.args}


def _here(changes: Mapping[str, str]) -> dict[str, Any]:
    """This page's address with some arguments changed."""
    query = {"q": request.args["q"]} if "q" in request.args else {}
    return {**(request.view_args or {}), **query, **_arguments(), **changes}


def _sections(listed: Iterable[Listed], language: str) -> dict[str, list[Listed]]:
    """The countries under their parts of the world, in the table's order, by name within each."""
    found: dict[str, list[Listed]] = {}
    for one in by_name(listed, language):
        found.setdefault(one.territory.section, []).append(one)
    order = dict.fromkeys(one.territory.section for one in listed)
    return {section: found[section] for section in order}
