"""The world a call asks: each question of the script goes to the one who can answer it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import structlog

from app.callflow.model import Call, Cue, Heard, Question
from app.faults import Fault
from app.services.codes import Codes
from app.services.identity import Identity
from app.services.lobby import Lobby
from app.services.moment import Moment
from app.services.place import Place
from app.services.queues import Queues

Answerer = Callable[[Call, Moment], Heard]
_log = structlog.get_logger(__name__)

#: What changes or reads a right, in SQL: after these the call's timeline is written, too.
RIGHTS = frozenset(
    {Question.WHO_CALLS, Question.LOOK_UP, Question.SEND_CODE, Question.SEND_AGAIN, Question.JUDGE}
)


@dataclass(frozen=True, slots=True)
class World:
    """Answers every question with a cue; so are faults: closed for the level, open for the routing."""

    answers: Mapping[Question, Answerer]

    @classmethod
    def of(cls, place: Place, identity: Identity, codes: Codes, queues: Queues, lobby: Lobby) -> "World":
        """The world made of those who answer."""
        return cls(
            MappingProxyType(
                {
                    Question.WHICH_COUNTRY: place.which_country,
                    Question.WHICH_CODE: place.which_code,
                    Question.WHICH_LANGUAGE: place.which_language,
                    Question.IS_OPEN: place.is_open,
                    Question.WHO_CALLS: identity.who_calls,
                    Question.LOOK_UP: identity.look_up,
                    Question.SEND_CODE: codes.send,
                    Question.SEND_AGAIN: codes.send_again,
                    Question.JUDGE: codes.judge,
                    Question.WHICH_QUEUE: queues.which,
                    Question.NEXT_QUEUE: queues.next,
                    Question.OTHER_LANGUAGES: lobby.other_languages,
                    Question.WHEN_OPEN: lobby.when_open,
                    Question.CALLBACK: lobby.callback,
                    Question.CHECK_NUMBER: lobby.check_number,
                    Question.BOOK: lobby.book,
                    Question.WAY_BACK: lobby.way_back,
                    Question.KEEP_MESSAGE: lobby.keep_message,
                    Question.SURVEY: lobby.survey,
                    Question.KEEP_ANSWER: lobby.keep_answer,
                }
            )
        )

    def ask(self, question: Question, call: Call, moment: Moment) -> Heard:
        """The world's answer; a fault becomes ``NOT_CHECKED``, and is logged for ops."""
        try:
            return self.answers[question](call, moment)
        except Fault as fault:
            _log.error("not_checked", question=question.value, call_id=call.call_id, fault=fault.code.value)
            return Heard(Cue.NOT_CHECKED, {"fault": True}, fault.code.value)
