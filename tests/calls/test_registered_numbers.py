"""Who is known by the number calling, and how far that number is believed."""

import pytest
from sqlalchemy import select

from app.adapters.sql.verification_rows import AuditEntry
from app.factory.services import Services
from app.simulator.phone import Phone
from tests.calls.inbox import Inbox
from tests.calls.ways import ACCOUNT, BRITAIN, FRANCE, GERMANY, ITALY, NORTH_AMERICA, story

AMELIA = "+447700900142"  # of a firm that trusts a matching number
CAMILLE = "+33639980012"  # of a firm that trusts a number the carrier attests
JONAS = "+493023125142"  # of a firm that never trusts a number
LUCA = "+12025550121"  # a user, who may not open cases

#: The Italian line serves the Vatican, too: +39, Italy, Italian, technical.
FROM_ABROAD = "39# 1 1 1"
A = "TN-Validation-Passed-A"
MATCHED = ("number_matched", "code", "code")
ATTESTED = ("number_attested", "number_attested", "code")
DISBELIEVED = ("code", "code", "code")
#: StirVerstat -> what it makes of a number by the organisation's policy: match, attested, never.
TRUST_TABLE = [
    (A, ATTESTED),
    (None, MATCHED),
    ("No-TN-Validation", MATCHED),
    ("TN-Validation-Passed-B", MATCHED),
    ("TN-Validation-Passed-C", MATCHED),
    ("TN-Validation-Failed-A", DISBELIEVED),
    ("TN-Validation-Failed-B", DISBELIEVED),
    ("TN-Validation-Failed-C", DISBELIEVED),
    ("TN-Validation-Failed", DISBELIEVED),
    ("TN-Validation-Passed-A-Diverted", DISBELIEVED),
    ("TN-Validation-Passed-A-Passthrough", DISBELIEVED),
    ("TN-Validation-Passed-B-Diverted", DISBELIEVED),
    ("TN-Validation-Passed-C-Passthrough", DISBELIEVED),
    ("tn-validation-passed-a", DISBELIEVED),
    (f" {A}", DISBELIEVED),
    (f"{A} ", DISBELIEVED),
    ("", DISBELIEVED),
    ("Passed", DISBELIEVED),
    ((A, A), DISBELIEVED),
    ((A, "TN-Validation-Failed-A"), DISBELIEVED),
    (("TN-Validation-Passed-B", A), DISBELIEVED),
]


def test_a_contact_from_the_registered_phone(phone: Phone) -> None:
    """A registered number that nothing contradicts needs no code; the agent hears whose it is."""
    call = phone.dials(ITALY, ani="+46701740612").follows(FROM_ABROAD).hears("riconosciuto il Suo numero")
    call.is_transferred_to("technical-it", level="number_matched")
    call.agent_hears(
        "Numero registrato, non confermato dall'operatore telefonico. Rossi Forniture, Giulia Conti"
    )


def test_a_number_of_the_organisations_range(phone: Phone) -> None:
    """Any number of a registered range proves the organisation; no person is named."""
    call = phone.dials(BRITAIN, ani="+442079460287").presses("1").hears("we recognise your number")
    call.is_transferred_to("technical-en", level="number_matched")


def test_a_number_beside_the_range(phone: Phone) -> None:
    """A number that only begins like the range's is a stranger's."""
    phone.dials(BRITAIN, ani="+442079461287").presses("1").hears("account number").is_listening()


def test_the_range_itself_and_the_single_number(phone: Phone) -> None:
    """The organisation's own single number counts exactly, not as the beginning of longer ones."""
    phone.dials(BRITAIN, ani="+442079460100").presses("1").is_transferred_to("technical-en", "number_matched")
    phone.dials(BRITAIN, ani="+4420794601001").presses("1").hears("account number")


#: A registered number's line, the number, what its caller presses there, and the queue that comes of it.
WAYS_IN = (
    (BRITAIN, AMELIA, "1", "technical-en"),
    (FRANCE, CAMILLE, "1 1", "technical-fr"),
    (GERMANY, JONAS, "1 1", "technical-de"),
)


