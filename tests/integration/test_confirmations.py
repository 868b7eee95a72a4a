"""Confirming an address by a code that goes there."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.model import Actor, Role
from app.adapters.sql.confirmation_codes import ConfirmationRules
from app.adapters.sql.confirming import SqlConfirmations
from app.adapters.sql.verification_rows import AuditEntry
from app.faults import Fault, FaultCode
from app.ports import Letter
from app.ports import Sent as Outcome
from app.ports.confirmations import Confirmed, NotConfirmed, Withheld
from app.services.confirmations import ConfirmationDesk, Sent
from app.verification.code import derive
from app.verification.limits import DAY, Limits, Window
from app.verification.model import Channel
from routing.numbers import sendable_regions
from tests.integration.world import KEYS, World, contact, organisation

EDITOR = Actor("edna", Role.EDITOR, "192.0.2.1", user=1)
ADA = 1  # the id of a world's first contact
MINUTE = timedelta(minutes=1)


@dataclass
class At:
    """A desk in a world, and what it woke."""

    world: World
    woken: list[bool] = field(default_factory=list)

    @property
    def desk(self) -> ConfirmationDesk:
        rules = ConfirmationRules(self.world.limits, "test", sendable_regions)
        return ConfirmationDesk(
            SqlConfirmations(self.world.engine, rules), KEYS, lambda: self.woken.append(True)
        )

    @property
    def firm(self) -> int:
        return self.world.organisation_id()

    def sends(self, channel: Channel = Channel.EMAIL) -> Sent | Withheld:
        return self.desk.send(EDITOR, self.firm, ADA, channel, self.world.clock.now())

    def letter(self) -> Letter:
        """The newest letter with a code; those before it are taken from the outbox."""
        letters = self.world.outbox.claim(self.world.clock.now(), limit=100)
        return [letter for letter in letters if letter.kind == "confirm"][-1]

    def keys(self, digits: str, channel: Channel = Channel.EMAIL) -> Confirmed | NotConfirmed:
        return self.desk.key(EDITOR, self.firm, ADA, channel, digits, self.world.clock.now())


def code(letter: Letter) -> str:
    assert letter.challenge is not None
    return derive(KEYS, letter.challenge)


def other(digits: str) -> str:
    return digits[:-1] + str((int(digits[-1]) + 1) % 10)


@pytest.fixture
def at(world: World) -> At:
    world.profile([organisation()], [contact(confirmed=None)])
    return At(world)


def test_right_code_confirms_its_address_a_day_from_now(at: At) -> None:
    """The code goes to the address and is right once; codes for calls go there a day later, only there."""
    sent = at.sends()
    assert isinstance(sent, Sent)
    assert sent.expires_at == at.world.clock.now() + 30 * MINUTE
    letter = at.letter()
    assert (letter.channel, letter.to, at.woken) == ("email", "ada@example.com", [True])
    spaced = f" {code(letter)[:3]} {code(letter)[3:]}"
    assert at.keys(spaced) == Confirmed(at.world.clock.now())
    assert isinstance(at.keys(code(letter)), NotConfirmed)
    assert at.world.issue("early").contact is None
    at.world.clock.moves(DAY)
    assert at.world.issue("later").contact is not None
    assert at.world.issue("phone", channel=Channel.PHONE).contact is None
    assert at.world.audited("address_confirmed") == 1


def test_no_code_and_no_address_is_in_the_audit(at: At) -> None:
    """What the audit keeps of it for good holds neither the code nor the address nor the name."""
    at.sends()
    at.keys(code(at.letter()))
    with Session(at.world.engine) as session:
        rows = session.scalars(select(AuditEntry).where(AuditEntry.contact_id == ADA)).all()
        said = " ".join(f"{row.detail} {row.before} {row.after}" for row in rows)
    assert [row.who for row in rows] == ["edna", "edna"]
    assert not any(word in said for word in ("Ada", "example.com", "123456"))


def test_third_wrong_code_ends_it(at: At) -> None:
    """Three guesses a code; what is no whole code is none."""
    at.sends()
    right = code(at.letter())
    assert isinstance(at.keys("12"), NotConfirmed)
    left = [
        answer.left
        for answer in (at.keys(other(right)) for _ in range(3))
        if isinstance(answer, NotConfirmed)
    ]
    assert left == [2, 1, 0]
    assert isinstance(at.keys(right), NotConfirmed)


def test_guesses_made_at_once_are_counted(at: At) -> None:
    """Wrong codes keyed in parallel count like those keyed one after the other."""
    at.sends()
    right = code(at.letter())
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(at.keys, [other(right)] * 4))
    assert isinstance(at.keys(right), NotConfirmed)
    assert at.world.audited("confirmation_rejected") == 3


def test_code_by_phone_lives_ten_minutes(at: At) -> None:
    """A code by text is over after ten minutes."""
    at.sends(Channel.PHONE)
    letter = at.letter()
    assert (letter.channel, letter.to) == ("text", "+12025550114")
    at.world.clock.moves(10 * MINUTE)
    assert isinstance(at.keys(code(letter), Channel.PHONE), NotConfirmed)


def test_new_code_ends_the_one_before(at: At) -> None:
    """Sent again, only the newest code counts."""
    at.sends()
    first = code(at.letter())
    at.sends()
    second = code(at.letter())
    assert isinstance(at.keys(first), NotConfirmed) or first == second
    assert isinstance(at.keys(second), Confirmed)


def test_code_to_an_address_that_changed_meanwhile_confirms_nothing(at: At) -> None:
    """The code proves the address it went to; another one on the profile by now stays unconfirmed."""
    at.sends()
    right = code(at.letter())
    at.world.profile([organisation()], [contact(confirmed=None, email="new@example.com")], days_ago=0)
    assert isinstance(at.keys(right), NotConfirmed)
    at.world.clock.moves(2 * DAY)
    assert at.world.issue().contact is None


def test_limits_hold_codes_back(at: At) -> None:
    """Three codes a quarter of an hour, no phone outside the list of countries, none beyond the budget."""
    assert [isinstance(at.sends(), Sent) for _ in range(4)] == [True, True, True, False]
    at.world.limits = Limits(destinations=frozenset({"IT"}))
    at.world.clock.moves(DAY)
    assert isinstance(at.sends(Channel.PHONE), Withheld)
    at.world.limits = Limits(budget=Window(0, DAY))
    assert isinstance(at.sends(Channel.PHONE), Withheld)
    assert at.world.audited("confirmation_withheld") == 3


def test_guesses_of_a_day_are_limited(at: At) -> None:
    """Ten guesses a day at one contact, over all codes."""
    for _ in range(4):
        at.sends()
        right = code(at.letter())
        for _ in range(3):
            at.keys(other(right))
        at.world.clock.moves(16 * MINUTE)
    at.sends()
    assert at.world.audited("confirmation_rejected") == 10
    assert isinstance(at.keys(code(at.letter())), NotConfirmed)


def test_confirming_is_apart_from_calls(at: At) -> None:
    """Codes that confirm take nothing from what a call may get, and leave no call behind when refused."""
    at.world.profile([organisation()], [contact()])
    for _ in range(3):
        at.sends()
    assert at.world.issue().contact is not None
    letter = at.letter()
    at.world.outbox.settle(letter.id, Outcome.REFUSED, at.world.clock.now())
    [pending] = at.desk.pending(at.firm, at.world.clock.now())
    assert (pending.contact, pending.channel, pending.delivery) == (ADA, Channel.EMAIL, "refused")


def test_confirmed_again_waits_no_day_anew(at: At) -> None:
    """An address that was confirmed before keeps its day."""
    at.world.profile([organisation()], [contact()])
    at.sends()
    assert isinstance(at.keys(code(at.letter())), Confirmed)
    assert at.world.issue().contact is not None


def test_contact_of_another_organisation_is_not_found(at: At) -> None:
    """A contact does not exist beside another organisation; viewers confirm nothing."""
    at.world.profile([organisation("0042")], [])
    elsewhere, now = at.world.organisation_id("0042"), at.world.clock.now()
    with pytest.raises(Fault) as caught:
        at.desk.send(EDITOR, elsewhere, ADA, Channel.EMAIL, now)
    assert caught.value.code is FaultCode.NOT_FOUND
    with pytest.raises(Fault) as caught:
        at.desk.key(EDITOR, elsewhere, ADA, Channel.EMAIL, "123456", now)
    assert caught.value.code is FaultCode.NOT_FOUND
    with pytest.raises(Fault) as caught:
        at.desk.send(Actor("vera", Role.VIEWER), at.firm, ADA, Channel.EMAIL, now)
    assert caught.value.code is FaultCode.NOT_YOURS
