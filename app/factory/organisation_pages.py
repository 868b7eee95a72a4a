"""The pages and endpoints about organisations, and what each is given."""

from flask import Blueprint

from app.factory.desk import Desk
from app.web.api import organisations as api_organisations
from app.web.ops import (
    limits,
    organisations,
    organisations_confirming,
    organisations_contacts,
    organisations_import,
    organisations_persons,
)


def organisation_pages(desk: Desk) -> list[Blueprint]:
    """Organisations, their contacts, one person's data, imports, limits; and the API for directories."""
    work, now = desk.organisations, desk.services.clock.now
    return [
        organisations.blueprint(
            organisations.OrganisationPages(work.organisations, work.confirmations, work.lifting, now)
        ),
        organisations_contacts.blueprint(organisations_contacts.ContactPages(work.organisations, now)),
        organisations_confirming.blueprint(organisations_confirming.ConfirmingPages(work.confirmations, now)),
        organisations_persons.blueprint(
            organisations_persons.PersonPages(work.persons, work.organisations, now)
        ),
        organisations_import.blueprint(organisations_import.ImportPages(work.imports, now)),
        limits.blueprint(limits.LimitPages(work.lifting, now)),
        api_organisations.blueprint(
            api_organisations.OrganisationEndpoints(work.organisations, work.directory, now)
        ),
    ]
