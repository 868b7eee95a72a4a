"""From what a webhook brings to the turn that answers it: along the script until the call listens or ends."""

from dataclasses import dataclass

from app.callflow.happened import turn_note
from app.callflow.listen import listen
from app.callflow.model import Call, Cue, Ends, Heard, Listens, Note, Question, State, Turn
from app.callflow.sayings import Scene, sayings
from app.callflow.script import SCRIPT
from app.callflow.step import step
from app.services import course, news
from app.services.moment import Moment, rfc3339
from app.services.world import RIGHTS, World


@dataclass(frozen=True, slots=True)
class Flowed:
    """A turn, and whether a right was read or changed on the way."""

    turn: Turn
    rights: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """Runs calls along the script."""

    world: World
    prompt_languages: frozenset[str]

    def keyed(self, call: Call, moment: Moment) -> Flowed:
        """Go on with what the caller keyed (``moment.digits``)."""
        heard = listen(call, moment.digits)
        line = SCRIPT[call.state]
        judged = heard.cue is Cue.NUMBER or (heard.cue is Cue.SILENCE and Cue.WAITED in line.hears)
        if line.listens is Listens.NUMBER and line.does is not None and judged:
            call = call.having(**heard.changes)
            answer = self.world.ask(line.does, call, moment)
            return self.heard(call, answer, moment, rights=line.does in RIGHTS and bool(moment.digits))
        return self.heard(call, heard, moment)

    def heard(self, call: Call, heard: Heard, moment: Moment, *, rights: bool = False) -> Flowed:
        """Go on after a cue. No states of the script ask the world in a circle, so this ends."""
        cues: list[Cue] = []
        at = rfc3339(moment.now)
        while True:
            call, cue = step(_noted(call, heard, at), heard)
            cues.append(cue)
            question = self._asks(call)
            if question is None:
                return Flowed(self._turn(call, cues, moment), rights)
            heard = self.world.ask(question, call, moment)
            rights = rights or (question in RIGHTS and heard.cue is not Cue.STRANGER)

    def arrive(self, call: Call, moment: Moment) -> Flowed:
        """The first turn of a call, or of one that goes on after its running state was lost."""
        heard = self.world.ask(Question.WHICH_COUNTRY, call, moment)
        return self.heard(call, heard, moment)

    def _asks(self, call: Call) -> Question | None:
        line = SCRIPT[call.state]
        return line.does if line.listens is Listens.NOTHING else None

    def _turn(self, call: Call, cues: list[Cue], moment: Moment) -> Turn:
        line = SCRIPT[call.state]
        said = sayings(call, cues, self._scene(call, moment))
        greeted = call.greeted or call.state in {State.LANGUAGE, State.DEPARTMENT}
        after = call.having(turn=call.turn + 1, greeted=greeted)
        if line.ends is Ends.TRANSFER:
            after = after.having(**course.handed(call, moment.now))
        target = (moment.table.queue(call.queue).target or f"queue:{call.queue}") if line.ends else ""
        return Turn(after, said, line.listens, line.ends, line.timeout, target)

    def _scene(self, call: Call, moment: Moment) -> Scene:
        table = moment.table

        def country(key: str) -> list[str]:
            territory = table.territory(key)
            return [key, territory.country_code, territory.name] if territory else [key, "", key]

        here = table.territory(call.territory)
        return Scene(
            country=country,
            prompt_languages=self.prompt_languages,
            tongues=() if call.language else _tongues(call, moment, self.prompt_languages),
            notices=lambda call: news.before_department(call, moment),
            about_desk=lambda call: news.about_desk(call, moment),
            several_zones=here is not None and len(here.zones) > 1,
        )


def _noted(call: Call, heard: Heard, at: str) -> Call:
    note = Note(at, turn_note(call.state, heard.cue), heard.note)
    return call.having(notes=(*call.notes, note))


def _tongues(call: Call, moment: Moment, prompt_languages: frozenset[str]) -> tuple[str, ...]:
    """What is spoken before the caller chose: the line's own first language, and English."""
    line = moment.table.line(call.dnis)
    key = call.territory or (line.default if line else "")
    own = [language for language in moment.table.prompt_languages(key) if language in prompt_languages]
    return tuple(dict.fromkeys((*own[:1], "en")))
