"""How far a caller's number is believed: registration, the carrier's word and the organisation's policy."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from app.verification.model import Level, Registration, Role, TrustPolicy


class Signature(StrEnum):
    """What the carrier's ``StirVerstat`` amounts to."""

    FULL = "full"  # the originating carrier vouches for caller and number
    PLAIN = "plain"  # nothing is said for the number, nothing against it
    CONTRADICTED = "contradicted"  # failed, diverted, or a value nobody should send


# Exact values only, as documented for Twilio's voice request (StirVerstat); another case, padding or a
# suffix is a contradiction, not a variant.
_SIGNATURES = MappingProxyType(
    {
        None: Signature.PLAIN,
        "No-TN-Validation": Signature.PLAIN,
        "TN-Validation-Passed-A": Signature.FULL,
        "TN-Validation-Passed-B": Signature.PLAIN,
        "TN-Validation-Passed-C": Signature.PLAIN,
    }
)

# (signature, policy) -> level without a code; what is not here needs a code.
_TABLE = MappingProxyType(
    {
        (Signature.FULL, TrustPolicy.MATCH): Level.NUMBER_ATTESTED,
        (Signature.FULL, TrustPolicy.ATTESTED): Level.NUMBER_ATTESTED,
        (Signature.PLAIN, TrustPolicy.MATCH): Level.NUMBER_MATCHED,
    }
)


@dataclass(frozen=True, slots=True)
class Trust:
    """What a number is worth: a level at once, or UNVERIFIED, which means a code is needed.

    ``registration`` is the one the number stands for, when it stands for a single organisation.
    ``contradicted`` is to be audited.
    """

    level: Level
    registration: Registration | None
    contradicted: bool


def signature(attestation: str | None, *, odd: bool) -> Signature:
    """Read ``StirVerstat`` exactly as given (None: absent); ``odd``: given twice."""
    return Signature.CONTRADICTED if odd else _SIGNATURES.get(attestation, Signature.CONTRADICTED)


def judge(
    registrations: Sequence[Registration], *, keyed: int | None, attestation: str | None, odd: bool
) -> Trust:
    """Apply the trust table to a caller's number.

    Args:
        registrations: where the number is registered; none for a withheld or unregistered one.
        keyed: the organisation whose account the caller keyed, None when none was.
        attestation: ``StirVerstat`` as given, None when absent.
        odd: whether it was given twice.
    """
    given = signature(attestation, odd=odd)
    contradicted = bool(registrations) and given is Signature.CONTRADICTED
    only = stands_for(registrations, keyed)
    if only is None or is_user(only):
        return Trust(Level.UNVERIFIED, only, contradicted)
    level = _TABLE.get((given, only.organisation.trust_caller_id), Level.UNVERIFIED)
    return Trust(level, only, contradicted)


def stands_for(registrations: Sequence[Registration], keyed: int | None = None) -> Registration | None:
    """The one registration meant; None when several organisations have the number, or not the one keyed.

    A number that several contacts of one organisation share speaks for the organisation, and for the least
    entitled of them: nobody is promoted by a shared telephone.
    """
    organisations = {registration.organisation.id for registration in registrations}
    if len(organisations) != 1 or (keyed is not None and keyed not in organisations):
        return None
    users = [registration for registration in registrations if is_user(registration)]
    if users:
        return users[0]
    first = registrations[0]
    return first if len(registrations) == 1 else Registration(first.organisation, None)


def is_user(registration: Registration) -> bool:
    """A ``user``'s number names the organisation, but proves nobody who may open cases."""
    return registration.contact is not None and registration.contact.role is Role.USER
