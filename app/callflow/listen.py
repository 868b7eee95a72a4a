"""What keyed digits mean at a state: one cue, and what it changes in the call."""

from app.callflow.line import Line
from app.callflow.model import Call, Cue, Heard, Listens, State
from app.callflow.script import SCRIPT

_EVERYWHERE = {"*": Cue.REPEAT, "0": Cue.PERSON}
_CHOSEN = {
    State.COUNTRY_MENU: "territory",
    State.LANGUAGE: "language",
    State.OFFER_LANGUAGE: "desk_language",
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
        return Heard(cue, _changes(cue, call))
    return _number(line, digits) if line.listens is Listens.NUMBER else _option(line, call, digits)


def _offered(cue: Cue, call: Call) -> bool:
    """Another country is offered where the country was guessed, or is just being chosen."""
    return cue is not Cue.ANOTHER_COUNTRY or call.guessed or call.state is State.COUNTRY_MENU


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


def _changes(cue: Cue, call: Call) -> dict[str, str | bool]:
    """What a key says beyond where it leads."""
    match cue:
        case Cue.TECHNICAL | Cue.BILLING:
            return {"department": cue.value, "desk_language": ""}
        case Cue.EMAIL | Cue.PHONE:
            return {"channel": cue.value}
        case Cue.OTHER_WAY:
            return {"channel": Cue.PHONE.value if call.channel == Cue.EMAIL.value else Cue.EMAIL.value}
        case Cue.YES if call.state is State.OFFER_DEPARTMENT:
            return {"department": call.other_department, "desk_language": ""}
        case Cue.ANOTHER_COUNTRY:
            return {"guessed": False, "territory": "", "greeted": False}
        case _:
            return {}
