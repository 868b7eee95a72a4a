"""Weekly hours as a form: the notation, and beside it seven days of times, each following the other.

What the notation means is asked of ``routing.week``, how days are written of ``routing.notation``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.web.pages import gettext, gettext_noop
from routing import notation
from routing.week import DAY_MINUTES, DAY_NAMES, NotHours, Week, Window, week

DAYS = (
    gettext_noop("Monday"),
    gettext_noop("Tuesday"),
    gettext_noop("Wednesday"),
    gettext_noop("Thursday"),
    gettext_noop("Friday"),
    gettext_noop("Saturday"),
    gettext_noop("Sunday"),
)
FROM_NOTATION = "from-notation"
FROM_DAYS = "from-days"

_MOST = 24  # windows of a day that are read; far more than a day has
_TIME = re.compile(r"([0-9]{1,2})(?:[:.h]?([0-9]{2}))?")
_BOTH = gettext_noop(
    "Both the notation and the days were changed, and they differ. "
    'Press "Update the days" to keep the notation, or "Update the notation" to keep the days.'
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One window as it stands in the form; both times empty: room for another."""

    start: str = ""
    end: str = ""
    ends: str = ""  # when it runs past midnight, in words
    error: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Open minutes of one day, for its bar."""

    start: int
    width: int


@dataclass(frozen=True, slots=True)
class DayForm:
    """One day's windows, one slot more than it has, and what is open on that date, nights before included."""

    name: str
    slots: tuple[Slot, ...]
    bar: tuple[Stretch, ...]

    @property
    def words(self) -> str:
        """What is open on this day: ``closed``, ``all day``, or times."""
        if not self.bar:
            return gettext("closed")
        if self.bar == (Stretch(0, DAY_MINUTES),):
            return gettext("all day")
        spans = ((one.start, one.start + one.width) for one in self.bar)
        times = ", ".join(f"{notation.clock(low)}-{notation.clock(high)}" for low, high in spans)
        return gettext("open %(times)s", times=times)


@dataclass(frozen=True, slots=True)
class HoursForm:
    """The whole form. ``shown`` is the notation the page was made with, to see what was changed since."""

    notation: str
    shown: str
    days: tuple[DayForm, ...]
    error: str = ""  # about the notation
    told: str = ""  # which side followed the other

    @property
    def faulty(self) -> bool:
        """Whether anything in it must be put right before it is saved."""
        return bool(self.error) or any(slot.error for day in self.days for slot in day.slots)


def hours_form(text: str, shown: str | None = None) -> HoursForm:
    """The form of a notation; one that cannot be read gives empty days and says why."""
    before = text if shown is None else shown
    try:
        found = week(text) if text else None
    except NotHours as fault:
        return HoursForm(text, before, _forms(None), error=str(fault))
    return HoursForm(text, before, _forms(found))


def read_hours(form: Mapping[str, str], column: str = "hours") -> HoursForm:
    """The form as it was sent, the side that was not changed following the one that was.

    The button ``press`` decides where both were changed; without one of the two buttons that is a fault.
    """
    text, shown, press = form.get(column, "").strip(), form.get("shown", "").strip(), form.get("press", "")
    sent = tuple(_sent(form, day) for day in range(7))
    if press == FROM_NOTATION:
        return replace(hours_form(text, shown), told=gettext("The days follow the notation now."))
    if press != FROM_DAYS and _same(sent, shown):
        return hours_form(text, shown)
    read = _read(sent)
    if isinstance(read, HoursForm):
        return replace(read, notation=text, shown=shown)
    written = notation.text(read)
    if press == FROM_DAYS:
        return replace(hours_form(written, shown), told=gettext("The notation follows the days now."))
    if text in ("", shown) or _means(text, read):
        return hours_form(text if _means(text, read) else written, shown)
    return replace(hours_form(text, shown), days=_kept(sent, read), error=gettext(_BOTH))


