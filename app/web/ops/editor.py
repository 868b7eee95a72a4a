"""What the editing pages of a draft share: who looks at which revision, what became of a form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Response
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.services.drafts import Draft, Stale, owns
from app.services.editing import At, Editing, InUse, Saved
from app.web.ops.draft_work import sent_revision
from app.web.pages import actor, back, gettext, show, told
from routing import words
from routing.desks import ANYWHERE

_NAMED = 3  # changes of one save that are told one by one


@dataclass(frozen=True, slots=True)
class Editor:
    """The use cases behind the pages, and the clock."""

    editing: Editing
    now: Callable[[], datetime]

    def at(self, draft: int) -> At:
        """Who sent this form, and at which revision they looked."""
        return At(draft, sent_revision(), actor(), self.now())

    def page(self, template: str, draft: Draft, *, status: int = 200, **values: object) -> Response:
        """A page about a draft: with its forms where the reader may change it, else to be read only."""
        who = actor()
        mine = draft.state == "open" and owns(who, draft) and who.may(Right.EDIT)
        return show(
            f"ops/edit/{template}",
            status=status,
            draft=draft,
            mine=mine,
            place_names={row.key: row.name for row in draft.document.territories}
            | {ANYWHERE: gettext("Everywhere")},
            language_name=words.language,
            **values,
        )

    def stale(self, found: Stale) -> Response:
        """The page for a change that nothing was typed for: what happened meanwhile, and the way back."""
        return self.page("stale.html", found.draft, status=409, steps=found.steps)

    def refused(self, found: InUse, draft: Draft, status: int = 409) -> Response:
        """The page that lists the rows by which something is still used."""
        return self.page("in_use.html", draft, status=status, used=found)

    def done(self, saved: Saved, endpoint: str, **where: object) -> BaseResponse:
        """Say what was saved, and go on."""
        if saved.told:
            told(_said(saved))
        else:
            told(gettext("Nothing differs from what the draft holds."), "info")
        return back(endpoint, draft=saved.draft.id, **where)


def _said(saved: Saved) -> str:
    what, more = "; ".join(saved.told[:_NAMED]), len(saved.told) - _NAMED
    if more > 0:
        return gettext(
            "Saved, revision %(revision)s: %(what)s (and %(more)s more).",
            revision=saved.draft.revision,
            what=what,
            more=more,
        )
    return gettext("Saved, revision %(revision)s: %(what)s.", revision=saved.draft.revision, what=what)
