"""Small tables for tests: one territory, one desk, whatever else a test needs."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from routing.compiled import RoutingTable
from routing.decide import Decision, Facts, decide
from routing.table import (
    CalendarDay,
    Closure,
    Coverage,
    Document,
    Emergency,
    Line,
    Notice,
    Overlay,
    Queue,
    Schedule,
    Territory,
)

NOBODY = Overlay()
ITALY = Territory("IT", "IT", "Italy", zones=("Europe/Rome",))
FRANCE = Territory("FR", "FR", "France", zones=("Europe/Paris",))
LINE = Line("+390212345678", "+390212345678", "02 12345678", ("IT",), "IT")
DESK = Coverage("IT", "technical", "it", "Mo-Fr 09:00-17:00", zone="Europe/Rome")
BILLING = Coverage("IT", "billing", "it", "Mo-Fr 09:00-17:00", zone="Europe/Rome")

# One small document with something in every section, that nothing is wrong with.
WHOLE = Document(
    territories=(
        ITALY,
        FRANCE,
        Territory("EEA", "", "Others", "Europe", ("Europe/Berlin",), ("de",), ("AT", "BE")),
        Territory("NP", "NP", "Nepal", zones=("Asia/Kathmandu",), online_only="write to us, = please"),
    ),
    lines=(
        LINE,
        Line(
            "+33157324297", "+33157324297", "+33 1 57 32 42 97", ("FR", "EEA"), "FR", "north", "@Plan A (old)"
        ),
        Line("IT 800 1", "", "800 1", ("IT",), "IT", reached_as=("sip:desk@example.com", "+390287654321")),
    ),
    coverage=(
        DESK,
        replace(BILLING, hours="", schedule="office", calendar="italy", queue="money", note="-1 means none"),
        Coverage(
            "FR", "technical", "fr", "24/7", zone="Europe/Paris", cloud="north", variant="@Plan A (old)"
        ),
        Coverage("FR", "technical", "fr", "24/7", zone="Europe/Paris", severity="A"),
        Coverage("*", "technical", "en", "24/7"),
    ),
    schedules=(Schedule("office", "Mo-Th 09:00-17:00; Fr 09:00-12:00"),),
    queues=(
        Queue("money", "sip:money@example.com", "technical-it", "it", "refuse"),
        Queue("technical-it", "", "number:+390655550100", overflow_after=300, backup="sip:desk@example.com"),
        Queue("fallback", overflow="voicemail"),
    ),
    calendars=(
        CalendarDay("italy", country="IT"),
        CalendarDay("italy", date(2026, 8, 14), name="the day before"),
    ),
    closures=(
        Closure(date(2026, 12, 24), territory="IT", department="billing", reason="Christmas, 'eve'"),
        Closure(date(2026, 12, 31), start=time(12), territory="FR", language="fr"),
        Closure(date(2026, 12, 27), "open", time(10), time(12), cloud="north"),
    ),
    notices=(Notice("IT", "privacy", "it", "Leggete la nostra informativa; è in rete."),),
)


def table(*rows: Coverage, **sections: object) -> RoutingTable:
    """Italy with these desks (the usual one where none is given) and other sections as they are named."""
    parts = {"territories": (ITALY, FRANCE), "lines": (LINE,), "coverage": rows or (DESK,), **sections}
    return RoutingTable(Document(**parts), 1)  # type: ignore[arg-type]  # a test names what it sets


def at(text: str, hours: int = 1) -> datetime:
    """``2026-11-20 09:00`` on a clock so many hours ahead of UTC: one is Rome's in winter."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) - timedelta(hours=hours)


def asked(
    where: RoutingTable, when: str, *, overlay: Overlay = NOBODY, hours: int = 1, **facts: str
) -> Decision:
    """The decision for Italy's technical desk in Italian, or as the facts say, on Rome's wall clock."""
    known = {"territory": "IT", "department": "technical", "language": "it", **facts}
    return decide(where, overlay, Facts(**known), at(when, hours))


def emergency(start: str, end: str, **scope: str) -> Overlay:
    """One emergency closure from one wall-clock time of Rome in winter to another."""
    return Overlay(closures=(Emergency(at(start), at(end), **scope),))  # type: ignore[arg-type]  # scope is text


def opens(decision: Decision) -> str:
    """The next opening on the desk's clock, to read in a test; empty when there is none."""
    return decision.next_opening.strftime("%Y-%m-%d %H:%M") if decision.next_opening else ""
