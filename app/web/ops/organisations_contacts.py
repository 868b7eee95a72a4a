"""The contacts of an organisation: added, changed, moved, taken off the profile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.services.organisations import OrganisationDesk, Saved, as_cells
from app.services.wrong import Wrong
from app.web.ops.organisations import ONE, revision_seen
from app.web.pages import actor, back, gettext, gettext_noop, needs, show, told

_COLUMNS = ("name", "role", "email", "phone", "phone_can_text", "language")
_CODE_FIRST = gettext_noop("A new address gets codes once a code confirmed it, and a day has passed.")


@dataclass(frozen=True, slots=True)
class ContactPages:
    """What the pages need."""

    organisations: OrganisationDesk
    now: Callable[[], datetime]

    @needs(Right.EDIT)
    def new(self, organisation: int) -> Response:
        """The form for another contact."""
        revision = self.organisations.get(organisation).revision
        return self._form(organisation, None, {"role": "admin", "revision": str(revision)}, {})

    @needs(Right.EDIT)
    def add(self, organisation: int) -> BaseResponse:
        """Add them."""
        return self._saved(organisation, None)

    @needs(Right.EDIT)
    def edit(self, organisation: int, contact: int) -> Response:
        """The form for a contact."""
        record = self.organisations.get(organisation)
        found = record.contact(contact)
        if found is None:
            abort(404)
        values = {**as_cells(found.row), "revision": str(record.revision)}
        return self._form(organisation, contact, values, {})

    @needs(Right.EDIT)
    def save(self, organisation: int, contact: int) -> BaseResponse:
        """Change them."""
        return self._saved(organisation, contact)

    @needs(Right.EDIT)
    def remove(self, organisation: int, contact: int) -> BaseResponse:
        """Take them off the profile."""
        done = self.organisations.remove_contact(actor(), organisation, contact, revision_seen(), self.now())
        sentence = gettext("The contact was taken off the profile, and is told so.")
        return self._back(organisation, done, sentence)

    @needs(Right.EDIT)
    def move(self, organisation: int, contact: int) -> BaseResponse:
        """Move them up or down."""
        by = 1 if request.form.get("by") == "1" else -1
        done = self.organisations.move_contact(
            actor(), organisation, contact, by, revision_seen(), self.now()
        )
        return self._back(organisation, done, gettext("The order of the contacts was changed."))

    def _back(self, organisation: int, done: Saved | Wrong, sentence: str) -> BaseResponse:
        if isinstance(done, Wrong):
            told(done.faults[""], "danger")
        else:
            told(sentence)
        return back(ONE, organisation=organisation)

    def _saved(self, organisation: int, contact: int | None) -> BaseResponse:
        cells = {name: request.form.get(name, "") for name in _COLUMNS}
        saved = self.organisations.save_contact(
            actor(), organisation, contact, cells, revision_seen(), self.now()
        )
        if isinstance(saved, Wrong):
            values = {**cells, "revision": request.form.get("revision", "")}
            return self._form(organisation, contact, values, saved.faults)
        done = gettext("The contact was added.") if contact is None else gettext("The contact was saved.")
        told(f"{done} {gettext(_CODE_FIRST)}")
        return back(ONE, organisation=organisation)

    def _form(
        self,
        organisation: int,
        contact: int | None,
        values: Mapping[str, str],
        faults: Mapping[str, str],
    ) -> Response:
        return show(
            "ops/organisations/contact.html",
            status=422 if faults else 200,
            record=self.organisations.get(organisation),
            contact=contact,
            values={name: values.get(name, "") for name in (*_COLUMNS, "revision")},
            faults=faults,
        )


def blueprint(pages: ContactPages) -> Blueprint:
    """``/ops/organisations/<id>/contacts``."""
    prefix = "/ops/organisations/<int:organisation>/contacts"
    routes = Blueprint("organisation_contacts", __name__, url_prefix=prefix)
    routes.add_url_rule("/new", "new", pages.new)
    routes.add_url_rule("/new", "add", pages.add, methods=["POST"])
    routes.add_url_rule("/<int:contact>/edit", "edit", pages.edit)
    routes.add_url_rule("/<int:contact>/edit", "save", pages.save, methods=["POST"])
    routes.add_url_rule("/<int:contact>/remove", "remove", pages.remove, methods=["POST"])
    routes.add_url_rule("/<int:contact>/move", "move", pages.move, methods=["POST"])
    return routes
