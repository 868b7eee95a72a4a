"""A closure or an announcement somebody wants, and what is wrong with it, field by field."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from routing.compiled import DEPARTMENTS, RoutingTable
from routing.desks import ANYWHERE
from routing.table import Emergency
from routing.zones import LAST_INSTANT

LONGEST_REASON = 200
LONGEST_INCIDENT = 80
LONGEST_TEXT = 600  # characters: about 40 seconds of speech
_LATE = timedelta(minutes=5)  # a start that was "now" when the form was filled in


@dataclass(frozen=True, slots=True)
class Wanted:
    """A closure (``closes``) or an announcement somebody wants; ``start`` None: at once."""

    closes: bool
    start: datetime | None
    end: datetime
    territory: str = ANYWHERE
    department: str = ANYWHERE
    language: str = ANYWHERE
    reason: str = ""
    incident: str = ""
    text: Mapping[str, str] = field(default_factory=dict)

    def at(self, now: datetime) -> Emergency:
        """What it would be, made now."""
        return Emergency(
            start=self.start or now,
            end=self.end,
            territory=self.territory,
            department=self.department,
            language=self.language,
            reason=" ".join(self.reason.split()),
            text={tag: " ".join(words.split()) for tag, words in self.text.items() if words.strip()},
        )


def faults(
    wanted: Wanted, table: RoutingTable | None, languages: Collection[str], now: datetime
) -> dict[str, str]:
    """What is wrong with it, by field: start, end, territory, department, reason, text.de and so on."""
    places, times = _place_faults(wanted, table, languages), _time_faults(wanted, now)
    return dict([*places, *times, *_word_faults(wanted, languages)])


def _place_faults(
    wanted: Wanted, table: RoutingTable | None, languages: Collection[str]
) -> Iterator[tuple[str, str]]:
    if wanted.territory != ANYWHERE and not (table and table.territory(wanted.territory)):
        yield "territory", f"The published table has no territory {wanted.territory[:40]}."
    if wanted.department not in {ANYWHERE, *DEPARTMENTS}:
        yield (
            "department",
            f"There is no department {wanted.department[:40]}: {', '.join(DEPARTMENTS)}, or *.",
        )
    spoken = {row.language for row in table.document.coverage} if table else set()
    if wanted.language not in {ANYWHERE, *spoken, *languages}:
        yield "language", f"No desk and no prompt is in {wanted.language[:40]}."


def _time_faults(wanted: Wanted, now: datetime) -> Iterator[tuple[str, str]]:
    if sentence := start_fault(wanted.start, now):
        yield "start", sentence
    if sentence := end_fault(max(wanted.start or now, now), wanted.end):
        yield "end", sentence


def start_fault(start: datetime | None, now: datetime) -> str:
    """Why something cannot begin at ``start`` (None: now); empty when it can."""
    if start is not None and start < now - _LATE:
        return "This is past: leave it empty to begin now, or write a later instant."
    return "Write a date of this age." if start is not None and start.timestamp() > LAST_INSTANT else ""


def end_fault(start: datetime, end: datetime) -> str:
    """Why something that begins at ``start``, or now, cannot end at ``end``; empty when it can."""
    if end <= start:
        return "It must end later than now, and later than it starts."
    return "Write a date of this age." if end.timestamp() > LAST_INSTANT else ""


def _word_faults(wanted: Wanted, languages: Collection[str]) -> Iterator[tuple[str, str]]:
    if wanted.closes and not wanted.reason.strip():
        yield "reason", "Say why, in a few words: it stands on every page until the closure ends."
    if not wanted.closes and not wanted.incident.strip():
        yield "incident", "Name the incident this announcement belongs to: ending the incident ends it."
    if not wanted.closes and not any(words.strip() for words in wanted.text.values()):
        yield "text", "Write what callers are to hear, in one language at least; English serves the others."
    for name, value, most in (
        ("reason", wanted.reason, LONGEST_REASON),
        ("incident", wanted.incident, LONGEST_INCIDENT),
    ):
        if len(value) > most:
            yield name, f"Write at most {most} characters."
    for tag, words in wanted.text.items():
        if tag not in languages:
            yield f"text.{tag[:40]}", f"There is no voice for {tag[:40]}: {', '.join(languages)}."
        elif len(words) > LONGEST_TEXT:
            yield f"text.{tag}", f"Write at most {LONGEST_TEXT} characters: callers wait while it is spoken."
