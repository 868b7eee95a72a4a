"""The receipt of a running call."""

from datetime import UTC, datetime, timedelta

from app.callflow.model import Call
from app.services.receipts import facts_of
from app.verification.model import Level, Method
from app.verification.receipt import Facts

NOW = datetime(2026, 11, 20, 16, tzinfo=UTC)
PROVED = Call(
    "3f1c", "AC1", "CA1", "+39800917919", "+390655550100", NOW.isoformat(), 4,
    queue="technical-it", organisation=1, organisation_name="Rossi Forniture", account="12345678",
    level="code", method="text", proved_as="Giulia Conti", proved_role="admin",
    proved_at=(NOW - timedelta(minutes=10)).isoformat(),
)  # fmt: skip


def test_a_proved_callers_receipt() -> None:
    """It says how sure we are, by what, since when, of whom, and where the call is going."""
    assert facts_of(PROVED, NOW) == Facts(
        call_id="3f1c",
        level=Level.CODE,
        issued_at=NOW,
        table_version=4,
        method=Method.TEXT,
        reached_at=NOW - timedelta(minutes=10),
        account="12345678",
        organisation="Rossi Forniture",
        queue="technical-it",
    )


def test_no_name_and_no_number_of_a_person() -> None:
    """Neither the contact nor a number that calls, was called or keyed is among the facts."""
    said = repr(facts_of(PROVED.having(keyed="+390655550199"), NOW))
    for text in ("Giulia", "Conti", "admin", "0655550100", "800917919", "0655550199"):
        assert text not in said


def test_a_level_that_is_too_old_is_none() -> None:
    """60 minutes after it was reached, a call's receipt says unverified, whatever the call remembers."""
    found = facts_of(PROVED, NOW + timedelta(minutes=50))
    assert (found.level, found.method, found.reached_at) == (Level.UNVERIFIED, Method.NONE, None)
    assert facts_of(PROVED, NOW + timedelta(minutes=49)).level is Level.CODE


def test_an_account_that_is_not_known_is_left_out() -> None:
    """A call that lost its state knows the organisation's name alone, and a stranger's nothing."""
    assert facts_of(PROVED.having(account=""), NOW).account == ""
    stranger = facts_of(Call("3f1c", "AC1", "CA1", "+39800917919", None, NOW.isoformat(), 4), NOW)
    assert stranger == Facts("3f1c", Level.UNVERIFIED, NOW, 4)
