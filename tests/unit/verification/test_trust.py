"""The trust table, every value of it."""

import pytest

from app.verification.model import Contact, Level, Organisation, Registration, Role, TrustPolicy
from app.verification.trust import judge

FULL = "TN-Validation-Passed-A"
PLAIN = [None, "No-TN-Validation", "TN-Validation-Passed-B", "TN-Validation-Passed-C"]
CONTRADICTED = [
    "TN-Validation-Failed-A",
    "TN-Validation-Failed-B",
    "TN-Validation-Failed-C",
    "TN-Validation-Failed",
    "TN-Validation-Passed-A-Diverted",
    "TN-Validation-Passed-B-Diverted",
    "TN-Validation-Passed-A-Passthrough",
    "TN-Validation-Passed-C-Passthrough",
    "tn-validation-passed-a",
    "TN-VALIDATION-PASSED-A",
    " TN-Validation-Passed-A",
    "TN-Validation-Passed-A ",
    "TN-Validation-Passed-A\n",
    "TN-Validation-Passed-Α",  # a Greek letter
    "TN-Validation-Passed-D",
    "Passed-A",
    "anything",
    "",
]


def registration(
    policy: TrustPolicy = TrustPolicy.MATCH,
    organisation: int = 1,
    role: Role | None = Role.ADMIN,
    person: int = 1,
) -> Registration:
    owner = Organisation(organisation, "12345678", "Firm", "IT", trust_caller_id=policy)
    return Registration(owner, Contact(person, organisation, "Ada", role) if role else None)


def level(policy: TrustPolicy, attestation: str | None, *, odd: bool = False) -> tuple[Level, bool]:
    trust = judge([registration(policy)], keyed=None, attestation=attestation, odd=odd)
    return trust.level, trust.contradicted


@pytest.mark.parametrize("policy", [TrustPolicy.MATCH, TrustPolicy.ATTESTED])
def test_full_attestation_needs_no_code(policy: TrustPolicy) -> None:
    """A registered number with full attestation is number_attested under match and attested."""
    assert level(policy, FULL) == (Level.NUMBER_ATTESTED, False)


@pytest.mark.parametrize("attestation", PLAIN)
def test_plain_numbers_match_under_match(attestation: str | None) -> None:
    """Without attestation, or with a lesser one, a registered number is number_matched under match."""
    assert level(TrustPolicy.MATCH, attestation) == (Level.NUMBER_MATCHED, False)


@pytest.mark.parametrize("attestation", PLAIN)
def test_plain_numbers_need_a_code_under_attested(attestation: str | None) -> None:
    """An organisation that asks for attestation gets the code step without it."""
    assert level(TrustPolicy.ATTESTED, attestation) == (Level.UNVERIFIED, False)


@pytest.mark.parametrize("policy", list(TrustPolicy))
@pytest.mark.parametrize("attestation", CONTRADICTED)
def test_anything_else_needs_a_code_and_is_audited(policy: TrustPolicy, attestation: str) -> None:
    """Failed, diverted, passed through, unknown, other case, padded, empty: code step, and audited."""
    assert level(policy, attestation) == (Level.UNVERIFIED, True)


@pytest.mark.parametrize("policy", list(TrustPolicy))
def test_given_twice_needs_a_code_and_is_audited(policy: TrustPolicy) -> None:
    """The value given twice is a contradiction, the right one too."""
    assert level(policy, FULL, odd=True) == (Level.UNVERIFIED, True)


@pytest.mark.parametrize("attestation", [FULL, *PLAIN])
def test_never_means_never(attestation: str | None) -> None:
    """An organisation that trusts no number gets the code step always."""
    assert level(TrustPolicy.NEVER, attestation) == (Level.UNVERIFIED, False)


def test_number_of_several_organisations_needs_a_code() -> None:
    """A number registered with several organisations stands for none of them."""
    trust = judge([registration(), registration(organisation=2)], keyed=None, attestation=FULL, odd=False)
    assert (trust.level, trust.registration) == (Level.UNVERIFIED, None)


def test_number_of_another_account_than_keyed_needs_a_code() -> None:
    """A registered number proves nothing about an account of another organisation."""
    trust = judge([registration()], keyed=2, attestation=FULL, odd=False)
    assert (trust.level, trust.registration) == (Level.UNVERIFIED, None)
    same = judge([registration()], keyed=1, attestation=FULL, odd=False)
    assert same.level is Level.NUMBER_ATTESTED


@pytest.mark.parametrize("attestation", [FULL, None, "TN-Validation-Failed-A"])
def test_unregistered_number_needs_a_code(attestation: str | None) -> None:
    """Not registered or withheld: code step whatever the carrier says, and nothing to audit."""
    trust = judge([], keyed=None, attestation=attestation, odd=False)
    assert (trust.level, trust.registration, trust.contradicted) == (Level.UNVERIFIED, None, False)


def test_users_number_names_the_organisation_only() -> None:
    """A user's number says which organisation it is, and proves nobody."""
    known = registration(role=Role.USER)
    trust = judge([known], keyed=None, attestation=FULL, odd=False)
    assert (trust.level, trust.registration) == (Level.UNVERIFIED, known)


def test_organisations_own_number_is_registered() -> None:
    """An organisation's own number or range counts like a contact's."""
    trust = judge([registration(role=None)], keyed=None, attestation=FULL, odd=False)
    assert trust.level is Level.NUMBER_ATTESTED


def test_shared_telephone_speaks_for_the_organisation() -> None:
    """A number of two administrators proves their organisation, and neither of them."""
    both = [registration(person=1), registration(role=Role.OWNER, person=2)]
    trust = judge(both, keyed=None, attestation=FULL, odd=False)
    assert trust.level is Level.NUMBER_ATTESTED
    assert trust.registration == registration(role=None)


def test_telephone_shared_with_a_user_proves_nobody() -> None:
    """A number that an administrator shares with a user is a user's number."""
    both = [registration(person=1), registration(role=Role.USER, person=2)]
    assert judge(both, keyed=None, attestation=FULL, odd=False).level is Level.UNVERIFIED
