"""How a call would rank among those that wait, in one sentence: by the order that waiting callers have."""

from datetime import timedelta

from app.handover.order import for_level, for_priority, head_start
from app.verification.model import Level
from routing.words import counted

_MINUTE = timedelta(minutes=1)
_PROOFS = {
    Level.NUMBER_MATCHED: "a matched number",
    Level.NUMBER_ATTESTED: "an attested number",
    Level.CODE: "a code",
}


def minutes_earlier(priority: int, level: Level) -> int:
    """The head start in whole minutes."""
    return head_start(priority, level) // _MINUTE


def ranking(priority: int, level: Level) -> str:
    """The sentence, as in ``Waits as if it had begun 6 minutes earlier: 5 for priority 1, 1 for ...``."""
    total = minutes_earlier(priority, level)
    if not total:
        return "Waits by when it began: priority 0 and an unverified caller get no head start."
    parts = [f"{for_priority(priority) // _MINUTE} for priority {priority}"] if priority else []
    parts += [f"{for_level(level) // _MINUTE} for {_PROOFS[level]}"] if level in _PROOFS else []
    return f"Waits as if it had begun {counted(total, 'minute')} earlier: {', '.join(parts)}."
