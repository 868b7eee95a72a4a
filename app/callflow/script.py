"""The script of a call: for each state what it says, what it hears and where that leads, and what it does.

Nothing happens in a call that does not stand here; ``docs/call.md`` draws this table.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.callflow.line import Line, asks, menu, number
from app.callflow.model import Cue, Ends, Question, State
from app.callflow.prompts import Prompt

_ANOTHER = {"9": Cue.ANOTHER_COUNTRY}
_AFTER_A_TRANSFER = MappingProxyType({Cue.BRIDGED: State.GOODBYE, Cue.NOT_ANSWERED: State.NEXT_QUEUE})

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
                Cue.ALL_CLOSED: State.CLOSED,
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
            {Cue.YES: State.OPEN_HOURS, Cue.NO: State.CLOSED},
            {"1": Cue.YES, "2": Cue.NO},
        ),
        State.CLOSED: menu(
            State.CLOSED,
            (Prompt.DEPARTMENT_CLOSED, Prompt.OPENS_AT, Prompt.KEYS_FOR_ALL),
            {Cue.GAVE_UP: State.GOODBYE},
        ),
        # 6. Who?
        State.WHO: asks(
            Question.WHO_CALLS,
            {
                Cue.PROVED: State.TRANSFER,
                Cue.MUST_PROVE: State.CHANNEL,
                Cue.USER_MUST_PROVE: State.CHANNEL,
                Cue.STRANGER: State.ACCOUNT,
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
                    Cue.NO_QUEUE_LEFT: State.NOBODY,
                    Cue.NOT_CHECKED: State.NOBODY,
                }
            ),
        ),
        State.TRANSFER_AGAIN: Line(
            says=(Prompt.ANOTHER_COLLEAGUE,), ends=Ends.TRANSFER, hears=_AFTER_A_TRANSFER
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
    }
)
