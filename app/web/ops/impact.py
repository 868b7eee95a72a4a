"""Impact: which of the last days' calls a draft would take elsewhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from flask import Blueprint, Response, request, url_for

from app.access.model import Right
from app.ports.drafts import Draft
from app.services.drafts import DraftDesk
from app.services.impact import Impact, Impacts, Moved, Way
from app.services.tables import Tables
from app.web.csv_file import csv_file
from app.web.pages import Pager, actor, needs, show
from routing.compiled import RoutingTable
from routing.decide import Decision
from routing.zones import zone as zone_of

_HEAD = (
    "call,started_at,tried_at,week,more_instants,dialled,caller,country,department,language,way,"
    "before,before_queue,before_language,before_opens,after,after_queue,after_language,after_opens"
)


@dataclass(frozen=True, slots=True)
class ImpactPages:
    """What the pages are made from."""

    impacts: Impacts
    drafts: DraftDesk
    tables: Tables
    now: Callable[[], datetime]

    def found(self, number: int) -> tuple[Draft, RoutingTable, Impact]:
        """The draft, the live table, and what the one would do to the calls of the other."""
        draft, live = self.drafts.get(number), self.tables.current()
        return draft, live, self.impacts.of(live, draft.document, self.now())

    def page(self, number: int) -> Response:
        """Sums on top, then the calls, of one way and country if asked for."""
        draft, live, impact = self.found(number)
        moved = tuple(one for one in impact.moved if _wanted(one))
        pager = Pager.of(request.args, len(moved))
        return show(
            "ops/impact.html",
            draft=draft,
            live=live.version,
            impact=impact,
            pager=pager,
            rows=moved[pager.offset : pager.offset + pager.limit],
            names={row.key: row.name for row in live.document.territories},
            filtered=bool(request.args.get("way")),
            trial=partial(_trial, number, actor().zone),
        )


def blueprint(pages: ImpactPages) -> Blueprint:
    """``/ops/drafts/<draft>/impact`` and its CSV file."""
    made = Blueprint("impact", __name__)

    @made.get("/ops/drafts/<int:draft>/impact")
    @needs(Right.VIEW)
    def index(draft: int) -> Response:
        return pages.page(draft)

    @made.get("/ops/drafts/<int:draft>/impact.csv")
    @needs(Right.VIEW)
    def file(draft: int) -> Response:
        _, _, impact = pages.found(draft)
        return csv_file(f"impact-of-draft-{draft}.csv", _cells(impact))

    return made


def _wanted(one: Moved) -> bool:
    """Whether a call is among those the link asks for: a line of the sums."""
    asked = request.args
    if asked.get("way") not in set(Way):
        return True
    own = one.way.value, one.call.territory, one.call.asked_department
    return own == (asked["way"], asked.get("country", ""), asked.get("department", ""))


def _trial(number: int, zone: str, one: Moved) -> str:
    """The page that tells why a call would go elsewhere."""
    call, local = one.call, one.at.astimezone(zone_of(zone))
    return url_for(
        "what_if.index",
        dnis=call.dnis,
        ani=call.ani or "",
        territory=call.territory,
        department=call.asked_department,
        language=call.asked_language,
        day=f"{local:%Y-%m-%d}",
        time=f"{local:%H:%M}",
        zone=zone,
        against=f"draft-{number}",
    )


def _cells(impact: Impact) -> Iterator[list[str]]:
    yield _HEAD.split(",")
    for one in impact.moved:
        call = one.call
        yield [
            call.call_id,
            call.started_at.isoformat(),
            one.at.isoformat(),
            one.week.isoformat() if one.week else "",
            str(one.more),
            call.dnis,
            call.ani or "",
            call.territory,
            call.asked_department,
            call.asked_language,
            one.way.value,
            *_end(one.before),
            *_end(one.after),
        ]


def _end(decision: Decision) -> list[str]:
    opens = decision.next_opening.isoformat() if decision.next_opening else ""
    return [decision.kind.value, decision.queue if decision.open else "", decision.language, opens]
