from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from routing.edit import cells
from routing.rebase import Conflict, rebase
from routing.table import Document, Queue, Schedule
from tests.unit.routing.building import BILLING, DESK, FRANCE, ITALY, WHOLE

names = st.sampled_from([f"q{number}" for number in range(9)])
queues = st.lists(
    st.builds(Queue, names, overflow=st.sampled_from(["", "a", "b"])), unique_by=lambda row: row.name
)
documents = queues.map(lambda rows: Document(queues=tuple(rows)))


def said(*rows: Queue) -> Document:
    return Document(queues=rows)


@given(documents, documents)
def test_a_side_that_changed_nothing_takes_the_other_as_it_is(base: Document, changed: Document) -> None:
    """Against an unchanged version the draft stays as it is, and an unchanged draft becomes the version."""
    assert rebase(base, base, changed) == rebase(base, changed, base)
    assert rebase(base, base, changed).document == changed
    assert rebase(base, base, changed).conflicts == ()


@given(documents, documents, documents)
def test_every_row_comes_from_the_side_that_changed_it(
    base: Document, theirs: Document, ours: Document
) -> None:
    """Row by row: ours where we changed it, theirs elsewhere; a conflict exactly where both did otherwise."""
    found = rebase(base, theirs, ours)
    was, there, here, merged = (
        {row.name: row for row in document.queues} for document in (base, theirs, ours, found.document)
    )
    assert len(merged) == len(found.document.queues)
    both = set()
    for name in was | there | here:
        before, their, our = was.get(name), there.get(name), here.get(name)
        assert merged.get(name) == (their if our == before else our)
        if their != before != our and their != our:
            both.add(f"queue/{name}")
    assert {conflict.key for conflict in found.conflicts} == both


@given(documents, st.data())
def test_changes_that_do_not_meet_commute(base: Document, data: st.DataObject) -> None:
    """Two sides that changed different rows give the same rows whichever is put on top of the other."""
    first: list[Queue] = []
    second: list[Queue] = []
    for row in base.queues:
        side = data.draw(st.sampled_from([first, second, None]))
        changed = replace(row, overflow=f"{row.overflow}x")
        first.append(changed if side is first else row)
        second.append(changed if side is second else row)
    one, other = said(*first), said(*second)
    assert rebase(base, one, other) == rebase(base, other, one)
    assert rebase(base, one, other).conflicts == ()


@given(documents, documents)
def test_our_new_rows_stay_where_we_put_them(base: Document, theirs: Document) -> None:
    """Rows that we added follow the row they followed in the draft, as long as that is there."""
    ours = said(*base.queues[:1], Queue("new"), *base.queues[1:])
    found = [row.name for row in rebase(base, theirs, ours).document.queues]
    before = base.queues[0].name if base.queues else ""
    if before in found:
        assert found[found.index(before) + 1] == "new"
    assert found.count("new") == 1


def test_a_conflict_shows_all_three_sides() -> None:
    """A row both changed keeps ours, and the conflict holds its cells before, theirs and ours."""
    base = Document((ITALY, FRANCE), coverage=(DESK, BILLING))
    theirs = replace(base, coverage=(replace(DESK, hours="24/7"), BILLING))
    ours = replace(base, coverage=(replace(DESK, hours="off"), BILLING))
    found = rebase(base, theirs, ours)
    assert found.document == ours
    sides = (cells("coverage", row) for row in (DESK, theirs.coverage[0], ours.coverage[0]))
    assert found.conflicts == (Conflict("coverage", "coverage/IT/technical/it", *sides),)


def test_a_row_deleted_here_and_changed_there_is_a_conflict_both_ways() -> None:
    """Ours is kept: the deletion where we deleted, the row where they did; the missing side is None."""
    base = Document(schedules=(Schedule("office", "24/7"), Schedule("late", "24/7")))
    changed = Document(schedules=(Schedule("office", "off"), Schedule("late", "24/7")))
    deleted = Document(schedules=base.schedules[1:])
    ours_deleted, theirs_deleted = rebase(base, changed, deleted), rebase(base, deleted, changed)
    assert ours_deleted.document == deleted
    assert theirs_deleted.document == changed
    assert (ours_deleted.conflicts[0].ours, theirs_deleted.conflicts[0].theirs) == (None, None)


def test_sections_are_merged_each_by_itself() -> None:
    """A change of theirs to one section and of ours to another both hold."""
    theirs = replace(WHOLE, schedules=())
    ours = replace(WHOLE, notices=())
    assert rebase(WHOLE, theirs, ours).document == replace(WHOLE, schedules=(), notices=())
