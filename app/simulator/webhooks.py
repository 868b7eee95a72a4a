"""Webhooks as Twilio sends them: signed for the public URL, and answered by a document it can execute."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit
from xml.etree.ElementTree import Element

from app.simulator import twiml
from app.simulator.clock import PhoneClock
from app.simulator.refused import Refused
from app.simulator.transport import FORM, Response, Transport
from app.telephony.signature import signature

LONGEST_WAIT = 15  # seconds Twilio waits for an answer
Form = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Account:
    """The carrier's side of the contract: the account and where its number's webhooks go."""

    token: str = field(repr=False)
    sid: str = "AC" + "0" * 31 + "1"
    public_url: str = "http://127.0.0.1:8000"
    voice: str = "/voice/incoming"
    fallback: str = "/voice/fallback"
    status: str = "/voice/status"


@dataclass(frozen=True, slots=True)
class Request:
    """One webhook, signed and ready to be sent, as often as one likes and from any thread."""

    url: str
    form: Form
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Document:
    """An executable answer: the URL it came from, its verbs, the whole response."""

    url: str
    verbs: list[Element]


class Failed(Exception):  # noqa: N818 - an outcome of a webhook, handled by the fallback
    """A webhook without a usable answer, with Twilio's error number (``ErrorCode``)."""

    def __init__(self, url: str, code: int, sentence: str) -> None:
        super().__init__(f"{code}: {url}: {sentence}")
        self.url = url
        self.code = code


class Webhooks:
    """Sends webhooks. ``strict``: a document Twilio refuses is raised, not answered by the fallback."""

    def __init__(self, account: Account, transport: Transport, clock: PhoneClock, *, strict: bool) -> None:
        self.account = account
        self._transport = transport
        self._clock = clock
        self._strict = strict

    def request(self, url: str, form: Form, method: str = "POST") -> Request:
        """A signed request to an absolute URL; ``GET`` carries the form in the query, as Twilio's does."""
        if method == "GET":
            url += ("&" if urlsplit(url).query else "?") + urlencode(form)
            form = []
        fields: dict[str, list[str]] = {}
        for name, value in form:
            fields.setdefault(name, []).append(value)
        headers = {
            "X-Twilio-Signature": signature(self.account.token, url, fields),
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
        }
        return Request(url, form, headers | ({"Content-Type": FORM} if form else {}))

    def send(self, request: Request) -> Response:
        """The answer as it is; raises OSError when there is none."""
        return self._transport(request.url, request.form, request.headers)

    def answer(self, request: Request) -> Response:
        """The answer Twilio would go on with; raises ``Failed`` for none, a late one or one not 2xx."""
        before = self._clock.now()
        try:
            response = self.send(request)
        except TimeoutError as fault:
            raise Failed(request.url, 11203, "no answer in time") from fault
        except OSError as fault:
            raise Failed(request.url, 11205, f"no connection: {fault}") from fault
        if (self._clock.now() - before).total_seconds() > LONGEST_WAIT:
            raise Failed(request.url, 11203, f"the answer took longer than {LONGEST_WAIT} seconds")
        if not 200 <= response.status < 300:
            raise Failed(request.url, 11200, f"status {response.status}")
        return response

    def document(self, request: Request, response: Response, verbs: frozenset[str] | None) -> Document:
        """The answer as a document; raises ``Refused`` when strict, else ``Failed``."""
        return Document(request.url, self.parsed(request.url, response, verbs))

    def parsed(self, url: str, response: Response, verbs: frozenset[str] | None) -> list[Element]:
        """The verbs of an answer."""
        try:
            return twiml.parse(response.body, response.header("Content-Type"), verbs=verbs)
        except Refused as refusal:
            if self._strict:
                raise Refused(f"{url}: {refusal.sentence}", refusal.code) from refusal
            raise Failed(url, refusal.code or 12200, refusal.sentence) from refusal


def fields(*pairs: tuple[str, object]) -> Sequence[tuple[str, str]]:
    """Form fields from names and values of any kind."""
    return [(name, str(value)) for name, value in pairs]
