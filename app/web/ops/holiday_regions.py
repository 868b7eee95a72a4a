"""The countries, and parts of them, whose public holidays a calendar can follow."""

from app.web.pages import gettext
from routing.fields import region
from routing.holiday_list import countries
from routing.table import Document


def region_fault(text: str) -> str:
    """What is wrong with ``IT`` or ``DE-BY`` as the source of public holidays; empty when it is one."""
    if not text:
        return gettext("must not be empty")
    if sentence := region(text):
        return sentence
    country, _, part = text.partition("-")
    parts = countries().get(country)
    if parts is None:
        return gettext(
            "no public holidays are known for %(country)s; add its days one by one", country=country
        )
    if part and part not in parts:
        return gettext(
            "%(country)s has no part %(part)s with holidays of its own; its parts are %(known)s",
            country=country,
            part=part,
            known=", ".join(parts) or gettext("none"),
        )
    return ""


def regions(document: Document) -> list[tuple[str, str]]:
    """Countries by the table's names, then their parts, to be suggested."""
    names = {row.country_code: row.name for row in document.territories if row.country_code}
    found = [(country, names.get(country, country)) for country in countries()]
    parts = (
        (f"{country}-{part}", f"{names.get(country, country)}, {part}")
        for country, every in countries().items()
        for part in every
    )
    return [*found, *parts]
