"""Files in and out: an import into a draft with a dry run row by row, and exports of drafts and versions."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.services import exports
from app.services.drafts import Stale
from app.services.round_trip import Effect
from app.services.uploads import LARGEST, Unreadable
from app.web.ops.draft_work import DraftWork
from app.web.pages import Pager, actor, back, gettext, needs, told
from app.web.pages.access import has_session
from routing.table import Document

_AT_ONCE = 1.5  # seconds an upload waits for its dry run, before the page shows how far it is
_LOOK_AGAIN = "2"  # seconds
_TYPES = {"zip": "application/zip", "json": "application/json", "csv": "text/csv; charset=utf-8"}
_UPLOAD = "exchange.upload"


@dataclass(frozen=True, slots=True)
class ExchangePages:
    """Upload, look, put in; download."""

    work: DraftWork

    @needs(Right.VIEW)
    def form(self, draft: int, *, status: int = 200, fault: str = "") -> Response:
        """The form for files."""
        held = self.work.drafts.get(draft)
        return self.work.page("import.html", held, status=status, fault=fault, largest=LARGEST >> 20)

    @needs(Right.EDIT)
    def upload(self, draft: int) -> BaseResponse:
        """Begin the dry run."""
        sent = []
        for file in request.files.getlist("files"):
            with file.stream as stream:
                sent.append((file.filename or "", stream.read()))
        found = self.work.imports.begin(draft, sent, actor(), wait=_AT_ONCE)
        if isinstance(found, Unreadable):
            return self.form(draft, status=422, fault=found.sentence)
        return back("exchange.tried", draft=draft, number=found)

    @needs(Right.VIEW)
    def tried(self, draft: int, number: int) -> Response:
        """What the files would do, row by row; how far it is until then."""
        held, row = self.work.drafts.get(draft), self.work.imports.get(number)
        if row.draft_id != draft:
            abort(404)
        if row.state != "ready":
            page = self.work.page("reading.html", held, row=row)
            if row.state == "reading":
                page.headers["Refresh"] = _LOOK_AGAIN
            return page
        counts = self.work.imports.shown(number, "", limit=0).counts
        first = Effect.FAULT if counts.get(Effect.FAULT) else ""  # what must be corrected stands first
        effect = request.args.get("effect", first)
        effect = effect if effect in list(Effect) else ""
        total = counts.get(effect, 0) if effect else sum(counts.values())
        pager = Pager.of(request.args, total)
        shown = self.work.imports.shown(number, effect, limit=pager.limit, offset=pager.offset)
        return self.work.page(
            "tried.html", held, row=row, shown=shown, pager=pager, effect=effect, effects=list(Effect)
        )

    @needs(Right.EDIT)
    def apply(self, draft: int, number: int) -> BaseResponse:
        """Put in exactly what was shown."""
        if self.work.imports.get(number).draft_id != draft:
            abort(404)
        found = self.work.imports.apply(number, request.form.get("digest", ""), actor())
        if isinstance(found, Stale):
            return self.work.stale(found)
        told(
            gettext(
                "Put into the draft, revision %(revision)s. Nothing is live yet: check it, then publish.",
                revision=found.revision,
            )
        )
        return back("drafts.one", draft=draft)

    @needs(Right.VIEW)
    def draft_file(self, draft: int, form: str) -> Response:
        """A draft as a file."""
        return _file(self.work.drafts.get(draft).document, form, f"draft-{draft}")

    @needs(Right.VIEW)
    def draft_section(self, draft: int, section: str) -> Response:
        """One section of a draft as CSV."""
        return _section(self.work.drafts.get(draft).document, section)

    @needs(Right.VIEW)
    def version_file(self, version: int, form: str) -> Response:
        """A published version as a file."""
        return _file(self.work.tables.store.read(version), form, f"version-{version}")

    @needs(Right.VIEW)
    def version_section(self, version: int, section: str) -> Response:
        """One section of a published version as CSV."""
        return _section(self.work.tables.store.read(version), section)

    @needs(Right.VIEW)
    def live_file(self, form: str) -> BaseResponse:
        """The version that is live, as a file."""
        latest = self.work.tables.store.latest()
        return redirect(url_for("exchange.version_file", version=latest, form=form), 303)


def blueprint(work: DraftWork) -> Blueprint:
    """Imports into drafts, exports of everything."""
    pages, views = Blueprint("exchange", __name__, url_prefix="/ops"), ExchangePages(work)
    pages.before_app_request(_let_files_in)
    pages.add_url_rule("/drafts/<int:draft>/import", "form", views.form)
    pages.add_url_rule("/drafts/<int:draft>/import", "upload", views.upload, methods=["POST"])
    pages.add_url_rule("/drafts/<int:draft>/import/<int:number>", "tried", views.tried)
    pages.add_url_rule("/drafts/<int:draft>/import/<int:number>", "apply", views.apply, methods=["POST"])
    pages.add_url_rule("/drafts/<int:draft>/export.<any(zip, json):form>", "draft_file", views.draft_file)
    pages.add_url_rule("/drafts/<int:draft>/export/<section>.csv", "draft_section", views.draft_section)
    pages.add_url_rule(
        "/versions/<int:version>/export.<any(zip, json):form>", "version_file", views.version_file
    )
    pages.add_url_rule(
        "/versions/<int:version>/export/<section>.csv", "version_section", views.version_section
    )
    pages.add_url_rule("/versions/live/export.<any(zip, json):form>", "live_file", views.live_file)
    return pages


def _let_files_in() -> None:
    """Let an upload be larger than other forms, from somebody who came with a session."""
    if request.endpoint == _UPLOAD and has_session():
        request.max_content_length = LARGEST


def _file(document: Document, form: str, name: str) -> Response:
    data = exports.as_zip(document) if form == "zip" else exports.as_json(document)
    return _download(data, form, f"{name}.{form}")


def _section(document: Document, section: str) -> Response:
    try:
        data = exports.as_csv(document, section)
    except KeyError:
        abort(404)
    return _download(data, "csv", f"{section}.csv")


def _download(data: bytes, form: str, name: str) -> Response:
    response = Response(data, content_type=_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
