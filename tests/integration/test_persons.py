"""One person's data: everything that is kept, handed out or erased."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import MetaData, select
from sqlalchemy.orm import Session

from app.access.model import Actor, Role
from app.adapters.sql.confirmation_codes import ConfirmationRules
from app.adapters.sql.confirming import SqlConfirmations
from app.adapters.sql.desk_reading import SqlDeskReading
from app.adapters.sql.importing import SqlImports
from app.adapters.sql.lifting import SqlLifting
from app.adapters.sql.persons import SqlPersons
from app.faults import Fault, FaultCode
from app.handover.model import LegEnd
from app.ports.imports import ImportFiles
from app.services.lifting import LiftingDesk
from app.services.persons import Erased, NotErased, PersonDesk
from app.verification.contact import masked
from app.verification.limits import DAY, Window
from app.verification.model import Channel
from routing.numbers import sendable_regions
from tests.integration.handover.desk import Desk
from tests.integration.handover.test_aftercare import wanting
from tests.integration.world import ADMIN_PHONE, UNBOUNDED, World, a_call, contact, organisation

ADMIN = Actor("alma", Role.ADMIN, "192.0.2.1", strong=True, user=1)
NAME, MAIL = "Ada Admin", "ada@example.com"
REASON = "asked for by letter"
ADA = 1


@pytest.fixture
def firm(world: World) -> World:
    """A contact who left traces everywhere: calls, codes, guesses, letters, a lifted limit, an upload."""
    world.limits = replace(UNBOUNDED, guesses_per_ani=Window(1, DAY))
    bea = contact(name="Bea", email="bea@example.com", phone="+12025550120")
    world.profile([organisation()], [contact(), bea])
    challenge = world.issue("first", ani=ADMIN_PHONE).challenge
    world.guess(challenge, 2, ani=ADMIN_PHONE)
    now = world.clock.now()
    lifting = LiftingDesk(SqlLifting(world.engine, limits=world.limits), lambda _: True)
    wish = lifting.ask(ADMIN, "guesses_of_number", ADMIN_PHONE, "they rang", now)
    lifting.agree(replace(ADMIN, name="peter", user=2), getattr(wish, "id", 0), now)
    rules = ConfirmationRules(world.limits, "test", sendable_regions)
    SqlConfirmations(world.engine, rules).ask(ADMIN, world.organisation_id(), ADA, Channel.PHONE, now)
    upload = ImportFiles("o.csv", NAME.encode(), "c.csv", MAIL.encode(), "crm")
    SqlImports(world.engine).create(ADMIN, upload, now, keep_since=now)
    world.ledger.record(a_call("first", ani=ADMIN_PHONE), ended="completed")
    world.ledger.record(a_call("asks-12345678"), ended="completed")
    world.ledger.record(a_call("theirs", ani="+12025550120"), ended="completed")
    return world


def desk(world: World) -> PersonDesk:
    return PersonDesk(SqlPersons(world.engine, limits=world.limits))


def everything(world: World) -> str:
    """Every row of every table, as text."""
    tables = MetaData()
    tables.reflect(world.engine)
    with Session(world.engine) as session:
        rows = [str(row) for table in tables.sorted_tables for row in session.execute(select(table))]
    return "\n".join(rows)


def test_export_holds_everything_about_one_person(firm: World) -> None:
    """Profile, confirmations, letters without texts, levels, guesses, calls; nothing of anybody else."""
    found = desk(firm).export(ADMIN, firm.organisation_id(), ADA, firm.clock.now())
    text = json.dumps(found)
    assert found["contact"]["email"] == MAIL
    assert {name for name, rows in found.items() if isinstance(rows, list) and rows} == {
        "confirmations",
        "letters",
        "codes",
        "guesses",
        "levels",
        "calls",
        "audit",
    }
    assert [call["id"] for call in found["calls"]] == ["first"]
    assert "bea@example.com" not in text
    assert "theirs" not in text
    assert firm.audited("person_exported") == 1


def test_erased_person_is_nowhere(firm: World) -> None:
    """Afterwards name, address and number are in no row of any table; ids, counts and other people are."""
    owner, now = firm.organisation_id(), firm.clock.now()
    before = everything(firm)
    where = masked(MAIL)
    assert all(word in before for word in (NAME, MAIL, ADMIN_PHONE, where))
    firm.ledger.record(a_call("asks-12345678"), ended="completed")
    assert desk(firm).erase(ADMIN, owner, ADA, f" {NAME} ", REASON, now) == Erased()
    after = everything(firm)
    assert not any(word in after for word in (NAME, MAIL, ADMIN_PHONE, where))
    assert "bea@example.com" in after
    assert firm.ledger.registrations(ADMIN_PHONE) == []
    assert firm.letters() == 0
    assert firm.audited("person_erased") == 1
    assert [(one.name, one.erased_at is not None) for one in desk(firm).people(ADMIN, owner)] == [
        ("Bea", False),
        (f"Erased {ADA}", True),
    ]
    with pytest.raises(Fault) as caught:
        desk(firm).export(ADMIN, owner, ADA, now)
    assert caught.value.code is FaultCode.NOT_FOUND


def handed_over(firm: World) -> Desk:
    """The person asked to be called back, left a message, and an agent wrote about them."""
    desk = Desk(firm.engine, firm.clock)
    asked = wanting("first", number=ADMIN_PHONE)
    assert desk.callbacks.book(asked, desk.now)
    desk.voicemails.keep("first", "technical-it", "https://api.example.com/RE1", 9, desk.now)
    by = desk.actor(desk.account("ana"))
    SqlDeskReading(firm.engine).add_note("first", f"{NAME} wants a cable", actor=by, now=desk.now)
    return desk


def test_what_the_agents_desk_keeps(firm: World) -> None:
    """Call backs, notes and messages are handed out, and gone once the person is erased."""
    agents, owner = handed_over(firm), firm.organisation_id()
    firm.ledger.record(a_call("asks-12345678"), ended="completed")
    found = desk(firm).export(ADMIN, owner, ADA, firm.clock.now())
    assert [one["number"] for one in found["call_backs"]] == [ADMIN_PHONE]
    assert [one["text"] for one in found["calls"][0]["notes"]] == [f"{NAME} wants a cable"]
    assert [one["url"] for one in found["calls"][0]["messages"]] == ["https://api.example.com/RE1"]
    desk(firm).erase(ADMIN, owner, ADA, NAME, REASON, firm.clock.now())
    after = everything(firm)
    assert not any(word in after for word in (NAME, ADMIN_PHONE, "RE1"))
    assert (list(agents.voicemails.open()), list(agents.line.open(agents.now))) == ([], [])


def test_call_back_under_way_blocks_erasing(firm: World) -> None:
    """While an agent is rung to call the person back nothing is erased; later their leg tells nothing."""
    agents, owner = handed_over(firm), firm.organisation_id()
    firm.ledger.record(a_call("asks-12345678"), ended="completed")
    agents.accepts(agents.agent("bob"))
    with pytest.raises(Fault) as caught:
        desk(firm).erase(ADMIN, owner, ADA, NAME, REASON, firm.clock.now())
    assert caught.value.code is FaultCode.CONFLICT
    for handover in agents.handovers.running():
        for leg in handover.legs:
            agents.handovers.over(leg.id, LegEnd.NO_ANSWER, agents.now)
    desk(firm).erase(ADMIN, owner, ADA, NAME, REASON, firm.clock.now())
    assert ADMIN_PHONE not in everything(firm)


def test_shared_number_stays_with_the_other_person(firm: World) -> None:
    """Calls from a number that another contact has as well are not this person's alone, and stay."""
    shared = contact("0042", "Cyd", phone=ADMIN_PHONE, email="cyd@example.com")
    firm.profile([organisation("0042")], [shared])
    firm.ledger.record(a_call("cyds", ani=ADMIN_PHONE), ended="completed")
    owner = firm.organisation_id()
    firm.ledger.record(a_call("asks-12345678"), ended="completed")
    desk(firm).erase(ADMIN, owner, ADA, NAME, REASON, firm.clock.now())
    assert {call.call_id: call.ani for call in firm.ledger.calls(limit=9)}["cyds"] == ADMIN_PHONE


