"""The carrier's webhooks: guard, event, one use case, TwiML. Never a 500: a fault becomes an apology."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import structlog
from flask import Blueprint, Response, request

from app.callflow.model import Saying
from app.callflow.prompts import Prompt
from app.faults import Fault, FaultCode
from app.services import links, waiting
from app.services.calls import Answer, Calls
from app.services.links import Link
from app.services.whisper import Whisper
from app.telephony import twiml
from app.telephony.inbound import Form, call_id_of, to_event
from app.telephony.words import Words
from app.web.guard import LARGEST_BODY, Admitted, Guard

_log = structlog.get_logger(__name__)
_LINK = frozenset(links.KEYS)
_CODE = frozenset({"x", "n"})
_STATUS = {FaultCode.FORGED: 403, FaultCode.TOO_LARGE: 413}

Handler = Callable[[Admitted], Answer]


@dataclass(frozen=True, slots=True)
class Voice:
    """What the voice endpoints need; handed in by the composition root."""

    guard: Guard
    calls: Calls
    whisper: Whisper
    words: Words
    code_for: Callable[[str], tuple[str, str] | None]  # challenge's id -> (code, language)
    secret: bytes = field(repr=False)

    def incoming(self, admitted: Admitted) -> Answer:
        """A call comes in."""
        return self.calls.arrive(to_event(admitted.form))

    def turn(self, admitted: Admitted) -> Answer:
        """Keys, silence, or the end of a transfer."""
        event = to_event(admitted.form)
        if not admitted.args:
            return self.calls.lost(event)
        return self.calls.turn(event, self._link(admitted, call_id=event.call_id))

    def fallback(self, admitted: Admitted) -> Answer:
        """The carrier could not use an answer of ours."""
        return self.calls.lost(to_event(admitted.form))

    def status(self, admitted: Admitted) -> Answer:
        """The call is over. Re-entrant: the first end that is written stays."""
        event = to_event(admitted.form)
        if event.ended:
            self.calls.ended(event)
        return Answer(twiml.accept(), "ended")

    def whispered(self, admitted: Admitted) -> Answer:
        """An agent answered. Re-entrant: it changes nothing."""
        link = self._leg_link(admitted)
        spoken = [self.words.say(saying) for saying in self.whisper.sayings(link)]
        action = f"/voice/accept?{request.query_string.decode()}"
        return Answer(twiml.whisper(spoken, action=action, timeout=8), "whisper")

    def accept(self, admitted: Admitted) -> Answer:
        """The agent pressed 1, or did not. Re-entrant: it changes nothing."""
        self._leg_link(admitted)
        if admitted.form.one("Digits") == "1":
            return Answer(twiml.accept(), "accepted")
        return Answer(twiml.hang_up(), "refused")

    def wait(self, admitted: Admitted) -> Answer:
        """Between the music: position and range; 0 leaves. Re-entrant: it changes nothing.

        Any other key ends the document: the carrier asks again, and tells the position only then.
        """
        form = admitted.form
        link = self._link(admitted, call_id=_call_id(form))
        if digits := form.one("Digits"):
            return Answer(twiml.leave() if digits == "0" else twiml.accept(), "waiting")
        said = waiting.sayings(
            link.language or "en",
            position=_count(form, "QueuePosition") or 1,
            average_wait=_count(form, "AvgQueueTime"),
        )
        action = f"/voice/wait?{request.query_string.decode()}"
        spoken = [self.words.say(saying) for saying in said]
        return Answer(twiml.wait(spoken, action=action, music="/music/hold.wav"), "waiting")

    def code(self, admitted: Admitted) -> Answer:
        """The call that reads a code out, once 1 was pressed. Re-entrant while the code lives."""
        challenge = links.read_code(self.secret, admitted.args)
        if challenge is None:
            raise Fault(FaultCode.FORGED, "The URL was not handed out.")
        action = f"/voice/code?{request.query_string.decode()}"
        found = self.code_for(challenge)
        if found is None:
            return Answer(twiml.hang_up(), "code_over")
        code, language = found
        pressed = admitted.form.one("Digits") == "1"
        document = twiml.spoken_code(self.words, language, code=code if pressed else None, action=action)
        return Answer(document, "code_spoken" if pressed else "code_offered")

    def apologise(self, admitted: Admitted) -> Answer:
        """Instead of an answer to the caller."""
        return self.calls.apologise(to_event(admitted.form), admitted.args.get("q", ""))

    def not_checked(self, _admitted: Admitted) -> Answer:
        """Instead of a whisper: the agent is told that nobody was checked, and may still take the call."""
        prompts = (Prompt.WHISPER_NOT_CHECKED, Prompt.WHISPER_ACCEPT)
        spoken = [self.words.say(Saying(prompt, "en")) for prompt in prompts]
        action = f"/voice/accept?{request.query_string.decode()}"
        return Answer(twiml.whisper(spoken, action=action, timeout=8), "fault")

    def only_music(self, _admitted: Admitted) -> Answer:
        """Instead of the words while waiting."""
        action = f"/voice/wait?{request.query_string.decode()}"
        return Answer(twiml.wait([], action=action, music="/music/hold.wav"), "fault")

    def hang_up(self, _admitted: Admitted) -> Answer:
        """Instead of an answer to a leg that is not the caller's: what follows serves the caller."""
        return Answer(twiml.hang_up(), "fault")

    def _link(self, admitted: Admitted, *, call_id: str) -> Link:
        link = links.read(self.secret, admitted.args)
        if link is None or link.call_id != call_id:
            raise Fault(FaultCode.FORGED, "The URL was not handed out for this call.")
        return link

    def _leg_link(self, admitted: Admitted) -> Link:
        """The link of an agent's leg: its parent, when the carrier names it, must be the call's own leg."""
        link = links.read(self.secret, admitted.args)
        parent = admitted.form.one("ParentCallSid")
        if link is None or (parent and call_id_of(admitted.form.one("AccountSid"), parent) != link.call_id):
            raise Fault(FaultCode.FORGED, "The URL was not handed out for this call.")
        return link


