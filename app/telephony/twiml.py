"""TwiML: what the carrier is answered with (https://www.twilio.com/docs/voice/twiml).

Written from templates, with everything that comes from outside escaped: this is on the path of every turn.
Tests hold each document equal to the one Twilio's own library builds.
"""

from collections.abc import Sequence

from app.callflow.model import Listens, Saying
from app.callflow.prompts import Prompt
from app.telephony.say import escaped, says
from app.telephony.words import Spoken, Words

_HEAD = '<?xml version="1.0" encoding="UTF-8"?><Response>'
_TAIL = "</Response>"
_EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


def listen(sayings: Sequence[Spoken], *, action: str, listens: Listens, timeout: int) -> str:
    """Say, and take keys meanwhile or in the ``timeout`` seconds after: one key, or digits ended by #.

    The action is asked on silence, too. For one key no key ends the answer, so that * and # are keys as any
    other. The Redirect is only reached if the carrier passes over the Gather; it hears as silence.
    """
    return f"{_HEAD}{_gather(says(sayings), action, listens, timeout)}{_redirect(action)}{_TAIL}"


def speak_and_hang_up(sayings: Sequence[Spoken]) -> str:
    """Say, then end the call."""
    return f"{_HEAD}{says(sayings)}<Hangup/>{_TAIL}"


def dial_number(
    sayings: Sequence[Spoken],
    *,
    number: str,
    action: str,
    whisper: str,
    caller_id: str | None,
    timeout: int,
    status: str | None = None,
) -> str:
    """Say, then ring an E.164 number for ``timeout`` seconds; who answers hears the whisper first.

    ``whisper`` is the URL of that document; ``caller_id`` None shows the caller's own number. ``status`` is
    the URL told when the leg is answered and when it is over.
    """
    noun = f"<Number{_leg(whisper, status)}>{escaped(number)}</Number>"
    return _dial(sayings, noun, action, caller_id, timeout)


def dial_sip(
    sayings: Sequence[Spoken],
    *,
    address: str,
    action: str,
    whisper: str,
    caller_id: str | None,
    timeout: int,
    status: str | None = None,
) -> str:
    """As ``dial_number``, for a ``sip:`` URI; it may carry headers: ``sip:desk@example.com?X-Level=code``."""
    noun = f"<Sip{_leg(whisper, status)}>{escaped(address)}</Sip>"
    return _dial(sayings, noun, action, caller_id, timeout)


def enqueue(sayings: Sequence[Spoken], *, queue: str, wait: str, action: str) -> str:
    """Say, then put the caller into the carrier's queue; ``wait`` is played there over and over."""
    attributes = f'action="{escaped(action)}" method="POST" waitUrl="{escaped(wait)}" waitUrlMethod="POST"'
    return f"{_HEAD}{says(sayings)}<Enqueue {attributes}>{escaped(queue)}</Enqueue>{_TAIL}"


def wait(sayings: Sequence[Spoken], *, action: str, music: str | None, pause: int = 20) -> str:
    """Say, then play ``music`` (a URL) or keep still for ``pause`` seconds; a key goes to the action at once.

    Without a key the document ends, and the carrier asks the queue's wait URL again.
    """
    between = f"<Play>{escaped(music)}</Play>" if music else f'<Pause length="{pause}"/>'
    keys = f'action="{escaped(action)}" method="POST" timeout="1" numDigits="1" finishOnKey=""'
    return f'{_HEAD}<Gather input="dtmf" {keys}>{says(sayings)}{between}</Gather>{_TAIL}'


def join(name: str, *, action: str, wait: str, status: str, ends: bool) -> str:
    """Put a leg into the conference of this name (https://www.twilio.com/docs/voice/twiml/conference).

    ``wait`` is the URL of what is heard while nobody else is there, ``status`` is told who joins; ``ends``:
    when this leg leaves, the conference is over for everybody. ``action`` is asked when the leg is out of it.
    """
    room = (
        f'<Conference beep="false" startConferenceOnEnter="true" endConferenceOnExit="{str(ends).lower()}"'
        f' waitUrl="{escaped(wait)}" waitMethod="POST" statusCallback="{escaped(status)}"'
        f' statusCallbackMethod="POST" statusCallbackEvent="join leave">{escaped(name)}</Conference>'
    )
    return f'{_HEAD}<Dial action="{escaped(action)}" method="POST">{room}</Dial>{_TAIL}'


