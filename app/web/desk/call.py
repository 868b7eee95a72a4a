"""``/desk/calls/<id>``: a call opened by a link, from the desk or from a CRM; a receipt in it is checked."""

from dataclasses import dataclass

from flask import Blueprint, Response, request

from app.access.model import Right
from app.services.call_card import CallCards
from app.verification.receipt_check import SENTENCES, Refused
from app.web.pages import actor, needs, show


@dataclass(frozen=True, slots=True)
class CardPages:
    """What the page needs."""

    cards: CallCards
    public_url: str  # the address outside, whatever a proxy in front says of it

    @needs(Right.HANDLE)
    def one(self, call: str) -> Response:
        """The call: who, how sure, why here, before, notes, and its story."""
        card = self.cards.of(call, request.args.get("receipt", ""), actor())
        refused = SENTENCES[card.receipt.reason] if isinstance(card.receipt, Refused) else ""
        at = f"{self.public_url}/desk/calls/{card.story.call.call_id}"
        return show("desk/call.html", card=card, story=card.story, refused=refused, at=at)


def blueprint(pages: CardPages) -> Blueprint:
    """The page."""
    routes = Blueprint("card", __name__, url_prefix="/desk/calls")
    routes.add_url_rule("/<call>", "one", pages.one)
    return routes
