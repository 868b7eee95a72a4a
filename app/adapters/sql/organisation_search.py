"""Finding organisations as people look for them: by a name, an account, a number, a contact."""

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from app.adapters.sql.directory_rows import ContactEntry, OrganisationEntry, OrganisationNumber
from app.adapters.sql.finding import covers
from app.adapters.sql.recording import storable
from app.ports.profiles import OrganisationListed

_SHORTEST_NUMBER = 3  # digits: fewer are no number anybody looks for


def found_by(query: str) -> list[ColumnElement[bool]]:
    """What a search asks of an organisation: each of its words is found somewhere."""
    text = storable(query).strip()
    digits = digits_sought(text)
    if digits:
        return [_has_number(digits, international=text.startswith("+"))]
    return [_has_word(word) for word in text.split()]


def digits_sought(text: str) -> str:
    """The digits of a text that is a number, however it is spaced; "" for anything else, or too short."""
    digits = "".join(character for character in text if character.isdigit() and character.isascii())
    is_number = len(digits) >= _SHORTEST_NUMBER and set(text) <= set("0123456789 +-()./")
    return digits if is_number else ""


def _has_word(word: str) -> ColumnElement[bool]:
    own = ContactEntry.organisation_id == OrganisationEntry.id
    named = or_(
        ContactEntry.name.icontains(word, autoescape=True),
        ContactEntry.email.icontains(word, autoescape=True),
    )
    return or_(
        OrganisationEntry.name.icontains(word, autoescape=True),
        OrganisationEntry.account_number.startswith(word, autoescape=True),
        exists().where(own, ContactEntry.removed_at.is_(None), named),
    )


def _has_number(digits: str, *, international: bool) -> ColumnElement[bool]:
    """An account that begins so; a number that does, or one that ends so, or is in a range."""
    ends = "" if international else digits.lstrip("0")
    phones, numbers = ContactEntry.phone, OrganisationNumber.number
    their = phones.startswith(f"+{digits}") | (phones.endswith(ends) if ends else False)
    ours = numbers.startswith(f"+{digits}") | covers([f"+{digits}"])
    own = ContactEntry.organisation_id == OrganisationEntry.id
    of_own = OrganisationNumber.organisation_id == OrganisationEntry.id
    return or_(
        OrganisationEntry.account_number.startswith(digits),
        exists().where(own, ContactEntry.removed_at.is_(None), their),
        exists().where(of_own, ours | (numbers.endswith(ends) if ends else False)),
    )


def listed() -> Select[OrganisationEntry, int]:
    """Organisations with how many contacts each has, by name."""
    own = ContactEntry.organisation_id == OrganisationEntry.id
    people = select(func.count()).where(own, ContactEntry.removed_at.is_(None)).scalar_subquery()
    by_name = select(OrganisationEntry, people.label("people"))
    return by_name.order_by(func.lower(OrganisationEntry.name), OrganisationEntry.account_number)


def as_listed(entry: OrganisationEntry, people: int) -> OrganisationListed:
    """A row of ``listed`` in the desk's words."""
    return OrganisationListed(
        id=entry.id,
        account_number=entry.account_number,
        name=entry.name,
        country=entry.country,
        contacts=people,
        trust_caller_id=entry.trust_caller_id,
        source=entry.source,
        source_confirmed_at=entry.source_confirmed_at,
    )
