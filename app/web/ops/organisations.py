"""Organisations: the list and its search, a page for each, the form for its own fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.services.confirmations import ConfirmationDesk
from app.services.lifting import LiftingDesk
from app.services.organisations import OrganisationDesk, as_cells
from app.services.wrong import Wrong
from app.verification.limits import Limits
from app.verification.model import TrustPolicy
from app.web.pages import Pager, actor, back, gettext, needs, show, told

ONE = "organisations.one"
LONGEST_QUERY = 200
_HOLD = Limits().confirmed_for
_COLUMNS = (
    *("account_number", "name", "country", "cloud", "language", "trust_caller_id", "code_digits"),
    *("priority", "numbers"),
)
_NEW = {"trust_caller_id": TrustPolicy.MATCH.value, "code_digits": "6", "priority": "0", "revision": "0"}


@dataclass(frozen=True, slots=True)
class OrganisationPages:
    """What the pages need; ``hold`` is how long an address waits after it was confirmed."""

    organisations: OrganisationDesk
    confirmations: ConfirmationDesk
    lifting: LiftingDesk
    now: Callable[[], datetime]
    hold: timedelta = field(default=_HOLD)

    @needs(Right.VIEW)
    def listed(self) -> Response:
        """All of them, or those a search finds."""
        text = request.args.get("q", "")[:LONGEST_QUERY]
        pager = Pager.of(request.args, self.organisations.count(text))
        found = self.organisations.search(text, limit=pager.limit, offset=pager.offset)
        return show("ops/organisations/list.html", found=found, pager=pager, q=text)

    @needs(Right.VIEW)
    def one(self, organisation: int) -> Response:
        """One organisation with its contacts, the codes under way, the limits that hold it up."""
        now = self.now()
        record = self.organisations.get(organisation)
        pending = self.confirmations.pending(organisation, now)
        return show(
            "ops/organisations/one.html",
            record=record,
            pending={(one.contact, one.channel.value): one for one in pending},
            limits=self.lifting.in_force(now, organisation=organisation),
            hold=self.hold,
        )

    @needs(Right.EDIT)
    def new(self) -> Response:
        """The form for another organisation."""
        return self._form(None, _NEW, {})

    @needs(Right.EDIT)
    def add(self) -> BaseResponse:
        """Add it."""
        return self._saved(None)

    @needs(Right.EDIT)
    def edit(self, organisation: int) -> Response:
        """The form for an organisation's own fields."""
        record = self.organisations.get(organisation)
        return self._form(organisation, {**as_cells(record.row), "revision": str(record.revision)}, {})

    @needs(Right.EDIT)
    def save(self, organisation: int) -> BaseResponse:
        """Change it."""
        return self._saved(organisation)

    def _saved(self, organisation: int | None) -> BaseResponse:
        cells = {name: request.form.get(name, "") for name in _COLUMNS}
        saved = self.organisations.save(actor(), organisation, cells, revision_seen(), self.now())
        if isinstance(saved, Wrong):
            values = {**cells, "revision": request.form.get("revision", "")}
            return self._form(organisation, values, saved.faults)
        told(
            gettext("The organisation was added.")
            if organisation is None
            else gettext("The organisation was saved.")
        )
        return back(ONE, organisation=saved.organisation)

    def _form(
        self, organisation: int | None, values: Mapping[str, str], faults: Mapping[str, str]
    ) -> Response:
        status = 422 if faults else 200
        values = {name: values.get(name, "") for name in (*_COLUMNS, "revision")}
        template = "ops/organisations/form.html"
        return show(template, status=status, organisation=organisation, values=values, faults=faults)


def blueprint(pages: OrganisationPages) -> Blueprint:
    """``/ops/organisations``."""
    routes = Blueprint("organisations", __name__, url_prefix="/ops/organisations")
    routes.add_url_rule("", "listed", pages.listed)
    routes.add_url_rule("/new", "new", pages.new)
    routes.add_url_rule("/new", "add", pages.add, methods=["POST"])
    routes.add_url_rule("/<int:organisation>", "one", pages.one)
    routes.add_url_rule("/<int:organisation>/edit", "edit", pages.edit)
    routes.add_url_rule("/<int:organisation>/edit", "save", pages.save, methods=["POST"])
    return routes


def revision_seen() -> int:
    """Which revision of an organisation the form was made from; -1, which is none, for anything odd."""
    text = request.form.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
