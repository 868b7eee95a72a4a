"""See: every country in one list, and a page for each with its lines, its week and what holds now."""

from collections.abc import Callable, Mapping
from datetime import datetime
from operator import itemgetter

from flask import Blueprint, Response, request

from app.access.model import Right
from app.services.countries import NOBODY, NONE, ONLINE, OWN, SHARED, Choices, Countries, Wanted
from app.services.country import CountryDesk
from app.web.code_words import code_words
from app.web.ops.week_picture import drawn
from app.web.pages import Pager, actor, needs, show
from routing import words
from routing.compiled import DEPARTMENTS

_LONGEST = 100  # letters of a search; what is beyond finds nothing anyway


def blueprint(countries: Countries, desk: CountryDesk, now: Callable[[], datetime]) -> Blueprint:
    """``/ops/countries`` and ``/ops/countries/KEY``."""
    pages = Blueprint("countries", __name__, url_prefix="/ops/countries")
    pages.add_app_template_filter(words.language, "spoken")
    pages.add_app_template_filter(countries.name, "country")
    pages.add_app_template_filter(code_words, "in_words")

    @pages.get("")
    @needs(Right.VIEW)
    def index() -> Response:
        at, choices = now(), countries.choices()
        wanted = _wanted(request.args, choices)
        found = countries.found(wanted, at)
        pager = Pager.of(request.args, len(found))
        return show(
            "ops/countries.html",
            rows=countries.rows(found[pager.offset : pager.offset + pager.limit], at),
            pager=pager,
            wanted=wanted,
            sections=[(name, name) for name in choices.sections],
            languages=sorted(((tag, words.language(tag)) for tag in choices.languages), key=itemgetter(1)),
        )

    @pages.get("/<key>")
    @needs(Right.VIEW)
    def country(key: str) -> Response:
        at = now()
        found = desk.country(key, at, actor().zone)
        pager = Pager.of(request.args, desk.count_calls(key, at), per_page=25)
        return show(
            "ops/country.html",
            country=found,
            calls=desk.calls(key, at, limit=pager.limit, offset=pager.offset),
            pager=pager,
            drawn=drawn,
        )

    return pages


def _wanted(args: Mapping[str, str], choices: Choices) -> Wanted:
    """What the list is asked for; a choice there is not leaves nothing out."""

    def one_of(name: str, known: tuple[str, ...]) -> str:
        return args[name] if args.get(name) in known else ""

    return Wanted(
        words=args.get("q", "")[:_LONGEST].strip(),
        section=one_of("section", choices.sections),
        open=one_of("open", (*DEPARTMENTS, NOBODY)),
        language=one_of("language", choices.languages),
        lines=one_of("lines", (OWN, SHARED, ONLINE, NONE)),
    )
