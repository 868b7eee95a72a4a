"""One webhook about a caller's leg, in our words."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Event:
    """One webhook about a caller's leg, in our words."""

    call_id: str
    account_sid: str
    call_sid: str
    dnis: str  # what was dialled, or the address a forwarded line arrives on; E.164 or a SIP URI
    ani: str | None  # E.164; None: withheld, or not a number at all
    forwarded_from: str = ""
    attestation: str | None = None  # StirVerstat exactly as given; None: absent
    attestation_odd: bool = False  # given twice
    digits: str | None = field(default=None, repr=False)  # as keyed, without #; None: the turn did not listen
    bridged: bool | None = None  # after a transfer: whether a real conversation took place
    left_queue: str = ""  # QueueResult, after a wait in the carrier's queue
    dialled_for: int = 0  # seconds since somebody answered, after a transfer
    waited: int = 0  # seconds in the carrier's queue
    recording: str = ""  # the carrier's URL of a message the caller left
    recorded_for: int = 0  # seconds
    ended: str = ""  # CallStatus, once the call is over
