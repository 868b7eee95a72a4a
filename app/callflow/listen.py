"""What keyed digits mean at a state: one cue, and what it changes in the call."""

from app.callflow.line import Line
from app.callflow.model import Call, Cue, Heard, Listens, State
from app.callflow.script import SCRIPT

_EVERYWHERE = {"*": Cue.REPEAT, "0": Cue.PERSON}
_CHOSEN = {
    State.COUNTRY_MENU: "territory",
    State.LANGUAGE: "language",
    State.OFFER_LANGUAGE: "desk_language",
    State.WAIT_LANGUAGE: "desk_language",
}


def listen(call: Call, digits: str) -> Heard:
    """The cue for ``digits`` (as the carrier gives them, without the closing #; empty: silence)."""
    line = SCRIPT[call.state]
    if not digits:
        return Heard(Cue.SILENCE)
    if digits in _EVERYWHERE:
        return Heard(_EVERYWHERE[digits])
    cue = line.keys.get(digits)
    if cue is not None and _offered(cue, call):
        return Heard(cue, _changes(cue, call, digits))
    return _number(line, digits) if line.listens is Listens.NUMBER else _option(line, call, digits)


def _offered(cue: Cue, call: Call) -> bool:
    """Another country is offered where it was guessed, or is being chosen; a call where one will come."""
    match cue:
        case Cue.ANOTHER_COUNTRY:
            return call.guessed or call.state is State.COUNTRY_MENU
        case Cue.WANTS_CALLBACK:
            return call.offers_callback
        case _:
            return True


def _number(line: Line, digits: str) -> Heard:
    if line.digits is None:
        return Heard(Cue.NUMBER)
    shortest, longest = line.digits
    whole = digits.isascii() and digits.isdigit() and shortest <= len(digits) <= longest
    return Heard(Cue.NUMBER, {"keyed": digits}) if whole else Heard(Cue.NOT_WHOLE)


def _option(line: Line, call: Call, digits: str) -> Heard:
    if Cue.CHOSE in line.hears and len(digits) == 1 and digits in "12345678":
        index = int(digits) - 1
        if index < len(call.options):
            return Heard(Cue.CHOSE, {_CHOSEN[call.state]: call.options[index]})
    return Heard(Cue.NOT_A_KEY)


def _changes(cue: Cue, call: Call, digits: str) -> dict[str, str | bool | int]:
    """What a key says beyond where it leads."""
    changes: dict[str, str | bool | int] = {}
    match cue:
        case Cue.TECHNICAL | Cue.BILLING:
            changes = {"department": cue.value, "desk_language": ""}
        case Cue.EMAIL | Cue.PHONE:
            changes = {"channel": cue.value}
        case Cue.OTHER_WAY:
            other = Cue.PHONE if call.channel == Cue.EMAIL.value else Cue.EMAIL
            changes = {"channel": other.value}
        case Cue.YES if call.state is State.OFFER_DEPARTMENT:
            changes = {"department": call.other_department, "desk_language": ""}
        case Cue.RATED:
            changes = {"score": int(digits)}
        case Cue.ANOTHER_COUNTRY:
            changes = {"guessed": False, "territory": "", "greeted": False}
        case _:
            pass
    return changes
