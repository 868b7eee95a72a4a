"""A call the application asks the carrier to place: POST /Calls.json, and the document it begins with."""

from dataclasses import dataclass

from app.simulator.leg import Leg
from app.simulator.progress import END, Progress
from app.simulator.refused import Refused
from app.simulator.sip import check_sip
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
    fallback_method: str
    status_url: str
    status_method: str
    status_events: frozenset[str]
    seconds: float  # how long it rings
    limit: float  # seconds, how long it may last

    def progress(self) -> Progress:
        """Who is told how the call goes."""
        return Progress(self.status_url, self.status_events, self.status_method)


def read_call(form: Form) -> Placed:
    """The request in our words. Raises ``Refused`` where Twilio's REST API does (21201, 21205, 21213)."""
    given = dict(form)
    for name, code in (("To", 21201), ("From", 21213)):
        if not given.get(name):
            raise Refused(f"{name} is missing", code)
    if not (given.get("Url") or given.get("Twiml")):
        raise Refused("Url or Twiml is missing", 21205)
    events = [value for name, value in form if name == "StatusCallbackEvent"]
    check_sip(given["To"], 21211)
    return Placed(
        caller=given["From"],
        called=given["To"],
        url=given.get("Url", ""),
        method=given.get("Method", "POST"),
        twiml=given.get("Twiml", ""),
        fallback=given.get("FallbackUrl", ""),
        fallback_method=given.get("FallbackMethod", "POST"),
        status_url=given.get("StatusCallback", ""),
        status_method=given.get("StatusCallbackMethod", "POST"),
        status_events=frozenset(events or [END]),
        seconds=int(given.get("Timeout", "60")),
        limit=int(given.get("TimeLimit", "14400")),
    )


def document_of(placed: Placed, leg: Leg) -> Document:
    """The first document of a placed call."""
    if placed.url:
        return leg.fetch(placed.url, "", placed.method)
    return inline_document(placed.twiml, leg)


def inline_document(text: str, leg: Leg) -> Document:
    """A document that came in the request itself; relative URLs in it are the public one's."""
    webhooks = leg.exchange.webhooks
    inline = Response(200, {"content-type": "text/xml"}, text.encode())
    base = webhooks.account.public_url
    return Document(base, webhooks.parsed(base, inline, None))
