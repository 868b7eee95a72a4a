"""A draft on its way to be live: its check, the rows to settle, what it changes, and the button."""

from dataclasses import dataclass

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.services.draft_publishing import CarriedOver, Checked, Warned
from app.services.drafts import Draft, Stale
from app.services.publishing import Meanwhile, Published, Refused, SecondNeeded, Unsettled, Unsigned
from app.web.ops.draft_work import DraftWork, section_of, sent_revision
from app.web.pages import Pager, actor, back, gettext, needs, ngettext, told
from routing import diff
from routing.remarks import Remark


@dataclass(frozen=True, slots=True)
class Said:
    """One remark on the check page: an error, or a warning with what became of it."""

    remark: Remark
    section: str
    warned: Warned | None = None  # None: an error


@dataclass(frozen=True, slots=True)
class PublishPages:
    """Check, settle, publish."""

    work: DraftWork

    @needs(Right.VIEW)
    def check(self, draft: int, *, status: int = 200) -> Response:
        """Errors first, then warnings that wait for a signature, then those that pass."""
        held = self.work.drafts.get(draft)
        checked = self.work.publishing.check(held)
        said = _said(checked)
        pager = Pager.of(request.args, len(said))
        rows = said[pager.offset : pager.offset + pager.limit]
        return self.work.page("check.html", held, status=status, checked=checked, rows=rows, pager=pager)

    @needs(Right.EDIT)
    def sign(self, draft: int) -> BaseResponse:
        """Sign one warning off, or take that back."""
        mark, note = request.form.get("mark", ""), request.form.get("note", "")
        publishing, who, now = self.work.publishing, actor(), self.work.now()
        if request.form.get("press") == "withdraw":
            found = publishing.withdraw(draft, sent_revision(), mark, who, now)
        else:
            found = publishing.sign_off(draft, sent_revision(), mark, note, who, now)
        if isinstance(found, Stale):
            return self.work.stale(found)
        return back("publish.check", draft=draft, page=request.form.get("page") or None)

    @needs(Right.VIEW)
    def conflicts(self, draft: int) -> Response:
        """The rows that were published otherwise meanwhile, side by side."""
        return self.work.page("conflicts.html", self.work.drafts.get(draft))

    @needs(Right.EDIT)
    def settle(self, draft: int) -> BaseResponse:
        """Keep one's own row, or take the published one."""
        held = self.work.drafts.get(draft)
        wanted = (request.form.get("section"), request.form.get("key"))
        conflict = next((one for one in held.conflicts if (one.section, one.key) == wanted), None)
        if conflict is None:
            told(gettext("This row is settled already."), "info")
            return back("publish.conflicts", draft=draft)
        theirs = request.form.get("press") == "theirs"
        found = self.work.drafts.settle(
            draft, sent_revision(), conflict, actor(), self.work.now(), theirs=theirs
        )
        if isinstance(found, Stale):
            return self.work.stale(found)
        told(gettext("Settled: %(key)s.", key=conflict.key))
        return back("publish.conflicts" if found.conflicts else "publish.publish", draft=draft)

    @needs(Right.EDIT)
    def rebase(self, draft: int) -> BaseResponse:
        """Carry the draft over to the newest version."""
        found = self.work.drafts.rebase(draft, sent_revision(), actor(), self.work.now())
        if isinstance(found, Stale):
            return self.work.stale(found)
        told(gettext("The draft stands on version %(version)s now.", version=found.base))
        return _after_carrying(found)

    @needs(Right.VIEW)
    def publish(self, draft: int) -> Response:
        """What would change, in sentences by section, and what is in the way."""
        held, work = self.work.drafts.get(draft), self.work
        text = request.args.get("q", "").strip()
        by_section = diff.by_section(work.drafts.document(held.base), held.document)
        changes = [
            (name, sentence)
            for name, found in by_section.items()
            for sentence in found
            if text.lower() in sentence.lower()
        ]
        pager = Pager.of(request.args, len(changes))
        return work.page(
            "publish.html",
            held,
            checked=work.publishing.check(held),
            changes=changes[pager.offset : pager.offset + pager.limit],
            counts={name: len(found) for name, found in by_section.items()},
            pager=pager,
            text=text,
            live=work.tables.store.latest(),
        )

    @needs(Right.PUBLISH)
    def press(self, draft: int) -> BaseResponse:
        """Publish it, or say what is in the way."""
        outcome = self.work.publishing.publish(draft, sent_revision(), actor(), self.work.now())
        match outcome:
            case Stale():
                return self.work.stale(outcome)
            case Published(version=version):
                told(_live(version))
                return back("drafts.one", draft=draft)
            case CarriedOver(meanwhile=meanwhile, draft=held):
                told(_carried(meanwhile, held), "warning")
                return _after_carrying(held)
            case Refused() | Unsigned():
                told(gettext("Not published: something below keeps it from it."), "danger")
                return self.check(draft, status=422)
            case Unsettled():
                told(gettext("Not published: settle the rows below first."), "danger")
                return back("publish.conflicts", draft=draft)
            case SecondNeeded():
                told(_second_needed(), "info")
            case Meanwhile(latest=latest):
                told(_overtaken(latest), "warning")
        return back("publish.publish", draft=draft)


def blueprint(work: DraftWork) -> Blueprint:
    """The pages between a draft and the calls."""
    pages, views = Blueprint("publish", __name__, url_prefix="/ops/drafts/<int:draft>"), PublishPages(work)
    pages.add_url_rule("/check", "check", views.check)
    pages.add_url_rule("/check", "sign", views.sign, methods=["POST"])
    pages.add_url_rule("/conflicts", "conflicts", views.conflicts)
    pages.add_url_rule("/conflicts", "settle", views.settle, methods=["POST"])
    pages.add_url_rule("/rebase", "rebase", views.rebase, methods=["POST"])
    pages.add_url_rule("/publish", "publish", views.publish)
    pages.add_url_rule("/publish", "press", views.press, methods=["POST"])
    return pages


def _said(checked: Checked) -> list[Said]:
    warnings = sorted(checked.warnings, key=lambda one: (one.passes, one.is_live))
    return [
        *(Said(error, section_of(error)) for error in checked.errors),
        *(Said(one.remark, section_of(one.remark), one) for one in warnings),
    ]


def _live(version: int) -> str:
    return gettext(
        "Version %(version)s is live. Every server has it within two seconds; calls under way keep the "
        "version they began with.",
        version=version,
    )


def _second_needed() -> str:
    return gettext("Your wish is written down. Now another publisher has to publish it, too.")


def _overtaken(latest: int) -> str:
    return gettext(
        "Not published: version %(latest)s went live at this very moment. Try again.", latest=latest
    )


def _carried(meanwhile: Meanwhile, held: Draft) -> str:
    kept = gettext(
        "Not published: version %(latest)s was published meanwhile. Your draft was kept, with its changes on "
        "top of version %(base)s.",
        latest=meanwhile.latest,
        base=held.base,
    )
    if not held.conflicts:
        none = gettext("No row was changed on both sides: look once more, then publish.")
        return f"{kept} {none}"
    rows = ngettext(
        "%(num)s row was changed on both sides: settle it, then publish.",
        "%(num)s rows were changed on both sides: settle each, then publish.",
        len(held.conflicts),
    )
    return f"{kept} {rows}"


def _after_carrying(held: Draft) -> BaseResponse:
    return back("publish.conflicts" if held.conflicts else "publish.publish", draft=held.id)
