"""The carrier's webhooks about whoever is rung, about conferences, and codes keyed in between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.callflow.model import Listens, Saying
from app.callflow.prompts import Prompt
from app.faults import Fault, FaultCode
from app.services import links
from app.services.agent_codes import AgentCodes, Keyed
from app.services.asking import conference_name
from app.services.calling_back import CallingBack
from app.services.calls import Answer, Calls
from app.services.farewell import Farewell
from app.services.handing import Handing, Room
from app.services.links import Link
from app.telephony import twiml
from app.telephony.inbound import call_id_of, to_event
from app.telephony.words import Spoken, Words
from app.web.endpoint import Endpoint
from app.web.guard import Admitted, Guard

_LINK = frozenset(links.KEYS)
_LEG = frozenset(links.LEG_KEYS)
_HOLD = "/music/hold.wav"
_CODE = "code:"
_OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
_PATIENCE = 20  # seconds of silence between two words while a code is awaited
_SAID = {
    Keyed.REJECTED: Prompt.WRONG_CODE,
    Keyed.NOT_WHOLE: Prompt.NOT_WHOLE_CODE,
    Keyed.WAITED: Prompt.STILL_THERE,
}


@dataclass(frozen=True, slots=True)
class Legs:
    """What these endpoints need; handed in by the composition root."""

    guard: Guard
    handing: Handing
    calling_back: CallingBack
    farewell: Farewell
    codes: AgentCodes
    calls: Calls
    words: Words
    secret: bytes = field(repr=False)

    def answered(self, admitted: Admitted) -> Answer:
        """Somebody who was rung answered. Re-entrant: who hears it twice has still pressed nothing."""
        leg = self._leg(admitted)
        heard = self.handing.answered(leg, admitted.form.one("CallSid"))
        if heard is None:
            return Answer(self._nobody_there(admitted), "gone")
        action = f"/voice/{'leg-back' if heard.called_back else 'leg-key'}?{admitted.query}"
        return Answer(twiml.whisper(self._spoken(heard.says), action=action, timeout=8), "whisper")

    def key(self, admitted: Admitted) -> Answer:
        """Who answered pressed 1, or did not. Re-entrant: a leg that has joined is joined again."""
        leg = self._leg(admitted)
        if admitted.form.one("Digits") != "1":
            return Answer(twiml.hang_up(), "refused")
        room = self.handing.joins(leg)
        if room is None:
            return Answer(self._nobody_there(admitted), "gone")
        return Answer(self._into(room, f"/voice/leg-over?{admitted.query}", "/voice/hold-music"), "joined")

    def called_back(self, admitted: Admitted) -> Answer:
        """Who was called back pressed 1: a call of their own begins. Re-entrant, as above."""
        leg = self._leg(admitted)
        if admitted.form.one("Digits") != "1":
            return Answer(twiml.hang_up(), "refused")
        found = self.calling_back.called_back(leg, to_event(admitted.form))
        if found is None:
            return Answer(self._nobody_there(admitted), "gone")
        room, link = found
        return Answer(self._into(room, f"/voice/talked?{link}", f"/voice/hold?{link}"), "joined")

    def status(self, admitted: Admitted) -> Answer:
        """A leg rings, or is over. Re-entrant: the first end that is written stays."""
        leg, form = self._leg(admitted), admitted.form
        status = form.one("CallStatus")
        if status == "ringing":
            self.handing.rings(leg, form.one("CallSid"))
        elif status in _OVER and self.handing.over(leg, status):
            self.calls.ended(to_event(form))
        return Answer(twiml.accept(), status)

    def over(self, admitted: Admitted) -> Answer:
        """A leg is out of the conference. Re-entrant."""
        self._leg(admitted)
        return Answer(twiml.hang_up(), "over")

    def gone(self, admitted: Admitted) -> Answer:
        """Nobody is there any more for whoever waits in the conference."""
        self._arrived(admitted, "/voice/leg-gone")
        return Answer(self._nobody_there(admitted), "gone")

    def join(self, admitted: Admitted) -> Answer:
        """The caller's leg comes to the agent, or back to them. Re-entrant."""
        link = self._link(admitted)
        self._arrived(admitted, "/voice/join")
        room = self.handing.caller_joins(link.call_id)
        if room is None:
            return self.calls.lost_colleague(to_event(admitted.form), link)
        return Answer(
            self._into(room, f"/voice/talked?{admitted.query}", f"/voice/hold?{admitted.query}"), "talk"
        )

    def hold(self, admitted: Admitted) -> Answer:
        """The caller is in the conference by themselves: music, and a look whether somebody will come."""
        self.handing.alone(self._link(admitted).call_id)
        return self.only_music(admitted)

    def hold_music(self, _: Admitted) -> Answer:
        """Music for an agent who waits, and for whoever is on hold."""
        return Answer(twiml.music(_HOLD, again="/voice/hold-music"), "hold")

    def talked(self, admitted: Admitted) -> Answer:
        """The caller's conversation is over: what follows a call."""
        link = self._link(admitted)
        self._arrived(admitted, "/voice/talked")
        return self.calls.talked(to_event(admitted.form), link)

    def requeue(self, admitted: Admitted) -> Answer:
        """The agent was gone: the caller goes back to the place they had."""
        link = self._link(admitted)
        self._arrived(admitted, "/voice/requeue")
        return self.calls.lost_colleague(to_event(admitted.form), link)

    def conference(self, admitted: Admitted) -> Answer:
        """Who came into a conference, or left it: we learn its SID. Re-entrant."""
        leg = self._leg(admitted)
        self.handing.conference(leg, admitted.form.one("ConferenceSid"))
        return Answer(twiml.accept(), "conference")

    def code_step(self, admitted: Admitted) -> Answer:
        """The caller's leg is asked for a code that an agent had sent. Re-entrant: it asks again."""
        link = self._link(admitted)
        self._arrived(admitted, "/voice/code-step")
        handover = self.codes.asked(link.call_id)
        if handover is None:
            return self.join(admitted)
        return self._asks(handover.id, 0, link, Prompt.CODE_STEP)

    def code_key(self, admitted: Admitted) -> Answer:
        """What the caller keyed, or silence. A step's answer is judged once, however often it comes."""
        handover, _, step = self._leg(admitted).removeprefix(_CODE).partition(".")
        found = self.handing.caller_of(handover, _call_id(admitted))
        if found is None or not step.isdigit():
            raise Fault(FaultCode.FORGED, "The URL was not handed out for this call.")
        link, query = found
        keyed = self.codes.keyed(handover, int(step), admitted.form.one("Digits"))
        if said := _SAID.get(keyed):
            return self._asks(handover, int(step), link, said)
        language = link.language or "en"
        words = [Saying(Prompt.VERIFIED, language)] if keyed is Keyed.ACCEPTED else []
        words.append(Saying(Prompt.BACK_TO_COLLEAGUE, language))
        return Answer(twiml.say_and_go(self._spoken(words), f"/voice/join?{query}"), f"code_{keyed}")

    def apologise(self, admitted: Admitted) -> Answer:
        """Instead of an answer to the caller's leg."""
        return self.calls.apologise(to_event(admitted.form), links.read(self.secret, admitted.args))

    def only_music(self, admitted: Admitted) -> Answer:
        """Without a look whether somebody comes."""
        return Answer(twiml.music(_HOLD, again=f"/voice/hold?{admitted.query}"), "hold")

    def hang_up(self, _: Admitted) -> Answer:
        """Instead of an answer to a leg that is not the caller's: what follows serves the caller."""
        return Answer(twiml.hang_up(), "fault")

    def nothing(self, _: Admitted) -> Answer:
        """Instead of an answer that is not executed anyway."""
        return Answer(twiml.accept(), "fault")

    def _asks(self, handover: str, after: int, link: Link, said: Prompt) -> Answer:
        leg = f"{_CODE}{handover}.{self.codes.next_step(handover, after)}"
        spoken = self._spoken([Saying(said, link.language or "en")])
        action = f"/voice/code-key?{links.leg_query(self.secret, leg)}"
        document = twiml.listen(spoken, action=action, listens=Listens.NUMBER, timeout=_PATIENCE)
        return Answer(document, "code_step")

    def _arrived(self, admitted: Admitted, place: str) -> None:
        """The carrier's request for a document is the proof that it carried out what we asked."""
        self.handing.arrived(admitted.form.one("CallSid"), place, admitted.query)

    def _into(self, room: Room, action: str, wait: str) -> str:
        status = f"/voice/conference?{links.leg_query(self.secret, room.handover)}"
        name = conference_name(room.handover)
        return twiml.join(name, action=action, wait=wait, status=status, ends=room.ends)

    def _nobody_there(self, admitted: Admitted) -> str:
        return twiml.speak_and_hang_up(self._spoken([self.farewell.to(admitted.form.one("CallSid"))]))

    def _spoken(self, sayings: Sequence[Saying]) -> list[Spoken]:
        return [self.words.say(saying) for saying in sayings]

    def _link(self, admitted: Admitted) -> Link:
        link = links.read(self.secret, admitted.args)
        if link is None or link.call_id != _call_id(admitted):
            raise Fault(FaultCode.FORGED, "The URL was not handed out for this call.")
        return link

    def _leg(self, admitted: Admitted) -> str:
        leg = links.read_leg(self.secret, admitted.args)
        if leg is None:
            raise Fault(FaultCode.FORGED, "The URL was not handed out.")
        return leg


