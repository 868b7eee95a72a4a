"""Organisations at the desk: found, edited, their contacts changed, one person after the other."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.model import Actor, Role
from app.adapters.sql.profile_desk import SqlProfiles
from app.adapters.sql.verification_rows import AuditEntry
from app.faults import Fault, FaultCode
from app.ports.profiles import OrganisationRecord
from app.services.organisations import OrganisationDesk, Saved, as_cells
from app.services.wrong import Wrong
from tests.integration.world import ADMIN_PHONE, World, a_call, contact, organisation

EDITOR = Actor("edna", Role.EDITOR, "192.0.2.1", user=1)
DAY = timedelta(days=1)


@pytest.fixture
def firm(world: World) -> World:
    second = contact(name="Zoe Zimmer", role="user", email="zoe@example.org", phone="+442079460199")
    world.profile(
        [
            organisation(numbers=("+442079460100", "+4420794602*")),
            organisation("0042", name="Übersee GmbH"),
            organisation("5000"),
        ],
        [contact(), second, contact("0042", "Bea 100%", email="", phone="+46701740650")],
    )
    return world


def desk(world: World) -> OrganisationDesk:
    return OrganisationDesk(SqlProfiles(world.engine, limits=world.limits))


def record(world: World) -> OrganisationRecord:
    return desk(world).by_account("12345678")


def acts(world: World) -> list[AuditEntry]:
    with Session(world.engine) as session:
        return list(
            session.scalars(select(AuditEntry).where(AuditEntry.who == "edna").order_by(AuditEntry.id))
        )


@pytest.mark.parametrize(
    ("query", "accounts"),
    [
        ("", ["12345678", "5000", "0042"]),
        ("firm", ["12345678", "5000"]),
        ("FIRM 1234", ["12345678"]),
        ("zoe@EXAMPLE.org", ["12345678"]),
        ("zimmer", ["12345678"]),
        ("0042", ["0042"]),
        ("+46 70 174 06 50", ["0042"]),
        ("070-174 06 50", ["0042"]),
        ("+44 20 7946 0200", ["12345678"]),
        ("+44 20 7946", ["12345678"]),
        ("100%", ["0042"]),
        ("_", []),
        ("'; drop table organisations; --", []),
        ("\x00", ["12345678", "5000", "0042"]),
    ],
)
def test_search(firm: World, query: str, accounts: list[str]) -> None:
    """Found by name, account, number or range, or a contact's name, address or number."""
    found = desk(firm).search(query, limit=10, offset=0)
    assert sorted(one.account_number for one in found) == sorted(accounts)
    assert desk(firm).count(query) == len(accounts)


def test_list_is_paged_by_name(firm: World) -> None:
    """A page is a part of the list by name, with the contacts counted."""
    found = desk(firm).search("", limit=2, offset=0)
    assert [(one.name, one.contacts) for one in found] == [("Firm 12345678", 2), ("Firm 5000", 0)]
    assert [one.account_number for one in desk(firm).search("", limit=2, offset=2)] == ["0042"]


def test_organisation_is_added_and_changed(firm: World) -> None:
    """Every field can be edited, the account number, too; each act is in the audit, before and after."""
    cells = as_cells(organisation("7777", name="New", numbers=("+442079460300",)))
    saved = desk(firm).save(EDITOR, None, cells, 0, firm.clock.now())
    assert isinstance(saved, Saved)
    made = desk(firm).get(saved.organisation)
    changed = as_cells(replace(made.row, account_number="7778", trust_caller_id="never", numbers=()))
    assert desk(firm).save(EDITOR, made.id, changed, made.revision, firm.clock.now()) == saved
    assert desk(firm).get(made.id).row == replace(
        made.row, account_number="7778", trust_caller_id="never", numbers=()
    )
    assert [act.what for act in acts(firm)] == [
        "organisation_added",
        "organisation_renumbered",
        "organisation_updated",
    ]
    assert '"trust_caller_id": "never"' in acts(firm)[-1].after


def test_faults_are_told_by_column_and_change_nothing(firm: World) -> None:
    """A bad cell is told at its column; an account number in use, and a form that is stale, as well."""
    before = record(firm)
    cells = as_cells(before.row)
    now = firm.clock.now()
    bad = desk(firm).save(
        EDITOR, before.id, cells | {"country": "Italy", "numbers": "12"}, before.revision, now
    )
    assert isinstance(bad, Wrong)
    assert set(bad.faults) == {"country", "numbers"}
    taken = desk(firm).save(EDITOR, before.id, cells | {"account_number": "0042"}, before.revision, now)
    assert isinstance(taken, Wrong)
    assert set(taken.faults) == {"account_number"}
    stale = desk(firm).save(EDITOR, before.id, cells | {"name": "X"}, before.revision - 1, now)
    assert isinstance(stale, Wrong)
    assert set(stale.faults) == {""}
    assert record(firm) == before


