"""Whom a closure or an announcement reaches."""

from datetime import UTC, datetime, timedelta

from app.services.reach import reach, scope
from routing.compiled import RoutingTable
from routing.table import Coverage, Document, Emergency, Line, Territory

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)  # a Friday
ROME, MADRID = "Europe/Rome", "Europe/Madrid"
TABLE = RoutingTable(
    Document(
        territories=(
            Territory("IT", "IT", "Italy", zones=(ROME,)),
            Territory("ES", "ES", "Spain", zones=(MADRID,)),
        ),
        lines=(
            Line("+390000", "+390000", "39", ("IT",), "IT"),
            Line("+340000", "+340000", "34", ("ES",), "ES"),
        ),
        coverage=(
            Coverage("IT", "technical", "it", hours="Mo-Fr 09:00-17:00", zone=ROME),
            Coverage("IT", "technical", "it", hours="24/7", zone=ROME, severity="A"),
            Coverage("IT", "billing", "it", hours="Mo-Fr 18:00-19:00", zone=ROME),
            Coverage("*", "technical", "en", hours="24/7"),
        ),
    ),
    1,
)


def counted(**changes: object) -> tuple[int, int, int, int]:
    row = Emergency(NOW, NOW + timedelta(hours=1), **changes)  # type: ignore[arg-type]  # of the fields' types
    found = reach(TABLE, row, NOW, ("en", "it"))
    return found.desks, found.open_now, found.countries, found.lines


def test_every_desk_of_the_scope_counts_once() -> None:
    """Desks of all severities count, default rows once for each country they serve."""
    assert counted() == (5, 4, 2, 2)
    assert counted(territory="IT") == (4, 3, 1, 1)
    assert counted(territory="IT", department="billing") == (1, 0, 1, 1)
    assert counted(language="en") == (2, 2, 2, 2)
    assert counted(territory="ES", department="billing") == (0, 0, 0, 0)


def test_callers_without_words_are_named() -> None:
    """A language without words of its own hears the English ones; without those it is named as unspoken."""
    row = Emergency(NOW, NOW + timedelta(hours=1), text={"it": "Chiuso."})
    found = reach(TABLE, row, NOW, ("en", "it"))
    assert (found.unspoken, found.in_english) == (("English",), ())
    row = Emergency(NOW, NOW + timedelta(hours=1), text={"en": "Closed."})
    found = reach(TABLE, row, NOW, ("en", "it"))
    assert (found.unspoken, found.in_english) == ((), ("Italian",))


def test_the_scope_is_said_in_words() -> None:
    """Countries and languages are named."""
    row = Emergency(NOW, NOW, "IT", "billing", "it")
    assert scope(row, TABLE) == "Italy, billing department, in Italian"
    assert scope(Emergency(NOW, NOW)) == "Everything"
