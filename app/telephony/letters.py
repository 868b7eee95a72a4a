"""The text of what goes out: codes and notices by mail, text message and call."""

from datetime import UTC, timedelta

from app.callflow.model import Saying
from app.callflow.prompts import Prompt
from app.ports import Letter, Message
from app.telephony.words import Words

_LIFE = timedelta(minutes=10)  # of a code; its challenge says so exactly
_KINDS = {
    ("code", "email"): Prompt.MAIL_CODE,
    ("code", "text"): Prompt.TEXT_CODE,
    ("code", "voice"): Prompt.CALL_CODE,
    ("notice", "email"): Prompt.NOTICE,
    ("notice", "text"): Prompt.NOTICE_TEXT,
    ("notice", "voice"): Prompt.NOTICE_TEXT,
    ("changed", "email"): Prompt.CHANGED,
    ("changed", "text"): Prompt.CHANGED_TEXT,
    ("changed", "voice"): Prompt.CHANGED_TEXT,
    ("confirm", "email"): Prompt.ADDRESS,
    ("confirm", "text"): Prompt.ADDRESS_TEXT,
    ("confirm", "voice"): Prompt.CALL_CODE,
    ("missed", "text"): Prompt.MISSED_TEXT,
}
_SUBJECTS = {
    "code": Prompt.MAIL_CODE_SUBJECT,
    "notice": Prompt.NOTICE_SUBJECT,
    "changed": Prompt.CHANGED_SUBJECT,
    "confirm": Prompt.ADDRESS_SUBJECT,
}
_WITH_CODE = frozenset({"code", "confirm"})


def compose(words: Words, letter: Letter, code: str | None, url: str) -> Message:
    """Give the message for a letter of any kind, in the contact's language, else English.

    ``code`` is for letters of kind code and confirm only; ``url``, where the carrier fetches what a call
    says, for voice only. Instants are told in UTC: nobody knows on which clock the contact lives. ValueError
    for an unknown kind or channel, and for a letter that lacks its code.
    """
    prompt = _KINDS.get((letter.kind, letter.channel))
    if prompt is None:
        raise ValueError(f"There is no text for a {letter.kind} letter by {letter.channel}.")
    if letter.kind in _WITH_CODE and not code:
        raise ValueError("A code letter needs its code.")
    spoken = words.say(Saying(prompt, letter.language, _gaps(words, letter, prompt, code or "")))
    subject, mail = _SUBJECTS.get(letter.kind), letter.channel == "email"
    return Message(
        letter=letter.id,
        channel=letter.channel,
        to=letter.to,
        subject=words.say(Saying(subject, letter.language)).text if subject and mail else "",
        text=spoken.text,
        language=spoken.language,
        url=url if letter.channel == "voice" else "",
    )


def _gaps(words: Words, letter: Letter, prompt: Prompt, code: str) -> dict[str, str | int | list[str]]:
    """Everything a letter can mention; a sentence takes what it has gaps for."""
    started = letter.call_started_at.astimezone(UTC)
    gaps = words.gaps(letter.language)
    long = prompt in {Prompt.MAIL_CODE, Prompt.NOTICE}
    challenge = letter.challenge
    life = challenge.expires_at - challenge.created_at if challenge else _LIFE
    return {
        "contact": letter.contact_name,
        "organisation": letter.organisation_name,
        "code": code,
        "digits": code,
        "started": f"{gaps.moment(started) if long else gaps.time_of_day(started)} UTC",
        "minutes": life // timedelta(minutes=1),
    }
