"""The form of a call to be tried: its fields as people write them, and what is wrong with each."""

from collections.abc import Mapping
from datetime import date, datetime

from app.handover.order import MOST_PRIORITY
from app.services.wall_clock import NoInstant, instant
from app.services.what_if import LIVE, Asked, Caller
from app.services.wrong import Wrong
from app.verification.model import Level
from routing.compiled import DEPARTMENTS
from routing.decide import Facts
from routing.numbers import is_withheld, to_e164
from routing.zones import UnknownZone
from routing.zones import zone as zone_of

FIELDS = (
    "dnis",
    "ani",
    "territory",
    "department",
    "language",
    "cloud",
    "variant",
    "day",
    "time",
    "zone",
    "against",
    "priority",
    "level",
)
#: The levels as they are written.
LEVELS = tuple(level.name.lower() for level in Level)
_LONGEST = 200  # letters of a field
_MOST_DIGITS = 9  # of a version's or draft's number


def read(values: Mapping[str, str], now: datetime, zone: str) -> Asked | Wrong:
    """The call of a form's fields; ``zone`` is the reader's, meant where none is given.

    ``day`` and ``time`` left empty are now. Wrong says what is wrong field by field.
    """
    texts = {name: text.strip()[:_LONGEST] for name, text in values.items()}
    faults: dict[str, str] = {}
    facts = Facts(
        dnis=_dialled(texts.get("dnis", ""), faults),
        ani=_caller(texts.get("ani", ""), faults),
        territory=texts.get("territory", ""),
        department=_department(texts.get("department", ""), faults),
        language=texts.get("language", ""),
        cloud=texts.get("cloud", ""),
        variant=texts.get("variant", ""),
    )
    if not facts.dnis and not facts.territory and "dnis" not in faults:
        faults["dnis"] = "Give the number that was dialled, or choose a country."
    zone = texts.get("zone", "") or zone
    at = _instant(texts, now, zone, faults)
    against = texts.get("against", "") or LIVE
    if not _is_table(against):
        faults["against"] = f"There is no {against[:40]}: choose live, a version or a draft."
    caller = _waiting(texts.get("priority", ""), texts.get("level", ""), faults)
    return Wrong(faults) if faults or at is None else Asked(facts, at, zone, against, caller)


def _dialled(text: str, faults: dict[str, str]) -> str:
    if text and to_e164(_bare(text)) is None and not text.lower().startswith(("sip:", "tel:")):
        faults["dnis"] = f"“{text[:40]}” is no number: write it with + and country code, as in +39800917919."
    return text if text.lower().startswith(("sip:", "tel:")) else _bare(text)


def _caller(text: str, faults: dict[str, str]) -> str | None:
    if not text or (is_withheld(text) and not any(letter.isdigit() for letter in text)):
        return None
    number = to_e164(_bare(text))
    if number is None:
        faults["ani"] = (
            f"“{text[:40]}” is no number: write it as in +390655550100, or leave it empty if withheld."
        )
    return number


def _bare(text: str) -> str:
    """A number without what people write between its digits."""
    return "".join(letter for letter in text if letter not in " -./()\u00a0")


def _department(text: str, faults: dict[str, str]) -> str:
    if text and text not in DEPARTMENTS:
        faults["department"] = f"There is no department {text[:40]}: choose {' or '.join(DEPARTMENTS)}."
    return text


def _waiting(priority: str, level: str, faults: dict[str, str]) -> Caller | None:
    """Who waits; None where neither is said, and where anything is wrong."""
    if priority and not (len(priority) == 1 and priority.isascii() and priority.isdigit()):
        faults["priority"] = f"A priority is a whole number from 0 to {MOST_PRIORITY}."
    if level and level not in LEVELS:
        faults["level"] = f"There is no level {level[:40]}: choose {', '.join(LEVELS)}."
    if faults or not (priority or level):
        return None
    return Caller(int(priority or 0), Level[(level or LEVELS[0]).upper()])


def _instant(texts: Mapping[str, str], now: datetime, zone: str, faults: dict[str, str]) -> datetime | None:
    """The instant asked for; a day alone means the time it is now, a time alone means today."""
    try:
        local = now.astimezone(zone_of(zone))
    except UnknownZone:
        faults["zone"] = f"There is no zone {zone[:40]}: write it as in Europe/Rome."
        return None
    day, clock = texts.get("day", ""), texts.get("time", "")
    if not day and not clock:
        return now
    found = instant(day or f"{local:%Y-%m-%d}", clock or f"{local:%H:%M}", zone)
    if isinstance(found, NoInstant):
        faults["time" if not day or _is_day(day) else "day"] = found.sentence
        return None
    return found


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_table(text: str) -> bool:
    kind, _, number = text.partition("-")
    named = number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS and int(number) > 0
    return text == LIVE or (kind in {"version", "draft"} and named)