def blueprint(voice: Voice) -> Blueprint:
    """The voice endpoints. ``incoming``, ``fallback`` and ``status`` are fixed; the others are handed out."""
    pages = Blueprint("voice", __name__, url_prefix="/voice")
    for name, route in _routes(voice).items():
        pages.add_url_rule(f"/{name}", name, _guarded(voice.guard, route), methods=["POST"])

    @pages.after_app_request
    def with_state(response: Response) -> Response:
        if request.path.startswith("/voice/"):
            response.headers.setdefault("X-Call-State", "refused")
        return response

    return pages


@dataclass(frozen=True, slots=True)
class _Route:
    answer: Handler
    instead: Handler  # what a fault of ours is answered with; it asks nothing of any store
    allowed: frozenset[str] = frozenset()  # the arguments its URL may have


def _routes(voice: Voice) -> Mapping[str, _Route]:
    return {
        "incoming": _Route(voice.incoming, voice.apologise),
        "turn": _Route(voice.turn, voice.apologise, _LINK),
        "fallback": _Route(voice.fallback, voice.apologise),
        "status": _Route(voice.status, voice.hang_up),
        "whisper": _Route(voice.whispered, voice.not_checked, _LINK),
        "accept": _Route(voice.accept, voice.hang_up, _LINK),
        "wait": _Route(voice.wait, voice.only_music, _LINK),
        "code": _Route(voice.code, voice.hang_up, _CODE),
    }


def _guarded(guard: Guard, route: _Route) -> Callable[[], Response]:
    def view() -> Response:
        try:
            admitted = _admit(guard, route.allowed)
        except Fault as fault:
            return _refuse(fault)
        try:
            return _respond(route.answer(admitted))
        except Fault as fault:
            if fault.code is FaultCode.FORGED:
                return _refuse(fault)
            _log.exception("voice_fault", path=request.path, fault=fault.code.value)
        except Exception:  # noqa: BLE001 - a caller hears an apology, never an error
            _log.exception("voice_fault", path=request.path)
        return _respond(route.instead(admitted))

    return view


def _admit(guard: Guard, allowed: frozenset[str]) -> Admitted:
    length = request.content_length
    if length is not None and length > LARGEST_BODY:
        raise Fault(FaultCode.TOO_LARGE, "The request is larger than any the carrier sends.")
    body = request.stream.read(LARGEST_BODY + 1)
    signature = request.headers.get("X-Twilio-Signature", "")
    return guard.admit(request.path, request.query_string.decode("latin-1"), signature, body, allowed)


def _respond(answer: Answer) -> Response:
    return Response(answer.body, 200, {"X-Call-State": answer.state}, content_type="text/xml; charset=utf-8")


def _refuse(fault: Fault) -> Response:
    _log.warning("refused", path=request.path, fault=fault.code.value)
    headers = {"X-Call-State": "refused"}
    return Response(
        fault.sentence + "\n", _STATUS[fault.code], headers, content_type="text/plain; charset=utf-8"
    )


def _call_id(form: Form) -> str:
    return call_id_of(form.one("AccountSid"), form.one("CallSid"))


def _count(form: Form, name: str) -> int:
    text = form.one(name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
