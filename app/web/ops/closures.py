"""``/ops/closures``: close now, announce, extend, end; seen in words before anything reaches a caller."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.faults import Fault, FaultCode
from app.ports.closings import Phase, Selected
from app.services.emergencies import Closing
from app.services.emergency_wanted import Wanted
from app.services.wrong import Wrong
from app.web.ops.closure_form import ClosureForm, choices, moved_end
from app.web.pages import Pager, actor, back, gettext, needs, ngettext, show, told
from routing import words

NEW = "/ops/closures/new"
_PHASES = {phase.value: phase for phase in Phase}


@dataclass(frozen=True, slots=True)
class Closures:
    """What the pages stand on; ``languages`` are those that announcements are spoken in."""

    closing: Closing
    languages: tuple[str, ...]
    now: Callable[[], datetime]

    @needs(Right.VIEW)
    def listed(self) -> Response:
        """What is in force, to come or over."""
        return _listed(self)

    @needs(Right.PUBLISH)
    def new(self) -> Response:
        """The form."""
        return form(self, ClosureForm.empty(request.args, self.languages))

    @needs(Right.PUBLISH)
    def add(self) -> BaseResponse:
        """The form with its preview or, once that was confirmed, what it says."""
        return add(self, ClosureForm.of(request.form, self.languages))

    @needs(Right.VIEW)
    def one(self, number: int) -> Response:
        """One entry, and how to move its end."""
        return _one(self, number, {}, {})

    @needs(Right.PUBLISH)
    def end(self, number: int) -> BaseResponse:
        """End one entry now."""
        shown = self.closing.end(number, actor=actor(), now=self.now())
        told(
            gettext(
                "Ended: %(scope)s. New calls and calls under way meet it no more within two seconds.",
                scope=shown.scope,
            )
        )
        return back("closures.listed")

    @needs(Right.PUBLISH)
    def move_end(self, number: int) -> BaseResponse:
        """Let one entry end at another time."""
        return _move_end(self, number, request.form)

    @needs(Right.PUBLISH)
    def end_incident(self) -> BaseResponse:
        """End everything of an incident."""
        name = request.form.get("incident", "")
        ended = self.closing.end_incident(name, actor=actor(), now=self.now())
        told(
            ngettext(
                "The incident “%(name)s” is over: %(num)s of its closures and announcements ended.",
                "The incident “%(name)s” is over: %(num)s of its closures and announcements ended.",
                len(ended),
                name=name,
            )
        )
        return back("closures.listed")


def blueprint(desk: Closures) -> Blueprint:
    """The list, the form with its preview, and what can be done with an entry."""
    found = Blueprint("closures", __name__, url_prefix="/ops/closures")
    found.add_url_rule("", "listed", desk.listed)
    found.add_url_rule("/new", "new", desk.new)
    found.add_url_rule("/new", "add", desk.add, methods=["POST"])
    found.add_url_rule("/<int:number>", "one", desk.one)
    found.add_url_rule("/<int:number>/end", "end", desk.end, methods=["POST"])
    found.add_url_rule("/<int:number>/move-end", "move_end", desk.move_end, methods=["POST"])
    found.add_url_rule("/end-incident", "end_incident", desk.end_incident, methods=["POST"])
    return found


def _listed(desk: Closures) -> Response:
    now = desk.now()
    phase = _PHASES.get(request.args.get("show", ""), Phase.IN_FORCE)
    counts = {one: desk.closing.page(Selected(one), now, limit=0)[1] for one in Phase}
    pager = Pager.of(request.args, counts[phase])
    rows, _ = desk.closing.page(Selected(phase), now, limit=pager.limit, offset=pager.offset)
    return show(
        "ops/closures/list.html",
        rows=rows,
        phase=phase,
        counts=counts,
        pager=pager,
        incidents=desk.closing.incidents(now),
    )


def add(desk: Closures, sent: ClosureForm, *, action: str = NEW) -> BaseResponse:
    """The form with its preview or, once that was confirmed, what it says."""
    wanted = sent.wanted(desk.closing.tables, actor().zone)
    if isinstance(wanted, Wrong):
        return form(desk, sent, wanted.faults, status=422, action=action)
    now = desk.now()
    if faults := desk.closing.faults(wanted, now):
        return form(desk, sent, faults, status=422, action=action)
    if not sent.is_confirmed:
        return form(desk, sent, preview=_preview(desk.closing, wanted, now), action=action)
    shown = desk.closing.add(wanted, actor=actor(), now=now)
    if isinstance(shown, Wrong):
        return form(desk, sent, shown.faults, status=422, action=action)
    done = (
        gettext("Closed: %(scope)s. Calls meet it within two seconds.", scope=shown.scope)
        if shown.closes
        else gettext("Announced: %(scope)s. Calls meet it within two seconds.", scope=shown.scope)
    )
    told(done)
    return back("closures.listed", show=shown.entry.phase(now).value)


def _preview(closing: Closing, wanted: Wanted, now: datetime) -> dict[str, object]:
    """What would happen, for the page to say in words."""
    row = wanted.at(now)
    return {
        "wanted": wanted,
        "row": row,
        "scope": closing.scope(wanted, now),
        "reach": closing.reach(wanted, now),
        "spoken": [words.language(tag) for tag in row.text],
        "span": _span(row.end - row.start),
    }


def _span(length: timedelta) -> str:
    """How long it holds, in words; to the minute, and to the hour from two days on."""
    minutes = max(1, round(length.total_seconds() / 60))
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = rest // 60, 0 if days > 1 else rest % 60
    parts = (
        (days, ngettext("%(num)s day", "%(num)s days", days)),
        (hours, ngettext("%(num)s hour", "%(num)s hours", hours)),
        (minutes, ngettext("%(num)s minute", "%(num)s minutes", minutes)),
    )
    return ", ".join(said for number, said in parts if number)


def form(
    desk: Closures,
    filled: ClosureForm,
    errors: Mapping[str, str] | None = None,
    *,
    preview: Mapping[str, object] | None = None,
    status: int = 200,
    action: str = NEW,
) -> Response:
    """The form as it was filled in, sent to ``action``."""
    return show(
        "ops/closures/form.html",
        status=status,
        form=filled,
        action=action,
        errors=errors or {},
        preview=preview,
        choices=choices(desk.closing.tables, desk.languages),
        languages=desk.languages,
        incidents=desk.closing.incidents(desk.now()),
    )


def _one(
    desk: Closures, number: int, values: Mapping[str, str], errors: Mapping[str, str], status: int = 200
) -> Response:
    shown = desk.closing.get(number)
    phase = shown.entry.phase(desk.now())
    return show(
        "ops/closures/entry.html", status=status, shown=shown, phase=phase, values=values, errors=errors
    )


def _move_end(desk: Closures, number: int, values: Mapping[str, str]) -> BaseResponse:
    end, expecting = moved_end(values, actor().zone)
    if expecting is None:
        raise Fault(FaultCode.CONFLICT, gettext("This form was not whole: open the entry again."))
    if isinstance(end, str):
        return _one(desk, number, values, {"end": end}, 422)
    moved = desk.closing.move_end(number, end, expecting=expecting, actor=actor(), now=desk.now())
    if isinstance(moved, Wrong):
        return _one(desk, number, values, moved.faults, 422)
    told(gettext("It ends at another time now: %(scope)s.", scope=moved.scope))
    return back("closures.one", number=number)
