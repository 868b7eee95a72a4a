"""Who a number or an account belongs to, and the levels a call reaches."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.ports import ContactRow, Found
from app.verification.code import derive
from app.verification.model import Level, Method, Proof, Registration
from tests.integration.world import ADMIN_PHONE, KEYS, STRANGER, World, a_call, contact, organisation


def registered(world: World, ani: str) -> set[tuple[str, str]]:
    """Organisation and contact of each registration of a number."""
    return {
        (one.organisation.account_number, one.contact.name if one.contact else "")
        for one in world.ledger.registrations(ani)
    }


def test_contact_and_organisation_numbers(world: World) -> None:
    """A contact's number names the contact, the organisation's own number the organisation; others nobody."""
    world.profile([organisation(numbers=("+442079460100",))], [contact()])
    assert registered(world, ADMIN_PHONE) == {("12345678", "Ada Admin")}
    assert registered(world, "+442079460100") == {("12345678", "")}
    assert registered(world, "+442079460101") == set()
    assert registered(world, "+4420794601000") == set()


def test_ranges_cover_what_begins_with_them(world: World) -> None:
    """A range is a beginning of numbers, the beginning itself included."""
    world.profile([organisation(numbers=("+4420794601*",))], [])
    for ani in ("+4420794601", "+44207946012", "+442079460199"):
        assert registered(world, ani) == {("12345678", "")}
    for ani in ("+442079460", "+442079460200", "+1442079460"):
        assert registered(world, ani) == set()


def test_contact_within_the_own_range_is_named(world: World) -> None:
    """A contact's number that lies in the organisation's range is one registration: the contact's."""
    world.profile([organisation(numbers=("+120255501*", ADMIN_PHONE))], [contact()])
    assert registered(world, ADMIN_PHONE) == {("12345678", "Ada Admin")}


def test_number_of_several_organisations(world: World) -> None:
    """A number registered with several organisations names them all."""
    world.profile([organisation(), organisation("0042", numbers=("+120255501*",))], [contact()])
    assert registered(world, ADMIN_PHONE) == {("12345678", "Ada Admin"), ("0042", "")}


def test_range_look_up_uses_the_index(world: World) -> None:
    """A caller's number is found by index, however many numbers are registered."""
    if world.engine.dialect.name == "postgresql":
        plan = "SET enable_seqscan = off; EXPLAIN "
    else:
        plan = "EXPLAIN QUERY PLAN "
    where = "number IN ('+12', '+120') AND (is_range OR number = '+120')"
    query = f"SELECT id FROM organisation_numbers WHERE {where}"  # noqa: S608 - our own words
    with Session(world.engine) as session:
        for statement in (plan + query).split("; "):
            rows = session.execute(text(statement))
        steps = " ".join(str(row) for row in rows)
    assert "ix_organisation_numbers_number" in steps


def test_account_before_number(world: World) -> None:
    """What is keyed is an account first, then a registered number; it may be neither."""
    world.profile([organisation("12025550114"), organisation("0042")], [contact("0042")])
    asker = [world.asker("call", turn) for turn in range(3)]
    by_account = world.ledger.look_up(asker[0], "12025550114", [ADMIN_PHONE], at_most=3)
    by_number = world.ledger.look_up(asker[1], "2025550114", [ADMIN_PHONE, "+392025550114"], at_most=3)
    nobody = world.ledger.look_up(asker[2], "999999", [], at_most=3)
    assert by_account is not None
    assert by_account.organisation is not None
    assert (by_account.organisation.account_number, by_account.contact) == ("12025550114", None)
    assert by_number is not None
    assert by_number.contact is not None
    assert by_number.contact.name == "Ada Admin"
    assert nobody == Found()


def test_leading_zeros_count(world: World) -> None:
    """0042 and 42 are different accounts."""
    world.profile([organisation("0042")], [])
    assert world.ledger.look_up(world.asker("call", 1), "42", [], at_most=3) == Found()
    assert world.ledger.look_up(world.asker("call", 2), "0042", [], at_most=3) != Found()


def test_number_two_organisations_share_names_none(world: World) -> None:
    """A keyed number that contacts of two organisations share leads nowhere: the account has to be keyed."""
    world.profile([organisation(), organisation("0042")], [contact(), contact("0042")])
    assert world.ledger.look_up(world.asker("call", 1), "", [ADMIN_PHONE], at_most=3) == Found()


@pytest.mark.parametrize("keyed", ["+442079460100", "+442079460255"], ids=["number", "range"])
def test_the_organisations_own_number_is_keyed(world: World, keyed: str) -> None:
    """The organisation's own number, or one in its range, names the organisation and no contact."""
    numbers = ("+442079460100", "+4420794602*")
    world.profile([organisation(numbers=numbers), organisation("0042")], [contact(), contact("0042")])
    found = world.ledger.look_up(world.asker("call", 1), "", ["+392079460255", keyed], at_most=3)
    assert found is not None
    assert found.organisation is not None
    assert (found.organisation.account_number, found.contact) == ("12345678", None)


@pytest.mark.parametrize("keyed", ["+442079460101", "+4420794601000", "+442079460", "+442079460300"])
def test_a_number_beside_the_organisations_own_is_keyed(world: World, keyed: str) -> None:
    """A number that only begins like the organisation's own, or like its range, leads nowhere."""
    world.profile([organisation(numbers=("+442079460100", "+4420794602*"))], [contact()])
    assert world.ledger.look_up(world.asker("call", 1), "", [keyed], at_most=3) == Found()


