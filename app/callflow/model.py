"""The words of a call: its states, what it hears (cues), what it asks of the world, and what it says."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """Where a call stands. The script says what each one says, hears and asks."""

    ARRIVED = "arrived"
    COUNTRY_CODE = "country_code"
    COUNTRY_MENU = "country_menu"
    WELCOME = "welcome"
    LANGUAGE = "language"
    DEPARTMENT = "department"
    OPEN_HOURS = "open_hours"
    OFFER_LANGUAGE = "offer_language"
    OFFER_DEPARTMENT = "offer_department"
    CLOSED = "closed"
    WHO = "who"
    ACCOUNT = "account"
    CONFIRM_ACCOUNT = "confirm_account"
    LOOK_UP = "look_up"
    CHANNEL = "channel"
    SEND_CODE = "send_code"
    ENTER_CODE = "enter_code"
    SEND_AGAIN = "send_again"
    PERSON = "person"
    TRANSFER = "transfer"
    TRANSFER_UNVERIFIED = "transfer_unverified"
    NEXT_QUEUE = "next_queue"
    TRANSFER_AGAIN = "transfer_again"
    NOBODY = "nobody"
    BACK_IN_LINE = "back_in_line"
    OTHER_LANGUAGES = "other_languages"
    WAIT_LANGUAGE = "wait_language"
    WHEN_OPEN = "when_open"
    CALLBACK = "callback"
    CALLBACK_CONFIRM = "callback_confirm"
    CALLBACK_NUMBER = "callback_number"
    CALLBACK_BOOK = "callback_book"
    CALLBACK_BOOKED = "callback_booked"
    WAY_BACK = "way_back"
    LEAVE_MESSAGE = "leave_message"
    MESSAGE = "message"
    MESSAGE_TAKEN = "message_taken"
    AFTER_CALL = "after_call"
    SURVEY = "survey"
    SURVEY_ANSWER = "survey_answer"
    THANKS = "thanks"
    GOODBYE = "goodbye"


class Cue(StrEnum):
    """What a call hears: a key's meaning, silence, or the world's answer to a question."""

    # keys and silence
    CHOSE = "chose"  # one of the options on offer
    TECHNICAL = "technical"
    BILLING = "billing"
    YES = "yes"
    NO = "no"
    EMAIL = "email"
    PHONE = "phone"
    NUMBER = "number"  # digits ended by #
    REPEAT = "repeat"  # *
    PERSON = "person"  # 0
    ANOTHER_COUNTRY = "another_country"  # 9
    SEND_AGAIN = "send_again"
    OTHER_WAY = "other_way"
    OTHER_ACCOUNT = "other_account"
    WANTS_CALLBACK = "wants_callback"
    RATED = "rated"  # 1 to 5
    SILENCE = "silence"
    NOT_A_KEY = "not_a_key"
    NOT_WHOLE = "not_whole"  # digits that cannot be what was asked for
    NOT_WHOLE_CODE = "not_whole_code"
    GAVE_UP = "gave_up"  # silence or wrong keys once too often
    # the world's answers
    ONE_COUNTRY = "one_country"
    SEVERAL_COUNTRIES = "several_countries"
    KEY_COUNTRY = "key_country"
    NO_COUNTRY = "no_country"
    DEFAULT_COUNTRY = "default_country"  # no match twice: the line's default territory
    UNKNOWN_LINE = "unknown_line"
    ASK_LANGUAGE = "ask_language"
    LANGUAGE_KNOWN = "language_known"
    DESK_KNOWN = "desk_known"  # language and department: a call that goes on after a loss
    OPEN = "open"
    OTHER_LANGUAGE_OPEN = "other_language_open"
    OTHER_DEPARTMENT_OPEN = "other_department_open"
    ALL_CLOSED = "all_closed"
    PROVED = "proved"  # the number suffices
    MUST_PROVE = "must_prove"  # the organisation is known, a code is needed
    USER_MUST_PROVE = "user_must_prove"  # a user's number, who may not open cases
    STRANGER = "stranger"  # nobody known calls
    UNPROVED = "unproved"  # was asked before, and goes on as it was
    LOOKED_UP = "looked_up"  # whether anything was found or not: the same words and steps
    NO_MORE_LOOK_UPS = "no_more_look_ups"
    SENT = "sent"  # or not: the caller cannot tell
    SENT_AGAIN = "sent_again"
    TOO_SOON = "too_soon"  # asked again too early or too often
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    LOCKED = "locked"
    EXPIRED = "expired"
    WAITED = "waited"  # silence while a code is awaited
    NOT_CHECKED = "not_checked"  # a fault of ours: routing goes on, levels do not
    TROUBLE = "trouble"  # the carrier could not use our last answer, or nobody knows the call
    BRIDGED = "bridged"  # a real conversation took place
    NOT_ANSWERED = "not_answered"
    QUEUE_FOUND = "queue_found"
    ANOTHER_QUEUE = "another_queue"
    NO_QUEUE_LEFT = "no_queue_left"
    # waiting, and what follows a call
    WANTS_LANGUAGE = "wants_language"
    WANTS_CODE = "wants_code"
    DESK_CLOSED = "desk_closed"  # while the caller waited
    LOST_COLLEAGUE = "lost_colleague"  # the agent was gone before the caller came
    LANGUAGES = "languages"  # others are open
    NO_LANGUAGES = "no_languages"
    CAN_CALL = "can_call"  # somebody will be there to call back
    CANNOT_CALL = "cannot_call"
    NUMBER_KNOWN = "number_known"
    NO_NUMBER = "no_number"
    NUMBER_TAKEN = "number_taken"
    NUMBER_REFUSED = "number_refused"
    BOOKED = "booked"
    NO_CALLBACK = "no_callback"
    WAITS = "waits"  # in a queue
    NOT_WAITING = "not_waiting"
    VOICEMAIL = "voicemail"
    MESSAGE_LEFT = "message_left"
    MESSAGE_KEPT = "message_kept"
    ASK_SURVEY = "ask_survey"
    NO_SURVEY = "no_survey"
    ANSWER_KEPT = "answer_kept"


class Question(StrEnum):
    """What a call asks of the world; ``app.services.calls`` answers each with a cue."""

    WHICH_COUNTRY = "which_country"
    WHICH_CODE = "which_code"  # the keyed calling code
    WHICH_LANGUAGE = "which_language"
    IS_OPEN = "is_open"
    WHO_CALLS = "who_calls"
    LOOK_UP = "look_up"
    SEND_CODE = "send_code"
    SEND_AGAIN = "send_again"
    JUDGE = "judge"
    WHICH_QUEUE = "which_queue"
    NEXT_QUEUE = "next_queue"
    OTHER_LANGUAGES = "other_languages"
    WHEN_OPEN = "when_open"  # may we offer to call once the desk opens
    CALLBACK = "callback"
    CHECK_NUMBER = "check_number"
    BOOK = "book"
    WAY_BACK = "way_back"
    KEEP_MESSAGE = "keep_message"
    SURVEY = "survey"
    KEEP_ANSWER = "keep_answer"


@dataclass(frozen=True, slots=True)
class Heard:
    """A cue, with what it changes in the call besides its state."""

    cue: Cue
    changes: dict[str, Any] = field(default_factory=dict)
    note: str = ""  # for the timeline; never a digit of a code


class Listens(StrEnum):
    """How an answer is keyed."""

    KEY = "key"  # one digit, acted on at once
    NUMBER = "number"  # digits ended by #
    NOTHING = "nothing"


class Ends(StrEnum):
    """How a turn hands the caller on, when it does not listen."""

    TRANSFER = "transfer"
    RECORD = "record"  # a message
    HANGUP = "hangup"


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing said: a prompt's name, what fills its gaps, and the language it is said in."""

    prompt: str
    language: str
    gaps: dict[str, str | int | list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """One entry of a call's timeline; never holds a digit of a code."""

    at: str  # RFC 3339, UTC
    what: str
    detail: str = ""


#: What the last note of a timeline says; its detail is how the call ended.
ENDED = "ended"


@dataclass(frozen=True)  # without slots: ``having`` copies in one step
class Call:
    """Everything that must be remembered of a running call between two webhooks."""

    call_id: str
    account_sid: str
    call_sid: str
    dnis: str
    ani: str | None
    started_at: str  # RFC 3339, UTC
    table_version: int
    attestation: str | None = None  # StirVerstat exactly as given, None when absent
    attestation_odd: bool = False  # given twice
    state: State = State.ARRIVED
    turn: int = 0
    misses: int = 0  # silences and wrong keys at this prompt, in a row
    territory: str = ""
    variant: str = ""
    cloud: str = ""
    guessed: bool = False
    greeted: bool = False
    prefers: str = ""  # the known contact's own language
    resumed: bool = False  # the running call was lost and goes on from its links
    options: tuple[str, ...] = ()
    language: str = ""  # the caller's choice; prompts fall back to English where there are none
    department: str = ""
    other_department: str = ""  # open, where the chosen one is not
    desk_language: str = ""  # of the desk the call goes to
    next_opening: str = ""  # RFC 3339 with the desk's offset
    opening_zone: str = ""  # IANA zone of that desk
    queue: str = ""
    tried: tuple[str, ...] = ()  # queues that did not answer
    asked_department: str = ""  # the desk asked for first, and what that was answered with: a cue
    asked_language: str = ""
    met: str = ""
    decided_at: str = ""  # RFC 3339, UTC, as the three after it
    queued_at: str = ""  # first handed to a queue
    handed_at: str = ""  # last handed to one
    connected_at: str = ""
    known: int | None = None  # organisations the number is registered with; None: could not be looked up
    organisation: int | None = None
    contact: int | None = None  # the contact whose number called
    keyed: str = ""  # the number keyed last: a calling code, an account, a phone number
    channel: str = ""  # email | phone
    challenge: str = ""  # the challenge's id
    code_digits: int = 0  # of the challenge
    expires_at: str = ""  # of the challenge, RFC 3339, UTC
    level: str = "unverified"
    method: str = ""
    proved_as: str = ""  # the contact's name, for the whisper
    proved_role: str = ""
    proved_at: str = ""
    organisation_name: str = ""
    account: str = ""  # the organisation's account number, where this call looked it up
    parent: str = ""  # of a callback: the call in which it was asked for
    offers_callback: bool = False  # to call once the desk opens
    callback_number: str = ""  # E.164
    recording: str = ""  # the carrier's URL of the message left
    recorded_for: int = 0  # seconds
    score: int = 0  # the answer to the question after the call
    fault: bool = False  # the level could not be checked: "not checked: system"
    notes: tuple[Note, ...] = ()  # timeline entries not yet in SQL

    def having(self, **changes: Any) -> "Call":
        """This call with other values, as ``dataclasses.replace`` gives it, at a tenth of its cost.

        A turn changes its call half a dozen times. Raises TypeError for a name the call does not have.
        """
        if not changes.keys() <= self.__dict__.keys():
            raise TypeError(f"a call has no {', '.join(sorted(changes.keys() - self.__dict__.keys()))}")
        changed = object.__new__(type(self))
        changed.__dict__.update(self.__dict__)
        changed.__dict__.update(changes)
        return changed


@dataclass(frozen=True, slots=True)
class Turn:
    """What one webhook is answered with: the call after it, what is said, how it listens or ends."""

    call: Call
    says: tuple[Saying, ...]
    listens: Listens
    ends: Ends | None = None
    timeout: int = 7  # seconds of silence before the caller is asked again
    target: str = ""  # number:+E164, sip:... or queue:NAME, when the turn ends in a transfer
    receipt: str = ""  # the proof that goes along with it
