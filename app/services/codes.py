"""Step 7 of a call: the one-time code is sent, sent again, judged."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.callflow.model import Call, Cue, Heard
from app.ports import Ledger, Resent
from app.services.identity import proved
from app.services.moment import Moment, rfc3339
from app.verification.code import Keys, NotWhole, decoy_draw, matches, read_guess
from app.verification.model import Accepted, Channel, Expired, Judgement, Locked, Rejected


@dataclass(frozen=True, slots=True)
class Codes:
    """Answers about codes. Digits come in through the moment and end here."""

    ledger: Ledger
    keys: Keys
    wake_sender: Callable[[], None]

    def send(self, call: Call, moment: Moment) -> Heard:
        """Issue a challenge, a void one where there is nobody to send to: the caller hears the same."""
        issued = self.ledger.issue(
            moment.asker(call),
            call.organisation,
            call.contact,
            department=call.department,
            channel=Channel(call.channel),
            decoy=decoy_draw(self.keys, call.keyed),
        )
        self.wake_sender()
        challenge = issued.challenge
        changes = {
            "challenge": challenge.id,
            "code_digits": challenge.digits,
            "expires_at": rfc3339(challenge.expires_at),
        }
        return Heard(Cue.SENT, changes, f"by {call.channel}")

    def send_again(self, call: Call, moment: Moment) -> Heard:
        """The same code once more, if it is time."""
        outcome = self.ledger.resend(moment.asker(call), call.challenge)
        self.wake_sender()
        return Heard(Cue.SENT_AGAIN if outcome is Resent.SENT else Cue.TOO_SOON)

    def judge(self, call: Call, moment: Moment) -> Heard:
        """Patience for silence, no guess for what is not a whole code, a judgement for the rest."""
        if not moment.digits:
            expired = bool(call.expires_at) and moment.now >= datetime.fromisoformat(call.expires_at)
            return Heard(Cue.EXPIRED if expired else Cue.WAITED)
        if isinstance(read_guess(moment.digits, call.code_digits), NotWhole):
            return Heard(Cue.NOT_WHOLE_CODE)
        judgement = self.ledger.judge(
            moment.asker(call), call.challenge, lambda challenge: matches(self.keys, challenge, moment.digits)
        )
        return _heard(judgement)


def _heard(judgement: Judgement) -> Heard:
    match judgement:
        case Accepted(proof):
            return Heard(Cue.ACCEPTED, {"challenge": "", **proved(proof)}, proof.method.value)
        case Rejected(left):
            return Heard(Cue.REJECTED, note=f"{left} left")
        case Locked(reason):
            return Heard(Cue.LOCKED, {"challenge": ""}, reason)
        case Expired():
            return Heard(Cue.EXPIRED, {"challenge": ""})
