from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing import diff, tables
from routing.table import Closure, Coverage, Document, Queue, Schedule, Territory
from tests.unit.routing.building import DESK, FRANCE, ITALY, LINE, WHOLE

POLAND = Territory("PL", "PL", "Poland")
ROW = Coverage("PL", "technical", "pl", "Mo-Fr 09:00-17:00", zone="Europe/Warsaw")
BASE = Document(
    (ITALY, POLAND), (LINE,), (DESK, ROW), (Schedule("office", "Mo-Fr 09:00-17:00"),), (Queue("a"),)
)


def with_hours(hours: str) -> Document:
    return replace(BASE, coverage=(DESK, replace(ROW, hours=hours)))


@pytest.mark.parametrize("document", [Document(), BASE, WHOLE])
def test_equal_documents_say_nothing(document: Document) -> None:
    """Nothing changed: no sentence."""
    assert diff.sentences(document, document) == []


@pytest.mark.parametrize(
    ("hours", "sentences"),
    [
        ("Mo-Fr 09:00-17:00; Sa 09:00-13:00", ["Saturday 09:00-13:00 added"]),
        ("Mo-Th 09:00-17:00", ["Friday 09:00-17:00 removed"]),
        ("Mo-Fr 09:00-18:00", ["Monday to Friday 09:00-18:00 added", "Monday to Friday 09:00-17:00 removed"]),
        ("Mo-Fr 09:00-17:00; Su 22:00-06:00", ["Sunday 22:00-06:00 of the next day added"]),
        ("24/7", ["Monday to Sunday all day added", "Monday to Friday 09:00-17:00 removed"]),
        ("Mo,Tu,We,Th,Fr 09:00-17:00", ["hours are now written Mo,Tu,We,Th,Fr 09:00-17:00"]),
        ("9 to 5", ["hours changed from Mo-Fr 09:00-17:00 to 9 to 5"]),
    ],
)
def test_hours_are_told_by_weekday(hours: str, sentences: list[str]) -> None:
    """Changed hours are told weekday by weekday, neighbours together."""
    assert diff.sentences(BASE, with_hours(hours)) == [
        f"Technical, Poland, Polish: {text}" for text in sentences
    ]


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (replace(BASE, territories=(ITALY, POLAND, FRANCE)), "France: added"),
        (
            replace(BASE, territories=(ITALY, replace(POLAND, name="Polska"))),
            "Polska: name changed from Poland to Polska",
        ),
        (
            replace(BASE, territories=(ITALY, replace(POLAND, prompt_languages=("pl",)))),
            "Poland: prompt languages: pl added",
        ),
        (replace(BASE, territories=(POLAND, ITALY)), "The order of the territories changed"),
        (replace(BASE, lines=()), "Line +390212345678: removed"),
        (replace(BASE, lines=(replace(LINE, note="closed"),)), "Line +390212345678: note closed added"),
        (replace(BASE, coverage=(ROW,)), "Technical, Italy, Italian: removed"),
        (
            replace(
                BASE,
                coverage=(DESK, ROW, Coverage("*", "billing", "en", "24/7", variant="Plan", severity="A")),
            ),
            "Billing, every territory (Plan) (severity A), English: added, 24/7 in its own zone",
        ),
        (
            replace(BASE, schedules=(Schedule("office", "Sa 10:00-11:00"),)),
            "Schedule office: Saturday 10:00-11:00 added",
        ),
        (
            replace(BASE, queues=(Queue("a"), Queue("b", "sip:b@example.com"))),
            "Queue b: added, to sip:b@example.com",
        ),
        (replace(BASE, queues=(Queue("a", overflow="b"),)), "Queue a: overflow b added"),
        (replace(BASE, queues=(Queue("a", overflow_after=60),)), "Queue a: overflow after 60 added"),
        (
            replace(BASE, closures=(Closure(date(2026, 12, 24), territory="PL", reason="Christmas"),)),
            "Closure on 2026-12-24, Every department, Poland: added (Christmas)",
        ),
        (
            replace(BASE, closures=(Closure(date(2026, 12, 24), "open", time(9), language="pl"),)),
            "Special opening on 2026-12-24 09:00-24:00, Every department, every territory, Polish: added",
        ),
        (replace(BASE, calendars=WHOLE.calendars[:1]), "Calendar italy, public holidays of IT: added"),
        (replace(BASE, notices=WHOLE.notices), "Privacy notice, Italy, Italian: added"),
    ],
)
def test_every_change_is_a_sentence(new: Document, sentence: str) -> None:
    """What was added, removed or changed is told in a sentence that names it for people."""
    assert sentence in diff.sentences(BASE, new)


def test_a_long_text_is_cut() -> None:
    """A sentence stays one: long texts are cut."""
    found = diff.sentences(BASE, replace(BASE, lines=(replace(LINE, note="x" * 1000),)))
    assert len(found[0]) < 120


SAMPLE = tables.sample()


@given(st.sets(st.integers(0, len(SAMPLE.coverage) - 1), max_size=5), st.sampled_from(["24/7", "off"]))
def test_a_sentence_for_every_changed_row(rows: set[int], hours: str) -> None:
    """However many rows change, each is told, and rows that stay are not."""
    changed = tuple(replace(row, hours=hours) if n in rows else row for n, row in enumerate(SAMPLE.coverage))
    told = diff.sentences(SAMPLE, replace(SAMPLE, coverage=changed))
    different = [row for row, other in zip(SAMPLE.coverage, changed, strict=True) if row != other]
    assert bool(told) == bool(different)
    assert len({sentence.rpartition(": ")[0] for sentence in told}) <= len(told)
    assert len(told) >= len(different)
