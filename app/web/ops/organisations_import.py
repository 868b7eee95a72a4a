"""Importing organisations: two files, what each row would do, then exactly that."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.ports.imports import ImportFiles, ImportState
from app.services.directory_imports import DirectoryImports
from app.web.pages import Pager, actor, back, gettext, needs, show
from app.web.pages.access import has_session

LARGEST = 8 << 20  # bytes, both files together
_LONGEST_NAME = 60
_JOB = "organisation_imports.job"
_UPLOAD = "organisation_imports.upload"
_LOOK_AGAIN = "1"  # seconds
_AT_WORK = frozenset({ImportState.READING, ImportState.APPLYING})
_RESULTS = ("fault", "added", "changed", "removed", "unchanged", "waiting")


@dataclass(frozen=True, slots=True)
class ImportPages:
    """What the pages need."""

    imports: DirectoryImports
    now: Callable[[], datetime]

    @needs(Right.EDIT)
    def form(self) -> Response:
        """The form for two files."""
        return self._form({})

    @needs(Right.EDIT)
    def upload(self) -> BaseResponse:
        """Begin the dry run."""
        source = request.form.get("source", "").strip()
        sent = {name: request.files.get(name) for name in ("organisations", "contacts")}
        faults = {
            name: gettext("choose a CSV file") for name, file in sent.items() if not (file and file.filename)
        }
        if not 0 < len(source) <= _LONGEST_NAME or not source.isprintable():
            faults["source"] = gettext("name the source in 1 to %(most)s characters", most=_LONGEST_NAME)
        if faults:
            return self._form(faults)
        organisations, contacts = (_read(sent[name]) for name in ("organisations", "contacts"))
        files = ImportFiles(*organisations, *contacts, source)
        return back(_JOB, job=self.imports.upload(actor(), files, self.now()))

    @needs(Right.EDIT)
    def job(self, job: int) -> Response:
        """What each row would do; how far it is until that is known."""
        found = self.imports.get(actor(), job, self.now())
        counts = Counter(line.result for line in found.lines)
        result = request.args.get("result", "")
        lines = [line for line in found.lines if result not in _RESULTS or line.result == result]
        pager = Pager.of(request.args, len(lines))
        page = show(
            "ops/organisations/import_job.html",
            job=found,
            results=[(name, counts[name]) for name in _RESULTS if counts[name]],
            result=result,
            lines=lines[pager.offset : pager.offset + pager.limit],
            pager=pager,
        )
        if found.state in _AT_WORK:
            page.headers["Refresh"] = _LOOK_AGAIN
        return page

    @needs(Right.EDIT)
    def apply(self, job: int) -> BaseResponse:
        """Begin to do what was shown."""
        self.imports.apply(actor(), job, self.now())
        return back(_JOB, job=job)

    @needs(Right.EDIT)
    def discard(self, job: int) -> BaseResponse:
        """Give it up."""
        self.imports.discard(actor(), job, self.now())
        return back(_JOB, job=job)

    def _form(self, faults: Mapping[str, str]) -> Response:
        return show(
            "ops/organisations/import.html",
            status=422 if faults else 200,
            source=request.form.get("source", "files"),
            largest=LARGEST >> 20,
            faults=faults,
        )


def blueprint(pages: ImportPages) -> Blueprint:
    """``/ops/organisations/import``."""
    routes = Blueprint("organisation_imports", __name__, url_prefix="/ops/organisations/import")
    routes.before_app_request(_let_files_in)
    routes.add_url_rule("", "form", pages.form)
    routes.add_url_rule("", "upload", pages.upload, methods=["POST"])
    routes.add_url_rule("/<int:job>", "job", pages.job)
    routes.add_url_rule("/<int:job>/apply", "apply", pages.apply, methods=["POST"])
    routes.add_url_rule("/<int:job>/discard", "discard", pages.discard, methods=["POST"])
    return routes


def _let_files_in() -> None:
    """Let an upload be larger than other forms, from somebody who came with a session."""
    if request.endpoint == _UPLOAD and has_session():
        request.max_content_length = LARGEST


def _read(file: FileStorage | None) -> tuple[str, bytes]:
    """A file's name, as far as it is shown, and what it holds."""
    return ((file.filename or "")[-_LONGEST_NAME:], file.read()) if file else ("", b"")
