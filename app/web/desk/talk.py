"""``/desk/conversations/<id>``: one conversation, and what its agent can do in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.faults import Fault, FaultCode
from app.handover.model import Disposition
from app.services.agent_codes import AgentCodes
from app.services.agent_desk import AgentDesk
from app.services.call_card import CallCards
from app.services.conversation import Conversation, Conversations
from app.verification.model import Method
from app.web.code_words import leg_words, talk_words
from app.web.desk.lasted import lasted
from app.web.desk.polled import polled
from app.web.pages import actor, back, gettext, needs, row_number, show_with, told

_ONE = "talk.one"
_LONGEST_NOTE = 4000  # characters
_DISPOSITIONS = {one.value: one for one in Disposition}
_WAYS = {one.value: one for one in (Method.EMAIL, Method.TEXT, Method.VOICE)}


@dataclass(frozen=True, slots=True)
class TalkPages:
    """What the pages need."""

    desk: AgentDesk
    conversations: Conversations
    codes: AgentCodes
    cards: CallCards

    @needs(Right.HANDLE)
    def one(self, handover: str) -> Response:
        """The conversation."""
        return self._page(self._found(handover))

    def _page(
        self, found: Conversation, written: Mapping[str, str] | None = None, wrong: str = ""
    ) -> Response:
        """The whole page; with what was written and is not kept yet, and what is wrong with it."""
        card = self.cards.of(found.handover.call_id, "", actor())
        values = {**self._values(found), "card": card, "written": written or {}, "wrong": wrong}
        return show_with("desk/talk.html", values, status=422 if wrong else 200)

    @needs(Right.HANDLE, poll=True)
    def news(self, handover: str) -> BaseResponse:
        """The parts of it that change, asked for each second."""
        self.desk.seen(actor())
        return polled("desk/talk_part.html", self._values(self._found(handover)))

    def _found(self, handover: str) -> Conversation:
        return self.conversations.of(handover, actor(), _account())

    def _values(self, found: Conversation) -> dict[str, object]:
        return {
            "talk": found,
            "account": _account(),
            "queues": self.desk.queues(),
            "dispositions": Disposition,
        }

    @needs(Right.HANDLE)
    def act(self, handover: str, what: str) -> BaseResponse:
        """One of the acts that need nothing but their name."""
        who, desk = actor(), self.desk
        acts: dict[str, Callable[[], None]] = {
            "hold": lambda: desk.hold(who, handover, held=True),
            "resume": lambda: desk.hold(who, handover, held=False),
            "mute": lambda: desk.mute(who, handover, muted=True),
            "unmute": lambda: desk.mute(who, handover, muted=False),
            "leave": lambda: desk.leave(who, handover),
            "end": lambda: desk.end(who, handover),
            "recall": lambda: desk.recall(who, handover),
            "withdraw": lambda: desk.withdraw(who, handover),
        }
        return _done(handover, acts[what])

    @needs(Right.HANDLE)
    def transfer(self, handover: str) -> BaseResponse:
        """Hand the conversation on, to an agent or to a queue's agents."""
        who, to = actor(), request.form.get("to", "")
        kind, _, name = to.partition(":")
        if kind == "agent" and (agent := row_number(name)):
            return _done(handover, lambda: self.desk.to_agent(who, handover, agent, takes_over=True))
        if kind == "queue":
            return _done(handover, lambda: self.desk.to_queue(who, handover, name))
        return _refused(handover, gettext("Choose to whom."))

    @needs(Right.HANDLE)
    def add(self, handover: str) -> BaseResponse:
        """Ring a colleague or an interpreter into the conversation."""
        who, to = actor(), request.form.get("who", "")
        kind, _, name = to.partition(":")
        number = row_number(name)
        if kind == "agent" and number:
            return _done(handover, lambda: self.desk.to_agent(who, handover, number, takes_over=False))
        if kind == "interpreter" and number:
            return _done(handover, lambda: self.desk.add_interpreter(who, handover, number))
        return _refused(handover, gettext("Choose whom to add."))

    @needs(Right.HANDLE)
    def let_go(self, handover: str, leg: str) -> BaseResponse:
        """End somebody else's leg."""
        return _done(handover, lambda: self.desk.let_go(actor(), handover, leg))

    @needs(Right.HANDLE)
    def send_code(self, handover: str) -> BaseResponse:
        """Have a code sent to a contact, to be keyed by the caller or read out."""
        form, who = request.form, actor()
        name, _, by = form.get("contact", "").partition(":")
        way, contact = _WAYS.get(by), row_number(name)
        organisation = row_number(form.get("organisation", ""))
        if way is None or not contact or not organisation:
            return _refused(handover, gettext("Choose a contact, and which way the code goes."))
        by_key = form.get("press") == "key"

        def send() -> str:
            return self.codes.send(handover, organisation, contact, way, by_key=by_key, actor=who)

        said = (
            gettext("The code is on its way, and the caller is asked to key it.")
            if by_key
            else gettext("The code is on its way. Let the caller read it to you, and type it here.")
        )
        return _done(handover, send, said)

    @needs(Right.HANDLE)
    def type_code(self, handover: str) -> BaseResponse:
        """Judge what the caller read out."""
        digits = "".join(request.form.get("code", "").split())
        try:
            typed = self.codes.typed(handover, digits, actor=actor())
        except Fault as fault:
            return _fault(handover, fault)
        told(gettext(typed.sentence), "success" if typed.accepted else "warning")
        return back(_ONE, handover=handover)

    @needs(Right.HANDLE)
    def note(self, handover: str) -> BaseResponse:
        """Write something about the call."""
        text = request.form.get("text", "").strip()[:_LONGEST_NOTE]
        if not text:
            return _refused(handover, gettext("Write something first."))
        talk = self.conversations.of(handover, actor())

        def write() -> None:
            call, now = talk.handover.call_id, self.desk.clock.now()
            self.conversations.reading.add_note(call, text, actor=actor(), now=now)

        return _done(handover, write)

    @needs(Right.HANDLE)
    def wrap_up(self, handover: str) -> BaseResponse:
        """What became of it; whoever was wrapping up is available again then."""
        disposition = _DISPOSITIONS.get(request.form.get("disposition", ""))
        if disposition is None:
            return self._page(self._found(handover), request.form, gettext("Choose what became of the call."))
        text = request.form.get("text", "").strip()[:_LONGEST_NOTE]
        wraps_up = self._found(handover).wraps_up
        try:
            self.desk.wrap_up(actor(), handover, disposition, text)
        except Fault as fault:
            return _fault(handover, fault)
        if not wraps_up:
            told(gettext("Written down."))
            return back(_ONE, handover=handover)
        told(gettext("Written down; you are available again."))
        return back("desk.board")


