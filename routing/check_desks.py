"""Desks: what their hours rest on, whether anybody answers, and what callers are offered."""

from collections.abc import Collection, Iterator

from routing import keys
from routing.clock_changes import clock_changes
from routing.compiled import DEPARTMENTS, RoutingTable
from routing.desks import ANYWHERE
from routing.fields import hours as wrong_hours
from routing.locate import Placed, placed
from routing.remarks import Origins, Remark
from routing.table import Coverage, Territory
from routing.week import week
from routing.zones import names


def desk_errors(table: RoutingTable, origins: Origins) -> Iterator[Remark]:
    """Rows without hours or zone, rows that name what is not there, variants with one short name."""
    document = table.document
    schedules = {row.name for row in document.schedules}
    calendars = {row.calendar for row in document.calendars}
    slugs: dict[tuple[str, str], str] = {}
    for place in placed(document, "coverage", origins):
        row: Coverage = place.row
        if row.schedule and row.schedule not in schedules:
            yield place.error("schedule", f"there is no schedule {row.schedule!r}; add it or write hours")
        if row.calendar and row.calendar not in calendars:
            yield place.error(
                "calendar", f"there is no calendar {row.calendar!r}; add it or leave this empty"
            )
        if (
            row.variant
            and slugs.setdefault((row.territory, keys.slug(row.variant)), row.variant) != row.variant
        ):
            other = slugs[row.territory, keys.slug(row.variant)]
            yield place.error(
                "variant", f"its short name is that of {other!r}, {keys.slug(row.variant)}; name it otherwise"
            )
    yield from _without_zone(table, origins)


def desk_warnings(table: RoutingTable, languages: Collection[str], origins: Origins) -> Iterator[Remark]:
    """Hours a clock change cuts, desks that never open, silent departments, languages without prompts."""
    schedules = {row.name: row.hours for row in table.document.schedules}
    for place in placed(table.document, "coverage", origins):
        row: Coverage = place.row
        text = row.hours or schedules.get(row.schedule, "")
        if not wrong_hours(text):
            yield from _hours(table, place, text)
    unspoken: set[str] = set()
    for place in placed(table.document, "territories", origins):
        yield from _unanswered(table, place)
        for language in table.prompt_languages(place.row.key):
            if language not in languages and language not in unspoken:
                unspoken.add(language)
                sentence = f"{language} is offered without prompts in it; such callers are guided in English"
                yield place.warning("prompt_languages", sentence)


def _without_zone(table: RoutingTable, origins: Origins) -> Iterator[Remark]:
    anywhere = any(row.territory == ANYWHERE and not row.zone for row in table.document.coverage)
    leaning = {row.territory for row in table.document.coverage if not row.zone}
    for place in placed(table.document, "territories", origins):
        row: Territory = place.row
        if not row.zones and (row.key in leaning or (anywhere and not row.online_only)):
            yield place.error(
                "zones", "must not be empty: a row without a zone of its own serves this territory"
            )


def _hours(table: RoutingTable, place: Placed, text: str) -> Iterator[Remark]:
    hours = week(text)
    if not hours.starts:
        yield place.warning("hours", "this desk never opens; delete the row if nobody answers")
    row: Coverage = place.row
    if hours.always or not hours.starts:
        return
    for zone in _zones(table, row):
        where = "" if row.territory != ANYWHERE or row.zone else f"in {zone}, "
        for sentence in clock_changes(hours, zone):
            yield place.warning("hours", where + sentence)


def _zones(table: RoutingTable, row: Coverage) -> tuple[str, ...]:
    """The zones on whose clocks a row's hours are kept: its own, else those of the territories it serves."""
    own = table.territory(row.territory)
    served = table.document.territories if row.territory == ANYWHERE else (own,) if own else ()
    found = (row.zone,) if row.zone else tuple(dict.fromkeys(zone for t in served for zone in t.zones[:1]))
    return tuple(zone for zone in found if zone in names())


def _unanswered(table: RoutingTable, place: Placed) -> Iterator[Remark]:
    territory: Territory = place.row
    if territory.online_only:
        return
    board = table.board(territory)
    silent = [department for department in DEPARTMENTS if not board.of(department)]
    if len(silent) == len(DEPARTMENTS):
        yield place.warning(
            "key", "nobody answers here and there is no online_only text; add hours or such a text"
        )
    else:
        for department in silent:
            yield place.warning("key", f"nobody answers {department} here; callers are told it never opens")
