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
from app.web.pages import actor, back, show, told
from routing import words
from routing.desks import ANYWHERE


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
            place_names={row.key: row.name for row in draft.document.territories} | {ANYWHERE: "Everywhere"},
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
            more = f" (and {len(saved.told) - 3} more)" if len(saved.told) > 3 else ""
            told(f"Saved, revision {saved.draft.revision}: {'; '.join(saved.told[:3])}{more}.")
        else:
            told("Nothing differs from what the draft holds.", "info")
        return back(endpoint, draft=saved.draft.id, **where)
