from dataclasses import replace

import pytest

from routing.check import warnings
from routing.compiled import RoutingTable
from routing.remarks import Remark
from routing.table import Coverage, Schedule
from tests.unit.routing.building import BILLING, DESK, table

PORTUGUESE = Coverage("FR", "technical", "pt", "Mo-Fr 09:00-17:00", zone="Europe/Paris")


def silent(where: RoutingTable) -> list[Remark]:
    found = warnings(where, {"it", "en", "pt"})
    return [
        remark for remark in found if remark.sentence.startswith("nobody answers") and remark.key[0] == "c"
    ]


@pytest.mark.parametrize(
    ("hours", "sentences"),
    [
        ("Mo-Fr 09:00-17:00", ["nobody answers technical Portuguese on Saturday and Sunday"]),
        ("Mo-Sa 09:00-17:00", ["nobody answers technical Portuguese on Sunday"]),
        (
            "We 09:00-17:00",
            ["nobody answers technical Portuguese on Monday, Tuesday, Thursday, Friday, Saturday and Sunday"],
        ),
        ("Mo-Su 09:00-10:00", []),
        ("Mo-Sa 21:00-05:00", []),
        ("Sa-Su 21:00-05:00; Tu-Fr 09:00-10:00", []),
        ("off", []),
        ("nonsense", []),
    ],
)
def test_days_without_anybody_are_named(hours: str, sentences: list[str]) -> None:
    """A language somebody speaks on some days has its other days named; a night counts for both its days."""
    assert [remark.sentence for remark in silent(table(replace(PORTUGUESE, hours=hours)))] == sentences


def test_all_rows_of_a_language_count_together() -> None:
    """Another country's Saturday desk answers Saturday for all, and each department is judged by itself."""
    saturday = Coverage("IT", "technical", "pt", schedule="weekend", zone="Europe/Rome")
    billing = replace(PORTUGUESE, department="billing", hours="Mo-Su 10:00-12:00")
    where = table(PORTUGUESE, saturday, billing, schedules=(Schedule("weekend", "Sa 10:00-12:00"),))
    found = silent(where)
    assert [(remark.row, remark.sentence) for remark in found] == [
        (2, "nobody answers technical Portuguese on Sunday")
    ]
    assert found[0].key == "coverage/FR/technical/pt"


def test_a_sign_off_survives_other_edits() -> None:
    """What is said of a row has the same mark wherever the row stands, and another when the words change."""
    (before,) = silent(table(PORTUGUESE))
    among = {remark.sentence: remark for remark in silent(table(DESK, BILLING, PORTUGUESE))}
    assert among[before.sentence].row != before.row
    assert among[before.sentence].mark == before.mark
    (other,) = silent(table(replace(PORTUGUESE, hours="Mo 09:00-17:00")))
    assert other.mark != before.mark
