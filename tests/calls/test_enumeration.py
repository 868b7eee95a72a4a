"""What a caller may learn: whether an account is known, reachable or limited changes nothing they hear."""

import re
from datetime import timedelta

import pytest

from app.access.model import operator
from app.factory.services import Services
from app.ports import ContactRow, OrganisationRow
from app.simulator.phone import Phone
from tests.calls.inbox import Inbox
from tests.calls.ways import ACCOUNT, asks_who

UNKNOWN = "87654321"
UNKNOWN_OF_EIGHT = "51515151"  # by the tests' key
UNREACHABLE = "55554444"  # has an administrator without a telephone
LIMITED = "66667777"  # was sent as many codes as it may get
NOBODY = "33332222"  # has only a user

#: Keys after the account was confirmed: every way through the code step, to its very end.
WAYS = {
    "guesses": "{channel} 000000# 111111# 222222#",
    "again": "{channel} 1# - 1# - - - 1# 1# 000000# 0#",
    "other way": "{channel} 2# 000000# 2# 000000# 111111# 1# 222222#",
    "patience": "{channel} - - 12345# 7# *# - 000000# 0#",
    "too late": "{channel}" + " -" * 28 + " {channel} 000000# 0#",
}


@pytest.fixture
def accounts(services: Services) -> None:
    """Organisations that are known and yet get no code by telephone."""
    now = services.clock.now()
    rows = [
        OrganisationRow(account, f"Firm {account}", "IT", "", "it", "match", 6, 0, ())
        for account in (UNREACHABLE, LIMITED, NOBODY)
    ]
    confirmed = now - timedelta(days=30)
    people = [
        ContactRow(UNREACHABLE, "Ada", "admin", "ada@example.com", "", False, "it", confirmed),
        ContactRow(LIMITED, "Bea", "admin", "bea@example.com", "+46701740650", True, "it", confirmed),
        ContactRow(NOBODY, "Ugo", "user", "ugo@example.com", "+46701740651", True, "it", confirmed),
    ]
    services.sql.directory.replace(rows, people, actor=operator("test"), now=now)


@pytest.mark.usefixtures("accounts")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("channel", ["1", "2"])
def test_every_account_sounds_alike(phone: Phone, inbox: Inbox, way: str, channel: str) -> None:
    """Known, unknown, without a contact for the channel, over its limit: the same TwiML at every turn."""
    for ani in ("+390655550131", "+390655550132", "+390655550133"):
        call = asks_who(phone, ani).follows(f"{LIMITED}# 1 {channel}")
        assert len(inbox.new()) == 1
        call.hangs_up()
    script = WAYS[way].format(channel=channel)
    known, *others = (
        _documents(phone, account, f"+39065555012{place}", script)
        for place, account in enumerate((ACCOUNT, UNKNOWN, UNREACHABLE, LIMITED, NOBODY))
    )
    assert len(known) == len(script.split()) + 2
    for other in others:
        assert other == known


def test_eight_digits_tell_nothing(phone: Phone, services: Services) -> None:
    """An organisation that asks for 8 digits sounds like those unknown accounts that are asked for 8, too."""
    row = OrganisationRow("55556666", "Eight", "IT", "", "it", "match", 8, 0, ())
    person = ContactRow("55556666", "Ivo", "admin", "ivo@example.com", "", False, "it", services.clock.now())
    services.sql.directory.replace(
        [row], [person], actor=operator("test"), now=services.clock.now() - timedelta(days=2)
    )
    known, unknown = (
        _documents(phone, account, f"+39065555012{place}", "1 123456# 12345678# 0#")
        for place, account in enumerate(("55556666", UNKNOWN_OF_EIGHT))
    )
    assert unknown == known
    assert "codice non è corretto" not in known[3]
    assert "codice non è corretto" in known[4]


def _documents(phone: Phone, account: str, ani: str, script: str) -> list[str]:
    """Every document of one call, with what is the call's own taken out of it."""
    call = asks_who(phone, ani)
    documents = []
    for keys in (f"{account}#", "1", *script.split()):
        call.follows(keys)
        response = call.leg.last_response
        assert response is not None
        text = response.body.decode().replace(", ".join(account), "ACCOUNT")
        documents.append(re.sub(r"\b[cn]=[0-9a-f-]+", "", text))
    call.hangs_up()
    return documents
