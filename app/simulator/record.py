"""Record: a beep, then the caller's voice until a silence, a key or the longest time ends it.

twilio.com/docs/voice/twiml/record
"""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.simulator.leg import Leg
from app.simulator.moments import ENDLESS, CallerGone, Course, Kind, Moment
from app.simulator.transcript import Happening
from app.simulator.webhooks import Document, Form

SECONDS_OF_BEEP = 1
ANY_KEY = "1234567890*#"
HUNG_UP = "hangup"  # told as Digits


@dataclass(slots=True)
class _Recording:
    """``spoken`` ends with the caller's last word; ``lasts`` with the recording. In seconds."""

    sid: str
    lasts: float = 0
    spoken: float = 0
    digits: str = ""

    def grows(self, seconds: float, *, speech: bool) -> None:
        """So much more was recorded."""
        self.lasts += seconds
        self.spoken = self.lasts if speech else self.spoken

    def duration(self, *, trimmed: bool) -> int:
        return int(self.spoken if trimmed else self.lasts)


def record(leg: Leg, element: Element, document: Document) -> Course[Document | None]:
    """Execute a Record; its action (without one: the document's own URL) is requested with what was recorded.

    So it is when nobody spoke, unless the account was set not to keep silent recordings
    (``Exchange.keeps_silence``): then the next verb follows. The answer to a caller who hung up is not
    executed.
    """
    recording = _Recording(leg.exchange.sids.make("RE"))
    action, method = element.get("action", ""), element.get("method", "POST")
    try:
        yield from _beeps(leg, element)
        yield from _records(leg, element, recording)
    except CallerGone:
        leg.status, recording.digits = "completed", HUNG_UP
        if recording.lasts and _is_kept(leg, recording):
            leg.tells(action, document.url, method, _fields(leg, element, recording))
            _tells_status(leg, element, document, recording)
        raise
    if not _is_kept(leg, recording):
        return None
    _tells_status(leg, element, document, recording)
    return leg.fetch(action, document.url, method, _fields(leg, element, recording))


def _is_kept(leg: Leg, recording: _Recording) -> bool:
    return recording.spoken > 0 or leg.exchange.keeps_silence


def _beeps(leg: Leg, element: Element) -> Course[None]:
    if element.get("playBeep", "true") == "true":
        leg.notes(Happening.BEEP)
        yield Moment(Kind.MUSIC, SECONDS_OF_BEEP, text="beep")


def _records(leg: Leg, element: Element, recording: _Recording) -> Course[None]:
    longest = float(element.get("maxLength", "3600"))
    silence = float(element.get("timeout", "5")) or ENDLESS
    ends_on = element.get("finishOnKey", ANY_KEY)
    leg.notes(Happening.RECORDS)
    while recording.lasts < longest:
        speech, leg.speech = min(leg.speech, longest - recording.lasts), 0
        kind = Kind.SPEAKING if speech else Kind.RECORDING
        keys = yield from _runs(
            leg, recording, Moment(kind, speech or min(silence, longest - recording.lasts), True)
        )
        found = next((key for key in keys if key in ends_on), "")
        if found:
            recording.digits = found
            return
        if not (keys or speech or leg.speech):
            return  # a silence as long as the timeout


def _runs(leg: Leg, recording: _Recording, moment: Moment) -> Course[str]:
    """A stretch of speech or silence; gives the keys that were pressed in it."""
    begun = leg.exchange.clock.now()
    speech = moment.kind is Kind.SPEAKING
    try:
        keys = yield moment
    except CallerGone:
        recording.grows((leg.exchange.clock.now() - begun).total_seconds(), speech=speech)
        raise
    recording.grows((leg.exchange.clock.now() - begun).total_seconds(), speech=speech)
    return keys


def _fields(leg: Leg, element: Element, recording: _Recording) -> Form:
    return [
        ("RecordingUrl", _url(leg, recording)),
        ("RecordingSid", recording.sid),
        ("RecordingDuration", str(_duration(element, recording))),
        ("Digits", recording.digits),
    ]


def _tells_status(leg: Leg, element: Element, document: Document, recording: _Recording) -> None:
    """The recording's own callback: it is complete."""
    url = element.get("recordingStatusCallback")
    if url is None or "completed" not in element.get("recordingStatusCallbackEvent", "completed").split():
        return
    webhooks = leg.exchange.webhooks
    form = [
        ("AccountSid", webhooks.account.sid),
        ("CallSid", leg.sid),
        ("RecordingSid", recording.sid),
        ("RecordingUrl", _url(leg, recording)),
        ("RecordingStatus", "completed"),
        ("RecordingDuration", str(_duration(element, recording))),
        ("RecordingChannels", "1"),
        ("RecordingSource", "RecordVerb"),
    ]
    address = leg.absolute(url, document.url)
    leg.sends(webhooks.request(address, form, element.get("recordingStatusCallbackMethod", "POST")))


def _duration(element: Element, recording: _Recording) -> int:
    return recording.duration(trimmed=element.get("trim", "trim-silence") == "trim-silence")


def _url(leg: Leg, recording: _Recording) -> str:
    account = leg.exchange.webhooks.account.sid
    return f"https://api.twilio.com/2010-04-01/Accounts/{account}/Recordings/{recording.sid}"
