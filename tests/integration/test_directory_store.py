"""Importing organisations and contacts: added, updated, told, refused while on the line."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.faults import Fault, FaultCode
from app.services.directory import read_directory
from app.services.samples import sample_directory
from app.verification.model import TrustPolicy
from tests.integration.world import ADMIN_PHONE, START, World, a_call, contact, organisation, wrong

DAY = timedelta(days=1)


def told(world: World) -> set[tuple[str, str]]:
    """Way and address of each letter about a changed profile."""
    letters = world.outbox.claim(world.clock.now(), limit=100)
    return {(letter.channel, letter.to) for letter in letters if letter.kind == "changed"}


def test_sample_is_imported_and_again_changes_nothing(world: World) -> None:
    """The sample organisations can be imported; the same files again add and update nothing."""
    files = read_directory(*sample_directory())
    assert files.faults == ()
    organisations, contacts = list(files.organisations), list(files.contacts)
    assert world.profile(organisations, contacts) == (8, 0)
    assert world.profile(organisations, contacts) == (0, 0)
    [rossi] = world.ledger.registrations("+46701740612")
    assert rossi.contact is not None
    assert (rossi.organisation.name, rossi.contact.name) == ("Rossi Forniture", "Giulia Conti")
    assert len(world.ledger.registrations("+12025550177")) == 2


def test_import_again_updates(world: World) -> None:
    """An account that is there already takes on every field of its row, numbers included."""
    world.profile([organisation(numbers=("+442079460100",)), organisation("0042")], [contact()])
    row = organisation(name="New Name", trust_caller_id="never", code_digits=8, numbers=("+44207946*",))
    assert world.profile([row, organisation("0042"), organisation("7777")], [contact()]) == (1, 1)
    [found] = world.ledger.registrations("+442079460199")
    assert (found.organisation.name, found.organisation.code_digits) == ("New Name", 8)
    assert found.organisation.trust_caller_id is TrustPolicy.NEVER


def test_contacts_are_made_equal_to_the_rows(world: World) -> None:
    """A contact that is no longer in the file is off the profile; one that comes back is on it again."""
    world.profile([organisation()], [contact()])
    world.profile([organisation()], [])
    assert world.ledger.registrations(ADMIN_PHONE) == []
    assert world.issue("gone").contact is None
    world.ledger.record(a_call("gone"), ended="completed")
    assert world.profile([organisation()], [contact()]) == (0, 1)
    assert world.issue("back").contact is not None


def test_accounts_not_named_are_left_alone(world: World) -> None:
    """Organisations that are not in the files stay as they are."""
    world.profile([organisation()], [contact()])
    world.profile([organisation("0042")], [])
    assert len(world.ledger.registrations(ADMIN_PHONE)) == 1


def test_profile_order_is_the_files_order(world: World) -> None:
    """The first administrator in the file gets the code; the order may change."""
    first, second = contact(), contact(name="Zoe Admin", email="zoe@example.com", phone="")
    world.profile([organisation()], [first, second])
    world.profile([organisation()], [second, first])
    chosen = world.issue().contact
    assert chosen is not None
    assert chosen.name == "Zoe Admin"


def test_changed_address_tells_the_old_one_and_waits_a_day(world: World) -> None:
    """A new address is told to the old one, and gets codes only 24 hours later, whatever the file says."""
    world.profile([organisation()], [contact()])
    world.profile([organisation()], [contact(email="new@example.com")], days_ago=0)
    assert told(world) == {("email", "ada@example.com")}
    assert world.issue("early").contact is None
    world.clock.moves(DAY)
    reached = world.issue("later").contact
    assert reached is not None
    assert reached.email == "new@example.com"


def test_changed_number_is_told_to_the_old_number(world: World) -> None:
    """A number that is given up is told so by text, or by e-mail where it takes none."""
    silent = contact(name="Vera Voice", email="vera@example.com", phone="+12025550118", phone_can_text=False)
    world.profile([organisation()], [contact(), silent])
    changed = [contact(phone="+12025550120"), replace(silent, phone="")]
    world.profile([organisation()], changed, days_ago=0)
    assert told(world) == {("text", ADMIN_PHONE), ("email", "vera@example.com")}


def test_removed_contact_is_told(world: World) -> None:
    """Who is taken off a profile is told at each address that can be written to."""
    world.profile([organisation()], [contact()])
    world.profile([organisation()], [], days_ago=0)
    assert told(world) == {("email", "ada@example.com"), ("text", ADMIN_PHONE)}


def test_new_contact_of_a_known_account_waits_a_day(world: World) -> None:
    """Somebody added to a known profile gets codes 24 hours later; of a new account at once."""
    world.profile([organisation()], [])
    world.profile([organisation(), organisation("0042")], [contact(), contact("0042")], days_ago=0)
    assert world.issue("known").contact is None
    assert world.issue("new", account="0042").contact is not None


def test_contacts_stay_while_their_account_is_on_the_line(world: World) -> None:
    """Nothing is imported while a call is on for an account whose contacts would change."""
    world.profile([organisation(), organisation("0042")], [contact()])
    world.ledger.record(a_call(organisation=world.organisation_id()))
    rows = [organisation("0042", name="New Name"), organisation()]
    with pytest.raises(Fault, match="12345678") as caught:
        world.profile(rows, [contact(email="new@example.com")])
    assert caught.value.code is FaultCode.CONFLICT
    assert world.profile([organisation("0042", name="New Name"), organisation()], [contact()]) == (0, 1)
    world.ledger.record(a_call(organisation=world.organisation_id()), ended="completed")
    assert world.profile(rows, [contact(email="new@example.com")]) == (0, 1)


def test_issued_code_puts_its_account_on_the_line(world: World) -> None:
    """From the moment a code is issued the contacts of its account cannot be changed."""
    world.profile([organisation()], [contact()])
    world.issue()
    with pytest.raises(Fault):
        world.profile([organisation()], [], days_ago=0)


def test_call_that_never_ended_does_not_hold_for_ever(world: World) -> None:
    """A call whose end was never told counts as over after four hours, the carrier's own bound."""
    world.profile([organisation()], [contact()])
    world.ledger.record(a_call(organisation=world.organisation_id(), started_at=START.isoformat()))
    world.clock.moves(timedelta(hours=4))
    assert world.profile([organisation()], [], days_ago=0) == (0, 1)