def blueprint(pages: TalkPages) -> Blueprint:
    """A conversation and its forms."""
    routes = Blueprint("talk", __name__, url_prefix="/desk/conversations/<handover>")
    routes.add_app_template_filter(lasted, "lasted")
    routes.add_app_template_filter(leg_words, "leg_in_words")
    routes.add_app_template_filter(talk_words, "talk_in_words")
    routes.add_url_rule("", "one", pages.one)
    routes.add_url_rule("/news", "news", pages.news)
    acts = "<any(hold, resume, mute, unmute, leave, end, recall, withdraw):what>"
    routes.add_url_rule(f"/{acts}", "act", pages.act, methods=["POST"])
    for path, view in (
        ("transfer", pages.transfer),
        ("add", pages.add),
        ("legs/<leg>/end", pages.let_go),
        ("code", pages.send_code),
        ("code/typed", pages.type_code),
        ("notes", pages.note),
        ("wrap-up", pages.wrap_up),
    ):
        routes.add_url_rule(f"/{path}", view.__name__, view, methods=["POST"])
    return routes


def _account() -> str:
    """The account number that the agent looks up, where the caller names one."""
    return "".join(request.args.get("account", "").split())


def _done(handover: str, act: Callable[[], str | None], said: str = "") -> BaseResponse:
    """Back to the conversation, with what was wrong if anything was."""
    try:
        wrong = act()
    except Fault as fault:
        return _fault(handover, fault)
    if wrong:
        told(gettext(wrong), "warning")
    elif said:
        told(said)
    return back(_ONE, handover=handover)


def _fault(handover: str, fault: Fault) -> BaseResponse:
    if fault.code not in {FaultCode.CONFLICT, FaultCode.BAD_INPUT, FaultCode.NOT_YOURS, FaultCode.NOT_FOUND}:
        raise fault
    return _refused(handover, fault.sentence)


def _refused(handover: str, sentence: str) -> BaseResponse:
    told(sentence, "warning")
    return back(_ONE, handover=handover)
