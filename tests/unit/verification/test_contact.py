"""Who gets the code."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.verification.contact import choose, masked, method
from app.verification.model import Channel, Contact, Method, Role

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(hours=24)


def person(number: int, role: Role = Role.ADMIN) -> Contact:
    email, phone, since = "a@example.com", "+12025550114", AT - DAY
    return Contact(number, 1, f"Person {number}", role, email, phone, True, "", since, since)


def chosen(
    contacts: list[Contact],
    *,
    department: str = "technical",
    channel: Channel = Channel.EMAIL,
    keyed: int | None = None,
) -> int | None:
    contact = choose(contacts, keyed=keyed, department=department, channel=channel, now=AT, confirmed_for=DAY)
    return contact.id if contact else None


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("giulia@example.com", "g***@example.com"),
        ("a@example.com", "a***@example.com"),
        ("@example.com", "***@example.com"),
        ("+393331234512", "+39 *** 12"),
        ("+12025550114", "+1 *** 14"),
        ("+999123456", "*** 56"),
    ],
)
def test_masked_address_is_recognised_and_not_told(address: str, told: str) -> None:
    """Of an address its first letter and its domain are left, of a number its country and two digits."""
    assert masked(address) == told


def test_first_administrator_in_the_profiles_order() -> None:
    """The profile's order decides among administrators."""
    assert chosen([person(5), person(2)]) == 5


def test_billing_prefers_billing_administrators() -> None:
    """The billing desk prefers a billing administrator; the technical desk takes administrators only."""
    both = [person(1), person(2, Role.BILLING_ADMIN)]
    assert chosen(both, department="billing") == 2
    assert chosen(both[:1], department="billing") == 1
    assert chosen(both[1:], department="technical") is None


@pytest.mark.parametrize("role", [Role.OWNER, Role.USER])
def test_owners_and_users_are_not_chosen(role: Role) -> None:
    """An owner gets a code only when keyed, a user never."""
    for department in ("technical", "billing"):
        assert chosen([person(1, role)], department=department) is None
    expected = 1 if role is Role.OWNER else None
    assert chosen([person(1, role)], keyed=1) == expected


def test_keyed_contact_comes_first() -> None:
    """The contact whose number was keyed is preferred; one who cannot receive is passed over."""
    contacts = [person(1), person(2, Role.OWNER), replace(person(3), email="")]
    assert chosen(contacts, keyed=2) == 2
    assert chosen(contacts, keyed=3) == 1
    assert chosen(contacts, keyed=99) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"email_confirmed": None},
        {"email_confirmed": AT - DAY + timedelta(microseconds=1)},
        {"email_confirmed": datetime.max.replace(tzinfo=UTC)},
        {"switched_off": True},
        {"email": ""},
    ],
    ids=["unconfirmed", "too recently", "some day", "switched off", "no address"],
)
def test_passed_over(change: dict[str, object]) -> None:
    """Unconfirmed, confirmed less than 24 h ago, switched off, without the address: the next one is taken."""
    first = replace(person(1), **change)  # type: ignore[arg-type]  # fields by name
    assert chosen([first, person(2)]) == 2
    assert chosen([first]) is None


@pytest.mark.parametrize("channel", list(Channel))
def test_channel_needs_its_address(channel: Channel) -> None:
    """Only a contact with the address of the chosen way is taken."""
    mail_only, phone_only = replace(person(1), phone=""), replace(person(2), email="")
    assert chosen([mail_only, phone_only], channel=channel) == (1 if channel is Channel.EMAIL else 2)


def test_unknown_department_has_nobody() -> None:
    """Without a department nobody speaks for the organisation, but the contact keyed."""
    assert chosen([person(1)], department="") is None
    assert chosen([person(1)], department="", keyed=1) == 1


def test_method_of_each_way() -> None:
    """E-mail by mail; a phone by text where it takes them, else by voice."""
    assert method(person(1), Channel.EMAIL) is Method.EMAIL
    assert method(person(1), Channel.PHONE) is Method.TEXT
    assert method(replace(person(1), phone_can_text=False), Channel.PHONE) is Method.VOICE


@pytest.mark.parametrize("channel", list(Channel))
def test_each_address_is_confirmed_by_itself(channel: Channel) -> None:
    """A confirmed phone says nothing of the e-mail address beside it, nor the other way round."""
    by_mail, by_phone = replace(person(1), phone_confirmed=None), replace(person(2), email_confirmed=None)
    assert chosen([by_mail, by_phone], channel=channel) == (1 if channel is Channel.EMAIL else 2)
