"""Confirming a contact's address: send a code there, key in what the contact tells."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.ports.confirmations import NotConfirmed, Withheld
from app.services.confirmations import ConfirmationDesk
from app.verification.model import Channel
from app.web.ops.organisations import ONE
from app.web.pages import actor, back, gettext, gettext_noop, needs, told

_SENT = gettext_noop("A code is on its way. Ask the contact, who rang you, for it, and key it in below.")
_DONE = gettext_noop("The address is confirmed. Codes for calls go there a day after it first was.")


@dataclass(frozen=True, slots=True)
class ConfirmingPages:
    """What the pages need."""

    confirmations: ConfirmationDesk
    now: Callable[[], datetime]

    @needs(Right.EDIT)
    def send(self, organisation: int, contact: int, channel: str) -> BaseResponse:
        """Send a code to one of the contact's addresses."""
        sent = self.confirmations.send(actor(), organisation, contact, Channel(channel), self.now())
        if isinstance(sent, Withheld):
            told(sent.sentence, "danger")
        else:
            told(gettext(_SENT))
        return back(ONE, organisation=organisation, _anchor=f"contact-{contact}")

    @needs(Right.EDIT)
    def key(self, organisation: int, contact: int, channel: str) -> BaseResponse:
        """Judge what was keyed in; it goes nowhere but to the comparison."""
        digits = request.form.get("code", "")[:40]
        judged = self.confirmations.key(actor(), organisation, contact, Channel(channel), digits, self.now())
        if isinstance(judged, NotConfirmed):
            told(judged.sentence, "danger")
        else:
            told(gettext(_DONE))
        return back(ONE, organisation=organisation, _anchor=f"contact-{contact}")


def blueprint(pages: ConfirmingPages) -> Blueprint:
    """``/ops/organisations/<id>/contacts/<id>/<email or phone>``."""
    prefix = "/ops/organisations/<int:organisation>/contacts/<int:contact>/<any(email, phone):channel>"
    routes = Blueprint("organisation_confirming", __name__, url_prefix=prefix)
    routes.add_url_rule("/send", "send", pages.send, methods=["POST"])
    routes.add_url_rule("/key", "key", pages.key, methods=["POST"])
    return routes
