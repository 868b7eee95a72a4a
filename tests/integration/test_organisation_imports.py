"""Importing organisations in two steps: a dry run row by row, then exactly that."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from app.access.model import Actor, Role
from app.adapters.sql.importing import SqlImports
from app.adapters.sql.profile_desk import SqlProfiles
from app.faults import Fault, FaultCode
from app.ports import Result
from app.ports.imports import ImportFiles, ImportJob, ImportState
from app.services.directory import CONTACT_COLUMNS, ORGANISATION_COLUMNS
from app.services.directory_imports import DirectoryImports
from tests.integration.world import World, a_call, contact, organisation

EDITOR = Actor("edna", Role.EDITOR, "192.0.2.1", user=1)
OTHER = Actor("otto", Role.EDITOR, "192.0.2.2", user=2)
FIRMS = ("1000,Rossi,IT,,it,match,6,0,+390655550100", "2000,Bruno,IT,,it,match,6,0,")
PEOPLE = (
    "1000,Giulia,admin,giulia@example.com,,,it,2026-01-02T03:04:05Z",
    "1000,Marco,user,marco@example.com,,,it,",
)


def files(firms: tuple[str, ...] = FIRMS, people: tuple[str, ...] = PEOPLE) -> ImportFiles:
    accounts = "\n".join([",".join(ORGANISATION_COLUMNS), *firms])
    contacts = "\n".join([",".join(CONTACT_COLUMNS), *people])
    return ImportFiles("firms.csv", accounts.encode(), "people.csv", contacts.encode(), "crm")


def desk(world: World) -> DirectoryImports:
    return DirectoryImports(SqlImports(world.engine), world.directory, start=lambda work: work())


def shown(world: World, wanted: ImportFiles) -> ImportJob:
    """The dry run of two files."""
    now = world.clock.now()
    return desk(world).get(EDITOR, desk(world).upload(EDITOR, wanted, now), now)


def applied(world: World, wanted: ImportFiles) -> ImportJob:
    job = shown(world, wanted)
    desk(world).apply(EDITOR, job.id, world.clock.now())
    return desk(world).get(EDITOR, job.id, world.clock.now())


def results(job: ImportJob) -> list[tuple[str, int, str, str]]:
    return [(line.file, line.row, line.result, line.detail) for line in job.lines]


def test_dry_run_says_of_each_row_what_it_does(world: World) -> None:
    """Added, changed with what, unchanged, off the profile: row by row, and nothing is changed yet."""
    first = applied(world, files())
    assert (first.state, first.sentence) == (
        ImportState.APPLIED,
        "2 organisations added, 0 updated; 2 contacts.",
    )
    job = shown(
        world,
        files(
            ("1000,Rossi SpA,IT,,it,never,6,0,+390655550100", FIRMS[1], "3000,Verdi,IT,,it,,,,"),
            (PEOPLE[0].replace("giulia@", "g@"), "3000,Anna,owner,anna@example.com,,,,"),
        ),
    )
    assert (job.state, job.done, job.total) == (ImportState.READY, 5, 5)
    assert results(job) == [
        ("firms.csv", 2, "changed", "name: Rossi → Rossi SpA; trust_caller_id: match → never"),
        ("firms.csv", 3, "unchanged", ""),
        ("firms.csv", 4, "added", ""),
        ("people.csv", 2, "changed", "email: giulia@example.com → g@example.com"),
        ("people.csv", 3, "added", ""),
        ("people.csv", 0, "removed", "not in the file any more"),
    ]
    assert SqlProfiles(world.engine).by_account("1000").row.name == "Rossi"


def test_faults_stand_at_their_rows_and_stop_it_all(world: World) -> None:
    """Each fault is told at its row and column beside what the good rows would do; nothing can be applied."""
    job = shown(
        world,
        files((FIRMS[0], "2,Bruno,Italy,,it,match,6,0,"), (*PEOPLE, "9999,Nobody,user,n@example.com,,,,")),
    )
    told = results(job)
    assert job.state is ImportState.FAULTY
    assert [(row, result) for _, row, result, _ in told] == [
        (2, "added"),
        (3, "fault"),
        (2, "added"),
        (3, "added"),
        (4, "fault"),
    ]
    assert "country:" in told[1][3]
    assert "account_number:" in told[1][3]
    with pytest.raises(Fault) as caught:
        desk(world).apply(EDITOR, job.id, world.clock.now())
    assert caught.value.code is FaultCode.CONFLICT
    assert SqlProfiles(world.engine).count("") == 0


def test_file_that_is_no_sheet_is_a_fault(world: World) -> None:
    """What is no CSV at all, or lacks columns, is told in words."""
    for data in (b"", b"\x00\x01", b"PK\x03\x04", b"account_number\n1000\n"):
        job = shown(world, ImportFiles("firms.csv", data, "people.csv", data, "crm"))
        assert job.state is ImportState.FAULTY
        assert {line.result for line in job.lines} <= {"fault", "waiting"}


def test_only_what_was_shown_is_applied(world: World) -> None:
    """When the organisations changed since the dry run, it is made anew and shown once more."""
    applied(world, files())
    job = shown(world, files(("1000,Rossi SpA,IT,,it,match,6,0,+390655550100",)))
    applied(world, files((FIRMS[0].replace("Rossi", "Rosso"), FIRMS[1])))
    desk(world).apply(EDITOR, job.id, world.clock.now())
    again = desk(world).get(EDITOR, job.id, world.clock.now())
    assert again.state is ImportState.READY
    assert "changed since" in again.sentence
    assert again.lines[0].detail == "name: Rosso → Rossi SpA"
    desk(world).apply(EDITOR, job.id, world.clock.now())
    assert SqlProfiles(world.engine).by_account("1000").row.name == "Rossi SpA"


def test_applied_while_on_the_line_waits(world: World) -> None:
    """An import that meets an open call stays there to be applied after it."""
    applied(world, files())
    job = shown(world, files(people=PEOPLE[:1]))
    world.ledger.record(a_call(organisation=world.organisation_id("1000")))
    desk(world).apply(EDITOR, job.id, world.clock.now())
    waiting = desk(world).get(EDITOR, job.id, world.clock.now())
    assert (waiting.state, "on the line" in waiting.sentence) == (ImportState.READY, True)


def test_each_record_says_when_its_source_confirmed_it(world: World) -> None:
    """Imported again unchanged, a record is as it was, and confirmed by its source now."""
    applied(world, files())
    world.clock.moves(timedelta(days=3))
    job = applied(world, files())
    assert job.sentence == "0 organisations added, 0 updated; 2 contacts."
    record = SqlProfiles(world.engine).by_account("1000")
    assert (record.source, record.source_confirmed_at) == ("crm", world.clock.now())
    assert {(one.source, one.source_confirmed_at) for one in record.contacts} == {("crm", world.clock.now())}


def test_import_is_its_authors_and_forgotten(world: World) -> None:
    """Nobody else sees an import; its files are gone once it is applied, given up, or a day old."""
    job = shown(world, files())
    now = world.clock.now()
    with pytest.raises(Fault) as caught:
        desk(world).get(OTHER, job.id, now)
    assert caught.value.code is FaultCode.NOT_FOUND
    desk(world).discard(EDITOR, job.id, now)
    assert SqlImports(world.engine).files(job.id).contacts == b""
    assert desk(world).get(EDITOR, job.id, now).lines == ()
    old = shown(world, files())
    world.clock.moves(timedelta(days=1, seconds=1))
    shown(world, files())
    with pytest.raises(Fault):
        SqlImports(world.engine).files(old.id)


def test_interrupted_import_says_so(world: World) -> None:
    """An import whose process died is not at work for ever."""
    dead = DirectoryImports(SqlImports(world.engine), world.directory, start=lambda _: None)
    job = dead.upload(EDITOR, files(), world.clock.now())
    assert dead.get(EDITOR, job, world.clock.now()).state is ImportState.READING
    world.clock.moves(timedelta(minutes=11))
    assert dead.get(EDITOR, job, world.clock.now()).state is ImportState.DISCARDED


def test_statements_do_not_grow_with_the_rows(world: World) -> None:
    """A dry run of a thousand organisations asks the database a handful of questions, not one for each."""
    firms = [organisation(str(10_000 + number)) for number in range(1000)]
    people = [contact(firm.account_number, email=f"{firm.account_number}@example.com") for firm in firms]
    world.profile(firms, people)
    asked: list[str] = []
    event.listen(world.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    preview = world.directory.preview(firms, people)
    assert {change.result for change in preview.changes} == {Result.UNCHANGED}
    assert len(asked) < 10
    assert world.profile(firms, people, days_ago=0) == (0, 0)
    assert len(asked) < 30
