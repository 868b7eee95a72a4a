"""The carrier's webhooks: event, one use case, TwiML."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from app.callflow.model import Saying
from app.callflow.prompts import Prompt
from app.faults import Fault, FaultCode
from app.services import links
from app.services.calls import Answer, Calls
from app.services.links import Link
from app.services.waiting import Waiting
from app.services.whisper import Whisper
from app.telephony import twiml
from app.telephony.inbound import Form, call_id_of, to_event
from app.telephony.words import Words
from app.web.endpoint import Endpoint
from app.web.guard import Admitted, Guard

_LINK = frozenset(links.KEYS)
_CODE = frozenset({"x", "n"})


@dataclass(frozen=True, slots=True)
class Voice:
    """What the voice endpoints need; handed in by the composition root."""

    guard: Guard
    calls: Calls
    whisper: Whisper
    waiting: Waiting
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
        action = f"/voice/accept?{admitted.query}"
        return Answer(twiml.whisper(spoken, action=action, timeout=8), "whisper")

    def accept(self, admitted: Admitted) -> Answer:
        """The agent pressed 1, or did not. Re-entrant: it changes nothing."""
        self._leg_link(admitted)
        if admitted.form.one("Digits") == "1":
            return Answer(twiml.accept(), "accepted")
        return Answer(twiml.hang_up(), "refused")

    def wait(self, admitted: Admitted) -> Answer:
        """Between the music: place, range, and the keys that lead somewhere now.

        Re-entrant: whatever it changes it may change again. A key that leads nowhere ends the document, and
        the carrier asks for it again.
        """
        form = admitted.form
        link = self._link(admitted, call_id=_call_id(form))
        if digits := form.one("Digits"):
            leaves = self.waiting.key(link, digits)
            return Answer(twiml.leave() if leaves else twiml.accept(), "waiting")
        event = to_event(form)
        turn = self.waiting.round(
            link, lambda: self.calls.entering(event, link, admitted.query), form.one("QueueSid")
        )
        if turn.leaves:
            return Answer(twiml.leave(), "waiting")
        action = f"/voice/wait?{admitted.query}"
        spoken = [self.words.say(saying) for saying in turn.says]
        return Answer(twiml.wait(spoken, action=action, music="/music/hold.wav"), "waiting")

    def code(self, admitted: Admitted) -> Answer:
        """The call that reads a code out, once 1 was pressed. Re-entrant while the code lives."""
        challenge = links.read_code(self.secret, admitted.args)
        if challenge is None:
            raise Fault(FaultCode.FORGED, "The URL was not handed out.")
        action = f"/voice/code?{admitted.query}"
        found = self.code_for(challenge)
        if found is None:
            return Answer(twiml.hang_up(), "code_over")
        code, language = found
        pressed = admitted.form.one("Digits") == "1"
        document = twiml.spoken_code(self.words, language, code=code if pressed else None, action=action)
        return Answer(document, "code_spoken" if pressed else "code_offered")

    def apologise(self, admitted: Admitted) -> Answer:
        """Instead of an answer to the caller."""
        link = links.read(self.secret, admitted.args) if admitted.args else None
        return self.calls.apologise(to_event(admitted.form), link)

    def not_checked(self, admitted: Admitted) -> Answer:
        """Instead of a whisper: the agent is told that nobody was checked, and may still take the call."""
        prompts = (Prompt.WHISPER_NOT_CHECKED, Prompt.WHISPER_ACCEPT)
        spoken = [self.words.say(Saying(prompt, "en")) for prompt in prompts]
        action = f"/voice/accept?{admitted.query}"
        return Answer(twiml.whisper(spoken, action=action, timeout=8), "fault")

    def only_music(self, admitted: Admitted) -> Answer:
        """Instead of the words while waiting."""
        action = f"/voice/wait?{admitted.query}"
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


def endpoints(voice: Voice) -> Mapping[str, Endpoint]:
    """The endpoints by path: ``incoming``, ``fallback``, ``status`` are fixed, the others are handed out."""
    guard = voice.guard
    every = (
        Endpoint("/voice/incoming", guard, voice.incoming, voice.apologise),
        Endpoint("/voice/turn", guard, voice.turn, voice.apologise, _LINK),
        Endpoint("/voice/fallback", guard, voice.fallback, voice.apologise),
        Endpoint("/voice/status", guard, voice.status, voice.hang_up),
        Endpoint("/voice/whisper", guard, voice.whispered, voice.not_checked, _LINK),
        Endpoint("/voice/accept", guard, voice.accept, voice.hang_up, _LINK),
        Endpoint("/voice/wait", guard, voice.wait, voice.only_music, _LINK),
        Endpoint("/voice/code", guard, voice.code, voice.hang_up, _CODE),
    )
    return {endpoint.path: endpoint for endpoint in every}


def blueprint(served: Mapping[str, Endpoint]) -> Blueprint:
    """The endpoints as routes; every answer under ``/voice`` says a state, refusals of other methods, too."""
    pages = Blueprint("voice", __name__)
    for path, endpoint in served.items():
        pages.add_url_rule(path, path.rpartition("/")[2], partial(_view, endpoint), methods=["POST"])

    @pages.after_app_request
    def with_state(response: Response) -> Response:
        if request.path.startswith("/voice/"):
            response.headers.setdefault("X-Call-State", "refused")
        return response

    return pages


def _view(endpoint: Endpoint) -> ResponseReturnValue:
    return endpoint  # Flask lets it answer the request


def _call_id(form: Form) -> str:
    return call_id_of(form.one("AccountSid"), form.one("CallSid"))