def test_address_given_at_the_desk_waits_for_a_code(firm: World) -> None:
    """A changed address is told at the old one, and gets no code until one confirmed it; the other stays."""
    before = record(firm)
    ada = before.contacts[0]
    cells = as_cells(replace(ada.row, email="new@example.com"))
    desk(firm).save_contact(EDITOR, before.id, ada.id, cells, before.revision, firm.clock.now())
    told = [letter.to for letter in firm.outbox.claim(firm.clock.now(), limit=9) if letter.kind == "changed"]
    assert told == ["ada@example.com"]
    firm.clock.moves(30 * DAY)
    after = record(firm).contacts[0]
    assert (after.id, after.email_confirmed, after.phone_confirmed) == (ada.id, None, ada.phone_confirmed)
    assert firm.issue().contact is None
    again = desk(firm).save(EDITOR, before.id, as_cells(before.row), record(firm).revision, firm.clock.now())
    assert again == Saved(before.id)


def test_contact_keeps_their_identity_under_another_name(firm: World) -> None:
    """A contact who is renamed is the same one, whose address stays confirmed; nobody is told."""
    before = record(firm)
    ada = before.contacts[0]
    cells = as_cells(replace(ada.row, name="Ada Married", role="owner"))
    desk(firm).save_contact(EDITOR, before.id, ada.id, cells, before.revision, firm.clock.now())
    after = record(firm).contacts[0]
    assert (after.id, after.row.name, after.email_confirmed) == (ada.id, "Ada Married", ada.email_confirmed)
    assert firm.letters("changed") == 0
    [act] = acts(firm)
    assert (act.what, act.contact_id, act.detail) == ("contact_changed", ada.id, "name, role")
    assert "Ada" not in act.before + act.after + act.detail


def test_contacts_are_added_moved_and_removed(firm: World) -> None:
    """A new contact is the last; moved up, before the one above; removed, off the profile and told."""
    at, now = record(firm), firm.clock.now()
    cells = as_cells(contact(name="Cyd", email="cyd@example.com", phone="", phone_can_text=False))
    desk(firm).save_contact(EDITOR, at.id, None, cells, at.revision, now)
    cyd = record(firm).contacts[-1]
    assert (cyd.row.name, cyd.email_confirmed) == ("Cyd", None)
    desk(firm).move_contact(EDITOR, at.id, cyd.id, -1, record(firm).revision, now)
    assert [one.row.name for one in record(firm).contacts] == ["Ada Admin", "Cyd", "Zoe Zimmer"]
    desk(firm).remove_contact(EDITOR, at.id, at.contacts[0].id, record(firm).revision, now)
    assert [one.row.name for one in record(firm).contacts] == ["Cyd", "Zoe Zimmer"]
    assert firm.ledger.registrations(ADMIN_PHONE) == []
    assert [act.what for act in acts(firm)] == ["contact_added", "contacts_reordered", "contact_removed"]


def test_two_people_at_once(firm: World) -> None:
    """Who saves second on what the first one changed is told, and changes nothing."""
    at, now = record(firm), firm.clock.now()
    assert desk(firm).remove_contact(EDITOR, at.id, at.contacts[1].id, at.revision, now) == Saved(at.id)
    late = desk(firm).move_contact(EDITOR, at.id, at.contacts[0].id, 1, at.revision, now)
    assert isinstance(late, Wrong)


def test_names_are_told_apart(firm: World) -> None:
    """Two contacts of one organisation cannot have one name; one who left gives theirs back."""
    at, now = record(firm), firm.clock.now()
    same = as_cells(contact(name="Zoe Zimmer"))
    wrong = desk(firm).save_contact(EDITOR, at.id, at.contacts[0].id, same, at.revision, now)
    assert isinstance(wrong, Wrong)
    assert set(wrong.faults) == {"name"}
    desk(firm).remove_contact(EDITOR, at.id, at.contacts[1].id, at.revision, now)
    renamed = desk(firm).save_contact(EDITOR, at.id, at.contacts[0].id, same, record(firm).revision, now)
    assert renamed == Saved(at.id)
    assert [(one.id, one.row.name) for one in record(firm).contacts] == [(at.contacts[0].id, "Zoe Zimmer")]


def test_contacts_stay_while_on_the_line(firm: World) -> None:
    """While the organisation has an open call its contacts stay; its own fields may be changed."""
    at, now = record(firm), firm.clock.now()
    firm.ledger.record(a_call(organisation=at.id))
    refused = desk(firm).remove_contact(EDITOR, at.id, at.contacts[0].id, at.revision, now)
    assert isinstance(refused, Wrong)
    assert "on the line" in refused.faults[""]
    cells = as_cells(replace(at.row, priority=7))
    assert desk(firm).save(EDITOR, at.id, cells, at.revision, now) == Saved(at.id)


def test_objects_of_others_are_not_found(firm: World) -> None:
    """A contact of another organisation, and an unknown organisation, are not found; viewers edit nothing."""
    at, other, now = record(firm), desk(firm).by_account("0042"), firm.clock.now()
    cells = as_cells(at.contacts[0].row)
    for organisation_id, contact_id in ((other.id, at.contacts[0].id), (999_999, at.contacts[0].id)):
        with pytest.raises(Fault) as caught:
            desk(firm).save_contact(EDITOR, organisation_id, contact_id, cells, other.revision, now)
        assert caught.value.code is FaultCode.NOT_FOUND
    with pytest.raises(Fault) as caught:
        desk(firm).save(Actor("vera", Role.VIEWER), at.id, as_cells(at.row), at.revision, now)
    assert caught.value.code is FaultCode.NOT_YOURS
