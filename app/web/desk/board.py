"""``/desk``: who waits and who talks, take the next, and whether one is there at all."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.faults import Fault, FaultCode
from app.handover.model import Duty
from app.ports.handovers import Handover
from app.services.agent_desk import AgentDesk
from app.web.desk.lists import again, board_lists
from app.web.desk.polled import polled
from app.web.pages import actor, back, gettext, needs, show_with, told

_BOARD = "desk.board"
_LISTS = ("q", "page", "talks", "later", "messages")
_DUTIES = {duty.value: duty for duty in (Duty.AVAILABLE, Duty.AWAY)}


@dataclass(frozen=True, slots=True)
class BoardPages:
    """What the pages need."""

    desk: AgentDesk

    @needs(Right.HANDLE)
    def board(self) -> Response:
        """The desk's first page."""
        self.desk.seen(actor())
        return self._shown()

    def _shown(self, wrong: str = "") -> Response:
        """The page; with what was written for one's phone, and what is wrong with it."""
        still = bool(wrong) or "still" in request.args
        filled = {"reach": request.form.get("reach", ""), "wrong": wrong, "still": still}
        return show_with("desk/board.html", {**self._values(), **filled}, status=422 if wrong else 200)

    @needs(Right.HANDLE, poll=True)
    def news(self) -> BaseResponse:
        """The part of it that changes, asked for each second."""
        self.desk.seen(actor())
        return polled("desk/board_part.html", self._values())

    def _values(self) -> dict[str, object]:
        board, query = self.desk.board(actor()), again(request.args, *_LISTS)
        return {
            "board": board,
            "lists": board_lists(board, request.args, self.desk.tables.current()),
            "query": query,
        }

    @needs(Right.HANDLE)
    def next(self) -> BaseResponse:
        """Take whoever is first."""
        return _taken(lambda: self.desk.take_next(actor()))

    @needs(Right.SUPERVISE)
    def take(self, wait: int) -> BaseResponse:
        """Take a chosen caller."""
        return _taken(lambda: self.desk.take(actor(), wait))

    @needs(Right.HANDLE)
    def duty(self) -> BaseResponse:
        """Be available, or away."""
        duty = _DUTIES.get(request.form.get("duty", ""))
        if duty is None:
            told(gettext("Choose available or away."), "danger")
            return back(_BOARD)
        return _done(lambda: self.desk.set_duty(actor(), duty))

    @needs(Right.HANDLE)
    def reach(self) -> BaseResponse:
        """Where one's phone rings."""
        try:
            wrong = self.desk.set_reach(actor(), request.form.get("reach", ""))
        except Fault as fault:
            return _refused(fault)
        return self._shown(wrong) if wrong else back(_BOARD)

    @needs(Right.HANDLE)
    def message_done(self, voicemail: int) -> BaseResponse:
        """A message was dealt with."""
        return _done(lambda: self.desk.message_done(actor(), voicemail))

    @needs(Right.SUPERVISE)
    def withdraw_callback(self, wait: int) -> BaseResponse:
        """Take a call back out of the list."""
        return _done(lambda: self.desk.callbacks.withdraw(wait, actor=actor(), now=self.desk.clock.now()))


def _taken(take: Callable[[], Handover | None]) -> BaseResponse:
    """On to the conversation; where there is none, back with the reason."""
    try:
        taken = take()
    except Fault as fault:
        return _refused(fault)
    if taken is None:
        told(gettext("Nobody waits for you at the moment."), "info")
        return back(_BOARD)
    return back("talk.one", handover=taken.id)


def _done(act: Callable[[], None]) -> BaseResponse:
    """Back to the board, with what was in the way if anything was."""
    try:
        act()
    except Fault as fault:
        return _refused(fault)
    return back(_BOARD)


def _refused(fault: Fault) -> BaseResponse:
    if fault.code not in {FaultCode.CONFLICT, FaultCode.NOT_FOUND}:
        raise fault
    told(fault.sentence, "warning")
    return back(_BOARD)


def blueprint(pages: BoardPages) -> Blueprint:
    """``/desk`` and what is done there."""
    routes = Blueprint("desk", __name__, url_prefix="/desk")
    routes.add_url_rule("", "board", pages.board)
    routes.add_url_rule("/board", "news", pages.news)
    routes.add_url_rule("/next", "next", pages.next, methods=["POST"])
    routes.add_url_rule("/waits/<int:wait>/take", "take", pages.take, methods=["POST"])
    routes.add_url_rule(
        "/waits/<int:wait>/withdraw", "withdraw_callback", pages.withdraw_callback, methods=["POST"]
    )
    routes.add_url_rule("/duty", "duty", pages.duty, methods=["POST"])
    routes.add_url_rule("/reach", "reach", pages.reach, methods=["POST"])
    routes.add_url_rule(
        "/messages/<int:voicemail>/done", "message_done", pages.message_done, methods=["POST"]
    )
    return routes
