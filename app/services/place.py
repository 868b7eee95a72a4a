"""Steps 1, 2 and 5 of a call: which country, which language, which desk is open."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import structlog

from app.callflow.model import Call, Cue, Heard
from app.services import course
from app.services.moment import Moment
from routing.compiled import RoutingTable
from routing.decide import Decision, Facts, Kind, decide
from routing.lines import Many, One, Several, by_calling_code, territories_for

_log = structlog.get_logger(__name__)
_ENGLISH = "en"
#: A menu holds at most this many countries: 9 means another country.
MENU = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Answers about places, from the table alone."""

    def which_country(self, call: Call, moment: Moment) -> Heard:
        """The territories the dialled line means for this caller."""
        if call.territory:
            return Heard(Cue.ONE_COUNTRY, note=call.territory)
        match territories_for(moment.table, call.dnis, call.ani):
            case One(territory, guessed):
                return Heard(
                    Cue.ONE_COUNTRY,
                    {"territory": territory, "guessed": guessed},
                    f"{territory}{', by the caller’s number' if guessed else ''}",
                )
            case Several(territories) if len(territories) <= MENU:
                return Heard(Cue.SEVERAL_COUNTRIES, {"options": territories})
            case Several() | Many():
                return Heard(Cue.KEY_COUNTRY)
            case _:
                _log.error("unknown_line", dnis=call.dnis, call_id=call.call_id)
                return Heard(Cue.UNKNOWN_LINE, note=call.dnis)

    def which_code(self, call: Call, moment: Moment) -> Heard:
        """The territories of the line that the keyed calling code may mean; no match twice: the default."""
        line = moment.table.line(call.dnis)
        if line is None:
            return Heard(Cue.NOT_CHECKED)
        found = by_calling_code(moment.table, line.territories, call.keyed)
        if len(found) == 1:
            return Heard(
                Cue.ONE_COUNTRY, {"territory": found[0], "keyed": ""}, f"{found[0]}, by calling code"
            )
        if 0 < len(found) <= MENU:  # more: 1 without its area code
            return Heard(Cue.SEVERAL_COUNTRIES, {"options": found, "keyed": ""})
        if call.misses:
            changes = {"territory": line.default, "guessed": True, "keyed": ""}
            return Heard(Cue.DEFAULT_COUNTRY, changes, f"{line.default}, the line’s default")
        return Heard(Cue.NO_COUNTRY, {"keyed": ""})

    def which_language(self, call: Call, moment: Moment) -> Heard:
        """The languages the territory offers; a known contact's own comes first."""
        offered = moment.table.prompt_languages(call.territory) or (_ENGLISH,)
        if call.resumed and call.language in offered:
            return Heard(Cue.DESK_KNOWN if call.department else Cue.LANGUAGE_KNOWN, note=call.language)
        # After a wrong guess the country's languages are offered anew: the guess may have had one only.
        first = [language for language in (call.language, call.prefers) if language in offered]
        offered = tuple(dict.fromkeys((*first, *offered)))
        if len(offered) == 1:
            return Heard(Cue.LANGUAGE_KNOWN, {"language": offered[0]}, offered[0])
        return Heard(Cue.ASK_LANGUAGE, {"options": offered[:MENU], "language": ""})

    def is_open(self, call: Call, moment: Moment) -> Heard:
        """Whether the chosen department answers in the caller's language now, and what else is open."""
        language = call.desk_language or call.language
        heard = self._is_open(call, language, moment)
        heard.changes.update(course.asked(call, language, heard.cue, moment.now))
        return heard

    def _is_open(self, call: Call, language: str, moment: Moment) -> Heard:
        decision = decide(moment.table, moment.overlay, facts_of(call, language), moment.now)
        changes = {
            "queue": decision.queue if decision.kind is Kind.TRANSFER else "",
            "desk_language": decision.language if decision.kind is Kind.TRANSFER else "",
            "other_department": decision.other_department,
            **_opening(decision, moment.table),
        }
        note = "; ".join(decision.because)
        if decision.kind is Kind.TRANSFER:
            return Heard(Cue.OPEN, changes, note)
        if decision.languages:
            changes["options"] = decision.languages[:MENU]
            return Heard(Cue.OTHER_LANGUAGE_OPEN, changes, note)
        if decision.next_opening is None:  # no desk in this language: then when any of the department opens
            any_desk = decide(moment.table, moment.overlay, facts_of(call, ""), moment.now)
            changes |= _opening(any_desk, moment.table)
        cue = Cue.OTHER_DEPARTMENT_OPEN if decision.other_department else Cue.ALL_CLOSED
        return Heard(cue, changes, note)


def facts_of(call: Call, language: str, department: str = "") -> Facts:
    """What is known of a call, as a decision takes it."""
    return Facts(
        dnis=call.dnis,
        ani=call.ani,
        territory=call.territory,
        department=department or call.department,
        language=language,
        cloud=call.cloud,
        variant=call.variant,
    )


def _opening(decision: Decision, table: RoutingTable) -> dict[str, str | tuple[str, ...]]:
    """The next opening in the territory's own clock, whatever clock the desk keeps."""
    territory = table.territory(decision.territory)
    if decision.next_opening is None or territory is None or not territory.zones:
        return {"next_opening": "", "opening_zone": ""}
    zone = territory.zones[0]
    return {
        "next_opening": decision.next_opening.astimezone(ZoneInfo(zone)).isoformat(),
        "opening_zone": zone,
    }