def days_only(form: Mapping[str, str]) -> HoursForm:
    """The form as its days say, whatever notation stands beside them."""
    return read_hours({**form, "press": FROM_DAYS})


def _sent(form: Mapping[str, str], day: int) -> tuple[Slot, ...]:
    slots = (
        Slot(form.get(f"from-{day}-{number}", "").strip(), form.get(f"to-{day}-{number}", "").strip())
        for number in range(_MOST)
    )
    return tuple(slot for slot in slots if slot.start or slot.end)


def _same(sent: Sequence[Sequence[Slot]], shown: str) -> bool:
    """Whether the days are those the page was made with."""
    before = hours_form(shown)
    was = tuple(tuple((slot.start, slot.end) for slot in day.slots if slot.start) for day in before.days)
    return was == tuple(tuple((slot.start, slot.end) for slot in day) for day in sent)


def _means(text: str, days: Sequence[Sequence[Window]]) -> bool:
    try:
        return bool(text) and week(text).days == tuple(tuple(sorted(set(day))) for day in days)
    except NotHours:
        return False


def _read(sent: Sequence[Sequence[Slot]]) -> tuple[tuple[Window, ...], ...] | HoursForm:
    """The windows, or the form with what is wrong said at each slot."""
    judged = [[_judged(day, slot) for slot in slots] for day, slots in enumerate(sent)]
    if any(slot.error for slots in judged for slot, _ in slots):
        days = (
            DayForm(gettext(DAYS[day]), (*(slot for slot, _ in slots), Slot()), ())
            for day, slots in enumerate(judged)
        )
        return HoursForm("", "", tuple(days))
    return tuple(tuple(window for _, windows in slots for window in windows) for slots in judged)


def _judged(day: int, slot: Slot) -> tuple[Slot, tuple[Window, ...]]:
    start, end = _clock(slot.start), _clock(slot.end)
    for text, found in ((slot.start, start), (slot.end, end)):
        if not text:
            return _wrong(slot, gettext("write both times, such as 09:00 and 17:00, or neither"))
        if not found:
            return _wrong(slot, gettext('"%(text)s" is no time of day; write 09:00', text=text[:20]))
    if start == end:
        return _wrong(slot, gettext("it ends when it starts; write 00:00 and 24:00 for the whole day"))
    try:
        return slot, week(f"{DAY_NAMES[day]} {start}-{end}").days[day]
    except NotHours:
        return _wrong(slot, gettext("these are no hours of a day; a window starts before 24:00"))


def _wrong(slot: Slot, error: str) -> tuple[Slot, tuple[Window, ...]]:
    return replace(slot, error=error), ()


def _clock(text: str) -> str:
    found = _TIME.fullmatch(text)
    return f"{int(found[1]):02}:{found[2] or '00'}" if found else ""


def _kept(sent: Sequence[Sequence[Slot]], read: Sequence[Sequence[Window]]) -> tuple[DayForm, ...]:
    bars = _forms(week(notation.text(read)))
    return tuple(replace(bars[day], slots=(*slots, Slot())) for day, slots in enumerate(sent))


def _forms(found: Week | None) -> tuple[DayForm, ...]:
    return tuple(
        DayForm(
            gettext(name),
            (*(_slot(day, w) for w in (found.days[day] if found else ())), Slot()),
            _bar(found, day),
        )
        for day, name in enumerate(DAYS)
    )


def _slot(day: int, window: Window) -> Slot:
    start, end = notation.text([(window,), *((),) * 6]).removeprefix(f"{DAY_NAMES[0]} ").split("-")
    return Slot(start, end, notation.ends(day, window))


def _bar(found: Week | None, day: int) -> tuple[Stretch, ...]:
    low, high = day * DAY_MINUTES, (day + 1) * DAY_MINUTES
    spans = zip(found.starts, found.ends, strict=True) if found else ()
    cut = ((max(start, low), min(end, high)) for start, end in spans)
    return tuple(Stretch(start - low, end - start) for start, end in cut if start < end)