def music(url: str, *, again: str) -> str:
    """Play music, then ask ``again``: a conference runs its wait document once, and is silent after it."""
    return f"{_HEAD}<Play>{escaped(url)}</Play>{_redirect(again)}{_TAIL}"


def record(sayings: Sequence[Spoken], *, action: str, longest: int) -> str:
    """Say, then record a message of at most ``longest`` seconds; # ends it. An empty one has no length."""
    how = f'action="{escaped(action)}" method="POST" maxLength="{longest}" finishOnKey="#"'
    how += ' playBeep="true" trim="trim-silence"'
    return f"{_HEAD}{says(sayings)}<Record {how}/>{_redirect(action)}{_TAIL}"


def whisper(sayings: Sequence[Spoken], *, action: str, timeout: int) -> str:
    """Tell the agent who is calling and take one key; without one hang up: no voicemail presses it."""
    return _one_key_or_hang_up(sayings, action, timeout)


def spoken_code(words: Words, language: str, *, code: str | None, action: str, timeout: int = 8) -> str:
    """Give the call that brings a code: the offer while ``code`` is None, the code once a key was pressed.

    It is read after a key only, so that no answering machine keeps it; digit by digit, twice, with a pause
    before each time.
    """
    if code is None:
        return _one_key_or_hang_up([words.say(Saying(Prompt.CALL_CODE_PRESS, language))], action, timeout)
    reading = f'<Pause length="1"/>{says([words.say(Saying(Prompt.CALL_CODE, language, {"digits": code}))])}'
    farewell = says([words.say(Saying(Prompt.GOODBYE, language))])
    return f"{_HEAD}{reading}{reading}{farewell}<Hangup/>{_TAIL}"


def accept() -> str:
    """Say nothing to the agent's leg: with its document at an end, the carrier joins it to the caller."""
    return _EMPTY


def leave() -> str:
    """Take the caller out of the carrier's queue; the Enqueue's action is asked next."""
    return f"{_HEAD}<Leave/>{_TAIL}"


def say_and_go(sayings: Sequence[Spoken], place: str) -> str:
    """Say, then go on with another document."""
    return f"{_HEAD}{says(sayings)}{_redirect(place)}{_TAIL}"


def hang_up() -> str:
    """End the leg."""
    return f"{_HEAD}<Hangup/>{_TAIL}"


def _one_key_or_hang_up(sayings: Sequence[Spoken], action: str, timeout: int) -> str:
    keys = f'action="{escaped(action)}" method="POST" timeout="{timeout}" numDigits="1" finishOnKey=""'
    return f'{_HEAD}<Gather input="dtmf" {keys}>{says(sayings)}</Gather><Hangup/>{_TAIL}'


def _gather(inside: str, action: str, listens: Listens, timeout: int) -> str:
    ending = 'finishOnKey="#"' if listens is Listens.NUMBER else 'numDigits="1" finishOnKey=""'
    where = f'action="{escaped(action)}" method="POST" timeout="{timeout}" actionOnEmptyResult="true"'
    return f'<Gather input="dtmf" {where} {ending}>{inside}</Gather>'


def _redirect(action: str) -> str:
    return f'<Redirect method="POST">{escaped(action)}</Redirect>'


def _dial(sayings: Sequence[Spoken], noun: str, action: str, caller_id: str | None, timeout: int) -> str:
    shown = f' callerId="{escaped(caller_id)}"' if caller_id else ""
    # Bridged only when accepted: until then the caller hears ringing, not the silence of the whisper.
    attributes = f'action="{escaped(action)}" method="POST" timeout="{timeout}" answerOnBridge="true"{shown}'
    return f"{_HEAD}{says(sayings)}<Dial {attributes}>{noun}</Dial>{_TAIL}"


def _leg(whisper: str, status: str | None) -> str:
    told = ""
    if status:
        told = (
            f' statusCallback="{escaped(status)}" statusCallbackMethod="POST"'
            ' statusCallbackEvent="answered completed"'
        )
    return f' url="{escaped(whisper)}" method="POST"{told}'