def test_a_contact_within_the_own_range_is_keyed(world: World) -> None:
    """A contact's number that lies in the organisation's own range names the contact."""
    world.profile([organisation(numbers=("+120255501*", ADMIN_PHONE))], [contact()])
    found = world.ledger.look_up(world.asker("call", 1), "", [ADMIN_PHONE], at_most=3)
    assert found is not None
    assert found.contact is not None
    assert found.contact.name == "Ada Admin"


@pytest.mark.parametrize("people", [[], [contact()]], ids=["two ranges", "a contact and another's range"])
def test_an_own_number_of_several_organisations_names_none(world: World, people: list[ContactRow]) -> None:
    """A keyed number that is one organisation's own and another's as well leads nowhere."""
    ranges = () if people else ("+1202555*",)
    world.profile([organisation(numbers=ranges), organisation("0042", numbers=("+120255501*",))], people)
    assert world.ledger.look_up(world.asker("call", 1), "", [ADMIN_PHONE], at_most=3) == Found()


def test_look_ups_are_limited_per_call(world: World) -> None:
    """A call has so many look-ups; a repeated step is none, another call has its own."""
    world.profile([organisation()], [])
    for turn in (1, 2, 2, 1):
        assert world.ledger.look_up(world.asker("call", turn), "12345678", [], at_most=2) is not None
    assert world.ledger.look_up(world.asker("call", 3), "12345678", [], at_most=2) is None
    assert world.ledger.look_up(world.asker("other", 3), "12345678", [], at_most=2) is not None


def test_repeated_look_up_gives_what_was_found(world: World) -> None:
    """The same step again returns the stored outcome, whatever is keyed."""
    world.profile([organisation()], [])
    first = world.ledger.look_up(world.asker("call", 1), "12345678", [], at_most=3)
    assert world.ledger.look_up(world.asker("call", 1), "999999", [], at_most=3) == first


def by_number(world: World, turn: int = 1) -> Registration:
    """Let the call reach number_matched."""
    [registration] = world.ledger.registrations(ADMIN_PHONE)
    proof = Proof(Level.NUMBER_MATCHED, Method.NUMBER, None, "Ada Admin", "admin", world.clock.now())
    world.ledger.prove_by_number(world.asker("call", turn, ADMIN_PHONE), registration, proof, "")
    return registration


def test_level_by_number_is_written_once(world: World) -> None:
    """A registered number's level is stored with its audit row; the same step again changes nothing."""
    world.profile([organisation()], [contact()])
    by_number(world)
    by_number(world)
    proof = world.ledger.proof("call")
    assert proof is not None
    assert (proof.level, proof.contact_name) == (Level.NUMBER_MATCHED, "Ada Admin")
    assert world.audited("level_reached") == 1


def test_highest_level_counts(world: World) -> None:
    """A code after a matched number raises the level; the number again does not lower it."""
    world.profile([organisation()], [contact()])
    by_number(world)
    world.guess(world.issue(turn=2).challenge, 3)
    by_number(world, 4)
    proof = world.ledger.proof("call")
    assert proof is not None
    assert proof.level is Level.CODE


def test_level_holds_sixty_minutes_of_one_call(world: World) -> None:
    """A level belongs to its call, lasts at most 60 minutes and ends with the call."""
    world.profile([organisation()], [contact()])
    by_number(world)
    assert world.ledger.proof("another") is None
    world.clock.moves(timedelta(minutes=60) - timedelta(microseconds=1))
    assert world.ledger.proof("call") is not None
    world.clock.moves(timedelta(microseconds=1))
    assert world.ledger.proof("call") is None


def test_level_ends_with_the_call(world: World) -> None:
    """Once the call is over no level holds."""
    world.profile([organisation()], [contact()])
    by_number(world)
    world.ledger.record(a_call(), ended="completed")
    assert world.ledger.proof("call") is None


def test_events_are_audited_once_a_step(world: World) -> None:
    """An event of a step is one audit row, however often the step is repeated."""
    for turn in (1, 1, 2):
        world.ledger.audit(world.asker("call", turn), "number_contradicted", "TN-Validation-Failed-A")
    assert world.audited("number_contradicted") == 2


@pytest.mark.parametrize("statement", ["UPDATE audit SET what = 'x'", "DELETE FROM audit"])
def test_audit_is_append_only(world: World, statement: str) -> None:
    """The database itself refuses to change or remove an audit row."""
    world.ledger.audit(world.asker("call", 1), "number_contradicted", "x")
    with Session(world.engine) as session, pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(statement))
    assert world.audited("number_contradicted") == 1


def test_no_code_is_stored(world: World) -> None:
    """After a whole code step no table holds the code."""
    world.profile([organisation()], [contact()])
    challenge = world.issue().challenge
    code = derive(KEYS, challenge)
    world.guess(challenge, 2, code, ani=STRANGER)
    with Session(world.engine) as session:
        for table in ("challenges", "attempts", "levels", "outbox", "audit", "calls", "timeline"):
            rows = session.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608 - our own names
            assert not any(code == str(value) for row in rows for value in row)
