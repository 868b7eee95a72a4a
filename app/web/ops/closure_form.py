"""The form of a closure or an announcement: what was written, and what it means."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from app.faults import Fault, FaultCode
from app.services.emergency_wanted import Wanted
from app.services.tables import Tables
from app.services.wall_clock import NoInstant, instant
from app.services.wrong import Wrong
from app.web.code_words import named
from app.web.pages import gettext
from routing import words
from routing.compiled import DEPARTMENTS
from routing.desks import ANYWHERE
from routing.table import Document

_READERS, _COUNTRYS = "reader", "country"
_FIELDS = (
    "territory",
    "department",
    "language",
    "from_date",
    "from_time",
    "until_date",
    "until_time",
    "clock",
    "reason",
    "incident",
)
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ClosureForm:
    """The form as it was filled in; every word of it is shown again until it is right."""

    closes: bool
    values: Mapping[str, str]
    texts: Mapping[str, str]  # language -> what callers are to hear
    seen: str = ""  # the mark of the preview that was confirmed

    @classmethod
    def empty(cls, args: Mapping[str, str], languages: tuple[str, ...]) -> Self:
        """A form to fill in; the address may say ``kind``, ``territory``, ``incident`` and so on."""
        return cls.of({"clock": _READERS, **args}, languages)

    @classmethod
    def of(cls, form: Mapping[str, str], languages: tuple[str, ...]) -> Self:
        """The form as it was sent."""
        values = {name: form.get(name, "") for name in _FIELDS}
        for name in ("territory", "department", "language"):
            values[name] = values[name] or ANYWHERE
        texts = {tag: form.get(f"text.{tag}", "") for tag in languages}
        seen = form.get("seen", "") if form.get("step") == "apply" else ""
        return cls(form.get("kind") != "announcement", values, texts, seen)

    @property
    def mark(self) -> str:
        """A mark of everything that was filled in."""
        whole = repr((self.closes, sorted(self.values.items()), sorted(self.texts.items())))
        return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:16]

    @property
    def is_confirmed(self) -> bool:
        """Whether exactly this was seen in words and confirmed."""
        return self.seen == self.mark

    def wanted(self, tables: Tables, zone: str) -> Wanted | Wrong:
        """What it means; times are on the chosen clock, ``zone`` being the reader's."""
        values, faults = self.values, dict[str, str]()
        clock = zone if values["clock"] != _COUNTRYS else _zone_of(values["territory"], tables)
        if not clock:
            return Wrong({"clock": gettext("Choose a country with a clock of its own, or use your clock.")})
        start = _instant(values, "from", clock, faults)
        end = _instant(values, "until", clock, faults)
        if end is None and "end" not in faults:
            faults["end"] = gettext(
                "Say when it ends: a date and a time. It can be extended, and ended earlier."
            )
        if faults or end is None:
            return Wrong(faults)
        return Wanted(
            closes=self.closes,
            start=start,
            end=end,
            territory=values["territory"],
            department=values["department"],
            language=values["language"],
            reason=values["reason"],
            incident=values["incident"],
            text={tag: text for tag, text in self.texts.items() if text.strip()},
        )


def choices(tables: Tables, languages: tuple[str, ...]) -> dict[str, Pairs]:
    """What can be chosen for the three parts of the scope, in words."""
    document = _document(tables)
    countries = sorted((row.name, row.key) for row in document.territories)
    spoken = {row.language for row in document.coverage} | set(languages)
    return {
        "territory": [
            (ANYWHERE, gettext("Every country")),
            *((key, f"{name} ({key})") for name, key in countries),
        ],
        "department": [
            (ANYWHERE, gettext("Both departments")),
            *((name, named(name)) for name in DEPARTMENTS),
        ],
        "language": [
            (ANYWHERE, gettext("Every language")),
            *sorted(((tag, words.language(tag)) for tag in spoken), key=lambda pair: pair[1]),
        ],
        "spoken": [(tag, words.language(tag)) for tag in languages],
        "clock": [(_READERS, gettext("My clock")), (_COUNTRYS, gettext("The country's clock"))],
    }


def moved_end(values: Mapping[str, str], zone: str) -> tuple[datetime | str, datetime | None]:
    """The end that was asked for, or what is wrong with it; and the end the form was made with."""
    found = instant(values.get("until_date", ""), values.get("until_time", ""), zone, later=True)
    try:
        expecting = datetime.fromisoformat(values.get("expecting", ""))
    except ValueError:
        return "", None
    if expecting.tzinfo is None:
        return "", None
    return found.sentence if isinstance(found, NoInstant) else found, expecting


def _instant(values: Mapping[str, str], name: str, clock: str, faults: dict[str, str]) -> datetime | None:
    """The instant of a pair of fields; None when both are empty or wrong."""
    day, at = values[f"{name}_date"].strip(), values[f"{name}_time"].strip()
    if not day and not at:
        return None
    found = instant(day, at, clock, later=name == "until")
    if isinstance(found, NoInstant):
        faults["start" if name == "from" else "end"] = found.sentence
        return None
    return found


def _zone_of(territory: str, tables: Tables) -> str:
    found = next((row for row in _document(tables).territories if row.key == territory), None)
    return found.zones[0] if found and found.zones else ""


def _document(tables: Tables) -> Document:
    try:
        return tables.current().document
    except Fault as fault:
        if fault.code is FaultCode.NO_TABLE:
            return Document()
        raise
