import pytest

from routing.check import check, errors, warnings
from routing.table import Queue
from tests.unit.routing.building import BILLING, DESK, table

ROME = "number:+390655550100"


def warned(*queues: Queue) -> list[tuple[str, str]]:
    found = warnings(table(DESK, BILLING, queues=queues), {"it"})
    return [(remark.key, remark.column) for remark in found if remark.file == "queues.csv"]


def test_a_queue_that_nothing_leads_to_is_a_warning() -> None:
    """A desk's queue, an overflow of one and the fallback are reached; a chain nobody enters is not."""
    reached = (Queue("technical-it", overflow="late"), Queue("late", overflow="last"), Queue("last"))
    lonely = (Queue("lost", overflow="end"), Queue("end"))
    assert warned(*reached, Queue("billing-it"), Queue("fallback")) == []
    assert warned(*reached, *lonely) == [("queue/lost", "name"), ("queue/end", "name")]


def test_a_target_no_plan_knows_is_a_warning() -> None:
    """A target that fits no numbering plan is to be looked at; numbers that exist and addresses are not."""
    assert warned(Queue("technical-it", "number:+390000000")) == [("queue/technical-it", "target")]
    assert warned(Queue("technical-it", ROME), Queue("billing-it", "sip:desk@example.com")) == []
    nowhere = Queue("technical-it", overflow="number:+390000000", backup="number:+390000001")
    assert warned(nowhere) == [("queue/technical-it", "backup"), ("queue/technical-it", "overflow")]


def test_what_is_of_no_effect_is_a_warning() -> None:
    """Nobody waits where a number rings at once, and after the last queue nothing comes."""
    rings = Queue("technical-it", ROME, overflow_after=60, backup="sip:desk@example.com")
    assert warned(rings) == [("queue/technical-it", "backup"), ("queue/technical-it", "overflow_after")]
    assert warned(Queue("fallback", overflow_after=60)) == [("queue/fallback", "overflow_after")]
    kept = Queue("fallback", overflow="voicemail", overflow_after=60, backup=ROME)
    assert warned(kept, Queue("technical-it", overflow_after=60, backup=ROME)) == []


@pytest.mark.parametrize(
    ("target", "allowed", "said"),
    [
        (ROME, None, ""),
        (ROME, {"IT", "VA"}, ""),
        (ROME, {"FR"}, "where no calls may be transferred to; allowed are FR"),
        (ROME, set(), "allowed are none"),
        ("number:+442012345678", {"IT", "VA"}, "GB"),
        ("number:+88213000000", {"IT"}, "is of no country"),
        ("sip:desk@example.com", {"FR"}, ""),
        ("queue:technical-it", {"FR"}, ""),
        ("number:+448712345678", None, "no calls go there"),
    ],
)
def test_a_destination_outside_policy_is_an_error(target: str, allowed: set[str] | None, said: str) -> None:
    """A number of a country that calls may not go to refuses the table; without a policy every one may be."""
    policy = None if allowed is None else frozenset(allowed)
    where = table(DESK, BILLING, queues=(Queue("technical-it", target),))
    found = errors(where, destinations=policy)
    assert [remark.column for remark in found] == (["target"] if said else [])
    assert all(said in remark.sentence for remark in found)
    assert set(found) <= set(check(where, {"it"}, destinations=policy))


@pytest.mark.parametrize("column", ["overflow", "backup"])
def test_every_number_is_held_to_the_policy(column: str) -> None:
    """A number that takes over is held to the countries calls may go to, as a target is."""
    where = table(DESK, BILLING, queues=(Queue("technical-it", **{column: ROME}),))  # type: ignore[arg-type]  # by name
    assert errors(where, destinations=frozenset({"IT", "VA"})) == []
    found = errors(where, destinations=frozenset({"FR"}))
    assert [(remark.column, "allowed are FR" in remark.sentence) for remark in found] == [(column, True)]


@pytest.mark.parametrize("overflow", ["voicemail", ROME, "sip:desk@example.com", "sips:desk@example.com"])
def test_an_overflow_may_be_no_queue(overflow: str) -> None:
    """A voicemail or a telephone ends a chain of queues: it is no queue that has to be there."""
    queues = (Queue("technical-it", overflow="late"), Queue("late", overflow=overflow))
    assert errors(table(DESK, BILLING, queues=queues)) == []
    assert warned(*queues) == []
