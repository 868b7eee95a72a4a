"""Which report somebody asks for, and the order of its rows."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from app.ports.records import By, Codes, Counting, Recorded, Tally
from app.services.report_columns import COLUMNS, cells
from app.services.reports import Reports, Wanted, read
from app.services.wrong import Wrong

NOW = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)


class Counted:
    """Records that give these tallies to every question, and keep the question."""

    def __init__(self, *rows: Tally) -> None:
        self.rows = rows
        self.asked: list[Counting] = []

    def tallies(self, counting: Counting) -> Sequence[Tally]:
        self.asked.append(counting)
        return self.rows

    def of_territory(self, *_: object, **__: object) -> Sequence[Recorded]:
        return ()

    def count_of_territory(self, *_: object) -> int:
        return 0

    def asked_between(self, *_: object, **__: object) -> Sequence[Recorded]:
        return ()


def wanted(**values: str) -> Wanted:
    found = read({name.strip("_"): text for name, text in values.items()}, NOW, "Europe/Rome")
    assert isinstance(found, Wanted)
    return found


def test_the_last_seven_days_of_the_readers_clock() -> None:
    """Without days a report is of the last seven, this one included, as the reader's clock has it."""
    assert wanted() == Wanted(By.DAY, date(2026, 11, 15), date(2026, 11, 21), "Europe/Rome")
    assert wanted(zone="UTC").last == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"from": "24.12.2026"}, "from", "2026-12-24"),
        ({"to": "0001-01-01"}, "to", "no day"),
        ({"from": "2026-11-20", "to": "2026-11-19"}, "to", "before the first"),
        ({"from": "2020-01-01", "to": "2026-11-19"}, "from", "at most 366 days"),
        ({"zone": "Europe/Room"}, "zone", "Europe/Rome"),
        ({"by": "mood"}, "by", "day, country, queue, language"),
    ],
)
def test_bad_input_is_said_at_its_field(values: dict[str, str], field: str, says: str) -> None:
    """What cannot be reported on is said at its field, with what would be right."""
    found = read(values, NOW, "UTC")
    assert isinstance(found, Wrong)
    assert list(found.faults) == [field]
    assert says in found.faults[field]


def test_a_day_is_as_long_as_its_clock_makes_it() -> None:
    """Days begin at midnight of the zone: on a change of clocks one has 25 hours, and every day has a row."""
    records = Counted(Tally("2026-10-25", calls=3))
    report = Reports(records).report(wanted(from_="2026-10-24", to="2026-10-26"))
    begins = [begin for _, begin in records.asked[0].days]
    assert [after - before for before, after in pairwise(begins)] == [
        timedelta(hours=24),
        timedelta(hours=25),
    ]
    assert records.asked[0].end - begins[-1] == timedelta(hours=24)
    assert [(row.key, row.calls) for row in report.rows] == [
        ("2026-10-24", 0),
        ("2026-10-25", 3),
        ("2026-10-26", 0),
    ]


def test_other_rows_by_their_calls() -> None:
    """Countries, queues and languages come with the most calls first."""
    records = Counted(Tally("FR", calls=1), Tally("IT", calls=5), Tally("DE", calls=1))
    report = Reports(records).report(wanted(by="country", territory="IT"))
    assert [row.key for row in report.rows] == ["IT", "DE", "FR"]
    assert {asked.territory for asked in records.asked} == {"IT"}


def test_the_file_names_every_number() -> None:
    """The CSV file has a column for every number, a row for each of the report's, and the total last."""
    row = Tally("", calls=2, verified={"email": 1}, codes=Codes(2, 2, 1, 1, 1), waits=1, wait_median=9)
    head, *rows = cells(Reports(Counted(row)).report(wanted(by="queue")))
    assert head == ["queue", *COLUMNS]
    assert [one[0] for one in rows] == ["", "total"]
    found = dict(zip(head, rows[-1], strict=True))
    assert (found["calls"], found["verified_email"], found["codes_sent"]) == ("2", "1", "2")
    assert (found["wait_median_seconds"], found["wait_90_seconds"]) == ("9", "")
