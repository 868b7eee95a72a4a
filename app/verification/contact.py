"""Who gets the code, and how: the caller chooses the channel only, never an address."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from app.verification.model import Channel, Contact, Method, Role
from routing.numbers import split_code

# The roles that may speak for the organisation at a desk, in order of preference.
_ROLES = MappingProxyType({"billing": (Role.BILLING_ADMIN, Role.ADMIN), "technical": (Role.ADMIN,)})


def choose(
    contacts: Sequence[Contact],
    *,
    keyed: int | None,
    department: str,
    channel: Channel,
    now: datetime,
    confirmed_for: timedelta,
) -> Contact | None:
    """The contact a code goes to, or None when nobody may receive one this way.

    Args:
        contacts: the organisation's, in the profile's order.
        keyed: the contact whose registered number the caller keyed, if any; preferred unless a user.
        department: ``technical`` or ``billing``.
        channel: what the caller chose.
        now: the instant of the choice.
        confirmed_for: how long an address must have been confirmed.
    """
    ready = [contact for contact in contacts if may_receive(contact, channel, now, confirmed_for)]
    wanted = [contact for contact in ready if contact.id == keyed]
    for role in _ROLES.get(department, ()):
        wanted += [contact for contact in ready if contact.role is role]
    return wanted[0] if wanted else None


def may_receive(contact: Contact, channel: Channel, now: datetime, confirmed_for: timedelta) -> bool:
    """Whether a contact may get codes: no user, not switched off, an address confirmed long enough ago."""
    since = contact.email_confirmed if channel is Channel.EMAIL else contact.phone_confirmed
    if contact.role is Role.USER or contact.switched_off or since is None:
        return False
    return now - since >= confirmed_for and bool(address(contact, channel))


def address(contact: Contact, channel: Channel) -> str:
    """The contact's e-mail address or E.164 number for a channel; empty when it has none."""
    return contact.email if channel is Channel.EMAIL else contact.phone


def masked(address: str) -> str:
    """An address that is recognised but not told: ``g***@example.com``, ``+39 *** 12``."""
    name, at, domain = address.partition("@")
    if at:
        return f"{name[:1]}***@{domain}"
    code = split_code(address.removeprefix("+"))[0]
    return f"+{code} *** {address[-2:]}" if code else f"*** {address[-2:]}"


def method(contact: Contact, channel: Channel) -> Method:
    """How a channel reaches a contact: a number that takes no texts is called."""
    if channel is Channel.EMAIL:
        return Method.EMAIL
    return Method.TEXT if contact.phone_can_text else Method.VOICE
