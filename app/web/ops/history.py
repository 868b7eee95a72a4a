"""``/ops/history``: every version with author, time and difference; any of them comes back in one click."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.services.history import HistoryDesk
from app.services.publishing import Meanwhile, Outcome, Published, Refused
from app.services.table_desk import TableDesk
from app.web.pages import Pager, actor, back, gettext, needs, ngettext, show, told

_SENTENCES_A_PAGE = 200
_LONGEST = 200  # characters of a search


def blueprint(history: HistoryDesk, desk: TableDesk, now: Callable[[], datetime]) -> Blueprint:
    """The list, one version, and the way back to it."""
    found = Blueprint("history", __name__, url_prefix="/ops/history")

    @found.get("")
    @needs(Right.VIEW)
    def listed() -> Response:
        text = request.args.get("q", "").strip()[:_LONGEST]
        pager = Pager.of(request.args, history.page(text, limit=1)[1])
        rows, _ = history.page(text, limit=pager.limit, offset=pager.offset)
        return show("ops/history/list.html", rows=rows, pager=pager, q=text, live=history.live())

    @found.get("/<int:version>")
    @needs(Right.VIEW)
    def one(version: int) -> Response:
        return _one(history, version)

    @found.post("/<int:version>/roll-back")
    @needs(Right.PUBLISH)
    def roll_back(version: int) -> BaseResponse:
        expected = request.form.get("expecting", "")
        if not (expected.isascii() and expected.isdigit() and len(expected) < 10):
            problems = [gettext("This form was not whole: press the button again.")]
            return _one(history, version, problems=problems)
        outcome = desk.roll_back(version, actor=actor(), now=now(), expecting=int(expected))
        if isinstance(outcome, Published):
            told(_said(outcome, version))
            return back("history.one", version=outcome.version)
        return _one(history, version, problems=_problems(outcome), status=_status(outcome))

    return found


def _one(
    history: HistoryDesk, version: int, *, problems: list[str] | None = None, status: int = 422
) -> Response:
    compared = history.compared(version)
    pager = Pager.of(request.args, len(compared.row.sentences), _SENTENCES_A_PAGE)
    return show(
        "ops/history/version.html",
        status=status if problems else 200,
        compared=compared,
        sentences=compared.row.sentences[pager.offset : pager.offset + pager.limit],
        shown=_SENTENCES_A_PAGE,
        pager=pager,
        problems=problems or [],
    )


def _said(outcome: Published, version: int) -> str:
    changes = len(outcome.sentences) - 1
    return gettext(
        "Version %(version)s is back: live as version %(live)s, with %(changes)s.",
        version=version,
        live=outcome.version,
        changes=ngettext("%(num)s change", "%(num)s changes", changes),
    )


def _problems(outcome: Outcome) -> list[str]:
    match outcome:
        case Refused(faults=faults):
            first = gettext("By today's rules this version cannot work, so it stays as it is:")
            return [first, *map(str, faults)]
        case Meanwhile(latest=latest):
            return [
                gettext(
                    "Version %(latest)s was published meanwhile. Look at what coming back would change now.",
                    latest=latest,
                )
            ]
        case _:
            return [gettext("This version cannot come back now; nothing was changed.")]


def _status(outcome: Outcome) -> int:
    return 409 if isinstance(outcome, Meanwhile) else 422
