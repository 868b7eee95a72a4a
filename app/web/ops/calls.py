"""Calls: found by what people know of them, and each told step by step with the reasons of every decision."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, request

from app.access.model import Right
from app.faults import Fault, FaultCode
from app.ports.records import Outcome
from app.ports.stories import SoughtCalls
from app.services.call_story import CallStories
from app.services.tables import Tables
from app.services.wall_clock import NoInstant, span
from app.verification.model import Level
from app.web.code_words import named
from app.web.pages import Pager, actor, gettext, needs, show
from routing.compiled import RoutingTable

LEVELS = tuple(level.name.lower() for level in Level)
_LONGEST = 200  # characters of a search that are looked at


@dataclass(frozen=True, slots=True)
class CallPages:
    """What the pages need."""

    stories: CallStories
    tables: Tables


def blueprint(pages: CallPages) -> Blueprint:
    """``/ops/calls`` and ``/ops/calls/ID``; of an id, as much as tells it from all others is enough."""
    routes = Blueprint("calls", __name__, url_prefix="/ops/calls")

    @routes.get("")
    @needs(Right.VIEW)
    def listed() -> Response:
        return _list(pages)

    @routes.get("/<call>")
    @needs(Right.VIEW)
    def one(call: str) -> Response:
        story = pages.stories.story(call)
        if story is None:
            raise Fault(FaultCode.NOT_FOUND, gettext("There is no such call."))
        return show("ops/calls/one.html", story=story, names=_names(pages.tables.current()))

    return routes


def _list(pages: CallPages) -> Response:
    sought, errors = _sought(request.args, actor().zone)
    pager = Pager.of(request.args, 0 if errors else pages.stories.count(sought))
    found = pages.stories.found(sought, limit=pager.limit, offset=pager.offset) if pager.total else []
    names = _names(pages.tables.current())
    return show(
        "ops/calls/list.html",
        status=422 if errors else 200,
        calls=found,
        pager=pager,
        errors=errors,
        asked=request.args,
        sought=sought,
        levels=[(level, named(level)) for level in LEVELS],
        outcomes=[outcome.value for outcome in Outcome],
        territories=sorted(names.items(), key=lambda pair: pair[1]),
        names=names,
    )


def _sought(args: Mapping[str, str], zone: str) -> tuple[SoughtCalls, dict[str, str]]:
    """What is sought, its day being one of the reader's clock, and what is wrong with it, by field.

    A choice that there is not leaves nothing out.
    """
    errors: dict[str, str] = {}
    since = until = None
    day, level, outcome = (args.get(name, "").strip() for name in ("day", "level", "outcome"))
    found = span(day, zone) if day else None
    if isinstance(found, NoInstant):
        errors["day"] = found.sentence
    elif found is not None:
        since, until = found
    return (
        SoughtCalls(
            text=args.get("q", "").strip()[:_LONGEST],
            since=since,
            until=until,
            level=level if level in LEVELS else "",
            outcome=next((one for one in Outcome if one.value == outcome), None),
            territory=args.get("territory", "").strip()[:_LONGEST],
        ),
        errors,
    )


def _names(table: RoutingTable) -> dict[str, str]:
    return {territory.key: territory.name for territory in table.document.territories}