def test_name_is_typed_and_a_reason_given(firm: World) -> None:
    """Nothing is erased by a click alone; a reason that names the person is none."""
    owner, now = firm.organisation_id(), firm.clock.now()
    wrong = desk(firm).erase(ADMIN, owner, ADA, "ada", f"{NAME} asked", now)
    assert isinstance(wrong, NotErased)
    assert set(wrong.faults) == {"typed", "reason"}
    assert NAME in everything(firm)


def test_running_call_blocks_erasing(firm: World) -> None:
    """While the organisation, or the person, is on the line nothing is erased."""
    owner, now = firm.organisation_id(), firm.clock.now()
    firm.ledger.record(a_call("running", ani=ADMIN_PHONE))
    with pytest.raises(Fault) as caught:
        desk(firm).erase(ADMIN, owner, ADA, NAME, REASON, now)
    assert caught.value.code is FaultCode.CONFLICT
    assert NAME in everything(firm)


def test_only_admins_and_only_of_their_organisation(firm: World) -> None:
    """Neither a publisher nor an admin without a code; no contact of another organisation."""
    now, owner = firm.clock.now(), firm.organisation_id()
    for who in (replace(ADMIN, role=Role.PUBLISHER), replace(ADMIN, strong=False)):
        with pytest.raises(Fault) as caught:
            desk(firm).export(who, owner, ADA, now)
        assert caught.value.code is FaultCode.NOT_YOURS
    firm.profile([organisation("0042")], [])
    with pytest.raises(Fault) as caught:
        desk(firm).erase(ADMIN, firm.organisation_id("0042"), ADA, NAME, REASON, now)
    assert caught.value.code is FaultCode.NOT_FOUND


def test_import_knows_no_erased_person(firm: World) -> None:
    """A file that still names an erased person adds somebody new, who waits a day."""
    owner = firm.organisation_id()
    firm.ledger.record(a_call("asks-12345678"), ended="completed")
    desk(firm).erase(ADMIN, owner, ADA, NAME, REASON, firm.clock.now())
    firm.profile([organisation()], [contact()], days_ago=0)
    people = desk(firm).people(ADMIN, owner)
    assert [one.erased_at is None for one in people if one.name == NAME] == [True]
    assert next(one.id for one in people if one.name == NAME) != ADA
    firm.clock.moves(timedelta(hours=1))
    assert firm.issue("early").contact is None
