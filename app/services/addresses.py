"""Where agents and interpreters are rung: what they write, as an address, and what may be wrong with it."""

from collections.abc import Collection

from routing import fields
from routing.numbers import sendable_regions, to_e164

_WRITE = "Write a number as in +390212345678, or a SIP address as in sip:desk@example.com."


def as_address(text: str) -> str:
    """What somebody writes as where they are reached, as an address: ``+39...`` is a number."""
    bare = text.strip()
    return f"number:{bare.replace(' ', '')}" if bare.startswith("+") else bare


def wrong_address(address: str, countries: Collection[str] | None) -> str:
    """What is wrong with an address that is to be rung, in a sentence; empty: nothing.

    Args:
        address: ``number:+E164`` or ``sip:...``.
        countries: those calls may go to (ISO 3166-1); None: every one.
    """
    number = address.removeprefix("number:")
    if number == address or not to_e164(number):
        return _WRITE if fields.backup(address) else ""
    regions = sendable_regions(number)
    if not regions:
        return "This number is of a kind that is never rung, or of no country."
    if countries is None or regions <= set(countries):
        return ""
    return "No calls may go to numbers of this country."
