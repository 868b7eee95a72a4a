"""The parts of the pages that come from the code: what they must say now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import timedelta
from types import MappingProxyType

import click

from app.callflow.diagram import FROM_THERE, TO_A_QUEUE, mermaid
from app.callflow.line import Line
from app.callflow.model import Ends
from app.callflow.script import LEAD, SCRIPT
from app.main import cli
from app.settings import NAMES
from app.settings.names import Name
from app.verification.limits import Limits, Window
from app.verification.model import Level, Organisation, Registration, TrustPolicy
from app.verification.trust import judge

#: What a setting that has no default text means while it is empty.
_EMPTY = MappingProxyType(
    {
        "SECRET_KEY": "made once, kept in `CALLGATE_VAR`",
        "PIN_KEYS": "made once, kept in `CALLGATE_VAR`",
        "RECEIPT_KEYS": "made once, kept in `CALLGATE_VAR`",
        "DATABASE_URL": "`callgate.db` in `CALLGATE_VAR`",
        "REDIS_URL": "a Valkey of its own in `CALLGATE_VAR`",
        "SMS_FROM": "texts and code calls land in the outbox",
        "SMTP_URL": "mails land in the outbox",
        "SEND_COUNTRIES": "every country",
        "TRANSFER_COUNTRIES": "every country",
    }
)
_LIMITS = MappingProxyType(
    {
        "least_digits": "of a code; an organisation may ask for 8",
        "code_lasts": "after that a code is expired, which is no guess",
        "level_lasts": "a level, if the call lasts longer",
        "confirmed_for": "an address must have been confirmed before it gets codes",
        "call_lasts": "after that a call whose end was never told is no longer open",
        "look_ups_per_call": "accounts or numbers keyed in a call",
        "guesses_per_code": "then the code path of the call is closed",
        "guesses_per_call": "over all its codes",
        "guesses_per_ani": "from one calling number; withheld callers share no count",
        "guesses_per_organisation": "from numbers not registered with it",
        "agent_guesses_per_organisation": "wrong codes keyed or typed in agents' code steps",
        "failures_until_switched_off": "wrong codes in a row at one contact",
        "resend_after": "after the first message, after the second; there is no fourth",
        "sends_per_contact": "codes to one contact",
        "sends_per_organisation": "codes to all its contacts",
        "agent_sends_per_organisation": "codes that agents have sent to all its contacts, beside those",
        "sends_per_ani": "codes that one calling number causes",
        "budget": "texts and code calls of all organisations together",
        "destinations": "countries texts and code calls may go to",
    }
)
_ENDS = MappingProxyType(
    {
        Ends.TRANSFER: "hands the call on",
        Ends.RECORD: "records a message",
        Ends.HANGUP: "ends the call",
    }
)
_ATTESTATIONS = (
    "TN-Validation-Passed-A",
    "TN-Validation-Passed-B",
    "TN-Validation-Passed-C",
    "No-TN-Validation",
    None,
    "TN-Validation-Failed-A",
    "TN-Validation-Passed-A-Diverted",
    "TN-Validation-Passed-A-Passthrough",
    "tn-validation-passed-a",
)


def settings() -> str:
    """Every setting, its meaning and its defaults."""
    rows = [(f"`{name.name}`", name.meaning, _development(name), _production(name)) for name in NAMES]
    return _table(("name", "meaning", "development, when empty", "production"), rows)


def _development(name: Name) -> str:
    default = name.always or name.development
    return f"`{default}`" if default else _EMPTY[name.name]


def _production(name: Name) -> str:
    if name.always:
        return "as in development"
    return "may be empty" if name.optional else "required"


def commands() -> str:
    """Every command and its first line of help."""
    rows = [
        (f"`callgate {path}`", command.get_short_help_str(limit=200)) for path, command in leaves(cli, ())
    ]
    return _table(("command", "what it does"), rows)


def named(group: click.Group) -> dict[str, click.Command]:
    """A group's own commands, in the order of their names."""
    context = click.Context(group)
    listed = {name: group.get_command(context, name) for name in sorted(group.list_commands(context))}
    return {name: command for name, command in listed.items() if command is not None}