@pytest.mark.parametrize(("attestation", "outcomes"), TRUST_TABLE, ids=[str(row[0]) for row in TRUST_TABLE])
def test_the_trust_table(
    phone: Phone,
    services: Services,
    attestation: str | tuple[str, str] | None,
    outcomes: tuple[str, str, str],
) -> None:
    """Registration, the carrier's word and the organisation's policy give the level; all else is a code."""
    for (line, ani, keys, queue), outcome in zip(WAYS_IN, outcomes, strict=True):
        call = phone.dials(line, ani=ani, attestation=attestation).follows(keys)
        if outcome == "code":
            assert call.state == "channel"
            call.is_listening()
        else:
            call.is_transferred_to(queue, level=outcome)
    assert _audited(services, "number_contradicted") == (3 if outcomes is DISBELIEVED else 0)


@pytest.mark.parametrize(
    ("attestation", "detail"),
    [
        ("", "empty"),
        ("TN-Validation-Failed-A", "TN-Validation-Failed-A"),
        ((A, A), "given twice"),
        (("", A), "given twice"),
    ],
)
def test_the_audit_says_what_was_given(
    phone: Phone, services: Services, attestation: str | tuple[str, str], detail: str
) -> None:
    """A contradicted number is audited with what the carrier gave: the value, an empty one, or two."""
    phone.dials(BRITAIN, ani=AMELIA, attestation=attestation).presses("1")
    assert _details(services, "number_contradicted") == [detail]


def test_a_users_number_names_the_organisation_and_proves_nothing(phone: Phone, inbox: Inbox) -> None:
    """A user hears kindly who opens cases; the code goes to the administrator, never to the user."""
    call = phone.dials(ITALY, ani=LUCA, attestation=A).follows(FROM_ABROAD)
    call.hears("vengono aperte dall'amministrazione").presses("1").waits(30)
    assert [message.to for message in inbox.new()] == ["giulia.conti@example.com"]
    call.presses("0#").is_transferred_to("technical-it", level="unverified")
    call.agent_hears("Identità non verificata. Rossi Forniture. ")


def test_a_number_of_several_organisations(phone: Phone, inbox: Inbox) -> None:
    """Registered with two organisations it proves neither: the account is asked for, and its code."""
    call = phone.dials(NORTH_AMERICA, ani="+12025550177", attestation=A).presses("1").hears("account number")
    call.keys("77001").presses("1").presses("1").keys(inbox.code())
    call.is_transferred_to("technical-en", level="code")


@pytest.mark.parametrize(
    "ani",
    [
        None,
        "anonymous",
        "Restricted",
        "+8656696",
        "alice",
        "sip:bob@example.com",
        "sip:+46701740612@evil.example",
        "tel:+46701740612",
        "+0123456",
    ],
)
def test_withheld_or_no_number_at_all(phone: Phone, services: Services, ani: str | None) -> None:
    """A withheld number, or one that is not E.164, is nobody's, whatever the carrier says of it."""
    call = phone.dials(ITALY, ani=ani, attestation=A).follows(FROM_ABROAD).hears("numero cliente")
    assert _audited(services, "number_contradicted") == 0
    call.presses("0#").is_transferred_to("technical-it", level="unverified").agent_hears(
        "Identità non verificata."
    )


def test_another_account_than_the_numbers_own(phone: Phone, inbox: Inbox) -> None:
    """A registered caller may ask for another account: only its code proves it."""
    call = phone.dials(BRITAIN, ani=AMELIA, attestation="TN-Validation-Failed-A").presses("1").presses("1")
    call.keys("3").keys(ACCOUNT).presses("1").presses("1")
    assert inbox.new()[-1].to == "giulia.conti@example.com"
    call.presses("0#").is_transferred_to("technical-en", level="unverified")


def test_the_timeline_says_what_the_number_was_worth(phone: Phone, services: Services) -> None:
    """The call's story names the organisation and the level its number reached."""
    call = phone.dials(BRITAIN, ani=AMELIA, attestation=A).presses("1").hangs_up()
    assert "who: proved Brightwater Instruments: number_attested" in story(services, call)


def _audited(services: Services, what: str) -> int:
    return len(_details(services, what))


def _details(services: Services, what: str) -> list[str]:
    with services.sql.engine.connect() as connection:
        return list(connection.scalars(select(AuditEntry.detail).where(AuditEntry.what == what)))