def endpoints(legs: Legs) -> Mapping[str, Endpoint]:
    """The endpoints by path; each is handed out, and none of them changes anything twice."""
    guard = legs.guard
    every = (
        Endpoint("/voice/leg", guard, legs.answered, legs.hang_up, _LEG),
        Endpoint("/voice/leg-key", guard, legs.key, legs.hang_up, _LEG),
        Endpoint("/voice/leg-back", guard, legs.called_back, legs.hang_up, _LEG),
        Endpoint("/voice/leg-status", guard, legs.status, legs.nothing, _LEG),
        Endpoint("/voice/leg-over", guard, legs.over, legs.hang_up, _LEG),
        Endpoint("/voice/leg-gone", guard, legs.gone, legs.hang_up),
        Endpoint("/voice/join", guard, legs.join, legs.apologise, _LINK),
        Endpoint("/voice/hold", guard, legs.hold, legs.only_music, _LINK),
        Endpoint("/voice/hold-music", guard, legs.hold_music, legs.only_music),
        Endpoint("/voice/talked", guard, legs.talked, legs.apologise, _LINK),
        Endpoint("/voice/requeue", guard, legs.requeue, legs.apologise, _LINK),
        Endpoint("/voice/conference", guard, legs.conference, legs.nothing, _LEG),
        Endpoint("/voice/code-step", guard, legs.code_step, legs.apologise, _LINK),
        Endpoint("/voice/code-key", guard, legs.code_key, legs.apologise, _LEG),
    )
    return {endpoint.path: endpoint for endpoint in every}


def _call_id(admitted: Admitted) -> str:
    return call_id_of(admitted.form.one("AccountSid"), admitted.form.one("CallSid"))
