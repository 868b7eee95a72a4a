"""From a turn to the TwiML that answers it: words, voices, and the links of the next turn."""

from dataclasses import dataclass, field

from app.callflow.model import Call, Ends, Turn
from app.services import links
from app.telephony import twiml
from app.telephony.sip_header import sip_with_receipt
from app.telephony.words import Spoken, Words

#: Seconds an agent's phone rings before the call goes on to the overflow.
RING = 25
#: Seconds of a message a caller leaves.
LONGEST_MESSAGE = 180


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders turns; ``secret`` signs the links."""

    words: Words
    secret: bytes = field(repr=False)

    def __call__(self, turn: Turn) -> str:
        """The TwiML document for a turn."""
        spoken = [self.words.say(saying) for saying in turn.says]
        if turn.ends is Ends.HANGUP:
            return twiml.speak_and_hang_up(spoken)
        query = links.query(self.secret, turn.call)
        action = f"/voice/turn?{query}"
        if turn.ends is None:
            return twiml.listen(spoken, action=action, listens=turn.listens, timeout=turn.timeout)
        if turn.ends is Ends.RECORD:
            return twiml.record(spoken, action=action, longest=LONGEST_MESSAGE)
        return _transfer(turn, spoken, action, query)


def _transfer(turn: Turn, spoken: list[Spoken], action: str, query: str) -> str:
    kind, _, address = turn.target.partition(":")
    whisper = f"/voice/whisper?{query}"
    if kind == "number":
        return twiml.dial_number(
            spoken,
            number=address,
            action=action,
            whisper=whisper,
            caller_id=_caller_id(turn.call),
            timeout=RING,
        )
    if kind in {"sip", "sips"}:
        return twiml.dial_sip(
            spoken,
            address=sip_with_receipt(turn.target, turn.receipt),
            action=action,
            whisper=whisper,
            caller_id=_caller_id(turn.call),
            timeout=RING,
        )
    return twiml.enqueue(spoken, queue=address, wait=f"/voice/wait?{query}", action=action)


def _caller_id(call: Call) -> str | None:
    """A withheld caller is shown to the agent as the line that was dialled; others as themselves."""
    return call.dnis if call.ani is None and call.dnis.startswith("+") else None
