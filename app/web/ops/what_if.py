"""What if: try a call against the live table, a version or a draft. A link holds the whole question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, request, url_for

from app.access.model import Right
from app.ports.drafts import Asked as Listed
from app.ports.drafts import DraftRow
from app.services.drafts import DraftDesk
from app.services.tables import Tables
from app.services.what_if import LIVE, Answer, Asked, Row, WhatIf
from app.services.what_if_form import FIELDS, LEVELS, read
from app.services.wrong import Wrong
from app.web.code_words import named
from app.web.pages import actor, gettext, needs, show
from routing import words
from routing.compiled import DEPARTMENTS, RoutingTable
from routing.zones import zone as zone_of

_VERSIONS = 20  # offered; any other can stand in the link
_DRAFTS = 50


@dataclass(frozen=True, slots=True)
class WhatIfPages:
    """What the page is made from."""

    what_if: WhatIf
    tables: Tables
    drafts: DraftDesk
    now: Callable[[], datetime]

    def page(self) -> Response:
        """The form, and the answer once something was asked."""
        fields = _fields()
        tried = bool(fields["dnis"].strip() or fields["territory"].strip() or "press" in request.args)
        asked = read(fields, self.now(), actor().zone) if tried else None
        answer = self.what_if.answer(asked) if isinstance(asked, Asked) else None
        return show(
            "ops/what_if.html",
            status=422 if isinstance(asked, Wrong) else 200,
            values=_values(asked, self.now()),
            faults=asked.faults if isinstance(asked, Wrong) else {},
            asked=asked if isinstance(asked, Asked) else None,
            answer=answer,
            links=_links(asked, answer),
            choices=self._choices(),
        )

    def _choices(self) -> dict[str, list[tuple[str, str]]]:
        table = self.tables.current()
        return {
            name: _with_asked(offered, _fields()[name])
            for name, offered in {**_of_table(table), "against": self._against(table.version)}.items()
        }

    def _against(self, live: int) -> list[tuple[str, str]]:
        """Live, the latest versions, the open drafts."""
        found: Sequence[DraftRow]
        found, _ = self.drafts.listed(Listed(state="open", limit=_DRAFTS))
        offered = [(LIVE, gettext("live: version %(n)s", n=live))]
        offered += [
            (f"version-{number}", gettext("version %(n)s", n=number))
            for number in range(live - 1, max(live - 1 - _VERSIONS, 0), -1)
        ]
        offered += [(f"draft-{row.id}", _draft_words(row)) for row in found]
        return offered


def blueprint(pages: WhatIfPages) -> Blueprint:
    """``/ops/what-if``."""
    made = Blueprint("what_if", __name__)

    @made.get("/ops/what-if")
    @needs(Right.VIEW)
    def index() -> Response:
        return pages.page()

    return made


def _fields() -> dict[str, str]:
    """The form's fields as the link gives them; ``draft=3`` is short for ``against=draft-3``."""
    fields = {name: request.args.get(name, "") for name in FIELDS}
    draft = request.args.get("draft", "")
    fields["against"] = fields["against"] or (f"draft-{draft}" if draft else LIVE)
    return fields


def _values(asked: Asked | Wrong | None, now: datetime) -> dict[str, str]:
    """The form's fields as they were written; day and time as they were meant."""
    values = _fields()
    values["zone"] = values["zone"] or actor().zone
    if not isinstance(asked, Wrong):
        at = (asked.at if asked else now).astimezone(zone_of(asked.zone if asked else actor().zone))
        values |= {"day": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}"}
    return values


def _draft_words(row: DraftRow) -> str:
    return gettext("draft %(n)s: %(title)s (%(owner)s)", n=row.id, title=row.title, owner=row.owner)


def _of_table(table: RoutingTable) -> dict[str, list[tuple[str, str]]]:
    document = table.document
    languages = {row.language: words.language(row.language) for row in document.coverage}
    clouds = {row.cloud for row in document.coverage} | {row.cloud for row in document.lines}
    variants = {row.variant for row in document.coverage} | {row.variant for row in document.lines}
    return {
        "territory": sorted(((row.key, row.name) for row in document.territories), key=lambda pair: pair[1]),
        "department": [(name, named(name)) for name in DEPARTMENTS],
        "language": sorted(languages.items(), key=lambda pair: pair[1]),
        "cloud": [(name, name) for name in sorted(clouds) if name],
        "variant": [(name, name) for name in sorted(variants) if name],
        "level": [(name, named(name)) for name in LEVELS],
    }


def _with_asked(offered: list[tuple[str, str]], asked: str) -> list[tuple[str, str]]:
    """The choices, with the one the link names where it is another: an older version has other rows."""
    known = not asked or asked in dict(offered)
    return offered if known else [*offered, (asked, asked[:60].replace("-", " "))]


def _links(asked: Asked | Wrong | None, answer: Answer | None) -> list[tuple[Row, str]]:
    """The rows that decided, each with the page it can be looked at."""
    if answer is None or not isinstance(asked, Asked):
        return []
    return [(row, _link(asked, row)) for row in answer.told.rows]


def _link(asked: Asked, row: Row) -> str:
    if asked.is_draft:
        return url_for("edit.row", draft=asked.number, section=row.section, key=row.key)
    return url_for("countries.country", key=row.territory) if row.territory else ""
