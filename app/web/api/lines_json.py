"""The public facts of countries as JSON's own types; ``lines_schema`` describes them."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from app.services.lines import Country, Listed, text_of
from app.services.offers import DepartmentHours, Offer
from app.services.telephone import Telephone
from app.web.country_search import country_name
from routing.table import Emergency, Territory
from routing.zones import zone


def entry(listed: Listed, language: str) -> dict[str, Any]:
    """A country in the list, named in a language."""
    return {
        **_named(listed.territory, language),
        "section": listed.territory.section,
        "numbers": [_number(telephone) for telephone in listed.telephones],
        "open": list(listed.open),
    }


def whole(country: Country, language: str) -> dict[str, Any]:
    """All facts of a country, its instants on its own clock."""
    clock = country.zone
    return {
        **_named(country.territory, language),
        "section": country.territory.section,
        "zone": country.zone,
        "at": _on(country.at.replace(second=0, microsecond=0), clock),
        "version": country.version,
        "has_line": country.has_line,
        "instead": "" if country.has_line else country.territory.online_only,
        "offers": [_offer(offer, clock) for offer in country.offers],
        "closures": [_message(row, language, clock) for row in country.closures],
        "announcements": [_message(row, language, clock) for row in country.announcements],
        "groups": [_named(group, language) for group in country.groups],
    }


def _named(territory: Territory, language: str) -> dict[str, str]:
    return {
        "key": territory.key,
        "country_code": territory.country_code,
        "name": country_name(territory, language),
        "english_name": territory.name,
    }


def _number(telephone: Telephone) -> dict[str, Any]:
    return asdict(telephone)


def _offer(offer: Offer, clock: str) -> dict[str, Any]:
    return {
        "cloud": offer.cloud,
        "variant": offer.variant,
        "numbers": [_number(telephone) for telephone in offer.telephones],
        "departments": [_department(department, clock) for department in offer.departments],
    }


def _department(department: DepartmentHours, clock: str) -> dict[str, Any]:
    return {
        "department": department.name,
        "open": department.open,
        "next_opening": _on(department.next_opening, clock),
        "languages": [
            {
                "language": desk.language,
                "open": desk.open,
                "next_opening": _on(desk.next_opening, clock),
                "week": [{"from": _on(start, clock), "until": _on(end, clock)} for start, end in desk.week],
            }
            for desk in department.desks
        ],
    }


def _message(row: Emergency, language: str, clock: str) -> dict[str, Any]:
    return {
        "department": row.department,
        "language": row.language,
        "until": _on(row.end, clock),
        "text": text_of(row, language)[0],
    }


def _on(at: datetime | None, clock: str) -> str | None:
    """An instant as RFC 3339 on the country's clock."""
    return None if at is None else at.astimezone(zone(clock)).isoformat(timespec="seconds")
