import json
from dataclasses import replace
from datetime import date

import pytest

from routing import tables
from routing.compiled import RoutingTable
from routing.decide import Facts, decide
from routing.explain import as_json, sentences
from routing.table import CalendarDay, Closure, Overlay, Queue
from tests.unit.routing.building import DESK, NOBODY, asked, at, emergency, table

SAMPLE = RoutingTable(tables.sample(), 7)
EVENING = at("2026-11-20 23:00")


def explained(facts: Facts, where: RoutingTable = SAMPLE, overlay: Overlay = NOBODY) -> str:
    return "\n".join(sentences(where, facts, decide(where, overlay, facts, EVENING), EVENING))


def test_json_says_everything() -> None:
    """A decision as JSON has each fact under its own name, with JSON's own types."""
    facts = Facts(dnis="+13128435147", ani="+50934123456", department="billing", language="fr")
    found = json.loads(json.dumps(as_json(decide(SAMPLE, NOBODY, facts, EVENING))))
    assert found == {
        "decision": "closed",
        "question": "",
        "territory": "HT",
        "guessed": True,
        "ask": [],
        "department": "billing",
        "language": "fr",
        "open": False,
        "next_opening": "2026-11-23T03:00:00-05:00",
        "queue": "billing-fr",
        "languages": [],
        "other_department": "technical",
        "because": ["line/+13128435147", "region/HT", "territory/HT", "coverage/HT/billing/fr"],
        "version": 7,
    }


def test_json_of_a_question() -> None:
    """A question lists the territories the caller must be asked about."""
    found = as_json(decide(SAMPLE, NOBODY, Facts(dnis="+13128435147", ani="+590590123456"), EVENING))
    assert (found["decision"], found["question"], found["ask"]) == ("ask", "territory", ["GP", "BL", "MF"])
    assert found["next_opening"] is None


@pytest.mark.parametrize(
    ("facts", "parts"),
    [
        (
            Facts(dnis="+13128435147", ani="+50934123456", department="billing", language="fr"),
            [
                "+1 312 843 5147 serves 26 territories [line/+13128435147].",
                "The caller's number is of HT: a guess the caller may correct.",
                "The call is for Haiti (HT) [territory/HT].",
                "Billing, French: Mo-Fr 03:00-11:00 on the clock of America/Port-au-Prince",
                "[coverage/HT/billing/fr].",
                "Closed: the billing desk in French.",
                "Open now: technical.",
                "It opens on Monday 2026-11-23 at 03:00 (UTC-05:00).",
                "Table version 7, at 2026-11-20 22:00 UTC.",
            ],
        ),
        (
            Facts(territory="IT", department="technical", language="en"),
            ["Open: the technical desk in English takes it, queue technical-en.", "then to fallback."],
        ),
        (Facts(territory="IT", department="technical", language="it"), ["Open now in English."]),
        (
            Facts(territory="MX", department="technical", language="en"),
            ["a default row", "[coverage/*/technical/en]"],
        ),
        (
            Facts(territory="NP", department="technical"),
            ["online support only", "NO SUCH DESK", "It never opens."],
        ),
        (Facts(dnis="+390"), ["UNKNOWN", "fallback queue"]),
        (Facts(territory="IT"), ["asked for the department"]),
        (
            Facts(dnis="+13128435147"),
            ["asked for the country: Saint Pierre and Miquelon (PM), Guadeloupe (GP)"],
        ),
        (Facts(territory="XX"), ["The country is not known."]),
        (Facts(dnis="+611800197503"), ["serves Australia (AU)"]),
    ],
)
def test_each_decision_in_sentences(facts: Facts, parts: list[str]) -> None:
    """An explanation says how the territory was told, each row that decided, and what becomes of the call."""
    text = explained(facts)
    assert all(part in text for part in parts), text


def test_what_takes_over_is_explained() -> None:
    """A queue's overflow, how long callers wait at most, and what rings while no agent can be asked."""
    facts = Facts(territory="IT", department="technical", language="it")
    queue = Queue("technical-it", "", "voicemail", overflow_after=300, backup="number:+390655550100")
    text = explained(facts, table(replace(DESK, hours="24/7"), queues=(queue,)))
    assert "to queue:technical-it, then to voicemail after 300 seconds at the latest." in text
    assert "While no agent can be asked they go to number:+390655550100." in text


def test_what_stands_above_the_week_is_explained() -> None:
    """Closures, calendars, special openings and emergencies are named with their reasons."""
    rows = (Closure(date(2026, 11, 20), reason="strike"), Closure(date(2026, 11, 23), "open", reason="fair"))
    days = (CalendarDay("italy", date(2026, 11, 20), name="a feast"),)
    facts = Facts(territory="IT", department="technical", language="it")
    desk = replace(DESK, hours="24/7")
    assert "A closure holds: strike [closure/2026-11-20]." in explained(facts, table(desk, closures=rows[:1]))
    calendar = table(replace(desk, calendar="italy"), calendars=days)
    assert "2026-11-20 is a day off in the calendar italy: a feast" in explained(facts, calendar)
    overlay = emergency("2026-11-20 20:00", "2026-11-21 09:00")
    assert "An emergency closure is in force [emergency/2026-11-20T19:00Z]." in explained(
        facts, table(desk), overlay
    )
    special = table(
        replace(desk, calendar="italy"), calendars=days, closures=(Closure(date(2026, 11, 20), "open"),)
    )
    assert "A special opening holds [closure/2026-11-20/open]." in explained(facts, special)
    broken = table(replace(DESK, hours="", schedule="gone"))
    assert "BROKEN: this row cannot work" in explained(facts, broken)
    assert asked(broken, "2026-11-20 10:00").open is False