def leaves(group: click.Group, path: tuple[str, ...]) -> list[tuple[str, click.Command]]:
    """The commands that do something, with the words that lead to them."""
    found: list[tuple[str, click.Command]] = []
    for name, command in named(group).items():
        words = (*path, name)
        if isinstance(command, click.Group):
            found += leaves(command, words)
        else:
            found.append((" ".join(words), command))
    return found


def diagram() -> str:
    """The script, drawn until the caller is handed to a queue."""
    return f"```mermaid\n{mermaid(TO_A_QUEUE)}```\n"


def afterwards() -> str:
    """What follows: waiting, call backs, messages, the question at the end."""
    return f"```mermaid\n{mermaid(FROM_THERE)}```\n"


def script() -> str:
    """The script, state by state."""
    rows = [(f"`{state}`", _says(line), _hears(line), _does(line)) for state, line in SCRIPT.items()]
    return _table(("state", "says", "hears, and goes to", "does"), rows)


def _says(line: Line) -> str:
    return ", ".join(f"`{prompt}`" for prompt in line.says)


def _hears(line: Line) -> str:
    targets: dict[str, list[str]] = {}
    for cue, target in line.hears.items():
        targets.setdefault(target.value, []).append(cue.value)
    return "; ".join(f"{', '.join(cues)} → `{target}`" for target, cues in targets.items())


def _does(line: Line) -> str:
    parts = [f"asks `{line.does}`"] if line.does else []
    if line.ends:
        parts.append(_ENDS[line.ends])
    if line.listens.value != "nothing":
        what = "one key" if line.listens.value == "key" else "digits and #"
        parts.insert(0, f"waits {line.timeout} s for {what}")
    return ", ".join(parts)


def leads() -> str:
    """What is said first because of what was heard."""
    return _table(("heard", "said first"), [(cue.value, f"`{prompt}`") for cue, prompt in LEAD.items()])


def limits() -> str:
    """Every number of the code step."""
    found = Limits()
    names = [one.name for one in fields(found)]
    rows = [(f"`{name}`", _number(getattr(found, name)), _LIMITS[name]) for name in names]
    return _table(("limit", "value", "of what"), rows)


def _number(value: object) -> str:
    match value:
        case None:
            return "all"
        case tuple():
            return ", ".join(_number(one) for one in value)
        case Window(most, span):
            return f"{most} in {_span(span)}"
        case timedelta():
            return _span(value)
        case _:
            return str(value)


def _span(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    for unit, size in (("h", 3600), ("min", 60)):
        if seconds % size == 0 and seconds > 60:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def trust() -> str:
    """The trust table, each cell judged by the code."""
    rows = [
        (f"`{said}`" if said else "absent", *(_judged(said, policy, odd=False) for policy in TrustPolicy))
        for said in _ATTESTATIONS
    ]
    rows.append(
        ("any value, given twice", *(_judged(_ATTESTATIONS[0], policy, odd=True) for policy in TrustPolicy))
    )
    return _table(("`StirVerstat` says", *(f"`{policy}`" for policy in TrustPolicy)), rows)


def _judged(said: str | None, policy: TrustPolicy, *, odd: bool) -> str:
    own = Organisation(1, "1234", "Firm", "IT", trust_caller_id=policy)
    found = judge((Registration(own, None),), keyed=None, attestation=said, odd=odd)
    result = found.level.name.lower() if found.level is not Level.UNVERIFIED else "code step"
    return f"{result}, audited" if found.contradicted else result


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"


PARTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "settings": settings,
        "commands": commands,
        "diagram": diagram,
        "afterwards": afterwards,
        "script": script,
        "leads": leads,
        "limits": limits,
        "trust": trust,
    }
)


def bodies() -> dict[str, str]:
    """Every generated part by name."""
    return {name: make() for name, make in PARTS.items()}
