"""``/phone``: a telephone in the browser, for development. The page is a face of the simulated carrier."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.services.what_if import Asked
from app.services.what_if_form import read
from app.services.wrong import Wrong
from app.web.desk.polled import polled
from app.web.pages import back, gettext, gettext_noop, public, show, told
from app.web.phone.diagram import drawn, ways_on
from app.web.phone.model import Act, Dialling, Exchange, Outcome

_PAGE = "phone.page"
_LONGEST = 40  # keys at a time
_KEYS = re.compile(f"[0-9*#]{{1,{_LONGEST}}}")
_FIELDS = ("dnis", "ani", "attestation", "day", "time", "zone")
#: What the form begins with: the README's sample call.
_FIRST = {"dnis": "+39800917919", "ani": "+390655550100", "zone": "Europe/Rome"}
#: What a carrier states of a caller's number (StirVerstat); nothing, where it signs nothing.
ATTESTATIONS = ("", "TN-Validation-Passed-A", "TN-Validation-Passed-C", "TN-Validation-Failed-A")
_SENTENCES = {
    Outcome.BUSY: gettext_noop("A call goes on: let it end first."),
    Outcome.DEAF: gettext_noop("Nothing listens to keys at this moment."),
    Outcome.GONE: gettext_noop("That telephone has nothing to do with it any more."),
}


@dataclass(frozen=True, slots=True)
class SampleCaller:
    """An organisation of the sample: its account number, and the numbers of its people."""

    account: str
    name: str
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhonePages:
    """What the page needs; ``now`` is the real clock's."""

    exchange: Exchange
    now: Callable[[], datetime]
    samples: tuple[SampleCaller, ...]

    @public
    def page(self) -> Response:
        """The telephone and everything beside it; ``still`` keeps it from being loaded again by itself."""
        return self._page(_FIRST | {name: request.args[name] for name in _FIELDS if name in request.args}, {})

    @public
    def news(self) -> BaseResponse:
        """The part of it that changes, asked for each second."""
        return polled("phone/part.html", self._part())

    @public
    def call(self) -> BaseResponse:
        """Place a call."""
        values = {name: request.form.get(name, "") for name in _FIELDS}
        asked = read(values, self.now(), values["zone"] or "UTC")
        if isinstance(asked, Wrong):
            return self._page(values, dict(asked.faults), status=422)
        if values["attestation"] not in ATTESTATIONS:
            return self._page(values, {"attestation": gettext("Choose one of these.")}, status=422)
        return _said(self.exchange.dials(_dialling(asked, values)), values)

    @public
    def act(self, telephone: int) -> BaseResponse:
        """Press keys, answer, decline, speak or hang up."""
        keys, act = request.form.get("keys", "").strip(), request.form.get("act", "")
        if act in set(Act):
            return _said(self.exchange.does(telephone, Act(act)))
        if _KEYS.fullmatch(keys):
            return _said(self.exchange.presses(telephone, keys))
        told(gettext("A telephone has the keys 0-9, * and #; press 1 to 40 at a time."), "danger")
        return back(_PAGE)

    @public
    def clock(self) -> BaseResponse:
        """Let the clock show the present instant again."""
        return _said(self.exchange.runs_on())

    def _page(self, values: dict[str, str], faults: dict[str, str], *, status: int = 200) -> Response:
        return show(
            "phone/page.html",
            status=status,
            values={name: values.get(name, "") for name in _FIELDS},
            faults=faults,
            lines=self.exchange.lines(),
            attestations=ATTESTATIONS,
            samples=self.samples,
            still="still" in request.args,
            **self._part(),
        )

    def _part(self) -> dict[str, object]:
        shown = self.exchange.shows()
        return {"shown": shown, "drawing": drawn(), "ways_on": ways_on(shown.state), "Act": Act}


def _dialling(asked: Asked, values: dict[str, str]) -> Dialling:
    """The call asked for; a clock that was left empty runs as it does."""
    chosen = values["day"].strip() or values["time"].strip()
    return Dialling(asked.facts.dnis, asked.facts.ani, values["attestation"], asked.at if chosen else None)


def _said(outcome: Outcome, values: dict[str, str] | None = None) -> BaseResponse:
    """Back to the page, with why not if it was not done; the form keeps what was written."""
    if outcome is not Outcome.DONE:
        told(gettext(_SENTENCES[outcome]), "warning")
    return back(_PAGE, **(values or {}))


def blueprint(pages: PhonePages) -> Blueprint:
    """``/phone`` and what is done there."""
    routes = Blueprint("phone", __name__, url_prefix="/phone")
    routes.add_url_rule("", "page", pages.page)
    routes.add_url_rule("/now", "news", pages.news)
    routes.add_url_rule("/calls", "call", pages.call, methods=["POST"])
    routes.add_url_rule("/telephones/<int:telephone>", "act", pages.act, methods=["POST"])
    routes.add_url_rule("/clock", "clock", pages.clock, methods=["POST"])
    return routes
