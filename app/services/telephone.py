"""A line as the public is shown it: what to dial, what to key afterwards, what it costs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from routing.numbers import calling_code
from routing.table import Line, Territory

_NOT_KEYED = re.compile(r"[^0-9]+")


@dataclass(frozen=True, slots=True)
class Telephone:
    """One number to call from one country."""

    printed: str
    number: str  # E.164; empty where it cannot be one
    uri: str  # RFC 3966; empty where no telephone could dial it
    kind: str
    charges: str
    alternative: bool
    cloud: str
    variant: str
    post_dial_digits: str
    menu_hint: str
    shared: bool  # with other countries: the caller may be asked for theirs


def telephones(lines: Iterable[Line], territory: Territory) -> tuple[Telephone, ...]:
    """The numbers of a country as they are printed, main numbers first."""
    found = [_telephone(line, territory) for line in lines if territory.key in line.territories]
    return tuple(sorted(found, key=lambda telephone: telephone.alternative))


def tel_uri(line: Line, country: str) -> str:
    """The ``tel:`` URI of a line dialled in a country (ISO 3166-1); empty where there can be none.

    A number that is no E.164 is local to the country's calling code (RFC 3966, section 5.1.5). What is keyed
    once an access code answers goes with it as ``postd``, the name it had before that RFC left it open.
    """
    keyed = _NOT_KEYED.sub("", line.post_dial_digits)
    after = f";postd={keyed}" if keyed else ""
    if line.number:
        return f"tel:{line.number}{after}"
    code, digits = calling_code(country), _NOT_KEYED.sub("", line.printed)
    # A printed + without an E.164 number behind it is a number that no network takes.
    if not code or not digits or line.printed.lstrip().startswith("+"):
        return ""
    return f"tel:{digits};phone-context=+{code}{after}"


def _telephone(line: Line, territory: Territory) -> Telephone:
    return Telephone(
        printed=line.printed,
        number=line.number,
        uri=tel_uri(line, territory.country_code),
        kind=line.kind,
        charges=line.charges,
        alternative=line.role == "alternative",
        cloud=line.cloud,
        variant=line.variant,
        post_dial_digits=line.post_dial_digits,
        menu_hint=line.menu_hint,
        shared=len(line.territories) > 1,
    )
