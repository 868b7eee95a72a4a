"""Every sentence Callgate says or writes, by name, with the gaps the words are put into.

The words themselves are in ``app/telephony/prompts/<language>/LC_MESSAGES/prompts.po``; a test holds that
each name is there in every language and that its gaps are these.

Gaps carry facts, not words: ``country`` is ``[key, ISO code, English name]``; ``language`` a BCP-47 tag;
``department``, ``method`` and ``role`` their names in the code; ``opening`` an RFC 3339 instant with its
offset and ``place`` its IANA zone; ``digits`` a string read digit by digit; ``key`` one key of the phone;
``agent`` the name an agent goes by.
"""

from enum import StrEnum


class Prompt(StrEnum):
    """A prompt's name; the comment gives its gaps."""

    # what callers hear
    HELLO = "HELLO"  # before the country is known
    WELCOME = "WELCOME"  # country
    FOR_ANOTHER_COUNTRY = "FOR_ANOTHER_COUNTRY"
    KEY_COUNTRY = "KEY_COUNTRY"
    NO_SUCH_COUNTRY = "NO_SUCH_COUNTRY"
    COUNTRY_OPTION = "COUNTRY_OPTION"  # country, key
    LANGUAGE_OPTION = "LANGUAGE_OPTION"  # key; said in the language it offers
    LANGUAGE_OPTION_NAMED = "LANGUAGE_OPTION_NAMED"  # language, key; for a language we have no prompts in
    TEXT = "TEXT"  # text; ops' own words: a notice, an announcement
    WHICH_DEPARTMENT = "WHICH_DEPARTMENT"
    KEYS_FOR_ALL = "KEYS_FOR_ALL"  # star repeats, 0 asks for a person
    DESK_CLOSED = "DESK_CLOSED"  # department, language
    OPEN_LANGUAGE_OPTION = "OPEN_LANGUAGE_OPTION"  # language, key
    DEPARTMENT_CLOSED = "DEPARTMENT_CLOSED"  # department
    OPEN_DEPARTMENT_OPTION = "OPEN_DEPARTMENT_OPTION"  # department; key 1 goes there, key 2 hears the hours
    OPENS_AT = "OPENS_AT"  # department, opening
    OPENS_AT_PLACE = "OPENS_AT_PLACE"  # department, opening, place; where the country has several clocks
    NEVER_OPENS = "NEVER_OPENS"  # department
    KEY_ACCOUNT = "KEY_ACCOUNT"
    NOT_WHOLE_NUMBER = "NOT_WHOLE_NUMBER"
    CONFIRM_DIGITS = "CONFIRM_DIGITS"  # digits
    NO_MORE_LOOK_UPS = "NO_MORE_LOOK_UPS"
    ONLY_ADMINISTRATORS = "ONLY_ADMINISTRATORS"
    WHICH_CHANNEL = "WHICH_CHANNEL"  # e-mail 1, phone 2
    CODE_ON_ITS_WAY = "CODE_ON_ITS_WAY"
    KEY_CODE = "KEY_CODE"
    CODE_HELP = "CODE_HELP"  # 1# again, 2# the other way, 3# another account number, 0# a person
    STILL_THERE = "STILL_THERE"
    NOT_WHOLE_CODE = "NOT_WHOLE_CODE"
    WRONG_CODE = "WRONG_CODE"
    SENT_AGAIN = "SENT_AGAIN"
    TOO_SOON = "TOO_SOON"
    CODE_EXPIRED = "CODE_EXPIRED"
    VERIFIED = "VERIFIED"
    KNOWN_NUMBER = "KNOWN_NUMBER"
    COLLEAGUE_WILL_HELP = "COLLEAGUE_WILL_HELP"
    CANNOT_CHECK = "CANNOT_CHECK"
    CONNECTING = "CONNECTING"  # department, language
    ANOTHER_COLLEAGUE = "ANOTHER_COLLEAGUE"
    NOBODY = "NOBODY"
    APOLOGY = "APOLOGY"
    NOT_A_KEY = "NOT_A_KEY"
    NOTHING_HEARD = "NOTHING_HEARD"
    GOODBYE = "GOODBYE"
    # while waiting in a queue
    WAIT_POSITION = "WAIT_POSITION"  # position
    WAIT_RANGE = "WAIT_RANGE"  # low, high: minutes
    WAIT_STAR = "WAIT_STAR"  # star repeats; there is no other queue
    WAIT_KEYS = "WAIT_KEYS"  # star repeats, 0 leaves for another queue
    WAIT_CALLBACK = "WAIT_CALLBACK"
    WAIT_OTHER_LANGUAGE = "WAIT_OTHER_LANGUAGE"
    WAIT_CODE = "WAIT_CODE"
    NO_OTHER_LANGUAGE = "NO_OTHER_LANGUAGE"
    BACK_IN_LINE = "BACK_IN_LINE"
    LOST_COLLEAGUE = "LOST_COLLEAGUE"
    # to be called back
    CONFIRM_CALLBACK = "CONFIRM_CALLBACK"  # digits; of the number, without its plus sign
    KEY_CALLBACK = "KEY_CALLBACK"
    CALLBACK_REFUSED = "CALLBACK_REFUSED"  # KEY_CALLBACK comes after it
    CALLBACK_BOOKED = "CALLBACK_BOOKED"
    CALLBACK_BOOKED_OPENING = "CALLBACK_BOOKED_OPENING"  # opening
    WHEN_OPEN = "WHEN_OPEN"
    NO_CALLBACK = "NO_CALLBACK"
    CALLBACK_HELLO = "CALLBACK_HELLO"  # what they hear who asked for it
    CALLBACK_LOST = "CALLBACK_LOST"  # the agent is gone before they could talk
    # a message on the voicemail
    LEAVE_MESSAGE = "LEAVE_MESSAGE"
    MESSAGE_TAKEN = "MESSAGE_TAKEN"
    # after the call
    SURVEY = "SURVEY"
    SURVEY_THANKS = "SURVEY_THANKS"
    # the code step that an agent runs
    CODE_STEP = "CODE_STEP"  # 0# goes back to the agent
    BACK_TO_COLLEAGUE = "BACK_TO_COLLEAGUE"
    # what agents hear
    WHISPER_VERIFIED_CODE = "WHISPER_VERIFIED_CODE"  # method
    WHISPER_NUMBER_ATTESTED = "WHISPER_NUMBER_ATTESTED"
    WHISPER_NUMBER_MATCHED = "WHISPER_NUMBER_MATCHED"
    WHISPER_UNVERIFIED = "WHISPER_UNVERIFIED"
    WHISPER_NOT_CHECKED = "WHISPER_NOT_CHECKED"
    WHISPER_ORGANISATION = "WHISPER_ORGANISATION"  # organisation
    WHISPER_CONTACT = "WHISPER_CONTACT"  # organisation, contact, role
    WHISPER_DESK = "WHISPER_DESK"  # department, language, country
    WHISPER_ACCEPT = "WHISPER_ACCEPT"
    WHISPER_CALLBACK = "WHISPER_CALLBACK"
    WHISPER_TRANSFERRED = "WHISPER_TRANSFERRED"  # agent
    WHISPER_JOIN = "WHISPER_JOIN"  # agent
    WHISPER_INTERPRETER = "WHISPER_INTERPRETER"  # agent, language
    CALLER_GONE = "CALLER_GONE"
    # what goes out by mail, text and code call
    MAIL_CODE_SUBJECT = "MAIL_CODE_SUBJECT"
    MAIL_CODE = "MAIL_CODE"  # contact, organisation, code, started, minutes
    TEXT_CODE = "TEXT_CODE"  # organisation, code, started
    CALL_CODE_PRESS = "CALL_CODE_PRESS"
    CALL_CODE = "CALL_CODE"  # digits
    NOTICE_SUBJECT = "NOTICE_SUBJECT"
    NOTICE = "NOTICE"  # contact, organisation, started
    NOTICE_TEXT = "NOTICE_TEXT"  # organisation, started
    CHANGED_SUBJECT = "CHANGED_SUBJECT"
    CHANGED = "CHANGED"  # contact, organisation
    CHANGED_TEXT = "CHANGED_TEXT"  # organisation
    ADDRESS_SUBJECT = "ADDRESS_SUBJECT"
    ADDRESS = "ADDRESS"  # contact, organisation, code, minutes
    ADDRESS_TEXT = "ADDRESS_TEXT"  # organisation, code
    MISSED_TEXT = "MISSED_TEXT"  # organisation; the third call back was not answered either
    # the names that fill gaps
    DEPARTMENT_TECHNICAL = "DEPARTMENT_TECHNICAL"
    DEPARTMENT_BILLING = "DEPARTMENT_BILLING"
    METHOD_EMAIL = "METHOD_EMAIL"
    METHOD_TEXT = "METHOD_TEXT"
    METHOD_VOICE = "METHOD_VOICE"
    METHOD_AGENT = "METHOD_AGENT"
    ROLE_ADMIN = "ROLE_ADMIN"
    ROLE_BILLING_ADMIN = "ROLE_BILLING_ADMIN"
    ROLE_OWNER = "ROLE_OWNER"
    ROLE_USER = "ROLE_USER"
    OPENING = "OPENING"  # day, time; how an instant is put together, both already words
