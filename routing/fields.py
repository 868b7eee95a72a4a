"""What a cell of a table may hold, whichever file it stands in: each check gives a sentence or nothing."""

import re

from routing.numbers import COSTLY, number_type, to_e164
from routing.targets import NUMBER, VOICEMAIL
from routing.week import NotHours, week
from routing.zones import names

ROLES = ("primary", "alternative")
KINDS = ("toll_free", "local", "international", "access_code", "unknown", "none")
CHARGES = ("none", "local", "international", "cellular_toll_free")
DEPARTMENTS = ("technical", "billing")
EFFECTS = ("closed", "open")
UNVERIFIED = ("transfer", "refuse")
NOTICES = ("privacy", "service")

#: The least and most seconds a row may let callers wait before its overflow.
WAITING = (10, 86_400)

_KEY = re.compile(r"[A-Z0-9]{2,10}(?:-[A-Z0-9]{1,3})?")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_REGION = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,4})?")
_WHOLE = re.compile(r"[1-9][0-9]{0,8}")
_SIP = re.compile(r"sips?:[^\s@<>\"]{1,64}@[A-Za-z0-9.\-]{1,253}(?::[0-9]{1,5})?(?:;[^\s<>\"]{1,200})?")

_TELEPHONES = "number:+390212345678, sip:desk@example.com"


def one_of(text: str, choices: tuple[str, ...]) -> str:
    """One of a few words."""
    return "" if text in choices else f"{_quoted(text)} is none of {', '.join(choices)}"


def e164(text: str) -> str:
    """A number in E.164, in ASCII."""
    if text.isdigit() and to_e164(f"+{text}"):
        return f"{_quoted(text)} has no +, which a spreadsheet may have taken away; write +{text}"
    return (
        ""
        if to_e164(text)
        else f"{_quoted(text)} is no E.164 number; write + and 7 to 15 digits, as in +390212345678"
    )


def territory_key(text: str) -> str:
    """A territory's key."""
    return _like(
        _KEY,
        text,
        "a territory's key; write an ISO 3166 code such as IT or BQ-SA, or a group's name in capitals",
    )


def country(text: str) -> str:
    """ISO 3166-1 alpha-2."""
    return _like(_COUNTRY, text, "an ISO 3166-1 code; write two capitals such as IT")


def region(text: str) -> str:
    """ISO 3166-1 with an optional subdivision."""
    return _like(_REGION, text, "a country's code; write IT, or DE-BY for a part of one")


def language(text: str) -> str:
    """The primary tag of BCP-47: what desks speak."""
    return _like(_LANGUAGE, text, "a language's primary tag; write it, fr or cmn")


def tag(text: str) -> str:
    """A BCP-47 tag: what prompts are spoken in."""
    return _like(_TAG, text, "a BCP-47 language tag; write fi or pt-BR")


def name(text: str) -> str:
    """The name of a schedule, calendar, cloud or severity."""
    return _like(_NAME, text, "a name; use letters, digits, - and _ only")


def queue(text: str) -> str:
    """The name of a queue."""
    if text.lower() == VOICEMAIL:
        return f"{_quoted(text)} means leaving a message; name the queue otherwise"
    return name(text)


def zone(text: str) -> str:
    """An IANA zone of the pinned data."""
    return "" if text in names() else f"{_quoted(text)} is no IANA time zone; write one such as Europe/Rome"


def hours(text: str) -> str:
    """Weekly hours."""
    try:
        week(text)
    except NotHours as fault:
        return str(fault)
    return ""


def target(text: str) -> str:
    """Where a queue's calls go."""
    kind, _, rest = text.partition(":")
    if kind == "queue" and _NAME.fullmatch(rest):
        return ""
    return _outside(text, f"target; write {_TELEPHONES} or queue:NAME")


def overflow(text: str) -> str:
    """What takes a queue's calls over: another queue, a telephone, a voicemail."""
    if text == VOICEMAIL:
        return ""
    if ":" not in text and text.lower() != VOICEMAIL:
        return name(text)
    return _outside(text, f"overflow; write another queue's name, {_TELEPHONES} or {VOICEMAIL}")


def backup(text: str) -> str:
    """What is rung while no agent can be asked."""
    return _outside(text, f"backup; write {_TELEPHONES}")


def waiting(text: str) -> str:
    """Seconds that callers wait at most."""
    least, most = WAITING
    if _WHOLE.fullmatch(text) and least <= int(text) <= most:
        return ""
    return f"{_quoted(text)} is no waiting time; write whole seconds from {least} to {most}, as in 300"


def address(text: str) -> str:
    """An address the carrier delivers a line's calls for."""
    if to_e164(text) or _SIP.fullmatch(text):
        return ""
    return f"{_quoted(text)} is no address of a line; write an E.164 number or sip:name@host"


def _outside(text: str, what: str) -> str:
    """A number or SIP address that calls may be sent to."""
    number = text.removeprefix(NUMBER)
    if text.startswith(NUMBER) and to_e164(number):
        kind = number_type(number)
        return f"{number} is a {kind.replace('_', ' ')} number: no calls go there" if kind in COSTLY else ""
    return "" if _SIP.fullmatch(text) else f"{_quoted(text)} is no {what}"


def _like(pattern: re.Pattern[str], text: str, what: str) -> str:
    return "" if pattern.fullmatch(text) else f"{_quoted(text)} is not {what}"


def _quoted(text: str) -> str:
    return f'"{text if len(text) <= 40 else text[:37] + "..."}"'
