"""What the pages about a whole draft share: the use cases, who may do what, what a form was about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Response, request

from app.access.model import Right
from app.services.draft_imports import DraftImports
from app.services.draft_publishing import DraftPublishing
from app.services.drafts import Draft, DraftDesk, Stale, owns
from app.services.table_desk import TableDesk
from app.web.pages import actor, show
from routing.remarks import Remark
from routing.sections import SECTIONS

_SECTION = {section.file: section.name for section in SECTIONS}


@dataclass(frozen=True, slots=True)
class DraftWork:
    """The use cases behind the pages, and the clock."""

    drafts: DraftDesk
    publishing: DraftPublishing
    imports: DraftImports
    tables: TableDesk
    now: Callable[[], datetime]

    def page(self, template: str, draft: Draft, *, status: int = 200, **values: object) -> Response:
        """A page about a draft: with its forms for those who may send them, else to be read only."""
        who = actor()
        mine = draft.state == "open" and owns(who, draft) and who.may(Right.EDIT)
        may_sign = draft.state == "open" and (mine or who.may(Right.PUBLISH))
        return show(
            f"ops/drafts/{template}", status=status, draft=draft, mine=mine, may_sign=may_sign, **values
        )

    def stale(self, found: Stale) -> Response:
        """The page for a form that was filled in on an older revision: what happened meanwhile."""
        return self.page("stale.html", found.draft, status=409, steps=found.steps)


def sent_revision() -> int:
    """The revision a form was filled in on; 0, which no draft has, for anything else."""
    text = request.form.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def section_of(remark: Remark) -> str:
    """The section a remark is about; empty where it is about none."""
    return _SECTION.get(remark.file, "")
