import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from routing import tables
from routing.compiled import RoutingTable
from routing.decide import Decision, Facts, Kind, decide
from routing.table import Overlay
from tests.unit.routing import oracle

TABLE = RoutingTable(tables.sample(), 1)
PARTS = 8  # the rows are dealt out to as many tests, which run side by side
ROWS = [row for row in oracle.rows() if row.department]
YEARS = (2026, 2027)
# Mobile numbers handed out from a neighbour's range, and what phonenumbers files them under.
FOREIGN_MOBILES = {"AX": "FI", "VA": "IT", "SJ": "NO", "IM": "GB"}


def decided(row: oracle.Row, at: datetime, language: str = "") -> Decision:
    territory = f"{row.territory}:{row.variant}" if row.variant else row.territory
    facts = Facts(
        territory=territory,
        department=row.department,
        language=language,
        cloud=row.cloud,
        severity=row.severity,
    )
    return decide(TABLE, Overlay(), facts, at)


def assert_agrees(row: oracle.Row, at: datetime) -> None:
    found = decided(row, at, row.language)
    where = f"{row.territory} {row.variant} {row.department} {row.language} {row.hours} {row.zone} at {at}"
    assert found.open == oracle.open_at(row, at), where
    assert list(found.languages) == oracle.languages_at(row, at), where
    assert found.next_opening == oracle.next_opening(row, at), where
    if found.next_opening is not None:
        expected = oracle.next_opening(row, at)
        assert expected is not None
        assert found.next_opening.utcoffset() == expected.utcoffset(), where


def around_changes(row: oracle.Row, chance: random.Random) -> Iterator[datetime]:
    for year in YEARS:
        for change in oracle.changes(row.zone, year):
            yield change - timedelta(minutes=1)
            yield change
            yield change + timedelta(minutes=chance.randrange(1, 120))
            yield change + timedelta(minutes=chance.randrange(-4 * 1440, 1440), seconds=chance.randrange(60))


@pytest.mark.parametrize("part", range(PARTS))
def test_every_row_at_random_instants(part: int) -> None:
    """On any day of two years a row is open, opens next and has company as a minute walk finds."""
    chance = random.Random(part)  # noqa: S311 - repeatable instants, no secret
    start = datetime(YEARS[0], 1, 1, tzinfo=UTC)
    for row in ROWS[part::PARTS]:
        for _ in range(4):
            assert_agrees(row, start + timedelta(seconds=chance.randrange(730 * 86_400)))


@pytest.mark.parametrize("part", range(PARTS))
def test_every_row_around_every_clock_change(part: int) -> None:
    """Around each clock change of its zone a row answers as a walk over its minutes finds."""
    chance = random.Random(part)  # noqa: S311 - repeatable instants, no secret
    for row in ROWS[part::PARTS]:
        for at in around_changes(row, chance):
            assert_agrees(row, at)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_department_without_language_opens_with_its_first_desk(part: int) -> None:
    """Without a language the first desk that answers takes the call, else the earliest opening is told."""
    chance = random.Random(part)  # noqa: S311 - repeatable instants, no secret
    start = datetime(YEARS[0], 1, 1, tzinfo=UTC)
    for row in ROWS[part::PARTS]:
        at = start + timedelta(minutes=chance.randrange(730 * 1440))
        found, languages = decided(row, at), oracle.languages_at(row, at)
        assert list(found.languages) == languages
        if languages:
            assert (found.kind, found.language, found.next_opening) == (Kind.TRANSFER, languages[0], None)
        else:
            openings = [opening for desk in oracle.desks(row) if (opening := oracle.next_opening(desk, at))]
            assert (found.kind, found.next_opening) == (Kind.CLOSED, min(openings))


def test_zones_of_the_table_do_change_their_clocks() -> None:
    """The tests above meet clock changes at all: in dozens of zones."""
    zones = {row.zone for row in ROWS}
    assert sum(bool(oracle.changes(zone, YEARS[0])) for zone in zones) > 40


def callers(region: str) -> Iterator[tuple[str, str, bool]]:
    """Numbers people in a region have, with the region each is filed under, and whether it is mobile."""
    for kind in (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE):
        number = phonenumbers.example_number_for_type(region, kind)
        if number is not None:
            foreign = FOREIGN_MOBILES.get(region, region)
            mobile = kind == PhoneNumberType.MOBILE
            yield (
                phonenumbers.format_number(number, PhoneNumberFormat.E164),
                foreign if mobile else region,
                mobile,
            )


@pytest.mark.parametrize("number", oracle.lines())
def test_every_line_finds_the_callers_territory(number: str) -> None:
    """A caller's number tells a line's territory, or those to choose from, as the rows' countries say."""
    at = datetime(2026, 6, 1, 12, tzinfo=UTC)
    country = {row.territory: row.country for row in oracle.rows()}
    served = oracle.lines()[number]
    assert phonenumbers.is_valid_number(phonenumbers.parse(number))
    for region in sorted({country[key] for key in served} - {""}):
        for ani, filed, mobile in callers(region):
            found = decide(TABLE, Overlay(), Facts(dnis=number, ani=ani), at)
            meant = oracle.served_by(number, filed, mobile=mobile)
            if len(meant) == 1:
                assert (found.territory, found.guessed) == (meant[0], len(served) > 1), ani
            else:
                assert (found.question, list(found.options)) == ("territory", meant or list(served)), ani


@pytest.mark.parametrize("number", oracle.lines())
def test_every_line_asks_a_withheld_caller_unless_it_has_one_territory(number: str) -> None:
    """A caller who withholds the number is asked for the country on a shared line, and on no other."""
    found = decide(TABLE, Overlay(), Facts(dnis=number), datetime(2026, 6, 1, 12, tzinfo=UTC))
    served = oracle.lines()[number]
    if len(served) == 1:
        assert (found.territory, found.guessed, found.question) == (served[0], False, "department")
    else:
        assert (found.question, set(found.options)) == ("territory", set(served))
