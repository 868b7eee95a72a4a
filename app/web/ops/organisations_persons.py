"""One person's data: what there is, all of it as a file, or erased."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.services.organisations import OrganisationDesk
from app.services.persons import NotErased, PersonDesk
from app.web.ops.organisations import ONE
from app.web.pages import actor, back, gettext, gettext_noop, needs, show, told

_ERASED = gettext_noop(
    "Everything that names this person is erased. If a file or a directory names them, take them out there."
)


@dataclass(frozen=True, slots=True)
class PersonPages:
    """What the pages need."""

    persons: PersonDesk
    organisations: OrganisationDesk
    now: Callable[[], datetime]

    @needs(Right.ADMINISTER)
    def people(self, organisation: int) -> Response:
        """Everybody who is or was on the profile."""
        record = self.organisations.get(organisation)
        people = self.persons.people(actor(), organisation)
        return show("ops/organisations/people.html", record=record, people=people)

    @needs(Right.ADMINISTER)
    def one(self, organisation: int, contact: int) -> Response:
        """How much is kept about one of them."""
        return self._page(organisation, contact, {})

    @needs(Right.ADMINISTER)
    def export(self, organisation: int, contact: int) -> Response:
        """All of it, as a file."""
        found = self.persons.export(actor(), organisation, contact, self.now())
        text = json.dumps(found, ensure_ascii=False, indent=2)
        response = Response(text, mimetype="application/json")
        response.headers["Content-Disposition"] = f'attachment; filename="person-{contact}.json"'
        response.headers["Cache-Control"] = "no-store"
        return response

    @needs(Right.ADMINISTER)
    def erase(self, organisation: int, contact: int) -> BaseResponse:
        """Erase it, once the name was typed."""
        typed, reason = request.form.get("typed", ""), request.form.get("reason", "")
        done = self.persons.erase(actor(), organisation, contact, typed, reason, self.now())
        if isinstance(done, NotErased):
            return self._page(organisation, contact, done.faults)
        told(gettext(_ERASED))
        return back(ONE, organisation=organisation)

    def _page(self, organisation: int, contact: int, faults: Mapping[str, str]) -> Response:
        return show(
            "ops/organisations/person.html",
            status=422 if faults else 200,
            record=self.organisations.get(organisation),
            contact=contact,
            name=self.persons.name(actor(), organisation, contact),
            counts=self.persons.counts(actor(), organisation, contact),
            typed=request.form.get("typed", ""),
            reason=request.form.get("reason", ""),
            faults=faults,
        )


def blueprint(pages: PersonPages) -> Blueprint:
    """``/ops/organisations/<id>/people``."""
    prefix = "/ops/organisations/<int:organisation>/people"
    routes = Blueprint("organisation_people", __name__, url_prefix=prefix)
    routes.add_url_rule("", "people", pages.people)
    routes.add_url_rule("/<int:contact>", "one", pages.one)
    routes.add_url_rule("/<int:contact>/export", "export", pages.export, methods=["POST"])
    routes.add_url_rule("/<int:contact>/erase", "erase", pages.erase, methods=["POST"])
    return routes
