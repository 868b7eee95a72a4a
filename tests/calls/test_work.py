"""Enumeration by time: what the database does does not depend on whether an account is known."""

import pytest

from app.factory.services import Services
from app.simulator.phone import Phone
from tests.calls.inbox import Inbox
from tests.calls.work import ACCOUNTS, statements_of_each_turn


@pytest.mark.parametrize("channel", ["1", "2"], ids=["e-mail", "phone"])
def test_the_same_statements_for_every_account(
    phone: Phone, inbox: Inbox, services: Services, channel: str
) -> None:
    """Known, unknown, without a contact for the channel: each turn takes as many statements of each kind."""
    known, *others = (
        statements_of_each_turn(services, phone, inbox, account, channel) for account in ACCOUNTS
    )
    assert [bool(statements) for _, statements in known] == [True] * len(known)
    for account, other in zip(ACCOUNTS[1:], others, strict=True):
        for (act, expected), (_, found) in zip(known, other, strict=True):
            assert sorted(found) == sorted(expected), f"{account} at {act}"
