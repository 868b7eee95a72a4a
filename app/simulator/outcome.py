"""What became of a Dial, as its action is told."""

from dataclasses import dataclass

from app.simulator.webhooks import Form


@dataclass(slots=True)
class Outcome:
    """``status`` is DialCallStatus; ``bridged`` None where there is nobody to be bridged with."""

    status: str = "failed"
    sid: str = ""
    seconds: float = 0
    answered: bool = False
    bridged: bool | None = False

    def tells(self, sid: str, status: str, *, answered: bool = False) -> None:
        """Note which child leg it is about, and how it went so far."""
        self.sid, self.status, self.answered = sid, status, answered

    def form(self) -> Form:
        """The parameters a Dial's action has besides the standard ones."""
        form = [("DialCallStatus", self.status), ("DialCallDuration", str(int(self.seconds)))]
        if self.sid:
            form.append(("DialCallSid", self.sid))
        if self.bridged is not None:
            form.append(("DialBridged", "true" if self.bridged else "false"))
        return form
