"""A call the application asks the carrier to place: POST /Calls.json, and the document it begins with."""

from dataclasses import dataclass

from app.simulator.leg import Leg
from app.simulator.refused import Refused
from app.simulator.transport import Response
from app.simulator.webhooks import Document, Form


@dataclass(frozen=True, slots=True)
class Placed:
    """What the request says: who is called and what they hear (a URL, or the document itself)."""

    caller: str
    called: str
    url: str
    method: str
    twiml: str
    fallback: str
    status_url: str


def read_call(form: Form) -> Placed:
    """The request in our words. Raises ``Refused`` where Twilio's REST API does (21201, 21205, 21213)."""
    given = dict(form)
    for name, code in (("To", 21201), ("From", 21213)):
        if not given.get(name):
            raise Refused(f"{name} is missing", code)
    if not (given.get("Url") or given.get("Twiml")):
        raise Refused("Url or Twiml is missing", 21205)
    return Placed(
        caller=given["From"],
        called=given["To"],
        url=given.get("Url", ""),
        method=given.get("Method", "POST"),
        twiml=given.get("Twiml", ""),
        fallback=given.get("FallbackUrl", ""),
        status_url=given.get("StatusCallback", ""),
    )


def document_of(placed: Placed, leg: Leg) -> Document:
    """The first document of a placed call."""
    if placed.url:
        return leg.fetch(placed.url, "", placed.method)
    webhooks = leg.exchange.webhooks
    inline = Response(200, {"content-type": "text/xml"}, placed.twiml.encode())
    base = webhooks.account.public_url
    return Document(base, webhooks.parsed(base, inline, None))
