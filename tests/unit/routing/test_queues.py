"""What the table says of a queue: where its calls go, and which desks it serves."""

from dataclasses import replace

import pytest

from routing import references, tables
from routing.compiled import RoutingTable
from routing.table import Queue
from tests.unit.routing.building import BILLING, DESK, WHOLE, table

IT_TECHNICAL, IT_BILLING = ("technical", "it"), ("billing", "it")


@pytest.mark.parametrize("name", ["number:+390655550100", "sip:desk@example.com", "sips:desk@example.com"])
def test_a_telephone_is_a_queue_of_its_own(name: str) -> None:
    """Where an overflow names a telephone, the queue of that name sends its calls there, and nowhere next."""
    assert table().queue(name) == Queue(name, target=name)


def test_a_queue_without_a_row_is_the_carriers() -> None:
    """Any other name without a row is the carrier's queue of that name."""
    where = table(queues=(Queue("money", "sip:money@example.com"),))
    assert where.queue("technical-it") == Queue("technical-it", target="queue:technical-it")
    assert where.queue("money").target == "sip:money@example.com"


def test_a_queue_serves_the_desks_whose_calls_go_to_it() -> None:
    """Departments and languages are those of its coverage rows, the queue being named or understood."""
    where = table(DESK, replace(BILLING, queue="technical-it"), replace(DESK, language="fr", queue="north"))
    assert where.desks_of("technical-it") == {IT_TECHNICAL, IT_BILLING}
    assert where.desks_of("north") == {("technical", "fr")}
    assert where.desks_of("technical-it") is where.desks_of("technical-it")


@pytest.mark.parametrize(
    ("queue", "desks"),
    [
        ("technical-pl", {("technical", "pl")}),
        ("billing-cmn", {("billing", "cmn")}),
        ("fallback", set()),
        ("sales-it", set()),
        ("technical", set()),
        ("technical-", set()),
        ("technical-it-2", set()),
        ("technical-IT", set()),
        ("number:+390655550100", set()),
    ],
)
def test_a_queue_without_desks_is_read_by_its_name(queue: str, desks: set[tuple[str, str]]) -> None:
    """A name that reads like a desk's stands for it; any other queue is anybody's."""
    assert table().desks_of(queue) == desks


def test_every_queue_of_the_sample_serves_somebody() -> None:
    """In the sample every desk's queue serves at least that desk."""
    where = RoutingTable(tables.sample(), 1)
    desks = [(row.queue or f"{row.department}-{row.language}", row) for row in where.document.coverage]
    assert all((row.department, row.language) in where.desks_of(queue) for queue, row in desks)


def test_an_overflow_follows_a_queues_new_name() -> None:
    """Renaming a queue takes the overflows that name it along, and leaves telephones and voicemail alone."""
    renamed = references.renamed(WHOLE, "queues", "technical-it", "italian")
    assert [row.overflow for row in renamed.queues] == ["italian", "number:+390655550100", "voicemail"]
