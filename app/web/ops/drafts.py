"""``/ops/drafts``: whose drafts there are, a new one, one at a glance, and what can be done with it."""

from dataclasses import dataclass
from typing import get_args
from urllib.parse import quote

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.ports.drafts import State
from app.services.drafts import Asked, Stale, title_fault
from app.web.ops.draft_work import DraftWork, sent_revision
from app.web.pages import Pager, actor, back, gettext, needs, show, told

_SHOWN = 8  # changes at a glance
_LONGEST = 200  # characters of a search that are looked for


@dataclass(frozen=True, slots=True)
class DraftPages:
    """The list, the form for a new one, and a draft's own page."""

    work: DraftWork

    @needs(Right.VIEW)
    def listed(self) -> Response:
        """Drafts, last changed first: one's own or everybody's, in one state or any, by words."""
        who, args = actor(), request.args
        mine = args.get("whose") == "mine"
        state = next((state for state in get_args(State) if state == args.get("state", "open")), None)
        text = args.get("q", "").strip()[:_LONGEST]
        wanted = Asked(who.user if mine else None, who.name, state, text)
        _, total = self.work.drafts.listed(wanted)
        pager = Pager.of(args, total)
        page = Asked(wanted.owner_id, wanted.owner, state, text, pager.limit, pager.offset)
        rows, _ = self.work.drafts.listed(page)
        return show(
            "ops/drafts/list.html", rows=rows, pager=pager, mine=mine, state=state or "any", text=text
        )

    @needs(Right.EDIT)
    def new(self) -> BaseResponse:
        """The form for a new draft; with ``country``, it goes on to that country's rows."""
        country = request.values.get("country", "")
        live = self.work.tables.published()
        name = next((row.name for row in live.territories if row.key == country), "")
        if request.method == "GET":
            return show("ops/drafts/new.html", title="", fault="", country=country if name else "", name=name)
        title = request.form.get("title", "")
        if fault := title_fault(title):
            return show(
                "ops/drafts/new.html", status=422, title=title, fault=fault, country=country, name=name
            )
        draft = self.work.drafts.open(actor(), title, self.work.now())
        told(
            gettext(
                "Your draft is open. Whatever you save stays in it; "
                "no call is touched before it is published."
            )
        )
        path = f"/ops/drafts/{draft.id}" + (f"/countries/{quote(country, safe='')}" if name else "")
        return redirect(path, 303)

    @needs(Right.VIEW)
    def one(self, draft: int, fault: str = "") -> Response:
        """A draft at a glance."""
        held = self.work.drafts.get(draft)
        changes = self.work.drafts.sentences(held) if held.state == "open" else []
        return self.work.page(
            "one.html",
            held,
            status=422 if fault else 200,
            title=request.form.get("title", held.title),
            fault=fault,
            changes=changes[:_SHOWN],
            more=max(0, len(changes) - _SHOWN),
            live=self.work.tables.store.latest(),
            steps=self.work.drafts.steps(draft, limit=20),
        )

    @needs(Right.EDIT)
    def rename(self, draft: int) -> BaseResponse:
        """Give it another title."""
        title = request.form.get("title", "")
        if fault := title_fault(title):
            return self.one(draft, fault)
        self.work.drafts.rename(draft, title, actor(), self.work.now())
        told(gettext("The draft has another title."))
        return back("drafts.one", draft=draft)

    @needs(Right.EDIT)
    def undo(self, draft: int) -> BaseResponse:
        """Take the last change back."""
        found = self.work.drafts.undo(draft, sent_revision(), actor(), self.work.now())
        if isinstance(found, Stale):
            return self.work.stale(found)
        told(gettext("Taken back, revision %(revision)s.", revision=found.revision))
        return back("drafts.one", draft=draft)

    @needs(Right.EDIT)
    def discard(self, draft: int) -> BaseResponse:
        """End it unpublished."""
        self.work.drafts.discard(draft, actor(), self.work.now())
        told(gettext("The draft is discarded. Nothing of it went live."))
        return back("drafts.listed")


def blueprint(work: DraftWork) -> Blueprint:
    """The list of drafts, and each draft's first page."""
    pages, views = Blueprint("drafts", __name__, url_prefix="/ops/drafts"), DraftPages(work)
    pages.add_url_rule("", "listed", views.listed)
    pages.add_url_rule("/new", "new", views.new, methods=["GET", "POST"])
    pages.add_url_rule("/<int:draft>", "one", views.one)
    for name in ("rename", "undo", "discard"):
        pages.add_url_rule(f"/<int:draft>/{name}", name, getattr(views, name), methods=["POST"])
    return pages
