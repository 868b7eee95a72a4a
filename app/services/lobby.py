"""What a call's script asks about waiting: another language, a call back, a message, one question after."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.callflow.model import Call, Cue, Heard
from app.ports.aftercare import Callbacks, Surveys, Voicemails, Wanting
from app.services.identity import regions_of
from app.services.moment import Moment
from app.services.place import MENU, facts_of
from app.services.staffing import Staffing
from routing.decide import Decision, decide
from routing.numbers import keyed_numbers


@dataclass(frozen=True, slots=True)
class Lobby:
    """Answers about waiting and what comes instead of it."""

    staffing: Staffing
    callbacks: Callbacks
    voicemails: Voicemails
    surveys: Surveys
    may_call: Callable[[str], bool]  # an E.164 number: its kind and its country
    exists: Callable[[str], bool] = lambda _: True  # whether a number keyed fits its country's plan

    def other_languages(self, call: Call, moment: Moment) -> Heard:
        """The languages in which the same department is open."""
        decision = decide(moment.table, moment.overlay, facts_of(call, ""), moment.now)
        others = tuple(one for one in decision.languages if one != call.desk_language)
        if not others:
            return Heard(Cue.NO_LANGUAGES)
        return Heard(Cue.LANGUAGES, {"options": others[:MENU]})

    def when_open(self, call: Call, moment: Moment) -> Heard:
        """Whether to offer a call once the closed desk opens: there are agents who then take it."""
        decision = _meant(call, moment)
        can = bool(call.next_opening) and self.staffing.has_agents(moment.table, decision.queue)
        can = can and bool(decision.queue)
        return Heard(Cue.CAN_CALL if can else Cue.CANNOT_CALL, {"offers_callback": can})

    def callback(self, call: Call, moment: Moment) -> Heard:
        """Whether we can call back, and the number we would call."""
        if not (self._soon(call, moment) if call.queue else call.offers_callback):
            return Heard(Cue.NO_CALLBACK)
        if call.ani is not None and self.may_call(call.ani):
            return Heard(Cue.NUMBER_KNOWN, {"callback_number": call.ani})
        return Heard(Cue.NO_NUMBER)

    def _soon(self, call: Call, moment: Moment) -> bool:
        """Whether somebody is on duty now, at a desk that does not just close."""
        desk = facts_of(call, call.desk_language or call.language)
        return self.staffing.calls_back(moment.table, moment.overlay, call.queue, desk, moment.now)

    def check_number(self, call: Call, moment: Moment) -> Heard:
        """Whether the number keyed can be called, and may be: no premium number, no country off the list.

        The likeliest number meant decides: a premium number here is not read as somebody's elsewhere.
        """
        numbers = keyed_numbers(call.keyed, regions_of(call, moment.table))
        meant = next((number for number in numbers if self.exists(number)), None)
        if meant is None or not self.may_call(meant):
            return Heard(Cue.NUMBER_REFUSED)
        return Heard(Cue.NUMBER_TAKEN, {"callback_number": meant})

    def book(self, call: Call, moment: Moment) -> Heard:
        """Put the call back into the list: at the place of the call, or for the next opening."""
        queue, language, due = call.queue, call.desk_language, None
        if not queue:
            decision = _meant(call, moment)
            queue, language = decision.queue, decision.language
            due = datetime.fromisoformat(call.next_opening) if call.next_opening else None
        wanting = Wanting(
            call_id=call.call_id,
            queue=queue,
            territory=call.territory,
            department=call.department,
            desk_language=language or call.language,
            language=call.language or "en",
            organisation=call.organisation,
            began_at=datetime.fromisoformat(call.started_at),
            number=call.callback_number,
            due_at=due,
        )
        booked = bool(queue) and self.callbacks.book(wanting, moment.now)
        return Heard(Cue.BOOKED if booked else Cue.NO_CALLBACK)

    def way_back(self, call: Call, _: Moment) -> Heard:
        """To where the caller came from: the line, or the closed desk."""
        return Heard(Cue.WAITS if call.queue else Cue.NOT_WAITING)

    def keep_message(self, call: Call, moment: Moment) -> Heard:
        """Keep the message the caller left."""
        self.voicemails.keep(call.call_id, call.queue, call.recording, call.recorded_for, moment.now)
        return Heard(Cue.MESSAGE_KEPT, note=f"{call.recorded_for} s")

    def survey(self, call: Call, moment: Moment) -> Heard:
        """Whether to ask the one question: of an organisation we know, once in seven days."""
        if call.organisation is None:
            return Heard(Cue.NO_SURVEY)
        language = call.language or "en"
        ask = self.surveys.ask(call.call_id, call.organisation, call.queue, language, moment.now)
        return Heard(Cue.ASK_SURVEY if ask else Cue.NO_SURVEY)

    def keep_answer(self, call: Call, _: Moment) -> Heard:
        """Keep the answer."""
        self.surveys.answer(call.call_id, call.score)
        return Heard(Cue.ANSWER_KEPT, note=str(call.score))


def _meant(call: Call, moment: Moment) -> Decision:
    """The desk a closed caller would wait for: of their language, else the department's first."""
    own = decide(
        moment.table, moment.overlay, facts_of(call, call.desk_language or call.language), moment.now
    )
    if own.queue and own.next_opening is not None:
        return own
    return decide(moment.table, moment.overlay, facts_of(call, ""), moment.now)
