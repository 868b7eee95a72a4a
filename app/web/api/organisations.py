"""``/api/v1/organisations``: looked at by anybody with a token, kept fresh by a directory or CRM."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint

from app.ports import Directory
from app.ports.profiles import ContactRecord, OrganisationListed, OrganisationRecord
from app.services.directory_json import read_record
from app.services.organisations import OrganisationDesk
from app.services.wrong import Wrong
from app.web.api.operation import Asked, add, refuse
from app.web.api.organisations_schema import LISTED, ONE, STORED
from app.web.api.schema import PAGE
from app.web.pages import actor

_REFUSED = "The organisation was not understood: see the fields. Nothing was changed."


@dataclass(frozen=True, slots=True)
class OrganisationEndpoints:
    """What the endpoints need."""

    organisations: OrganisationDesk
    directory: Directory
    now: Callable[[], datetime]

    def listed(self, asked: Asked) -> dict[str, Any]:
        """A page of them."""
        query, page = asked.query.get("q", ""), {name: asked.query[name] for name in PAGE}
        found = self.organisations.search(query, **page)
        listed = [_listed(one) for one in found]
        return {"total": self.organisations.count(query), **page, "organisations": listed}

    def one(self, asked: Asked) -> dict[str, Any]:
        """One of them."""
        return _shown(self.organisations.by_account(asked.places["account"]))

    def stored(self, asked: Asked) -> tuple[dict[str, Any], int]:
        """Make one equal to what its source says."""
        account = asked.places["account"]
        found = read_record(account, asked.body)
        if isinstance(found, Wrong):
            refuse(422, "bad_input", _REFUSED, found.faults)
        row, people = found
        added, updated = self.directory.replace(
            [row], people, actor=actor(), now=self.now(), source=asked.body["source"].strip()
        )
        result = "added" if added else "changed" if updated else "unchanged"
        record = _shown(self.organisations.by_account(account))
        return {"result": result, "organisation": record}, 201 if added else 200


def blueprint(endpoints: OrganisationEndpoints) -> Blueprint:
    """List, show, put."""
    found = Blueprint("api_organisations", __name__)
    add(found, LISTED, endpoints.listed)
    add(found, ONE, endpoints.one)
    add(found, STORED, endpoints.stored)
    return found


def _listed(one: OrganisationListed) -> dict[str, Any]:
    return {
        "account_number": one.account_number,
        "name": one.name,
        "country": one.country,
        "trust_caller_id": one.trust_caller_id,
        "contacts": one.contacts,
        "source": one.source,
        "source_confirmed_at": _instant(one.source_confirmed_at),
    }


def _shown(record: OrganisationRecord) -> dict[str, Any]:
    row = record.row
    return {
        "account_number": row.account_number,
        "name": row.name,
        "country": row.country,
        "cloud": row.cloud,
        "language": row.language,
        "trust_caller_id": row.trust_caller_id,
        "code_digits": row.code_digits,
        "priority": row.priority,
        "numbers": list(row.numbers),
        "updated_at": _instant(record.updated_at),
        "source": record.source,
        "source_confirmed_at": _instant(record.source_confirmed_at),
        "contacts": [_contact(one) for one in record.contacts],
    }


def _contact(one: ContactRecord) -> dict[str, Any]:
    row = one.row
    return {
        "name": row.name,
        "role": row.role,
        "email": row.email,
        "phone": row.phone,
        "phone_can_text": row.phone_can_text,
        "language": row.language,
        "confirmed": _instant(row.confirmed),
        "email_confirmed": _instant(one.email_confirmed),
        "phone_confirmed": _instant(one.phone_confirmed),
        "switched_off": one.switched_off_at is not None,
        "source": one.source,
        "source_confirmed_at": _instant(one.source_confirmed_at),
    }


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
