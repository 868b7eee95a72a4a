"""The words of the handover: who waits, whose phone rings for it, who talks, and how each of these ends."""

from enum import StrEnum


class WaitKind(StrEnum):
    """What stands in the list."""

    CALL = "call"  # a caller on the line
    CALLBACK = "callback"  # somebody to be called
    TRANSFER = "transfer"  # a conversation that an agent hands on to a queue


class WaitState(StrEnum):
    """Where a row of the list stands; each ends in exactly one of the final states."""

    WAITING = "waiting"
    AWAY = "away"  # the caller answers a question of ours; the place is kept
    OFFERED = "offered"  # an agent's phone rings for it
    JOINING = "joining"  # an agent accepted
    TAKEN = "taken"  # final, as all below: somebody talked with the caller
    ABANDONED = "abandoned"  # the caller hung up
    OVERFLOWED = "overflowed"  # on to another queue, a number, a voicemail
    CLOSED = "closed"  # the desk closed meanwhile, and the caller heard when it opens
    CALLBACK = "callback"  # the caller asked to be called back: a row of that kind stands for it
    UNREACHED = "unreached"  # a callback that was tried as often as promised
    WITHDRAWN = "withdrawn"  # a transfer that its agent took back, a callback that ops or the caller ended


#: The states a row can still leave.
OPEN = (WaitState.WAITING, WaitState.AWAY, WaitState.OFFERED, WaitState.JOINING)


class Wanted(StrEnum):
    """Why a caller leaves the carrier's queue, or is to leave it."""

    CALLBACK = "callback"  # key 1
    LANGUAGE = "language"  # key 2
    CODE = "code"  # key 3
    OVERFLOW = "overflow"  # key 0, or waited too long, or nobody is signed in
    CLOSED = "closed"  # the desk closed meanwhile
    BACKUP = "backup"  # the carrier's API is away: no agent can be asked
    REROUTED = "rerouted"  # supervisors send this queue's callers elsewhere


class LegKind(StrEnum):
    """Why somebody is rung."""

    AGENT = "agent"  # takes the caller
    TRANSFER = "transfer"  # takes a conversation over
    COLLEAGUE = "colleague"
    INTERPRETER = "interpreter"
    CALLER = "caller"  # who asked to be called back


#: The legs at whose end a conversation has nobody left who looks after the caller.
AGENTS = (LegKind.AGENT, LegKind.TRANSFER)


class LegState(StrEnum):
    """How far a leg has come."""

    ASKED = "asked"  # of the carrier, or just about to be
    RINGING = "ringing"
    ANSWERED = "answered"  # hears the whisper
    JOINED = "joined"  # pressed 1 and is in the conference
    OVER = "over"


#: Somebody who is being rung, or has answered and not pressed 1 yet.
NOT_JOINED = (LegState.ASKED, LegState.RINGING, LegState.ANSWERED)


class LegEnd(StrEnum):
    """How a leg ended."""

    NO_ANSWER = "no_answer"
    BUSY = "busy"
    FAILED = "failed"  # the carrier could not place it
    CANCELED = "canceled"  # by us, while it rang
    REFUSED = "refused"  # answered, and did not press 1: a voicemail, say
    ENDED = "ended"  # after it had joined


class TalkState(StrEnum):
    """Where a handover stands."""

    RINGING = "ringing"  # the agent's phone
    JOINING = "joining"  # accepted: the caller is being brought in, or rung
    TALKING = "talking"
    CODE = "code"  # the caller keys a code that the agent had sent
    OVER = "over"


class Duty(StrEnum):
    """What an agent says of themselves."""

    AVAILABLE = "available"
    AWAY = "away"
    WRAP_UP = "wrap_up"  # writes down what the last call was about


class Disposition(StrEnum):
    """What became of a conversation, in the agent's words."""

    SOLVED = "solved"
    OPEN = "open"  # somebody goes on with it
    WRONG_DESK = "wrong_desk"
    NOT_ENTITLED = "not_entitled"
    LOST = "lost"  # the connection broke