def test_switched_off_contact_stays_off(world: World) -> None:
    """No import switches a contact on again, not even by taking it off the profile and putting it back."""
    world.limits = replace(world.limits, failures_until_switched_off=1)
    world.profile([organisation()], [contact()])
    challenge = world.issue().challenge
    world.guess(challenge, 2, wrong(challenge))
    world.ledger.record(a_call(), ended="completed")
    world.profile([organisation()], [])
    world.profile([organisation()], [contact(confirmed=START)])
    world.clock.moves(10 * DAY)
    assert world.audited("contact_switched_off") == 1
    assert world.issue("after").contact is None


def test_two_people_confirm_a_contact_anew(world: World) -> None:
    """A contact who was switched off gets codes again, a day after two people confirmed them."""
    world.profile([organisation()], [contact()])
    world.limits = replace(world.limits, failures_until_switched_off=1)
    challenge = world.issue("first").challenge
    world.guess(challenge, 2, wrong(challenge))
    world.clock.moves(timedelta(days=2))
    assert world.issue("second").contact is None
    now, who = world.clock.now(), ("ada", "grace")
    for account, name, people, reason in (
        ("12345678", "Ada Admin", ("ada", " Ada "), "they rang"),
        ("12345678", "Ada Admin", who, " "),
        ("12345678", "Nobody", who, "they rang"),
        ("99999999", "Ada Admin", who, "they rang"),
    ):
        with pytest.raises(Fault) as caught:
            world.directory.confirm(account, name, people=people, reason=reason, now=now)
        assert caught.value.code is FaultCode.BAD_INPUT
    world.directory.confirm("12345678", "Ada Admin", people=who, reason="they rang", now=now)
    assert world.audited("contact_confirmed") == 1
    assert world.issue("third").contact is None
    world.clock.moves(timedelta(days=1))
    assert world.issue("fourth").contact is not None
    with pytest.raises(Fault):
        world.directory.confirm("12345678", "Ada Admin", people=who, reason="again", now=now)
