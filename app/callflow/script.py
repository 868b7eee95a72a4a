"""The script of a call: for each state what it says, what it hears and where that leads, and what it does.

Nothing happens in a call that does not stand here; ``docs/call.md`` draws this table.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.callflow.line import Line, asks, menu, number
from app.callflow.model import Cue, Ends, Question, State
from app.callflow.prompts import Prompt

_ANOTHER = {"9": Cue.ANOTHER_COUNTRY}
_AFTER_A_TRANSFER = MappingProxyType(
    {
        Cue.BRIDGED: State.AFTER_CALL,
        Cue.NOT_ANSWERED: State.NEXT_QUEUE,
        Cue.WANTS_CALLBACK: State.CALLBACK,
        Cue.WANTS_LANGUAGE: State.OTHER_LANGUAGES,
        Cue.WANTS_CODE: State.ENTER_CODE,
        Cue.DESK_CLOSED: State.OPEN_HOURS,
        Cue.LOST_COLLEAGUE: State.BACK_IN_LINE,
    }
)
#: After a conversation a fault of ours is nothing that the caller needs to know.
_NO_MATTER = MappingProxyType({Cue.NOT_CHECKED: State.GOODBYE, Cue.TROUBLE: State.GOODBYE})
_RATINGS = dict.fromkeys("12345", Cue.RATED)

SCRIPT: Mapping[State, Line] = MappingProxyType(
    {
        # 1. Line to country
        State.ARRIVED: asks(
            Question.WHICH_COUNTRY,
            {
                Cue.ONE_COUNTRY: State.WELCOME,
                Cue.SEVERAL_COUNTRIES: State.COUNTRY_MENU,
                Cue.KEY_COUNTRY: State.COUNTRY_CODE,
                Cue.UNKNOWN_LINE: State.PERSON,
            },
        ),
        State.COUNTRY_CODE: number(
            State.COUNTRY_CODE,
            (Prompt.HELLO, Prompt.KEY_COUNTRY),
            {
                Cue.ONE_COUNTRY: State.WELCOME,
                Cue.SEVERAL_COUNTRIES: State.COUNTRY_MENU,
                Cue.NO_COUNTRY: State.COUNTRY_CODE,
                Cue.DEFAULT_COUNTRY: State.WELCOME,
            },
            does=Question.WHICH_CODE,
            digits=(1, 7),
        ),
        State.COUNTRY_MENU: menu(
            State.COUNTRY_MENU,
            (Prompt.HELLO, Prompt.COUNTRY_OPTION, Prompt.FOR_ANOTHER_COUNTRY),
            {Cue.CHOSE: State.WELCOME, Cue.ANOTHER_COUNTRY: State.COUNTRY_CODE},
            _ANOTHER,
        ),
        # 2. Prompt language
        State.WELCOME: asks(
            Question.WHICH_LANGUAGE,
            {
                Cue.ASK_LANGUAGE: State.LANGUAGE,
                Cue.LANGUAGE_KNOWN: State.DEPARTMENT,
                Cue.DESK_KNOWN: State.OPEN_HOURS,
            },
        ),
        State.LANGUAGE: menu(
            State.LANGUAGE,
            (Prompt.WELCOME, Prompt.LANGUAGE_OPTION, Prompt.FOR_ANOTHER_COUNTRY),
            {Cue.CHOSE: State.DEPARTMENT, Cue.ANOTHER_COUNTRY: State.COUNTRY_CODE},
            _ANOTHER,
        ),
        # 3 and 4. Notices, department
        State.DEPARTMENT: menu(
            State.DEPARTMENT,
            (
                Prompt.WELCOME,
                Prompt.TEXT,
                Prompt.WHICH_DEPARTMENT,
                Prompt.FOR_ANOTHER_COUNTRY,
                Prompt.KEYS_FOR_ALL,
            ),
            {
                Cue.TECHNICAL: State.OPEN_HOURS,
                Cue.BILLING: State.OPEN_HOURS,
                Cue.ANOTHER_COUNTRY: State.COUNTRY_CODE,
            },
            {"1": Cue.TECHNICAL, "2": Cue.BILLING, **_ANOTHER},
        ),
        # 5. Open?
        State.OPEN_HOURS: asks(
            Question.IS_OPEN,
            {
                Cue.OPEN: State.WHO,
                Cue.OTHER_LANGUAGE_OPEN: State.OFFER_LANGUAGE,
                Cue.OTHER_DEPARTMENT_OPEN: State.OFFER_DEPARTMENT,
                Cue.ALL_CLOSED: State.WHEN_OPEN,
            },
        ),
        State.OFFER_LANGUAGE: menu(
            State.OFFER_LANGUAGE,
            (Prompt.DESK_CLOSED, Prompt.OPENS_AT, Prompt.OPEN_LANGUAGE_OPTION),
            {Cue.CHOSE: State.OPEN_HOURS},
        ),
        State.OFFER_DEPARTMENT: menu(
            State.OFFER_DEPARTMENT,
            (Prompt.DEPARTMENT_CLOSED, Prompt.OPEN_DEPARTMENT_OPTION),
            {Cue.YES: State.OPEN_HOURS, Cue.NO: State.WHEN_OPEN},
            {"1": Cue.YES, "2": Cue.NO},
        ),
        State.WHEN_OPEN: asks(
            Question.WHEN_OPEN, {Cue.CAN_CALL: State.CLOSED, Cue.CANNOT_CALL: State.CLOSED}
        ),
        State.CLOSED: menu(
            State.CLOSED,
            (Prompt.DEPARTMENT_CLOSED, Prompt.OPENS_AT, Prompt.WHEN_OPEN, Prompt.KEYS_FOR_ALL),
            {Cue.WANTS_CALLBACK: State.CALLBACK, Cue.GAVE_UP: State.GOODBYE},
            {"1": Cue.WANTS_CALLBACK},
        ),
        # 6. Who?
        State.WHO: asks(
            Question.WHO_CALLS,
            {
                Cue.PROVED: State.TRANSFER,
                Cue.MUST_PROVE: State.CHANNEL,
                Cue.USER_MUST_PROVE: State.CHANNEL,
                Cue.STRANGER: State.ACCOUNT,
                Cue.UNPROVED: State.PERSON,
            },
        ),
        State.ACCOUNT: number(
            State.ACCOUNT,
            (Prompt.KEY_ACCOUNT,),
            {Cue.NUMBER: State.CONFIRM_ACCOUNT},
            digits=(4, 18),  # the shortest account number; the longest phone number, after 011
        ),
        State.CONFIRM_ACCOUNT: menu(
            State.CONFIRM_ACCOUNT,
            (Prompt.CONFIRM_DIGITS,),
            {Cue.YES: State.LOOK_UP, Cue.NO: State.ACCOUNT},
            {"1": Cue.YES, "2": Cue.NO},
        ),
        State.LOOK_UP: asks(
            Question.LOOK_UP, {Cue.LOOKED_UP: State.CHANNEL, Cue.NO_MORE_LOOK_UPS: State.PERSON}
        ),
        # 7. How sure?
        State.CHANNEL: menu(
            State.CHANNEL,
            (Prompt.WHICH_CHANNEL,),
            {Cue.EMAIL: State.SEND_CODE, Cue.PHONE: State.SEND_CODE},
            {"1": Cue.EMAIL, "2": Cue.PHONE},
        ),
        State.SEND_CODE: asks(Question.SEND_CODE, {Cue.SENT: State.ENTER_CODE}),
        State.ENTER_CODE: number(
            State.ENTER_CODE,
            (Prompt.KEY_CODE, Prompt.CODE_HELP),
            {
                Cue.WAITED: State.ENTER_CODE,
                Cue.NOT_WHOLE_CODE: State.ENTER_CODE,
                Cue.ACCEPTED: State.TRANSFER,
                Cue.REJECTED: State.ENTER_CODE,
                Cue.LOCKED: State.PERSON,
                Cue.EXPIRED: State.CHANNEL,
                Cue.SEND_AGAIN: State.SEND_AGAIN,
                Cue.OTHER_WAY: State.SEND_CODE,
                Cue.OTHER_ACCOUNT: State.ACCOUNT,
            },
            keys={"1": Cue.SEND_AGAIN, "2": Cue.OTHER_WAY, "3": Cue.OTHER_ACCOUNT},
            does=Question.JUDGE,
            timeout=20,
        ),
        State.SEND_AGAIN: asks(
            Question.SEND_AGAIN, {Cue.SENT_AGAIN: State.ENTER_CODE, Cue.TOO_SOON: State.ENTER_CODE}
        ),
        # 8. Transfer
        State.PERSON: Line(
            does=Question.WHICH_QUEUE,
            hears=MappingProxyType(
                {Cue.QUEUE_FOUND: State.TRANSFER_UNVERIFIED, Cue.NOT_CHECKED: State.NOBODY}
            ),
        ),
        State.TRANSFER: Line(says=(Prompt.CONNECTING,), ends=Ends.TRANSFER, hears=_AFTER_A_TRANSFER),
        State.TRANSFER_UNVERIFIED: Line(
            says=(Prompt.COLLEAGUE_WILL_HELP,), ends=Ends.TRANSFER, hears=_AFTER_A_TRANSFER
        ),
        State.NEXT_QUEUE: Line(
            does=Question.NEXT_QUEUE,
            hears=MappingProxyType(
                {
                    Cue.ANOTHER_QUEUE: State.TRANSFER_AGAIN,
                    Cue.VOICEMAIL: State.LEAVE_MESSAGE,
                    Cue.NO_QUEUE_LEFT: State.NOBODY,
                    Cue.NOT_CHECKED: State.NOBODY,
                }
            ),
        ),
        State.TRANSFER_AGAIN: Line(
            says=(Prompt.ANOTHER_COLLEAGUE,), ends=Ends.TRANSFER, hears=_AFTER_A_TRANSFER
        ),
        # 9. Waiting: the place is kept, whatever is asked meanwhile
        State.BACK_IN_LINE: Line(says=(Prompt.BACK_IN_LINE,), ends=Ends.TRANSFER, hears=_AFTER_A_TRANSFER),
        State.OTHER_LANGUAGES: asks(
            Question.OTHER_LANGUAGES,
            {Cue.LANGUAGES: State.WAIT_LANGUAGE, Cue.NO_LANGUAGES: State.BACK_IN_LINE},
        ),
        State.WAIT_LANGUAGE: menu(
            State.WAIT_LANGUAGE,
            (Prompt.OPEN_LANGUAGE_OPTION,),
            {Cue.CHOSE: State.OPEN_HOURS, Cue.GAVE_UP: State.WAY_BACK},
        ),
        State.CALLBACK: asks(
            Question.CALLBACK,
            {
                Cue.NUMBER_KNOWN: State.CALLBACK_CONFIRM,
                Cue.NO_NUMBER: State.CALLBACK_NUMBER,
                Cue.NO_CALLBACK: State.WAY_BACK,
            },
        ),
        State.CALLBACK_CONFIRM: menu(
            State.CALLBACK_CONFIRM,
            (Prompt.CONFIRM_CALLBACK,),
            {
                Cue.YES: State.CALLBACK_BOOK,
                Cue.NO: State.CALLBACK_NUMBER,
                Cue.GAVE_UP: State.WAY_BACK,
            },
            {"1": Cue.YES, "2": Cue.NO},
        ),
        State.CALLBACK_NUMBER: number(
            State.CALLBACK_NUMBER,
            (Prompt.KEY_CALLBACK,),
            {
                Cue.NUMBER_TAKEN: State.CALLBACK_CONFIRM,
                Cue.NUMBER_REFUSED: State.CALLBACK_NUMBER,
                Cue.GAVE_UP: State.WAY_BACK,
            },
            does=Question.CHECK_NUMBER,
            digits=(4, 18),  # as for a registered number
        ),
        State.CALLBACK_BOOK: asks(
            Question.BOOK, {Cue.BOOKED: State.CALLBACK_BOOKED, Cue.NO_CALLBACK: State.WAY_BACK}
        ),
        State.CALLBACK_BOOKED: Line(
            says=(Prompt.CALLBACK_BOOKED, Prompt.CALLBACK_BOOKED_OPENING),
            ends=Ends.HANGUP,
            hears=MappingProxyType({}),
        ),
        State.WAY_BACK: asks(
            Question.WAY_BACK, {Cue.WAITS: State.BACK_IN_LINE, Cue.NOT_WAITING: State.CLOSED}
        ),
        State.LEAVE_MESSAGE: Line(
            says=(Prompt.LEAVE_MESSAGE,),
            ends=Ends.RECORD,
            hears=MappingProxyType({Cue.MESSAGE_LEFT: State.MESSAGE, Cue.SILENCE: State.GOODBYE}),
        ),
        State.MESSAGE: asks(Question.KEEP_MESSAGE, {Cue.MESSAGE_KEPT: State.MESSAGE_TAKEN, **_NO_MATTER}),
        State.MESSAGE_TAKEN: Line(
            says=(Prompt.MESSAGE_TAKEN, Prompt.GOODBYE), ends=Ends.HANGUP, hears=MappingProxyType({})
        ),
        # 10. After the call
        State.AFTER_CALL: asks(
            Question.SURVEY,
            {Cue.ASK_SURVEY: State.SURVEY, Cue.NO_SURVEY: State.GOODBYE, **_NO_MATTER},
        ),
        State.SURVEY: menu(
            State.SURVEY,
            (Prompt.SURVEY,),
            {Cue.RATED: State.SURVEY_ANSWER, Cue.SILENCE: State.GOODBYE, Cue.GAVE_UP: State.GOODBYE},
            _RATINGS,
        ),
        State.SURVEY_ANSWER: asks(Question.KEEP_ANSWER, {Cue.ANSWER_KEPT: State.THANKS, **_NO_MATTER}),
        State.THANKS: Line(
            says=(Prompt.SURVEY_THANKS, Prompt.GOODBYE), ends=Ends.HANGUP, hears=MappingProxyType({})
        ),
        State.NOBODY: Line(says=(Prompt.NOBODY,), ends=Ends.HANGUP, hears=MappingProxyType({})),
        State.GOODBYE: Line(says=(Prompt.GOODBYE,), ends=Ends.HANGUP, hears=MappingProxyType({})),
    }
)

#: What is said first when this cue led here, before the state's own words.
LEAD: Mapping[Cue, Prompt] = MappingProxyType(
    {
        Cue.NO_COUNTRY: Prompt.NO_SUCH_COUNTRY,
        Cue.NOT_A_KEY: Prompt.NOT_A_KEY,
        Cue.SILENCE: Prompt.NOTHING_HEARD,
        Cue.NOT_WHOLE: Prompt.NOT_WHOLE_NUMBER,
        Cue.NOT_WHOLE_CODE: Prompt.NOT_WHOLE_CODE,
        Cue.NO_MORE_LOOK_UPS: Prompt.NO_MORE_LOOK_UPS,
        Cue.USER_MUST_PROVE: Prompt.ONLY_ADMINISTRATORS,
        Cue.SENT: Prompt.CODE_ON_ITS_WAY,
        Cue.SENT_AGAIN: Prompt.SENT_AGAIN,
        Cue.TOO_SOON: Prompt.TOO_SOON,
        Cue.WAITED: Prompt.STILL_THERE,
        Cue.REJECTED: Prompt.WRONG_CODE,
        Cue.EXPIRED: Prompt.CODE_EXPIRED,
        Cue.ACCEPTED: Prompt.VERIFIED,
        Cue.PROVED: Prompt.KNOWN_NUMBER,
        Cue.NOT_CHECKED: Prompt.CANNOT_CHECK,
        Cue.TROUBLE: Prompt.APOLOGY,
        Cue.LOST_COLLEAGUE: Prompt.LOST_COLLEAGUE,
        Cue.NO_LANGUAGES: Prompt.NO_OTHER_LANGUAGE,
        Cue.NO_CALLBACK: Prompt.NO_CALLBACK,
        Cue.NUMBER_REFUSED: Prompt.CALLBACK_REFUSED,
    }
)
